//! passes
//! advice: swallowed-panic
//! at: 9
//! A job panics after its handle was aborted: no handle brings its panic any more.
use std::time::Duration;
use tokio::task::spawn_blocking;

fn fails() {
    panic!("too late");
}

pub async fn scenario() -> u64 {
    let job = spawn_blocking(|| {
        std::thread::sleep(Duration::from_millis(5));
        fails();
    });
    tokio::time::sleep(Duration::from_millis(1)).await;
    job.abort();
    tokio::time::sleep(Duration::from_millis(9)).await;
    10
}
