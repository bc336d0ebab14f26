//! fixed: each result comes with its place

use anyhow::ensure;
use service::Service;
use tokio::task::JoinSet;

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let mut set = JoinSet::new();
    for n in 1..=4 {
        let service = service.clone();
        set.spawn(async move {
            service.call("square", 10).await;
            (n, n * n)
        });
    }
    let mut squares = set.join_all().await;
    squares.sort_unstable();
    let squares: Vec<_> = squares.into_iter().map(|(_, square)| square).collect();
    ensure!(squares == [1, 4, 9, 16], "the squares are {squares:?}");
    Ok(())
}
