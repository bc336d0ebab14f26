//! passes
//! What one runtime sends another wakes it, and both are on one clock.
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::sync::mpsc;
use tokio::time::sleep;

pub fn program() -> u64 {
    let (ours, theirs) = (Runtime::new().unwrap(), Runtime::new().unwrap());
    let (to_them, mut from_us) = mpsc::channel::<u64>(1);
    let (to_us, mut from_them) = mpsc::channel(1);
    theirs.spawn(async move {
        while let Some(ms) = from_us.recv().await {
            sleep(Duration::from_millis(ms)).await;
            to_us.send(2 * ms).await.unwrap();
        }
    });
    ours.block_on(async {
        let mut sum = 0;
        for ms in [10, 20] {
            to_them.send(ms).await.unwrap();
            let answer = from_them.recv().await.unwrap();
            sleep(Duration::from_millis(answer)).await;
            sum += ms + answer;
        }
        sum
    })
}
