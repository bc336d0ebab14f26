//! fixed: the token is waited for beside the next job

use service::Service;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let (jobs, mut queue) = mpsc::channel(8);
    let token = CancellationToken::new();
    let (stop, machine) = (token.clone(), service.clone());
    let worker = tokio::spawn(async move {
        while !stop.is_cancelled() {
            tokio::select! {
                () = stop.cancelled() => return,
                job = queue.recv() => if job.is_none() {
                    return;
                }
            }
            machine.call("work", 10).await;
        }
    });
    jobs.send("a job").await?;
    service.call("operator comes", 8).await;
    token.cancel();
    worker.await?;
    // Jobs were taken until now.
    drop(jobs);
    Ok(())
}
