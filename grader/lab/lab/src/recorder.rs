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
use trace::{Event, Halt, Kind, Stream};

/// What is written to one drive's socket at a time, in bytes.
const FLUSH_AT: usize = 32 * 1024;
/// What a submission may print in one drive, in bytes.
pub const MAX_OUTPUT: u64 = 16 * 1024 * 1024;
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
}

/// The task that is being polled.
static TASK: AtomicU32 = AtomicU32::new(0);
/// Virtual nanoseconds since the drive began, as last seen.
static NOW_NS: AtomicU64 = AtomicU64::new(0);

/// Whether the run is over and the lab only asks its tasks: what they do then is no part of it.
static CLOSED: AtomicBool = AtomicBool::new(false);

static RECORDER: Mutex<Option<Recorder>> = Mutex::new(None);

struct Recorder {
    socket: UnixStream,
    nonce: Nonce,
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

fn recorder() -> MutexGuard<'static, Option<Recorder>> {
    RECORDER.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Starts a drive's record. Called inside its runtime, before any of its code.
pub fn begin(socket: UnixStream, nonce: Nonce) {
    CLOSED.store(false, Ordering::Relaxed);
    NOW_NS.store(0, Ordering::Relaxed);
    TASK.store(0, Ordering::Relaxed);
    *recorder() = Some(Recorder {
        socket,
        nonce,
        pending: Vec::with_capacity(FLUSH_AT * 2),
        began: tokio::time::Instant::now(),
        events: 0,
        next_task: 1,
        next_call: 1,
        printed: 0,
        partial: [Vec::new(), Vec::new()],
    });
}

/// Virtual nanoseconds since the drive began.
pub fn now_ns() -> u64 {
    if role() == Role::Executor {
        inside(|| {
            if tokio::runtime::Handle::try_current().is_ok()
                && let Some(recorder) = recorder().as_ref()
            {
                let elapsed = recorder.began.elapsed().as_nanos();
                NOW_NS.store(
                    u64::try_from(elapsed).unwrap_or(u64::MAX),
                    Ordering::Relaxed,
                );
            }
        });
    }
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
    if printed.is_some_and(|printed| printed > MAX_OUTPUT) {
        halt(Halt::TooMuchOutput { bytes: MAX_OUTPUT });
    }
}

/// Ends the record whole: the end record goes out and nothing behind it.
pub fn finish() {
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
            let end = Frame::End {
                nonce: recorder.nonce,
            };
            recorder.append(&end);
            recorder.flush();
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

/// Records nothing more but why the drive is halted.
pub fn close() {
    CLOSED.store(true, Ordering::Relaxed);
}

/// Stops the drive here and now: records why, ends the trace and leaves the process. Where a task
/// that was only asked does what halts a drive, what it was asked for counts.
pub fn halt(why: Halt) -> ! {
    let why = crate::stuck::halts_already().unwrap_or(why);
    CLOSED.store(false, Ordering::Relaxed);
    record(Kind::Halted { why });
    finish();
    crate::interpose::leave(0)
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
            self.append(&Frame::End { nonce: self.nonce });
            self.flush();
            crate::interpose::leave(0)
        }
        self.append(&Frame::Event(event));
        if self.pending.len() >= FLUSH_AT {
            self.flush();
        }
    }

    fn append(&mut self, frame: &Frame) {
        // A note over the frame limit is the driver's mistake: it shows as a trace without an end.
        if let Err(error) = frame::write(&mut self.pending, frame) {
            eprintln!("the lab could not record an event (at most {MAX_FRAME} bytes): {error}");
            crate::interpose::leave(crate::serve::DRIVER_FAILED)
        }
    }

    fn flush(&mut self) {
        // The grader closes its end when it has seen enough; there is nobody left to tell.
        if self.socket.write_all(&self.pending).is_err() {
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
