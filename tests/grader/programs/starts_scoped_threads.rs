//! fails: real-clock
//! at: 5
//! Threads of a scope are threads.
pub async fn scenario() -> u64 {
    std::thread::scope(|scope| scope.spawn(|| 0).join().unwrap())
}
