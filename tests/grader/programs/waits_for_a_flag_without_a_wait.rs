//! fails: never-finishes
//! at: 24
//! says: it came back here
//! Nobody can set it while this task keeps the thread. The loop's line is told, and none of what it calls.
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

#[derive(Default)]
struct Flag(AtomicBool);

impl Flag {
    fn is_set(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

async fn work(flag: Arc<Flag>) {
    flag.0.store(true, Ordering::Release);
}

pub async fn scenario() -> u64 {
    let flag = Arc::new(Flag::default());
    let worker = tokio::spawn(work(flag.clone()));
    while !flag.is_set() {
        std::hint::spin_loop();
    }
    worker.await.unwrap();
    0
}
