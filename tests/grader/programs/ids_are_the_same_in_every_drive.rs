//! passes
//! looks like: nondeterministic
//! What the system numbers, it numbers alike in every drive.
pub async fn scenario() -> u64 {
    println!("process {}", std::process::id());
    let job = tokio::task::spawn_blocking(|| std::thread::current().name().map(str::to_owned));
    println!("{:?} and {:?}", std::thread::current().name(), job.await.unwrap());
    0
}
