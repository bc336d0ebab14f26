//! Drives a check: starts its driver, orders drives, receives their traces, and holds the process to
//! its limits.

use std::collections::VecDeque;
use std::io::{BufReader, Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::Receiver;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use trace::frame::{self, Decoded, FrameError, Loaded, MAX_FRAME, Nonce, Order, Stop};
use trace::lockdown::Lockdown;
use trace::peaks::Peaks;
use trace::schedule::Schedule;
use trace::{Completion, Kind, Trace};

use crate::error::{Error, Result};
use crate::locate::Locator;
use crate::patient::Patient;
use crate::process::{self, Child, Exit};
use crate::reach::Reach;
use crate::sandbox::{Confined, Sandbox};

/// The exit code of a driver that failed; `lab` has the same. It is believed before the submission is loaded.
const DRIVER_FAILED: i32 = 70;
/// How long a driver that has nothing more to do may take to go: destructors of the submission's may be in its way.
const LEAVING: Duration = Duration::from_secs(1);
/// How much of a driver's standard error is kept for a grader's error, in bytes.
const KEPT_STDERR: usize = 16 << 10;

/// How much of what a driver said is taken at once, in bytes.
const ROOM: usize = 64 << 10;

/// What makes drives quick: glibc gives no memory back between them, and tokio does not ask for the number of
/// cores, which takes five files.
const QUICK: [(&str, &str); 2] = [
    (
        "GLIBC_TUNABLES",
        "glibc.malloc.arena_max=1:glibc.malloc.trim_threshold=268435456:glibc.malloc.top_pad=1048576",
    ),
    ("TOKIO_WORKER_THREADS", "1"),
];

/// What every drive of one submission has in common.
#[derive(Debug)]
pub struct Driver<'a> {
    pub sandbox: &'a Sandbox,
    pub reach: Reach<'a>,
    pub library_path: &'a std::ffi::OsStr,
    /// The library that a driver loads. Its folder, of which a driver may read all, is there before it.
    pub adapter: &'a Path,
    /// What a driver gives up before it loads the submission.
    pub lockdown: &'a Lockdown,
    /// Processor time that one drive may take.
    pub limit: Duration,
    /// The processes that were started before there was a library.
    pub launched: Mutex<Vec<Launched>>,
}

/// A driver's process that waits to be told what to give up: it knows no submission yet.
#[derive(Debug)]
pub struct Launched {
    check: String,
    running: Confined,
    socket: UnixStream,
}

/// A driver's process, which drives one check again and again. What the submission keeps in its
/// statics lives on from one drive to the next.
#[derive(Debug)]
pub struct Session<'a> {
    check: &'a str,
    limit: Duration,
    running: Option<Confined>,
    input: BufReader<Patient>,
    stderr: Receiver<Vec<u8>>,
    ordered: VecDeque<(Schedule, Nonce)>,
    /// Whether the driver has said that the submission is loaded.
    is_loaded: bool,
    locator: Locator,
}

impl<'a> Driver<'a> {
    /// Starts the driver of a check in the fresh folder `drives/check-0`, before there is a library to load. What
    /// is wrong with it shows when it is started again.
    pub fn launch_early(&self, check: &str, drives: &Path) {
        if let Ok(launched) = self.launch(check, &folder(drives, check, 0)) {
            self.waiting().push(launched);
        }
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, Vec<Launched>> {
        self.launched.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn launched_early(&self, check: &str) -> Option<Launched> {
        let mut waiting = self.waiting();
        let at = waiting
            .iter()
            .position(|launched| launched.check == check)?;
        Some(waiting.swap_remove(at))
    }

    /// Has a driver of one check load the submission: the one that was launched early, else a new one in
    /// `folder`, which is made for it and removed behind it. It keeps to `processor`.
    ///
    /// # Errors
    /// When the process cannot be started.
    pub fn start(
        &self,
        check: &'a str,
        folder: &Path,
        processor: Option<u32>,
    ) -> Result<Session<'a>> {
        let launched = match self.launched_early(check) {
            Some(launched) => launched,
            None => self.launch(check, folder)?,
        };
        let Launched {
            mut running,
            socket,
            ..
        } = launched;
        // A driver that is gone already shows in its exit code.
        let lockdown = Lockdown {
            processor,
            ..self.lockdown.clone()
        };
        let _ = frame::write(&mut &socket, &lockdown);
        let process = running.pid();
        let stderr = process::drain(Some(running.errors()), KEPT_STDERR);
        Ok(Session {
            check,
            limit: self.limit,
            running: Some(running),
            input: BufReader::with_capacity(ROOM, Patient::new(socket, process, self.limit)),
            stderr,
            ordered: VecDeque::new(),
            is_loaded: false,
            locator: Locator::new(self.adapter),
        })
    }

    fn launch(&self, check: &str, folder: &Path) -> Result<Launched> {
        let failed = |e: std::io::Error| failed(check, &e.to_string());
        let (socket, theirs) = UnixStream::pair().map_err(failed)?;
        let mut command = Command::new(self.reach.prebuilt.driver());
        command
            .arg("--drive")
            .arg(check)
            .arg(self.adapter)
            .current_dir(folder)
            .env_clear()
            .env("LD_LIBRARY_PATH", self.library_path)
            .envs(QUICK);
        let library = self.adapter.parent().unwrap_or(self.adapter);
        let first = self.reach.driver(library, folder);
        let second = self.reach.submission_itself(library, folder);
        let running = self
            .sandbox
            .drive(&command, first, second, OwnedFd::from(theirs), self.limit)
            .map_err(failed)?;
        Ok(Launched {
            check: check.to_owned(),
            running,
            socket,
        })
    }
}

/// The folder of the `number`th process that drives a check; 0 is the one that is launched early.
pub fn folder(drives: &Path, check: &str, number: u32) -> PathBuf {
    drives.join(format!("{check}-{number}"))
}

impl Session<'_> {
    /// Orders a drive under each of these schedules. With `shifted`, std's clocks start
    /// at another date and memory lies elsewhere.
    ///
    /// # Errors
    /// When the system has no random numbers.
    pub fn order(
        &mut self,
        schedules: impl IntoIterator<Item = Schedule>,
        shifted: bool,
    ) -> Result<()> {
        self.order_all(schedules, shifted, None)
    }

    fn order_all(
        &mut self,
        schedules: impl IntoIterator<Item = Schedule>,
        shifted: bool,
        stop: Option<Stop>,
    ) -> Result<()> {
        let mut orders = Vec::new();
        for schedule in schedules {
            let nonce = nonce().map_err(|e| failed(self.check, &e.to_string()))?;
            let order = Order {
                schedule: schedule.clone(),
                shifted,
                stop,
                nonce,
            };
            frame::write(&mut orders, &order).map_err(|e| failed(self.check, &e.to_string()))?;
            self.ordered.push_back((schedule, nonce));
        }
        // A driver that is gone already shows in its exit code.
        let _ = self.input.get_ref().socket().write_all(&orders);
        Ok(())
    }

    /// Orders a drive that is stopped at an instant, to be asked for its state.
    ///
    /// # Errors
    /// When the system has no random numbers.
    pub fn order_stop(&mut self, schedule: Schedule, stop: Stop) -> Result<()> {
        self.order_all([schedule], false, Some(stop))
    }

    /// The trace of the drive that was ordered first of those that are still to come. Whatever the
    /// submission does is in it.
    ///
    /// # Errors
    /// When the driver could not do its work.
    ///
    /// # Panics
    /// When no drive is ordered.
    pub fn next(&mut self) -> Result<Trace> {
        let (schedule, nonce) = self.ordered.pop_front().expect("a drive is ordered");
        self.input.get_mut().begin();
        if !self.is_loaded {
            let said = frame::read(&mut self.input, MAX_FRAME);
            self.is_loaded = matches!(said, Ok(Some(Loaded)));
        }
        let decoded = frame::decode(&mut self.input, &nonce);
        let (ending, peaks) = match decoded.end {
            Ok(peaks) if decoded.is_last => (self.leaves(), peaks),
            Ok(peaks) => (Completion::Whole, peaks),
            Err(_) => (self.cut(&decoded)?, Peaks::default()),
        };
        let mut trace = Trace {
            check: self.check.to_owned(),
            schedule,
            events: decoded.events,
            peaks,
            ending,
        };
        locate(&mut trace, &mut self.locator);
        Ok(trace)
    }

    /// Whether the process is there for another drive.
    pub fn goes_on(&self) -> bool {
        self.running.is_some()
    }

    /// Ends the process, which must have nothing more to say. `None` when it had.
    pub fn close(mut self) -> Option<()> {
        if !self.goes_on() {
            return Some(());
        }
        let patient = self.input.get_mut();
        patient.hurry(LEAVING);
        patient.begin();
        let _ = patient.socket().shutdown(std::net::Shutdown::Write);
        frame::ends(&mut self.input).ok()
    }

    /// The process drives no more: what was ordered of it is ordered no longer.
    fn leaves(&mut self) -> Completion {
        self.ordered.clear();
        if let Some(running) = self.running.take() {
            let ends = frame::ends(&mut self.input);
            running.end_within(self.limit);
            if matches!(ends, Err(FrameError::AfterEnd)) {
                return says_too_much();
            }
        }
        Completion::Whole
    }

    /// Why a trace has no end: how the process ended.
    fn cut(&mut self, decoded: &Decoded) -> Result<Completion> {
        let timed_out = self.input.get_ref().is_over();
        let Some(running) = self.running.take() else {
            return Ok(Completion::Cut {
                how: "it was gone".to_owned(),
            });
        };
        if timed_out {
            return Ok(Completion::TimedOut {
                limit_ms: u64::try_from(self.limit.as_millis()).unwrap_or(u64::MAX),
            });
        }
        let is_forged = decoded.end.as_ref().is_err_and(|error| {
            let is_gone = |e: &FrameError| matches!(e, FrameError::CutOff | FrameError::Io(_));
            error.as_ref().is_some_and(|error| !is_gone(error))
        });
        if is_forged {
            return Ok(says_too_much());
        }
        let exit = running.end_within(self.limit);
        if exit == Exit::Code(DRIVER_FAILED) && !self.is_loaded {
            let said = self.stderr.recv().unwrap_or_default();
            return Err(failed(self.check, String::from_utf8_lossy(&said).trim()));
        }
        Ok(Completion::Cut {
            how: exit.describe(),
        })
    }
}

/// How a process ended that sent something behind its last trace: whatever it was, the traces are not the
/// lab's alone.
pub fn says_too_much() -> Completion {
    Completion::Cut {
        how: "it said more than its drives".to_owned(),
    }
}

fn failed(check: &str, why: &str) -> Error {
    Error::grader(format!("the driver of `{check}` failed: {why}"))
}

/// Puts lines of the submission in place of offsets.
fn locate(trace: &mut Trace, locator: &mut Locator) {
    for event in &mut trace.events {
        match &mut event.kind {
            Kind::Spawned { place, .. }
            | Kind::Blocked { place, .. }
            | Kind::Panicked { place, .. }
            | Kind::Thread { place }
            | Kind::Made { place, .. }
            | Kind::Cancelled { place, .. }
            | Kind::Exited { place, .. } => locator.resolve(place),
            Kind::Halted { why } => match why {
                trace::Halt::Deadlock { stuck } | trace::Halt::Asked { waiting: stuck, .. } => {
                    for stuck in stuck {
                        locator.resolve(&mut stuck.place);
                    }
                }
                trace::Halt::LockedOut { place, holder, .. } => {
                    locator.resolve(place);
                    locator.resolve(&mut holder.place);
                }
                trace::Halt::Locked { place, holder, .. } => {
                    locator.resolve(place);
                    if let Some(holder) = holder {
                        locator.resolve(&mut holder.place);
                    }
                }
                trace::Halt::Livelock { place, .. }
                | trace::Halt::Spinning { place, .. }
                | trace::Halt::GoesRound { place, .. }
                | trace::Halt::Stopped { place, .. } => {
                    locator.resolve(place);
                }
                _ => {}
            },
            _ => {}
        }
    }
}

fn nonce() -> std::io::Result<Nonce> {
    let mut nonce = Nonce::default();
    std::fs::File::open("/dev/urandom")?.read_exact(&mut nonce)?;
    Ok(nonce)
}
