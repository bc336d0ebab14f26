//! A drive: one driver function, on a fresh thread, under a paused and seeded runtime.

use std::os::unix::net::UnixStream;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;

use send_wrapper::SendWrapper;
use tokio::runtime::{Builder, RngSeed};
use trace::finding::DriveInfo;
use trace::frame::Order;
use trace::{Owner, Place};

use crate::contract::LocalBoxFuture;
use crate::recorder::{self, Role, Socket};
use crate::signal_stack::SignalStack;
use crate::supervise::Ends;
use crate::task::Task;
use crate::{Lab, blocking, disk, foreign, interpose, schedule, supervise, suspended};

/// The stack of the thread that a drive runs on, in bytes: what std gives a thread, and tokio its
/// workers.
const STACK: usize = 2 * 1024 * 1024;
/// How much larger the stack is of a drive whose memory is to lie elsewhere.
const SHIFT: usize = 64 * 1024;
/// Virtual milliseconds after which a drive that has not returned never will.
const DEFAULT_LIMIT_MS: u64 = 120_000;
/// Virtual milliseconds the clock runs on after the driver returned: enough to move once.
const DEFAULT_GRACE_MS: u64 = 1;

/// A driver's function, as `#[drive]` registers it.
#[derive(Debug)]
pub struct Drive {
    pub name: &'static str,
    pub line: u32,
    /// Which seeded schedules the check is driven under, beside the plain one.
    pub schedules: Schedules,
    /// Virtual milliseconds the clock runs on after the driver returned.
    pub grace_ms: Option<u64>,
    /// Virtual milliseconds after which the drive is stopped.
    pub virtual_limit_ms: Option<u64>,
    pub run: fn(Lab) -> LocalBoxFuture<'static, ()>,
}

inventory::collect!(Drive);

/// Which schedules a check is driven under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schedules {
    Default,
    /// First in, first out, and nothing else: for a check whose order only that fixes.
    Plain,
    Seeded(u32),
}

impl Drive {
    pub fn find(name: &str) -> Option<&'static Drive> {
        inventory::iter::<Drive>
            .into_iter()
            .find(|drive| drive.name == name)
    }

    /// Every drive of this driver, in the order they are written.
    pub fn all() -> Vec<&'static Drive> {
        let mut all: Vec<_> = inventory::iter::<Drive>.into_iter().collect();
        all.sort_by_key(|drive| drive.line);
        all
    }

    /// What the grader is told of this drive before it orders one.
    pub fn info(&self) -> DriveInfo {
        DriveInfo {
            name: self.name.to_owned(),
            schedules: match self.schedules {
                Schedules::Default => None,
                Schedules::Plain => Some(0),
                Schedules::Seeded(seeds) => Some(seeds),
            },
        }
    }

    /// Drives the submission once, as `order` says; the trace goes out through `socket`. Answers when
    /// the trace is whole.
    pub fn run(&'static self, order: Order, socket: &'static UnixStream, scratch: PathBuf) {
        let (ended, is_over) = mpsc::channel();
        *OVER.lock().unwrap_or_else(PoisonError::into_inner) = Some(ended);
        let drive = thread::Builder::new()
            .name("drive".to_owned())
            .stack_size(STACK + if order.shifted { SHIFT } else { 0 })
            .spawn(move || {
                self.on_this_thread(order, socket, scratch);
                over(End::Returned);
            })
            .expect("the system has room for one thread");
        if is_over.recv() == Ok(End::Returned) {
            // The destructors of its thread-locals are still to run.
            let _ = drive.join();
        }
    }

    fn on_this_thread(&self, order: Order, socket: &'static UnixStream, scratch: PathBuf) {
        let Order {
            schedule,
            shifted,
            stop,
            nonce,
        } = order;
        let _room = SignalStack::new();
        interpose::reset(shifted);
        if shifted {
            shift_the_heap();
        }
        disk::reset();
        foreign::reset();
        suspended::reset();
        crate::runtime::reset();
        schedule::begin(schedule);
        recorder::set_role(Role::Executor);
        let runtime = runtime();
        blocking::reset(runtime.handle());
        let lab = Lab::new(scratch);
        let root = Task::root((self.run)(lab));
        let socket = Socket {
            stream: socket,
            nonce,
        };
        let limit_ms = self.virtual_limit_ms.unwrap_or(DEFAULT_LIMIT_MS);
        let grace_ms = self.grace_ms.unwrap_or(DEFAULT_GRACE_MS);
        let driven = catch_unwind(AssertUnwindSafe(|| {
            let ends = Ends {
                limit_ms,
                grace_ms,
                stop,
            };
            runtime.block_on(supervise::to_the_end(root, socket, ends));
        }));
        if let Err(panic) = driven {
            // To drop it may panic again.
            std::mem::forget(panic);
            // The panic and the end of task 0 are in the record: it is whole.
            interpose::flush_output();
            recorder::finish();
        }
        recorder::set_role(Role::Outside);
        if suspended::nobody_lives() {
            drop(runtime);
        } else {
            // What still lives would run its destructors, for as long as they like.
            std::mem::forget(runtime);
        }
    }
}

/// Takes what the allocator would give next, for good: whatever the drive allocates lies elsewhere. What the drives
/// before gave back is taken too, of which there is more the smaller it is: 16 KiB of each size, 1 MiB in all.
fn shift_the_heap() {
    for size in (16..=1024).step_by(16) {
        for _ in 0..16 * 1024 / size {
            // What nobody could look at would not be allocated.
            std::mem::forget(std::hint::black_box(Vec::<u8>::with_capacity(size)));
        }
    }
}

/// How a drive's thread ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Returned,
    /// It stands still where it was stopped.
    Halted,
}

/// Who waits for the end of the drive.
static OVER: Mutex<Option<mpsc::Sender<End>>> = Mutex::new(None);

/// The drive's trace is whole: the next may begin.
pub fn over(end: End) {
    if let Some(over) = OVER.lock().unwrap_or_else(PoisonError::into_inner).take() {
        let _ = over.send(end);
    }
}

/// The one kind of runtime a drive has: stepped by this thread, paused, seeded, without I/O.
fn runtime() -> tokio::runtime::Runtime {
    let mut builder = Builder::new_current_thread();
    builder
        .enable_time()
        .start_paused(true)
        .rng_seed(RngSeed::from_bytes(b"grade"));
    foreign::watch(&mut builder);
    builder
        .build()
        .expect("a runtime without I/O needs nothing of the system")
}

/// Spawns what beats beside the drive: it has no number, and its polls and timers are not taken for
/// the submission's.
pub fn in_background(future: impl Future<Output = ()> + 'static) -> tokio::task::JoinHandle<()> {
    let beat = SendWrapper::new(future);
    foreign::not_foreign(|| tokio::spawn(beat))
}

/// Spawns one of the driver's own tasks; it need not be `Send`, since it never leaves this thread.
pub fn spawn_local<T: 'static>(
    future: impl Future<Output = T> + 'static,
) -> tokio::task::JoinHandle<SendWrapper<T>> {
    let task = Task::new(future, Owner::Driver, Place::Unknown);
    let task = SendWrapper::new(async move { SendWrapper::new(task.await) });
    foreign::not_foreign(|| tokio::spawn(task))
}
