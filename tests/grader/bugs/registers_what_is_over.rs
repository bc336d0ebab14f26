//! bug: a session is registered after it was started, when it may have taken itself off the list already
//! finding: wrong-value

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use anyhow::ensure;
use service::Service;
use tokio::task::JoinSet;

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let online = Arc::new(Mutex::new(BTreeSet::new()));
    let mut sessions = JoinSet::new();
    for user in 1..=4 {
        let (list, server) = (online.clone(), service.clone());
        sessions.spawn(async move {
            server.call("session", 20).await;
            list.lock().unwrap().remove(&user);
        });
        service.call("write to the log", 10).await;
        online.lock().unwrap().insert(user);
    }
    sessions.join_all().await;
    let online = online.lock().unwrap();
    ensure!(online.is_empty(), "still online: {online:?}");
    Ok(())
}
