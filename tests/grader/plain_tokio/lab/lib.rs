//! The lab's words on plain tokio: what a driver needs to run as an ordinary program, with nothing steered
//! and nothing interposed. A draw gives its plain value. What happened is printed, one line an event.

mod cancel;
pub mod contract;
pub mod disk;
mod record;
mod service_calls;

use std::any::Any;
use std::future::Future;
use std::ops::RangeInclusive;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use send_wrapper::SendWrapper;
use tokio::runtime::{Builder, Handle, RngSeed, RuntimeFlavor};
use tokio::sync::oneshot;
use tokio::task::{JoinHandle, LocalSet};

pub use cancel::Cancel;
pub use inventory;
pub use lab_macros::{contract, drive};
pub use serde;

use record::{MARK, Record};

/// As the lab's modules are called.
pub mod service {
    pub use crate::service_calls::{Call, Closing, Limited, Service};
}

/// A driver's function, as `#[drive]` registers it.
#[derive(Debug)]
pub struct Drive {
    pub name: &'static str,
    pub line: u32,
    pub schedules: Schedules,
    pub grace_ms: Option<u64>,
    pub virtual_limit_ms: Option<u64>,
    pub run: fn(Lab) -> Pin<Box<dyn Future<Output = ()>>>,
}

inventory::collect!(Drive);

#[derive(Debug)]
pub enum Schedules {
    Default,
    Plain,
    Seeded(u32),
}

/// Ends a driver: its `main`, with the submission linked into it.
#[macro_export]
macro_rules! driver {
    ($contract:path) => {
        fn main() {
            use $contract as contract;
            contract::load(adapter::grade_api());
            $crate::run();
        }
    };
}

/// A panic with this payload: plain tokio cannot do what the driver asks for.
struct Beyond(&'static str);

/// Runs every drive, or those that are named, and prints what happened in each. After `--multi-thread` they run
/// side by side on that runtime, on the real clock.
pub fn run() {
    let mut named: Vec<_> = std::env::args().skip(1).collect();
    let is_multi = named.first().is_some_and(|first| first == "--multi-thread");
    if is_multi {
        named.remove(0);
    }
    let drives = inventory::iter::<Drive>.into_iter();
    let drives = drives.filter(|drive| named.is_empty() || named.iter().any(|n| n == drive.name));
    if !is_multi {
        for drive in drives {
            let mut paused = Builder::new_current_thread();
            print!("{}", one(drive, paused.start_paused(true)));
        }
        return;
    }
    let multi = |drive| move || one(drive, Builder::new_multi_thread().worker_threads(2));
    let threads: Vec<_> = drives.map(|drive| std::thread::spawn(multi(drive))).collect();
    for thread in threads {
        print!("{}", thread.join().expect("a drive's panic is caught"));
    }
}

fn one(drive: &Drive, builder: &mut Builder) -> String {
    let folder = tempfile::tempdir().expect("the temporary directory is writable");
    // Which branch an unbiased `select!` tries first is random: here it is the same every time, as in the lab.
    builder.rng_seed(RngSeed::from_bytes(b"grade"));
    let runtime = builder.enable_all().build().expect("the system has room");
    let ended = runtime.block_on(async {
        let lab = Lab {
            record: Record::begin(),
            folder: Arc::new(folder.path().to_owned()),
        };
        let record = lab.record.clone();
        let driven = AssertUnwindSafe((drive.run)(lab)).catch_unwind();
        let ended = match Handle::current().runtime_flavor() {
            RuntimeFlavor::CurrentThread => driven.await,
            _ => LocalSet::new().run_until(driven).await,
        };
        (ended, record)
    });
    let (ended, record) = ended;
    let said = match ended {
        Ok(()) => "whole".to_owned(),
        Err(payload) => end_of(&*payload),
    };
    format!("\n{MARK}drive {}: {said}\n{}", drive.name, record.text())
}

fn end_of(payload: &(dyn Any + Send)) -> String {
    if let Some(Beyond(why)) = payload.downcast_ref() {
        return format!("beyond plain tokio: {why}");
    }
    let message = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let message = message.or_else(|| payload.downcast_ref::<String>().cloned());
    format!("panicked: {}", message.unwrap_or_default())
}

fn beyond(why: &'static str) -> ! {
    resume_unwind(Box::new(Beyond(why)))
}

/// As the lab's own.
#[derive(Debug, Clone)]
pub struct Lab {
    record: Record,
    folder: Arc<PathBuf>,
}

impl Lab {
    pub fn note(&self, key: &str, value: impl serde::Serialize) {
        let value = serde_json::to_string(&value).expect("a noted value has a JSON form");
        self.record.add(format!("{key} {value}"));
    }

    pub fn draw(&self, _: &str, plain: u64, _: RangeInclusive<u64>) -> u64 {
        plain
    }

    pub fn now_ms(&self) -> u64 {
        self.record.now_ms()
    }

    pub async fn sleep(&self, ms: u64) {
        tokio::time::sleep(Duration::from_millis(ms)).await;
    }

    /// On a thread of its own, whose clock is the real one.
    pub async fn outside<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> T {
        let (answer, result) = oneshot::channel();
        std::thread::spawn(move || answer.send(catch_unwind(AssertUnwindSafe(work))));
        let result = result.await.expect("a thread answers before it ends");
        result.unwrap_or_else(|panic| resume_unwind(panic))
    }

    pub fn spawn<T: 'static>(&self, future: impl Future<Output = T> + 'static) -> Running<T> {
        Running(spawn(future))
    }

    pub async fn all<F>(&self, futures: impl IntoIterator<Item = F>) -> Vec<F::Output>
    where
        F: Future + 'static,
        F::Output: 'static,
    {
        let running: Vec<_> = futures.into_iter().map(|future| self.spawn(future)).collect();
        let mut outputs = Vec::with_capacity(running.len());
        for task in running {
            outputs.push(task.join().await);
        }
        outputs
    }

    pub fn heartbeat(&self, every_ms: u64) -> Heartbeat {
        let lab = self.clone();
        Heartbeat(spawn(async move {
            loop {
                lab.sleep(every_ms).await;
                lab.note("heartbeat", ());
            }
        }))
    }

    pub fn service(&self, name: &str) -> service::Service {
        service::Service::new(self.record.clone(), name)
    }

    pub fn disk(&self) -> disk::Disk {
        disk::Disk::new(self.folder.join("disk"))
    }

    pub async fn cancel_everywhere(&self, most: u32, scenario: impl AsyncFn(Cancel)) {
        for suspension in 1..=most {
            self.note("suspension", suspension);
            let cancel = Cancel::at(suspension);
            let dropped = cancel.outcome();
            scenario(cancel).await;
            if !dropped.get() {
                break;
            }
        }
    }

    pub async fn heap_peak<T>(&self, future: impl Future<Output = T>) -> (T, Option<u64>) {
        (future.await, None)
    }
}

/// On the thread that the driver runs on, as the lab does it.
fn spawn<T: 'static>(future: impl Future<Output = T> + 'static) -> JoinHandle<SendWrapper<T>> {
    let task = async move { SendWrapper::new(future.await) };
    match Handle::current().runtime_flavor() {
        RuntimeFlavor::CurrentThread => tokio::spawn(SendWrapper::new(task)),
        _ => tokio::task::spawn_local(task),
    }
}

#[derive(Debug)]
pub struct Running<T>(JoinHandle<SendWrapper<T>>);

impl<T> Running<T> {
    pub async fn join(self) -> T {
        match self.0.await {
            Ok(output) => output.take(),
            Err(error) if error.is_panic() => resume_unwind(error.into_panic()),
            Err(_) => unreachable!("a driver's task is cancelled only through its handle"),
        }
    }

    pub fn cancel(self) {
        self.0.abort();
    }
}

#[derive(Debug)]
pub struct Heartbeat(JoinHandle<SendWrapper<()>>);

impl Drop for Heartbeat {
    fn drop(&mut self) {
        self.0.abort();
    }
}
