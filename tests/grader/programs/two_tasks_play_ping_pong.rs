//! passes
//! looks like: deadlock
//! Each waits for the other, and each time one of them has what the other waits for.
use tokio::sync::mpsc;

pub async fn scenario() -> u64 {
    let (ping, mut pings) = mpsc::channel(1);
    let (pong, mut pongs) = mpsc::channel(1);
    tokio::spawn(async move {
        while let Some(ball) = pings.recv().await {
            pong.send(ball).await.unwrap();
        }
    });
    for ball in 0..100 {
        ping.send(ball).await.unwrap();
        assert_eq!(pongs.recv().await, Some(ball));
    }
    0
}
