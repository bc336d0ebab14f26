//! Runtimes that the submission builds itself.
//!
//! Each is a real current-thread runtime of tokio's, on a thread that the lab steps. tokio reads its clock
//! and parks through libc, so its timers are on the drive's clock, and a runtime that waits gives its
//! turn back. A multi-thread runtime is one whose tasks run on a thread of their own, the one worker that
//! it has: however many are asked for, no two threads of a drive run at a time.

use std::cell::Cell;
use std::fmt;
use std::future::Future;
use std::panic::Location;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Handle, Id, RngSeed, Runtime, RuntimeFlavor};
use tokio::sync::Notify;

use crate::recorder::inside;
use crate::task::spawned_at;
use crate::{blocking, foreign, turns};

/// The runtimes of the submission in this drive.
static BUILT: Mutex<Vec<(Id, Arc<Pool>)>> = Mutex::new(Vec::new());

thread_local! {
    static IS_WORKER: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread is the worker of a runtime: it has no other to hand its tasks to.
pub fn is_on_worker() -> bool {
    IS_WORKER.get()
}

/// How many blocking threads a runtime of tokio's has unless it is said.
const MOST_JOBS: usize = 512;

/// What a thread runs when it starts or stops.
pub type Hook = Arc<dyn Fn() + Send + Sync>;

/// What tokio's builder is told of a runtime's threads.
#[derive(Clone)]
pub struct Threads {
    pub name: Arc<dyn Fn() -> String + Send + Sync>,
    /// In bytes; what std gives a thread unless it is said.
    pub stack_size: Option<usize>,
    /// How many blocking jobs run at a time; the others wait for a thread.
    pub most_jobs: usize,
    pub on_start: Option<Hook>,
    pub on_stop: Option<Hook>,
}

impl Default for Threads {
    fn default() -> Self {
        Self {
            name: Arc::new(|| "tokio-rt-worker".to_owned()),
            stack_size: None,
            most_jobs: MOST_JOBS,
            on_start: None,
            on_stop: None,
        }
    }
}

/// The threads of one runtime: its worker, and its blocking jobs.
pub struct Pool {
    pub threads: Threads,
    /// Whether its tasks run on a worker.
    has_worker: bool,
    state: Mutex<PoolState>,
    ended: Condvar,
}

#[derive(Debug, Default)]
struct PoolState {
    running: usize,
    /// Blocking jobs that have a thread.
    jobs: usize,
    is_shut_down: bool,
}

/// A runtime of the submission's. Dropping it drops its tasks, and waits for its threads.
#[derive(Debug)]
pub struct Stepped {
    handle: Handle,
    pool: Arc<Pool>,
    runs: Option<Runs>,
}

/// Where a runtime's tasks run.
#[derive(Debug)]
enum Runs {
    /// Wherever somebody waits in `block_on`, and only then.
    AtCaller(Runtime),
    /// On a worker, until it is told to stop.
    OnWorker(Arc<Notify>),
}

/// A drive begins: it has no runtimes.
pub fn reset() {
    built().clear();
}

fn built() -> MutexGuard<'static, Vec<(Id, Arc<Pool>)>> {
    BUILT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether a runtime of the submission's still lives. It can be reached by the next drive of this
/// process, whose runtime it is not.
pub fn any_lives() -> bool {
    inside(|| built().iter().any(|(_, pool)| !pool.state().is_shut_down))
}

/// The threads of the runtime behind `handle`, if the submission built it.
pub fn pool(handle: &Handle) -> Option<Arc<Pool>> {
    let built = built();
    let found = built.iter().find(|(id, _)| *id == handle.id());
    found.map(|(_, pool)| pool.clone())
}

/// What kind of runtime is behind `handle`.
pub fn flavor(handle: &Handle) -> RuntimeFlavor {
    match pool(handle) {
        Some(pool) if pool.has_worker => RuntimeFlavor::MultiThread,
        _ => handle.runtime_flavor(),
    }
}

/// Runs `future` to its end beside the runtime of `handle`, which somebody else drives.
pub fn block_on<F: Future>(handle: &Handle, future: F, caller: &Location<'_>) -> F::Output {
    let task = spawned_at(future, caller);
    turns::beside(|| handle.block_on(task))
}

impl Stepped {
    /// Builds a runtime as `builder` says, which is one for the current thread, with `threads`; its tasks
    /// run on a worker if it is to have one.
    ///
    /// # Errors
    /// tokio's own.
    pub fn build(
        builder: &mut Builder,
        has_worker: bool,
        threads: Threads,
    ) -> std::io::Result<Self> {
        foreign::watch(builder);
        let runtime = builder.rng_seed(RngSeed::from_bytes(b"grade")).build()?;
        let handle = runtime.handle().clone();
        let pool = Arc::new(Pool {
            threads,
            has_worker,
            state: Mutex::default(),
            ended: Condvar::new(),
        });
        inside(|| built().push((handle.id(), pool.clone())));
        let runs = if has_worker {
            let stop = Arc::new(Notify::new());
            let stopped = stop.clone();
            blocking::start(pool.clone(), move || {
                IS_WORKER.set(true);
                runtime.block_on(stopped.notified());
                drop(runtime);
            });
            Runs::OnWorker(stop)
        } else {
            Runs::AtCaller(runtime)
        };
        Ok(Self {
            handle,
            pool,
            runs: Some(runs),
        })
    }

    pub fn handle(&self) -> &Handle {
        &self.handle
    }

    /// Runs `future` to its end, and the runtime's tasks meanwhile.
    ///
    /// # Panics
    /// Inside a runtime, as tokio does.
    #[track_caller]
    pub fn block_on<F: Future>(&self, future: F, caller: &Location<'_>) -> F::Output {
        match &self.runs {
            Some(Runs::AtCaller(runtime)) => runtime.block_on(spawned_at(future, caller)),
            _ => block_on(&self.handle, future, caller),
        }
    }

    /// Drops the tasks, and waits for the threads, at most for so long.
    ///
    /// # Panics
    /// Where tokio does: in a task, unless there is nothing to wait for.
    #[track_caller]
    pub fn shut_down(&mut self, limit: Option<Duration>) {
        let Some(runs) = self.runs.take() else {
            return;
        };
        self.pool.state().is_shut_down = true;
        blocking::drop_queued(&self.pool);
        match (runs, limit) {
            (Runs::AtCaller(runtime), None) => drop(runtime),
            (Runs::AtCaller(runtime), Some(limit)) => runtime.shutdown_timeout(limit),
            (Runs::OnWorker(stop), limit) => {
                stop.notify_one();
                refuse_inside_a_runtime(limit);
            }
        }
        if !std::thread::panicking() {
            self.pool.wait(limit);
        }
    }
}

impl Drop for Stepped {
    fn drop(&mut self) {
        self.shut_down(None);
    }
}

/// Panics in a task, with tokio's own words, as the end of every runtime there does.
fn refuse_inside_a_runtime(limit: Option<Duration>) {
    if let Ok(empty) = Builder::new_current_thread().build() {
        match limit {
            None => drop(empty),
            Some(limit) => empty.shutdown_timeout(limit),
        }
    }
}

impl Pool {
    fn state(&self) -> MutexGuard<'_, PoolState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a thread for a blocking job, if there is one.
    pub fn takes_room(&self) -> bool {
        let mut state = self.state();
        let has_room = state.jobs < self.threads.most_jobs;
        state.jobs += usize::from(has_room);
        has_room
    }

    /// A blocking job has left its thread to nobody.
    pub fn has_room(&self) {
        self.state().jobs -= 1;
    }

    /// A thread of the runtime will run.
    pub fn begins(&self) {
        self.state().running += 1;
    }

    /// It did.
    pub fn ends(&self) {
        self.state().running -= 1;
        self.ended.notify_all();
    }

    /// Waits until no thread of the runtime runs, at most for so long.
    fn wait(&self, limit: Option<Duration>) {
        let until = limit.and_then(|limit| Instant::now().checked_add(limit));
        let mut state = self.state();
        while state.running > 0 {
            let left = until.map(|until| until.saturating_duration_since(Instant::now()));
            state = match left {
                Some(Duration::ZERO) => return,
                Some(left) => {
                    let waited = self.ended.wait_timeout(state, left);
                    waited.unwrap_or_else(PoisonError::into_inner).0
                }
                None => self
                    .ended
                    .wait(state)
                    .unwrap_or_else(PoisonError::into_inner),
            };
        }
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool")
            .field("has_worker", &self.has_worker)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}
