//! fixed: the second is given when the first is done

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
    append("head,").await?;
    append("body").await?;
    let file = file.lock().unwrap();
    ensure!(*file == "head,body", "the file is {file:?}");
    Ok(())
}
