//! caught-by: finds_the_loop_or_says_that_there_is_none
//! finding: wrong-value
//!
//! The misconception: any loop will do for a task. On this one it stays when the loop that it belongs to is closed.

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

static BACKGROUND: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

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
    current_loop()?;
    Ok(BACKGROUND.spawn(work))
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
