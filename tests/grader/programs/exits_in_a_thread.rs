//! fails: ended-early
//! Neither is leaving from a thread of its own.
pub async fn scenario() -> u64 {
    std::thread::spawn(|| std::process::exit(0)).join().unwrap()
}
