//! fixed: whoever is first fills the cell

use std::sync::Arc;

use anyhow::ensure;
use service::Service;
use tokio::sync::OnceCell;
use tokio::task::JoinSet;

pub async fn scenario(_: Service) -> anyhow::Result<()> {
    let settings = Arc::new(OnceCell::new());
    let cell = settings.clone();
    let start = tokio::spawn(async move { *cell.get_or_init(async || 7).await });
    let mut requests = JoinSet::new();
    for _ in 0..3 {
        let settings = settings.clone();
        requests.spawn(async move { *settings.get_or_init(async || 7).await });
    }
    let seen = requests.join_all().await;
    ensure!(start.await? == 7 && seen == [7; 3], "they saw {seen:?}");
    Ok(())
}
