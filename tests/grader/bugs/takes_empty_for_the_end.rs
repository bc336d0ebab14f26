//! bug: a queue that is empty now is taken for one that has ended
//! finding: wrong-value

use anyhow::ensure;
use service::Service;
use tokio::sync::mpsc;

pub async fn scenario(_: Service) -> anyhow::Result<()> {
    let (sender, mut lines) = mpsc::channel(8);
    let reader = tokio::spawn(async move {
        for line in ["one", "two", "three"] {
            sender.send(line).await.unwrap();
        }
    });
    // The reader has its turn.
    tokio::task::yield_now().await;
    let mut written = 0;
    while let Ok(_line) = lines.try_recv() {
        written += 1;
    }
    drop(lines);
    let _ = reader.await;
    ensure!(written == 3, "of 3 lines {written} were written");
    Ok(())
}
