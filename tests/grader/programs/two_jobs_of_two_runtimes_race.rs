//! fails: wrong-value
//! Which of two threads comes first is the schedule's to say, also where each waits for a runtime of its own.
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::runtime::Builder;
use tokio::task::spawn_blocking;

fn slept(order: Arc<Mutex<Vec<u64>>>, ms: u64) {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(tokio::time::sleep(Duration::from_millis(10)));
    order.lock().unwrap().push(ms);
}

pub async fn scenario() -> u64 {
    let order = Arc::new(Mutex::new(Vec::new()));
    let (first, second) = (order.clone(), order.clone());
    let first = spawn_blocking(move || slept(first, 10));
    let second = spawn_blocking(move || slept(second, 11));
    first.await.unwrap();
    second.await.unwrap();
    order.lock().unwrap()[0]
}
