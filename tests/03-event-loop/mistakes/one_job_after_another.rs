//! caught-by: a_whole_program_has_a_beginning_and_an_end
//! finding: wrong-output
//!
//! The misconception: a loop runs things at the same time by itself.

use std::future::Future;
use std::time::Duration;

use tokio::runtime::{Builder, Handle};
use tokio::task::JoinHandle;
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
        for (name, wait) in jobs {
            sleep(wait).await;
            println!("{name} done");
        }
    });
    match ran {
        Ok(()) => println!("Loop closed"),
        Err(AlreadyRunning) => println!("A loop is running already"),
    }
}
