//! bug: two blocking jobs are taken to run in the order in which they were given
//! finding: wrong-value

use std::sync::{Arc, Mutex};

use anyhow::ensure;
use service::Service;
use tokio::task::spawn_blocking;

pub async fn scenario(_: Service) -> anyhow::Result<()> {
    let file = Arc::new(Mutex::new(String::new()));
    let append = |text: &'static str| {
        let file = file.clone();
        spawn_blocking(move || file.lock().unwrap().push_str(text))
    };
    let (head, body) = (append("head,"), append("body"));
    head.await?;
    body.await?;
    let file = file.lock().unwrap();
    ensure!(*file == "head,body", "the file is {file:?}");
    Ok(())
}
