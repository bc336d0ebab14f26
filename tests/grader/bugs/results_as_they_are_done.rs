//! bug: the results of a JoinSet come as the tasks end, not as they were spawned
//! finding: wrong-value

use anyhow::ensure;
use service::Service;
use tokio::task::JoinSet;

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let mut set = JoinSet::new();
    for n in 1..=4 {
        let service = service.clone();
        set.spawn(async move {
            service.call("square", 10).await;
            n * n
        });
    }
    let squares = set.join_all().await;
    ensure!(squares == [1, 4, 9, 16], "the squares are {squares:?}");
    Ok(())
}
