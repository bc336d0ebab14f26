//! The trace of a drive: what happened, in virtual time and dense task numbers, and nothing else.
//!
//! The driver writes it in [`frame`]s, the grader decodes it as hostile input, the judge reads it.
//! Nothing in here is an address, a tokio id, a wall-clock time or a path of the machine.

pub mod finding;
pub mod frame;
pub mod lockdown;
pub mod peaks;
pub mod schedule;

use serde::{Deserialize, Serialize};

use peaks::Peaks;
use schedule::{Poll, Schedule};

/// How the process ended in [`Kind::Exited`] when a stack was full.
pub const STACK_OVERFLOW: &str = "a stack overflow";

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Event {
    /// Virtual milliseconds since the drive began.
    pub at_ms: u64,
    /// The task that was being polled: 0 is the driver itself, others count up in order of spawning.
    pub task: u32,
    pub kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A task came to be, numbered `task`. `owner` says who asked for it.
    Spawned {
        task: u32,
        owner: Owner,
        place: Place,
    },
    /// Task `task` is gone.
    Ended { task: u32, how: Ending },
    /// The schedule lets `turns` rounds of other tasks go before this poll of a task that is ready.
    HeldBack { at: Poll, turns: u8 },
    /// A task that was held back goes on; `meanwhile` are those that were polled before it, where the
    /// schedule is exact.
    LetGo { task: u32, meanwhile: Vec<u32> },
    /// The driver drew `value`; the plain schedule gives `plain`.
    Drawn { key: String, value: u64, plain: u64 },
    /// The driver noted a value under a key; `value` is JSON.
    Note { key: String, value: String },
    /// A call to a simulated service (a request, an open file) began.
    Began {
        call: u32,
        service: String,
        label: String,
    },
    /// Something in call `call` failed, with this error; the call itself may go on (a read of an open
    /// file).
    Failed { call: u32, error: String },
    /// Call `call` is over: it was answered, or its future was dropped before that.
    Closed { call: u32, how: Closing },
    /// A line was printed.
    Printed { stream: Stream, line: String },
    /// The runtime's thread was held by `by` for `ms` virtual milliseconds (0 where no clock tells).
    Blocked { by: String, ms: u64, place: Place },
    /// A panic began.
    Panicked { message: String, place: Place },
    /// Task `task` panicked, and its `JoinError` went before anybody read it.
    Swallowed { task: u32 },
    /// A thread was started that the lab does not step.
    Thread { place: Place },
    /// The submission ended the process itself.
    Exited { how: String, place: Place },
    /// The lab stopped the drive.
    Halted { why: Halt },
    /// What became of the futures of `what` (`tokio::fs::write`, a call to a service) that were made at
    /// one place: how many were polled, and how many were dropped without.
    Made {
        what: String,
        place: Place,
        polled: u64,
        dropped: u64,
    },
    /// The driver dropped a future of the submission that had been polled `suspension` times, and was
    /// waiting at `place`.
    Cancelled { suspension: u32, place: Place },
    /// The driver's function returned; what follows is the grace it gives to what still runs.
    Returned,
}

/// Who asked for a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Owner {
    Driver,
    Submission,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    Finished,
    Panicked,
    /// Aborted, or dropped with the set or runtime that held it.
    Cancelled,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Closing {
    Answered,
    Failed,
    Dropped,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stream {
    Stdout,
    Stderr,
}

/// Why the lab stopped a drive before its driver returned.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Halt {
    /// Nothing can run and no timer is set.
    Deadlock { stuck: Vec<Stuck> },
    /// `polls` polls without the clock moving, the last of them of a task at `place`.
    Livelock { polls: u64, place: Place },
    /// Timers go on, but the driver had not returned after `limit_ms` virtual milliseconds.
    NeverFinishes { limit_ms: u64 },
    /// One poll read a clock `reads` times.
    Spinning { reads: u64, place: Place },
    /// One poll of a drive whose steps are counted went on and on: in the last `steps` of them it came no further
    /// out than where `place` is, and past that `times` times.
    GoesRound {
        steps: u64,
        times: u64,
        place: Place,
    },
    /// A task printed more than `bytes` bytes.
    TooMuchOutput { bytes: u64 },
    /// More than `events` events were recorded.
    TooManyEvents { events: u64 },
    /// The runtime's thread waits for a channel, condition variable or park that nothing can end.
    Stopped { by: String, place: Place },
    /// The runtime's thread waits for a std lock that nothing can release. `holder` is the suspended
    /// task that holds it; where there is none, the waiting task itself does, or a job, or its guard was lost.
    Locked {
        by: String,
        place: Place,
        holder: Option<Stuck>,
    },
    /// A blocking job waits for a std lock that a suspended task holds, and nothing else can run.
    LockedOut {
        by: String,
        place: Place,
        holder: Stuck,
    },
    /// The grader asked for the state at this instant: every task that waits, and who holds what others
    /// wait for.
    Asked {
        waiting: Vec<Stuck>,
        holds: Vec<Hold>,
    },
}

/// When task `holder` went, what it had held went on to task `waiter`, which waited for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Hold {
    pub holder: u32,
    pub waiter: u32,
    /// The holder had it only because others had gone before: it stood before the waiter in a queue.
    pub is_before: bool,
}

/// A task that waits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stuck {
    pub task: u32,
    /// The await that it waits at.
    pub place: Place,
    pub on: Awaited,
    /// Polled once more, it went on: what it waits for was there, and nobody had woken it.
    pub ready: bool,
    /// Polled once more, it left a waker with somebody. Without one nobody can wake it.
    pub kept: bool,
}

impl Awaited {
    /// Whether one task has it while others wait for it.
    pub fn is_held(self) -> bool {
        matches!(
            self,
            Self::Mutex | Self::RwLock | Self::Semaphore | Self::OnceCell
        )
    }
}

/// What a task waits on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Awaited {
    Mutex,
    RwLock,
    Semaphore,
    OnceCell,
    Mpsc,
    Oneshot,
    Broadcast,
    Watch,
    Notify,
    Barrier,
    /// tokio-util's `CancellationToken`.
    Cancellation,
    /// The other end of an in-memory pipe.
    Pipe,
    /// A `JoinHandle` or `JoinSet`.
    Task,
    LocalSet,
    /// The clock.
    Timer,
    /// A call of a simulated service that is never answered.
    Call,
    /// A std lock, channel, condition variable or park, in a blocking job.
    Blocking,
    /// `pending()`, which never comes.
    Pending,
    /// A waker that code outside tokio keeps.
    Waker,
    /// It kept no waker that the lab could see.
    Unknown,
}

/// Where in the submission something happened.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    Unknown,
    /// Offsets into the adapter library, innermost call first; the grader turns them into `Known`.
    Frames(Vec<u64>),
    /// A file below the submission's folder, and a line counted from 1.
    Known {
        file: String,
        line: u32,
    },
}

/// A whole drive, as the judge receives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// The name of the check that was driven.
    pub check: String,
    /// What it was driven under.
    pub schedule: Schedule,
    pub events: Vec<Event>,
    /// As the end record has them; all 0 where there is none.
    pub peaks: Peaks,
    pub ending: Completion,
}

/// Whether the end record arrived.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Completion {
    /// The end record arrived, bound to the drive's nonce.
    Whole,
    /// The process went away first; the words say how, for a person.
    Cut { how: String },
    /// The process was still busy when its time was up: of the processors, or real time in which it did nothing.
    TimedOut { limit_ms: u64 },
}
