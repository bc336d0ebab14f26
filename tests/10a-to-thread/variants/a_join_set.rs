//! The job in a set of one, and places in a channel: one message for each that is free.

use tokio::sync::{Mutex, mpsc};
use tokio::task::{JoinError, JoinSet};

pub async fn to_thread(job: impl FnOnce() -> u32 + Send + 'static) -> Result<u32, String> {
    let mut jobs = JoinSet::new();
    jobs.spawn_blocking(job);
    let ended = jobs.join_next().await.expect("there is one job");
    ended.map_err(text_of)
}

fn text_of(error: JoinError) -> String {
    let Ok(payload) = error.try_into_panic() else {
        return "cancelled".to_owned();
    };
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => match payload.downcast::<&'static str>() {
            Ok(text) => (*text).to_owned(),
            Err(_) => "unknown".to_owned(),
        },
    }
}

pub struct Pool {
    free: Mutex<mpsc::UnboundedReceiver<()>>,
    freed: mpsc::UnboundedSender<()>,
}

struct Place(mpsc::UnboundedSender<()>);

impl Drop for Place {
    fn drop(&mut self) {
        let _ = self.0.send(());
    }
}

impl Pool {
    pub fn new(threads: usize) -> Self {
        let (freed, free) = mpsc::unbounded_channel();
        for _ in 0..threads {
            let _ = freed.send(());
        }
        let free = Mutex::new(free);
        Self { free, freed }
    }

    pub async fn run(&self, job: impl FnOnce() -> u32 + Send + 'static) -> Result<u32, String> {
        let place = {
            let mut free = self.free.lock().await;
            free.recv().await.expect("the pool has a sender too");
            Place(self.freed.clone())
        };
        to_thread(move || {
            let _place = place;
            job()
        })
        .await
    }
}
