//! passes
//! A multi-thread runtime runs its tasks while nobody waits for it; one for the current thread does not.
use std::time::{Duration, Instant};
use tokio::runtime::{Builder, Runtime};

async fn sleeps() {
    tokio::time::sleep(Duration::from_millis(60)).await;
    tokio::time::sleep(Duration::from_millis(40)).await;
}

fn took(runtime: &Runtime) -> u128 {
    let began = Instant::now();
    let task = runtime.spawn(sleeps());
    std::thread::sleep(Duration::from_millis(100));
    runtime.block_on(task).unwrap();
    began.elapsed().as_millis()
}

pub fn program() -> u64 {
    let many = Builder::new_multi_thread().worker_threads(4).enable_time().build().unwrap();
    let one = Builder::new_current_thread().enable_time().build().unwrap();
    assert_eq!((took(&many), took(&one)), (100, 200));
    300
}
