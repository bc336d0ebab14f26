//! Drives a check: starts its driver, receives the trace, and holds the process to its limits.

use std::io::{BufReader, Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use trace::frame::{self, Decoded, Nonce};
use trace::{Completion, Kind, Trace};

use crate::error::{Error, Result};
use crate::locate::Locator;
use crate::process::{self, Exit, Running};

/// The exit code of a driver that failed before the submission ran; `lab` has the same.
const DRIVER_FAILED: i32 = 70;
/// How much of a driver's standard error is kept for a grader's error, in bytes.
const KEPT_STDERR: usize = 16 << 10;

/// What every drive of one submission has in common.
#[derive(Debug, Clone)]
pub struct Driver<'a> {
    pub program: &'a Path,
    pub library_path: &'a std::ffi::OsStr,
    pub adapter: &'a Path,
    /// Real time that one check may take.
    pub limit: Duration,
}

impl Driver<'_> {
    /// Drives one check in `folder`, which is fresh and its own.
    ///
    /// # Errors
    /// When the driver cannot do its work; whatever the submission does is in the trace.
    pub fn drive(&self, check: &str, folder: &Path) -> Result<Trace> {
        let failed = |why: String| Error::grader(format!("the driver of `{check}` failed: {why}"));
        let io_failed = |e: std::io::Error| failed(e.to_string());
        let (ours, theirs) = UnixStream::pair().map_err(io_failed)?;
        let mut command = Command::new(self.program);
        command
            .arg("--drive")
            .arg(check)
            .arg(self.adapter)
            .current_dir(folder)
            .env_clear()
            .env("LD_LIBRARY_PATH", self.library_path)
            .stdin(OwnedFd::from(theirs))
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let mut running = Running::start(&mut command, self.limit).map_err(io_failed)?;
        // The command holds the other end too; the stream ends when the process's copy does.
        drop(command);
        let stderr = process::drain(running.child().stderr.take(), KEPT_STDERR);
        let nonce = nonce().map_err(io_failed)?;
        // A driver that is gone already shows in its exit code.
        let _ = (&ours).write_all(&nonce);
        let decoded = frame::decode(
            BufReader::new(Bounded {
                socket: &ours,
                running: &running,
            }),
            &nonce,
        );
        let timed_out = running.left().is_zero();
        drop(ours);
        let exit = if decoded.end.is_ok() {
            Exit::Code(0)
        } else {
            running.wait()
        };
        if exit == Exit::Code(DRIVER_FAILED) && decoded.events.is_empty() {
            let said = stderr.recv().unwrap_or_default();
            return Err(failed(String::from_utf8_lossy(&said).trim().to_owned()));
        }
        Ok(self.trace(
            check,
            decoded,
            if timed_out { Exit::TimedOut } else { exit },
        ))
    }

    fn trace(&self, check: &str, decoded: Decoded, exit: Exit) -> Trace {
        let ending = match decoded.end {
            Ok(()) => Completion::Whole,
            Err(_) if exit == Exit::TimedOut => Completion::TimedOut {
                limit_ms: u64::try_from(self.limit.as_millis()).unwrap_or(u64::MAX),
            },
            Err(_) => Completion::Cut {
                how: exit.describe(),
            },
        };
        let mut trace = Trace {
            check: check.to_owned(),
            events: decoded.events,
            ending,
        };
        locate(&mut trace, self.adapter);
        trace
    }
}

/// Puts lines of the submission in place of offsets.
fn locate(trace: &mut Trace, adapter: &Path) {
    let mut locator = Locator::new(adapter);
    for event in &mut trace.events {
        match &mut event.kind {
            Kind::Spawned { place, .. }
            | Kind::Blocked { place, .. }
            | Kind::Panicked { place, .. }
            | Kind::Thread { place }
            | Kind::Exited { place, .. } => locator.resolve(place),
            Kind::Halted { why } => match why {
                trace::Halt::Deadlock { stuck } => stuck
                    .iter_mut()
                    .for_each(|stuck| locator.resolve(&mut stuck.place)),
                trace::Halt::Locked { place, holder, .. } => {
                    locator.resolve(place);
                    if let Some(holder) = holder {
                        locator.resolve(&mut holder.place);
                    }
                }
                trace::Halt::Livelock { place, .. }
                | trace::Halt::Spinning { place, .. }
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

/// The driver's end of the socket, which goes quiet when the driver's time is up.
struct Bounded<'a> {
    socket: &'a UnixStream,
    running: &'a Running,
}

impl Read for Bounded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let left = self.running.left();
        if left.is_zero() {
            return Ok(0);
        }
        self.socket.set_read_timeout(Some(left))?;
        match self.socket.read(buffer) {
            Err(e) if e.kind() == std::io::ErrorKind::WouldBlock => Ok(0),
            other => other,
        }
    }
}
