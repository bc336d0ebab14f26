//! The event loop: made, run, found, and shut down.

use std::future::Future;
use std::time::Duration;

use tokio::runtime::{Builder, Handle};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::sleep;

/// A loop runs on this thread already, and two cannot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AlreadyRunning;

/// No loop runs here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotRunning;

/// Runs `main` to its end on a loop that is built by hand and has only this thread, and shuts it down.
///
/// # Errors
///
/// Inside a loop. `main` is not polled then.
///
/// # Panics
///
/// When the system has no room for a runtime.
pub fn run<T>(main: impl Future<Output = T>) -> Result<T, AlreadyRunning> {
    if current_loop().is_ok() {
        return Err(AlreadyRunning);
    }
    let runtime = Builder::new_current_thread().enable_all().build();
    // It is dropped at the end of this line, its tasks with it, once its blocking jobs are done.
    Ok(runtime.expect("there is room for a runtime").block_on(main))
}

/// Runs `main` to its end on the loop that `#[tokio::main]` builds, which has threads for its tasks.
///
/// # Errors
///
/// Inside a loop. `main` is not polled then.
pub fn run_threaded<T>(main: impl Future<Output = T>) -> Result<T, AlreadyRunning> {
    /// A function that is not async: the macro makes it build a runtime, and wait there.
    #[tokio::main]
    async fn on_a_runtime<T>(main: impl Future<Output = T>) -> T {
        main.await
    }

    if current_loop().is_ok() {
        return Err(AlreadyRunning);
    }
    Ok(on_a_runtime(main))
}

/// The loop that this code runs in.
///
/// # Errors
///
/// Outside every loop.
pub fn current_loop() -> Result<Handle, NotRunning> {
    Handle::try_current().map_err(|_| NotRunning)
}

/// Starts `work` as a task of the loop that this code runs in.
///
/// # Errors
///
/// Outside every loop. `work` is not polled then.
pub fn start(
    work: impl Future<Output = u64> + Send + 'static,
) -> Result<JoinHandle<u64>, NotRunning> {
    Ok(current_loop()?.spawn(work))
}

async fn job(name: String, wait: Duration) {
    sleep(wait).await;
    println!("{name} done");
}

/// A whole program: prints `Main coroutine`, has all jobs wait at once, prints `NAME done` for each as
/// it is, and `Loop closed` when its loop is gone.
pub fn program(jobs: Vec<(String, Duration)>) {
    let ran = run(async {
        println!("Main coroutine");
        let mut tasks = JoinSet::new();
        for (name, wait) in jobs {
            tasks.spawn(job(name, wait));
        }
        tasks.join_all().await;
    });
    match ran {
        Ok(()) => println!("Loop closed"),
        Err(AlreadyRunning) => println!("A loop is running already"),
    }
}
