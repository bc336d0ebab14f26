//! bug: a stream that leaves out an item answers "not yet", though nobody will wake it
//! finding: lost-wakeup

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures::{Stream, StreamExt};
use service::Service;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// A stream without what is the same as the item before.
struct Changes {
    states: mpsc::Receiver<u32>,
    last: Option<u32>,
}

impl Stream for Changes {
    type Item = u32;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u32>> {
        let state = ready!(self.states.poll_recv(cx));
        if state.is_some() && state == self.last {
            return Poll::Pending;
        }
        self.last = state;
        Poll::Ready(state)
    }
}

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let (sender, states) = mpsc::channel(8);
    let mut sensors = JoinSet::new();
    for sensor in 0..2 {
        let (sender, service) = (sender.clone(), service.clone());
        sensors.spawn(async move {
            service
                .call("start a sensor", 10 + 5 * u64::from(sensor))
                .await;
            for _ in 0..3 {
                sender.send(sensor).await.unwrap();
                service.call("next reading", 10).await;
            }
        });
    }
    drop(sender);
    let changes = Changes { states, last: None };
    let _log: Vec<_> = changes.collect().await;
    sensors.join_all().await;
    Ok(())
}
