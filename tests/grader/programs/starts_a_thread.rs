//! fails: real-clock
//! at: 5
//! A thread that the lab does not step.
pub async fn scenario() -> u64 {
    std::thread::spawn(|| 0).join().unwrap()
}
