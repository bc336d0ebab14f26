//! bug: an atomic is loaded, awaited over and stored: two get one number
//! finding: wrong-value

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::ensure;
use service::Service;
use tokio::task::JoinSet;

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let next = Arc::new(AtomicU32::new(1));
    let mut invoices = JoinSet::new();
    for n in 1..=4 {
        let (next, service) = (next.clone(), service.clone());
        invoices.spawn(async move {
            service.call("sale", 12 * n).await;
            let number = next.load(Ordering::SeqCst);
            service.call("print", 8).await;
            next.store(number + 1, Ordering::SeqCst);
            number
        });
    }
    let numbers = invoices.join_all().await;
    let different: BTreeSet<_> = numbers.iter().collect();
    ensure!(
        different.len() == 4,
        "the invoices have the numbers {numbers:?}"
    );
    Ok(())
}
