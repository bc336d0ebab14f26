//! [`Lab`]: what a driver's function is given.

use std::future::Future;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use trace::Kind;

use crate::disk::Disk;
use crate::recorder::{self, inside, record};
use crate::service::Service;
use crate::{Cancel, blocking, drive, heap, schedule, supervise};

/// A driver's handle to its drive: notes, tasks, services. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Lab {
    scratch: Arc<PathBuf>,
}

impl Lab {
    pub(crate) fn new(scratch: PathBuf) -> Self {
        Self {
            scratch: Arc::new(scratch),
        }
    }

    /// Writes a value into the trace, now, under `key`. The judge reads it back with the same type.
    ///
    /// # Panics
    /// When the value has no JSON form (a map whose keys are no strings, say): the driver's mistake.
    #[track_caller]
    pub fn note(&self, key: &str, value: impl Serialize) {
        let value = inside(|| serde_json::to_string(&value));
        let value = value.expect("a noted value has a JSON form");
        record(Kind::Note {
            key: key.to_owned(),
            value,
        });
    }

    /// A value that the schedule chooses out of `range`, the same for the same `key`: a latency in virtual
    /// milliseconds, a number of callers. The plain schedule gives `plain`. A second draw of one key is
    /// another draw.
    ///
    /// # Panics
    /// When `plain` is not in `range`: the driver's mistake.
    #[track_caller]
    pub fn draw(&self, key: &str, plain: u64, range: RangeInclusive<u64>) -> u64 {
        schedule::draw(key, plain, range)
    }

    /// Virtual milliseconds since the drive began.
    pub fn now_ms(&self) -> u64 {
        recorder::now_ms()
    }

    /// Lets the clock move by `ms` virtual milliseconds.
    pub async fn sleep(&self, ms: u64) {
        tokio::time::sleep(Duration::from_millis(ms)).await;
    }

    /// Runs `work` on a thread that is no runtime's, in lock-step with the drive, and waits for it: for a
    /// submission's functions that are called from outside async code, and may build runtimes there. A
    /// blocking sleep there takes virtual time, while everything else goes on. A driver that is all such a
    /// thread's is a plain `fn`.
    ///
    /// # Panics
    /// With the panic that comes out of it.
    pub async fn outside<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> T {
        blocking::outside(work).await
    }

    /// Spawns one of the driver's tasks. Dropping the handle leaves it running.
    pub fn spawn<T: 'static>(&self, future: impl Future<Output = T> + 'static) -> Running<T> {
        Running(drive::spawn_local(future))
    }

    /// Spawns every future, in order, each as a task, and waits for all.
    ///
    /// # Panics
    /// With the first panic that came out of one of them.
    pub async fn all<F>(&self, futures: impl IntoIterator<Item = F>) -> Vec<F::Output>
    where
        F: Future + 'static,
        F::Output: 'static,
    {
        let running: Vec<_> = futures
            .into_iter()
            .map(|future| self.spawn(future))
            .collect();
        let mut outputs = Vec::with_capacity(running.len());
        for task in running {
            outputs.push(task.join().await);
        }
        outputs
    }

    /// Notes `heartbeat` every `every_ms` virtual milliseconds until the answer is dropped.
    pub fn heartbeat(&self, every_ms: u64) -> Heartbeat {
        let lab = self.clone();
        Heartbeat(drive::in_background(async move {
            while !supervise::is_overtime() {
                lab.sleep(every_ms).await;
                lab.note("heartbeat", ());
            }
        }))
    }

    /// A simulated service, whose calls are recorded under `name`.
    pub fn service(&self, name: &str) -> Service {
        Service::new(name)
    }

    /// A disk over real files in this drive's own folder.
    pub fn disk(&self) -> Disk {
        Disk::new(self.scratch.join("disk"))
    }

    /// Runs `scenario` again and again, to have a future dropped in the first run at its first
    /// suspension, in the second at its second, and so on, until it is done before, or after `most`
    /// runs. Each run makes what it needs anew, has its future polled by [`Cancel::run`], and notes
    /// what is left of it; it begins with a note `suspension`, the number.
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

    /// Runs `future` and answers, beside its output, the most heap it had at a time, in bytes
    /// above what was allocated before. `None` where the platform cannot tell.
    pub async fn heap_peak<T>(&self, future: impl Future<Output = T>) -> (T, Option<u64>) {
        let measure = heap::Measure::begin();
        let output = future.await;
        (output, measure.peak())
    }
}

/// A driver's task.
#[derive(Debug)]
pub struct Running<T>(tokio::task::JoinHandle<send_wrapper::SendWrapper<T>>);

impl<T> Running<T> {
    /// Waits for the task.
    ///
    /// # Panics
    /// With the panic that came out of it.
    pub async fn join(self) -> T {
        match self.0.await {
            Ok(output) => output.take(),
            Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
            Err(_) => unreachable!("a driver's task is cancelled only through its handle"),
        }
    }

    /// Drops the task's future at its next turn, wherever it waits.
    pub fn cancel(self) {
        self.0.abort();
    }
}

/// Beats until it is dropped.
#[derive(Debug)]
pub struct Heartbeat(tokio::task::JoinHandle<()>);

impl Drop for Heartbeat {
    fn drop(&mut self) {
        self.0.abort();
    }
}
