//! fixed: nothing is awaited between the two halves

use std::sync::Mutex;
use std::time::Duration;

use anyhow::ensure;
use service::Service;
use tokio::time::timeout;

struct Bank {
    service: Service,
    savings: Mutex<i64>,
    giro: Mutex<i64>,
}

impl Bank {
    async fn transfer(&self, amount: i64) {
        self.service.call("book", 10).await;
        *self.savings.lock().unwrap() -= amount;
        *self.giro.lock().unwrap() += amount;
    }
}

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let bank = Bank {
        service,
        savings: Mutex::new(100),
        giro: Mutex::new(0),
    };
    for _ in 0..4 {
        // Who is in a hurry leaves it.
        let _ = timeout(Duration::from_millis(13), bank.transfer(10)).await;
    }
    let total = *bank.savings.lock().unwrap() + *bank.giro.lock().unwrap();
    ensure!(total == 100, "100 became {total}");
    Ok(())
}
