//! passes
//! A job that waits in a std channel gives its turn back.
use std::sync::mpsc;
use std::time::Duration;
use tokio::task::spawn_blocking;

pub async fn scenario() -> u64 {
    let (sender, receiver) = mpsc::channel();
    let receiving = spawn_blocking(move || receiver.iter().sum::<u64>());
    let sending = spawn_blocking(move || {
        for n in 0..5 {
            std::thread::sleep(Duration::from_millis(10));
            sender.send(n).unwrap();
        }
    });
    sending.await.unwrap();
    assert_eq!(receiving.await.unwrap(), 10);
    50
}
