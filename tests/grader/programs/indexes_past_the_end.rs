//! fails: panicked
//! at: 9
//! A task's panic, taken over with `unwrap`, is told with the line that took it over.
async fn third(of: Vec<u64>) -> u64 {
    of[2]
}

pub async fn scenario() -> u64 {
    tokio::spawn(third(vec![1, 2])).await.unwrap()
}
