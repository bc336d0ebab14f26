//! bug: two actors send to each other's bounded mailbox: when both are full, both wait
//! finding: deadlock

use service::Service;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

enum Mail {
    Order(u32),
    Shipped,
}

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let (office, mut mail) = mpsc::channel(1);
    let (store, mut orders) = mpsc::channel(1);
    let (answers, van) = (office.clone(), service.clone());
    let mut actors = JoinSet::new();
    actors.spawn(async move {
        while let Some(_order) = orders.recv().await {
            van.call("ship", 8).await;
            answers.send(Mail::Shipped).await.unwrap();
        }
    });
    actors.spawn(async move {
        let mut shipped = 0;
        while shipped < 8 {
            match mail.recv().await.unwrap() {
                Mail::Order(order) => store.send(order).await.unwrap(),
                Mail::Shipped => shipped += 1,
            }
        }
    });
    for n in 1..=8 {
        let (office, service) = (office.clone(), service.clone());
        actors.spawn(async move {
            service.call("customer comes", 9 * u64::from(n)).await;
            office.send(Mail::Order(n)).await.unwrap();
        });
    }
    actors.join_all().await;
    Ok(())
}
