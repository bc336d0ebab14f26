//! Both loops are built by hand and shut down by name; the program has no tasks, only futures that are
//! awaited together.

use std::future::Future;
use std::io;
use std::time::Duration;

use futures::StreamExt;
use futures::stream::FuturesUnordered;
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::{JoinHandle, LocalSet};

#[derive(Debug)]
pub struct AlreadyRunning;

#[derive(Debug)]
pub struct NotRunning;

/// A loop, while it runs.
struct Loop(Runtime);

impl Loop {
    fn open(build: impl FnOnce() -> io::Result<Runtime>) -> Result<Self, AlreadyRunning> {
        match Handle::try_current() {
            Ok(_) => Err(AlreadyRunning),
            Err(_) => Ok(Self(build().unwrap())),
        }
    }

    fn close(self) {
        // Long enough for any blocking job.
        self.0.shutdown_timeout(Duration::from_secs(3600));
    }
}

pub fn run<T>(main: impl Future<Output = T>) -> Result<T, AlreadyRunning> {
    let here = Loop::open(|| Builder::new_current_thread().enable_time().build())?;
    let output = LocalSet::new().block_on(&here.0, main);
    here.close();
    Ok(output)
}

pub fn run_threaded<T>(main: impl Future<Output = T>) -> Result<T, AlreadyRunning> {
    let there = Loop::open(Runtime::new)?;
    let output = there.0.handle().block_on(main);
    there.close();
    Ok(output)
}

pub fn current_loop() -> Result<Handle, NotRunning> {
    Handle::try_current().map_err(|_| NotRunning)
}

pub fn start(
    work: impl Future<Output = u64> + Send + 'static,
) -> Result<JoinHandle<u64>, NotRunning> {
    let here = current_loop()?;
    let _entered = here.enter();
    Ok(tokio::spawn(work))
}

pub fn program(jobs: Vec<(String, Duration)>) {
    let main = async {
        println!("Main coroutine");
        let wait = async |(name, wait): (String, Duration)| {
            tokio::time::sleep(wait).await;
            name
        };
        let mut done: FuturesUnordered<_> = jobs.into_iter().map(wait).collect();
        while let Some(name) = done.next().await {
            println!("{name} done");
        }
    };
    let last = match run(main) {
        Ok(()) => "Loop closed",
        Err(AlreadyRunning) => "A loop is running already",
    };
    println!("{last}");
}
