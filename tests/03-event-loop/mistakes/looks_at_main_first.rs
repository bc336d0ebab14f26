//! caught-by: no_loop_runs_inside_a_loop
//! finding: wrong-value
//!
//! The misconception: a future that is ready at once needs no loop. Polled once, it has begun.

use std::future::Future;
use std::time::Duration;

use futures::FutureExt;
use tokio::runtime::{Builder, Handle};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::sleep;

#[derive(Debug)]
pub struct AlreadyRunning;

#[derive(Debug)]
pub struct NotRunning;

pub fn run<T>(main: impl Future<Output = T>) -> Result<T, AlreadyRunning> {
    if current_loop().is_ok() {
        return main.now_or_never().ok_or(AlreadyRunning);
    }
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    Ok(runtime.block_on(main))
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
