//! The one state of a drive: who is running, what time it is, and what was recorded.
//!
//! Only one thread of a drive runs at a time (the executor, or a blocking job that it stepped to),
//! so the lock below is never contended. [`inside`] marks the lab's own work: what is interposed
//! passes it through unseen.

use std::cell::Cell;
use std::io::Write;
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use trace::frame::{self, Frame, MAX_EVENTS, MAX_FRAME, Nonce};
use trace::peaks::{LIMITS, Peaks};
use trace::{Event, Halt, Kind, Place, Stream};

use crate::{drive, interpose, made, supervise};

/// What is written to one drive's socket at a time, in bytes.
const FLUSH_AT: usize = 32 * 1024;
/// A printed line is kept up to this many bytes.
const MAX_LINE: usize = 4096;

/// What a thread is to the drive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Not of the drive: the grader's own, or a thread the submission started by itself.
    Outside,
    /// The thread that polls every task.
    Executor,
    /// A `spawn_blocking` job, stepped by the executor.
    Job,
}

thread_local! {
    static ROLE: Cell<Role> = const { Cell::new(Role::Outside) };
    static INSIDE: Cell<u32> = const { Cell::new(0) };
    /// The tasks that this thread is polling, one inside the other.
    static POLLING: Cell<u32> = const { Cell::new(0) };
}

/// The task that is being polled.
static TASK: AtomicU32 = AtomicU32::new(0);
/// Virtual nanoseconds since the drive began, as last seen.
static NOW_NS: AtomicU64 = AtomicU64::new(0);

/// Whether the run is over and the lab only asks its tasks: what they do then is no part of it.
static CLOSED: AtomicBool = AtomicBool::new(false);

static RECORDER: Mutex<Option<Recorder>> = Mutex::new(None);

/// Where a drive's trace goes, and what ends it there.
#[derive(Debug)]
pub struct Socket {
    pub stream: &'static UnixStream,
    pub nonce: Nonce,
}

struct Recorder {
    socket: Socket,
    pending: Vec<u8>,
    began: tokio::time::Instant,
    events: usize,
    next_task: u32,
    next_call: u32,
    printed: u64,
    /// What was printed behind the last newline, for each stream.
    partial: [Vec<u8>; 2],
}

pub fn set_role(role: Role) {
    ROLE.set(role);
}

pub fn role() -> Role {
    ROLE.try_with(Cell::get).unwrap_or(Role::Outside)
}

/// Whether this thread is running the submission's (or driver's) code right now.
pub fn watching() -> bool {
    role() != Role::Outside && INSIDE.try_with(Cell::get).unwrap_or(1) == 0
}

/// Runs the lab's own work, which nothing interposed looks at.
pub fn inside<R>(work: impl FnOnce() -> R) -> R {
    struct Leave;
    impl Drop for Leave {
        fn drop(&mut self) {
            INSIDE.set(INSIDE.get() - 1);
        }
    }
    INSIDE.set(INSIDE.get() + 1);
    let _leave = Leave;
    work()
}

/// Runs one poll of a task.
pub fn polling<R>(poll: impl FnOnce() -> R) -> R {
    struct Leave;
    impl Drop for Leave {
        fn drop(&mut self) {
            POLLING.set(POLLING.get() - 1);
        }
    }
    POLLING.set(POLLING.get() + 1);
    let _leave = Leave;
    poll()
}

/// Whether this thread polls a task: it holds up a runtime while it waits.
pub fn is_polling() -> bool {
    POLLING.get() > 0
}

fn recorder() -> MutexGuard<'static, Option<Recorder>> {
    RECORDER.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Starts a drive's record. Called inside its runtime, before any of its code.
pub fn begin(socket: Socket) {
    CLOSED.store(false, Ordering::Relaxed);
    NOW_NS.store(0, Ordering::Relaxed);
    TASK.store(0, Ordering::Relaxed);
    *recorder() = Some(Recorder {
        socket,
        pending: Vec::with_capacity(FLUSH_AT * 2),
        began: tokio::time::Instant::now(),
        events: 0,
        next_task: 1,
        next_call: 1,
        printed: 0,
        partial: [Vec::new(), Vec::new()],
    });
}

/// Looks at the paused clock. It moves between polls, and when the lab itself moves it: whoever begins a
/// poll or moves it looks again. While a job has its turn, it stands still.
pub fn look_at_the_clock() {
    if role() != Role::Executor {
        return;
    }
    inside(|| {
        if let Some(recorder) = recorder().as_ref()
            && tokio::runtime::Handle::try_current().is_ok()
        {
            let elapsed = recorder.began.elapsed().as_nanos();
            NOW_NS.store(
                u64::try_from(elapsed).unwrap_or(u64::MAX),
                Ordering::Relaxed,
            );
        }
    });
}

/// Virtual nanoseconds since the drive began.
pub fn now_ns() -> u64 {
    NOW_NS.load(Ordering::Relaxed)
}

/// Virtual milliseconds since the drive began.
pub fn now_ms() -> u64 {
    now_ns() / 1_000_000
}

pub fn current_task() -> u32 {
    TASK.load(Ordering::Relaxed)
}

/// Makes `task` the one being polled; answers who was.
pub fn enter_task(task: u32) -> u32 {
    TASK.swap(task, Ordering::Relaxed)
}

pub fn new_task() -> u32 {
    number(|recorder| &mut recorder.next_task)
}

pub fn new_call() -> u32 {
    number(|recorder| &mut recorder.next_call)
}

fn number(which: impl FnOnce(&mut Recorder) -> &mut u32) -> u32 {
    inside(|| {
        recorder().as_mut().map_or(0, |recorder| {
            let next = which(recorder);
            *next += 1;
            *next - 1
        })
    })
}

/// Records an event of the running task, now. Nothing is recorded outside a drive.
pub fn record(kind: Kind) {
    if role() == Role::Outside || CLOSED.load(Ordering::Relaxed) {
        return;
    }
    let at_ms = now_ms();
    let task = current_task();
    inside(|| {
        let Ok(mut recorder) = RECORDER.try_lock() else {
            return;
        };
        if let Some(recorder) = recorder.as_mut() {
            recorder.push(Event { at_ms, task, kind });
        }
    });
}

/// Takes what was written to a standard stream; whole lines become events.
pub fn printed(stream: Stream, bytes: &[u8]) {
    let lines = inside(|| {
        let Ok(mut recorder) = RECORDER.try_lock() else {
            return Vec::new();
        };
        recorder
            .as_mut()
            .map_or_else(Vec::new, |recorder| recorder.lines(stream, bytes))
    });
    for line in lines {
        record(Kind::Printed { stream, line });
    }
    let printed = inside(|| {
        RECORDER
            .try_lock()
            .ok()
            .and_then(|r| r.as_ref().map(|r| r.printed))
    });
    if printed.is_some_and(|printed| printed > LIMITS.printed) {
        halt(Halt::TooMuchOutput {
            bytes: LIMITS.printed,
        });
    }
}

/// Ends the record whole: the end record goes out and nothing behind it.
pub fn finish() {
    made::tell();
    for stream in [Stream::Stdout, Stream::Stderr] {
        let rest = inside(|| {
            recorder().as_mut().map_or_else(Vec::new, |r| {
                std::mem::take(&mut r.partial[stream as usize])
            })
        });
        if !rest.is_empty() {
            record(Kind::Printed {
                stream,
                line: text(&rest),
            });
        }
    }
    inside(|| {
        if let Some(mut recorder) = recorder().take() {
            recorder.end();
        }
    });
}

/// Sends what was recorded so far, without an end record: the process is about to go away.
pub fn flush() {
    inside(|| {
        if let Ok(mut recorder) = RECORDER.try_lock()
            && let Some(recorder) = recorder.as_mut()
        {
            recorder.flush();
        }
    });
}

/// The stack is full: says so, without allocating and without waiting for a lock that this very thread
/// may hold.
pub fn overflowed() {
    if let Ok(mut recorder) = RECORDER.try_lock()
        && let Some(recorder) = recorder.as_mut()
    {
        let mut frame = [0; 16];
        let _ = recorder.socket.stream.write_all(&recorder.pending);
        let _ = recorder
            .socket
            .stream
            .write_all(frame::encode(&mut frame, &Frame::Overflowed));
    }
}

/// Records nothing more but why the drive is halted.
pub fn close() {
    CLOSED.store(true, Ordering::Relaxed);
}

/// Stops the drive here and now: records why and ends the trace. Where a task that was only asked does what
/// halts a drive, what it was asked for counts. The thread stands still where it is, since nobody knows
/// what the submission holds there; another drive can begin.
pub fn halt(why: Halt) -> ! {
    let why = crate::stuck::halts_already().unwrap_or(why);
    CLOSED.store(false, Ordering::Relaxed);
    record(Kind::Halted { why });
    finish();
    set_role(Role::Outside);
    drive::over(drive::End::Halted);
    loop {
        std::thread::park();
    }
}

impl Recorder {
    fn push(&mut self, event: Event) {
        self.events += 1;
        if self.events >= MAX_EVENTS - 8 {
            let why = Halt::TooManyEvents {
                events: self.events as u64,
            };
            self.append(&Frame::Event(Event {
                kind: Kind::Halted { why },
                ..event
            }));
            self.end();
            crate::interpose::leave(0)
        }
        self.append(&Frame::Event(event));
        if self.pending.len() >= FLUSH_AT {
            self.flush();
        }
    }

    fn end(&mut self) {
        let peaks = Peaks {
            polls: supervise::most_polls(),
            clock_reads: interpose::most_reads(),
            printed: self.printed,
            events: self.events as u64,
        };
        self.append(&Frame::End {
            nonce: self.socket.nonce,
            peaks,
            is_last: crate::runtime::any_lives(),
        });
        self.flush();
    }

    fn append(&mut self, frame: &Frame) {
        if frame::append(&mut self.pending, frame).is_err() {
            self.is_told_too_much()
        }
    }

    /// A value that was noted is over the frame limit: the trace ends with that, and so does the process.
    fn is_told_too_much(&mut self) -> ! {
        let kind = Kind::Exited {
            how: format!("a value of more than {} KiB", MAX_FRAME / 1024),
            place: Place::Unknown,
        };
        let (at_ms, task) = (now_ms(), current_task());
        let told = Frame::Event(Event { at_ms, task, kind });
        // It fits, and where nobody listens nobody is told.
        let _ = frame::append(&mut self.pending, &told);
        let _ = self.socket.stream.write_all(&self.pending);
        crate::interpose::leave(crate::serve::DRIVER_FAILED)
    }

    fn flush(&mut self) {
        // The grader closes its end when it has seen enough; there is nobody left to tell.
        if self.socket.stream.write_all(&self.pending).is_err() {
            crate::interpose::leave(crate::serve::DRIVER_FAILED)
        }
        self.pending.clear();
    }

    fn lines(&mut self, stream: Stream, bytes: &[u8]) -> Vec<String> {
        self.printed += bytes.len() as u64;
        let partial = &mut self.partial[stream as usize];
        let mut lines = Vec::new();
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            let room = MAX_LINE.saturating_sub(partial.len());
            let body = piece.strip_suffix(b"\n").unwrap_or(piece);
            partial.extend_from_slice(&body[..body.len().min(room)]);
            if body.len() < piece.len() {
                lines.push(text(partial));
                partial.clear();
            }
        }
        lines
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
