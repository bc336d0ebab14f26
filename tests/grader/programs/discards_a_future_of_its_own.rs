//! fails: wrong-value
//! advice: never-awaited
//! at: 18
//! A method of the submission's, in a task of it.
use tokio::time::{Duration, sleep};

struct Door;

impl Door {
    async fn open(&self) -> bool {
        sleep(Duration::from_millis(30)).await;
        true
    }
}

pub async fn scenario() -> u64 {
    let opened = tokio::spawn(async move {
        let _ = Door.open();
    });
    opened.await.unwrap();
    30
}
