//! fails: ended-early
//! Nor from a panic hook.
pub async fn scenario() -> u64 {
    std::panic::set_hook(Box::new(|_| std::process::exit(0)));
    panic!("out")
}
