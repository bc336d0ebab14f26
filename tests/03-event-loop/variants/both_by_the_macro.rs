//! Both loops are built by the macro; the program sends itself what is done, through a channel.

use std::future::Future;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

#[derive(Debug)]
pub struct AlreadyRunning;

#[derive(Debug)]
pub struct NotRunning;

#[tokio::main(flavor = "current_thread")]
async fn on_one_thread<T>(main: impl Future<Output = T>) -> T {
    main.await
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn on_two_threads<T>(main: impl Future<Output = T>) -> T {
    main.await
}

fn outside() -> Result<(), AlreadyRunning> {
    match current_loop() {
        Ok(_) => Err(AlreadyRunning),
        Err(NotRunning) => Ok(()),
    }
}

pub fn run<T>(main: impl Future<Output = T>) -> Result<T, AlreadyRunning> {
    outside().map(|()| on_one_thread(main))
}

pub fn run_threaded<T>(main: impl Future<Output = T>) -> Result<T, AlreadyRunning> {
    outside().map(|()| on_two_threads(main))
}

pub fn current_loop() -> Result<Handle, NotRunning> {
    match Handle::try_current() {
        Ok(handle) => Ok(handle),
        Err(_) => Err(NotRunning),
    }
}

pub fn start(
    work: impl Future<Output = u64> + Send + 'static,
) -> Result<JoinHandle<u64>, NotRunning> {
    current_loop().map(|_| tokio::spawn(work))
}

pub fn program(jobs: Vec<(String, Duration)>) {
    let main = async {
        println!("Main coroutine");
        let (done, mut told) = mpsc::channel(1);
        for (name, wait) in jobs {
            let done = done.clone();
            tokio::spawn(async move {
                tokio::time::sleep(wait).await;
                let _ = done.send(name).await;
            });
        }
        drop(done);
        while let Some(name) = told.recv().await {
            println!("{name} done");
        }
    };
    if run_threaded(main).is_err() {
        println!("A loop is running already");
    } else {
        println!("Loop closed");
    }
}
