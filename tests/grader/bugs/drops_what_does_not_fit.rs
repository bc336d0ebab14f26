//! bug: try_send drops what finds the queue full
//! finding: wrong-value

use anyhow::ensure;
use service::Service;
use tokio::sync::mpsc;

pub async fn scenario(_: Service) -> anyhow::Result<()> {
    let (jobs, mut queue) = mpsc::channel(2);
    let worker = tokio::spawn(async move {
        let mut done = Vec::new();
        while let Some(job) = queue.recv().await {
            done.push(job);
        }
        done
    });
    for job in 1..=6 {
        let _ = jobs.try_send(job);
        tokio::task::yield_now().await;
    }
    drop(jobs);
    let done = worker.await?;
    ensure!(done == [1, 2, 3, 4, 5, 6], "done: {done:?}");
    Ok(())
}
