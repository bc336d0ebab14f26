//! passes
//! `LocalSet::block_on` runs tasks that are not `Send`.
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;
use tokio::runtime::Builder;
use tokio::task::{LocalSet, spawn_local};

pub fn program() -> u64 {
    let runtime = Builder::new_current_thread().enable_time().build().unwrap();
    let slept = Rc::new(Cell::new(0));
    let tasks = LocalSet::new();
    tasks.block_on(&runtime, async {
        let counts = slept.clone();
        let task = spawn_local(async move {
            tokio::time::sleep(Duration::from_millis(7)).await;
            counts.set(counts.get() + 7);
        });
        task.await.unwrap();
    });
    slept.get()
}
