//! caught-by: ends_the_loop_cleanly
//! finding: leaked-task
//!
//! The misconception: a loop runs until all its tasks are done. `asyncio.run` does not wait for them either.

use std::future::Future;
use std::time::Duration;

use tokio::runtime::{Builder, Handle};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::sleep;

#[derive(Debug)]
pub struct AlreadyRunning;

#[derive(Debug)]
pub struct NotRunning;

pub fn run<T>(main: impl Future<Output = T>) -> Result<T, AlreadyRunning> {
    if current_loop().is_ok() {
        return Err(AlreadyRunning);
    }
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let output = runtime.block_on(main);
    let tasks = runtime.metrics();
    runtime.block_on(async {
        for _ in 0..100 {
            if tasks.num_alive_tasks() > 0 {
                sleep(Duration::from_millis(100)).await;
            }
        }
    });
    Ok(output)
}

pub fn run_threaded<T>(main: impl Future<Output = T>) -> Result<T, AlreadyRunning> {
    #[tokio::main]
    async fn on_a_runtime<T>(main: impl Future<Output = T>) -> T {
        main.await
    }

    if current_loop().is_ok() {
        return Err(AlreadyRunning);
    }
    Ok(on_a_runtime(main))
}

pub fn current_loop() -> Result<Handle, NotRunning> {
    Handle::try_current().map_err(|_| NotRunning)
}

pub fn start(
    work: impl Future<Output = u64> + Send + 'static,
) -> Result<JoinHandle<u64>, NotRunning> {
    Ok(current_loop()?.spawn(work))
}

pub fn program(jobs: Vec<(String, Duration)>) {
    let ran = run(async {
        println!("Main coroutine");
        let mut tasks = JoinSet::new();
        for (name, wait) in jobs {
            tasks.spawn(async move {
                sleep(wait).await;
                println!("{name} done");
            });
        }
        tasks.join_all().await;
    });
    match ran {
        Ok(()) => println!("Loop closed"),
        Err(AlreadyRunning) => println!("A loop is running already"),
    }
}
