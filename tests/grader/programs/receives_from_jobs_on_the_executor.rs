//! passes
//! advice: blocked-executor
//! Jobs that have not begun send while the executor waits in a std channel, with and without a limit.
use std::sync::mpsc;
use std::time::Duration;
use tokio::task::spawn_blocking;

pub async fn scenario() -> u64 {
    let (sender, receiver) = mpsc::channel();
    let jobs: Vec<_> = [20, 10, 40]
        .map(|ms| {
            let sender = sender.clone();
            spawn_blocking(move || {
                std::thread::sleep(Duration::from_millis(ms));
                sender.send(ms).unwrap();
            })
        })
        .into();
    assert_eq!(receiver.recv(), Ok(10));
    assert_eq!(receiver.recv_timeout(Duration::from_millis(15)), Ok(20));
    assert!(receiver.recv_timeout(Duration::from_millis(15)).is_err());
    assert_eq!(receiver.recv_timeout(Duration::from_millis(15)), Ok(40));
    for job in jobs {
        job.await.unwrap();
    }
    40
}
