//! bug: a task subscribes to a broadcast when it first runs, which may be after the news
//! finding: wrong-value

use anyhow::ensure;
use service::Service;
use tokio::sync::broadcast;
use tokio::task::JoinSet;

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let (news, _) = broadcast::channel(16);
    let mut readers = JoinSet::new();
    for _ in 0..3 {
        let news = news.clone();
        readers.spawn(async move {
            let mut inbox = news.subscribe();
            drop(news);
            let mut read = 0;
            while inbox.recv().await.is_ok() {
                read += 1;
            }
            read
        });
    }
    tokio::task::yield_now().await;
    for item in ["rain", "wind", "sun"] {
        let _ = news.send(item);
        service.call("more news", 10).await;
    }
    drop(news);
    let read = readers.join_all().await;
    ensure!(read == [3; 3], "of 3 news they read {read:?}");
    Ok(())
}
