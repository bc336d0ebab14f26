//! passes
//! looks like: panicked
//! looks like: swallowed-panic
//! Whoever looks at a task's end can go on without it.
pub async fn scenario() -> u64 {
    let task = tokio::spawn(async { "ten".parse::<u64>().unwrap() });
    match task.await {
        Ok(value) => value,
        Err(error) => {
            eprintln!("no number: {error}");
            0
        }
    }
}
