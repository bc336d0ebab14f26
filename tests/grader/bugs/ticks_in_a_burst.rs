//! bug: an interval makes up for a late tick, and the next one comes too soon
//! finding: wrong-value

use std::time::Duration;

use anyhow::ensure;
use service::Service;
use tokio::time::{Instant, interval};

/// What the device needs between two questions.
const REST: Duration = Duration::from_millis(12);

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let mut ticks = interval(REST);
    let mut last: Option<Instant> = None;
    for _ in 0..6 {
        ticks.tick().await;
        if let Some(rest) = last.map(|last| last.elapsed()) {
            ensure!(rest >= REST, "the device had a rest of {rest:?}");
        }
        last = Some(Instant::now());
        service.call("ask the device", 10).await;
    }
    Ok(())
}
