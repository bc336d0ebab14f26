//! fixed: an answer to an older question than the one shown is dropped

use std::sync::{Arc, Mutex};

use anyhow::ensure;
use service::Service;
use tokio::task::JoinSet;

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let shown = Arc::new(Mutex::new((0, "")));
    let mut searches = JoinSet::new();
    for (key, text) in (1..).zip(["r", "ru", "rust"]) {
        let (shown, server) = (shown.clone(), service.clone());
        searches.spawn(async move {
            server.call("search", 20).await;
            let mut shown = shown.lock().unwrap();
            if shown.0 < key {
                *shown = (key, text);
            }
        });
        service.call("next key", 12).await;
    }
    searches.join_all().await;
    let (_, shown) = *shown.lock().unwrap();
    ensure!(shown == "rust", "results for {shown:?} are shown");
    Ok(())
}
