//! fixed: the branch is off once it was taken

use service::Service;
use tokio::sync::mpsc;

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let (reports, mut progress) = mpsc::channel(8);
    let reporter = service.clone();
    let reporter = tokio::spawn(async move {
        for percent in [10, 50, 90] {
            reporter.call("next report", 5).await;
            if reports.send(percent).await.is_err() {
                return;
            }
        }
    });
    let mut uploaded = false;
    let mut upload = std::pin::pin!(service.call("upload", 20));
    loop {
        tokio::select! {
            () = &mut upload, if !uploaded => uploaded = true,
            percent = progress.recv() => if percent.is_none() {
                break;
            }
        }
    }
    if !uploaded {
        upload.await;
    }
    reporter.await?;
    Ok(())
}
