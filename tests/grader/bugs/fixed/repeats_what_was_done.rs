//! fixed: a request that was carried out is not carried out again

use std::sync::Mutex;
use std::time::Duration;

use anyhow::ensure;
use service::Service;
use tokio::time::timeout;

struct Shop {
    service: Service,
    charged: Mutex<Vec<u32>>,
}

impl Shop {
    async fn charge(&self, order: u32) {
        self.service.call("request", 6).await;
        let mut charged = self.charged.lock().unwrap();
        if !charged.contains(&order) {
            charged.push(order);
        }
        drop(charged);
        self.service.call("answer", 6).await;
    }
}

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let shop = Shop {
        service,
        charged: Mutex::default(),
    };
    for order in 1..=3 {
        while timeout(Duration::from_millis(15), shop.charge(order))
            .await
            .is_err()
        {}
    }
    let charged = shop.charged.into_inner()?;
    ensure!(charged == [1, 2, 3], "charged: {charged:?}");
    Ok(())
}
