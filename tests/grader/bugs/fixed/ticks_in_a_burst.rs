//! fixed: the next question comes a whole rest after the last

use std::time::Duration;

use anyhow::ensure;
use service::Service;
use tokio::time::{Instant, sleep_until};

/// What the device needs between two questions.
const REST: Duration = Duration::from_millis(12);

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let mut next = Instant::now();
    let mut last: Option<Instant> = None;
    for _ in 0..6 {
        sleep_until(next).await;
        next = Instant::now() + REST;
        if let Some(rest) = last.map(|last| last.elapsed()) {
            ensure!(rest >= REST, "the device had a rest of {rest:?}");
        }
        last = Some(Instant::now());
        service.call("ask the device", 10).await;
    }
    Ok(())
}
