//! bug: a Notify keeps one notification, however many were given: one item is taken for two that came
//! finding: lost-wakeup

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use service::Service;
use tokio::sync::Notify;
use tokio::task::JoinSet;

#[derive(Default)]
struct Queue {
    items: Mutex<VecDeque<u32>>,
    pushed: Notify,
}

impl Queue {
    fn push(&self, item: u32) {
        self.items.lock().unwrap().push_back(item);
        self.pushed.notify_one();
    }

    fn pop(&self) -> Option<u32> {
        self.items.lock().unwrap().pop_front()
    }
}

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let queue = Arc::new(Queue::default());
    let mut sensors = JoinSet::new();
    for n in 0..2 {
        let (queue, service) = (queue.clone(), service.clone());
        sensors.spawn(async move {
            service.call("start a sensor", 10 + 10 * n).await;
            for reading in 0..4 {
                queue.push(reading);
                tokio::task::yield_now().await;
            }
        });
    }
    let mut stored = 0;
    while stored < 8 {
        queue.pushed.notified().await;
        if let Some(_reading) = queue.pop() {
            stored += 1;
        }
    }
    sensors.join_all().await;
    Ok(())
}
