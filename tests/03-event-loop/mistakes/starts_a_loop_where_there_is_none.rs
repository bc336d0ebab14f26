//! caught-by: finds_the_loop_or_says_that_there_is_none
//! finding: wrong-value
//!
//! The misconception: work must run somewhere, so a loop is made for it. Nobody ever closes that one.

use std::future::Future;
use std::sync::LazyLock;
use std::time::Duration;

use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::sleep;

#[derive(Debug)]
pub struct AlreadyRunning;

#[derive(Debug)]
pub struct NotRunning;

static LOOP: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

pub fn run<T>(main: impl Future<Output = T>) -> Result<T, AlreadyRunning> {
    if current_loop().is_ok() {
        return Err(AlreadyRunning);
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
    match current_loop() {
        Ok(here) => Ok(here.spawn(work)),
        Err(NotRunning) => Ok(LOOP.spawn(work)),
    }
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
