//! Child processes: bounded in time and output, never left behind.

use std::fs;
use std::io::{self, Read};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{self, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, waitid};

use crate::interrupt;

/// How a child ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Exit {
    Code(i32),
    Signal(i32),
    /// It was still running at its time limit, and was killed.
    TimedOut,
}

impl Exit {
    pub fn success(self) -> bool {
        self == Self::Code(0)
    }

    pub fn of(status: ExitStatus) -> Self {
        status
            .code()
            .map_or_else(|| Self::Signal(status.signal().unwrap_or(0)), Self::Code)
    }

    /// How it ended, in words.
    pub fn describe(self) -> String {
        match self {
            Self::Code(code) => format!("it exited with code {code}"),
            Self::Signal(6) => "it aborted".to_owned(),
            Self::Signal(9) => "it was killed".to_owned(),
            Self::Signal(11) => "it used memory that is not its own (SIGSEGV)".to_owned(),
            Self::Signal(signal) => format!("it was ended by signal {signal}"),
            Self::TimedOut => "it was still running at its time limit".to_owned(),
        }
    }
}

/// A running child in a process group of its own, which goes when this does.
#[derive(Debug)]
pub struct Running {
    child: process::Child,
    group: i32,
    deadline: Instant,
    /// None once it was reaped.
    signal: Option<interrupt::Guard>,
}

impl Running {
    /// Starts `command`; it has `limit` from now on.
    ///
    /// # Errors
    /// When the program cannot be started.
    pub fn start(command: &mut Command, limit: Duration) -> io::Result<Self> {
        Self::start_in_session(command.process_group(0), limit)
    }

    /// Starts `command`, which makes a session, and so a process group, of its own.
    ///
    /// # Errors
    /// When the program cannot be started.
    pub fn start_in_session(command: &mut Command, limit: Duration) -> io::Result<Self> {
        let signals = interrupt::hold_back();
        let child = command.spawn()?;
        let group = i32::try_from(child.id()).expect("a process id fits");
        Ok(Self {
            child,
            group,
            deadline: Instant::now() + limit,
            signal: Some(signals.kill(group)),
        })
    }

    /// Its number.
    #[cfg(not(target_os = "linux"))]
    pub fn pid(&self) -> nix::unistd::Pid {
        nix::unistd::Pid::from_raw(self.group)
    }

    pub fn child(&mut self) -> &mut process::Child {
        &mut self.child
    }

    /// How much of its time is left.
    pub fn left(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now())
    }

    /// Waits that long for its end, or makes it.
    pub fn end_within(mut self, limit: Duration) -> Exit {
        self.deadline = Instant::now() + limit;
        self.wait()
    }

    /// Waits for its end, or makes it.
    pub fn wait(mut self) -> Exit {
        let mut pause = Duration::from_micros(200);
        while !self.has_ended() {
            if self.left().is_zero() {
                return Exit::TimedOut;
            }
            thread::sleep(pause.min(self.left()));
            pause = (pause * 2).min(Duration::from_millis(5));
        }
        self.end().map_or(Exit::Signal(0), Exit::of)
    }

    /// Whether it has ended. It is not reaped by the question, so that its number, which is its
    /// group's, is nobody else's yet.
    fn has_ended(&self) -> bool {
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        Pid::from_raw(self.group)
            .is_none_or(|pid| !matches!(waitid(WaitId::Pid(pid), options), Ok(None)))
    }

    /// Kills what is left of its group, and only then gives its number back.
    fn end(&mut self) -> Option<ExitStatus> {
        self.signal.take()?;
        interrupt::kill_group(self.group);
        self.child.wait().ok()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

/// A child whose standard error is read while it runs.
pub trait Child {
    /// What it says on standard error; empty when that was taken already.
    fn errors(&mut self) -> Box<dyn Read + Send>;
    /// How much of its time is left.
    fn left(&self) -> Duration;
    /// Waits for its end, or makes it.
    fn wait(self) -> Exit;
}

impl Child for Running {
    fn errors(&mut self) -> Box<dyn Read + Send> {
        match self.child.stderr.take() {
            Some(stderr) => Box::new(stderr),
            None => Box::new(io::empty()),
        }
    }

    fn left(&self) -> Duration {
        self.left()
    }

    fn wait(self) -> Exit {
        self.wait()
    }
}

/// Starts a command that is only heard on standard error.
///
/// # Errors
/// When the program cannot be started.
pub fn start_quietly(command: &mut Command, limit: Duration) -> io::Result<Running> {
    let command = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    Running::start(command, limit)
}

/// What a command said and how it ended.
#[derive(Debug)]
pub struct Finished {
    pub exit: Exit,
    pub stdout: Vec<u8>,
    pub stderr: Vec<u8>,
}

/// Runs a command to its end, keeping at most `cap` bytes of each stream.
///
/// # Errors
/// When the program cannot be started.
pub fn run(command: &mut Command, limit: Duration, cap: usize) -> io::Result<Finished> {
    let command = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut running = Running::start(command, limit)?;
    let stdout = drain(running.child().stdout.take(), cap);
    let stderr = drain(running.child().stderr.take(), cap);
    let exit = running.wait();
    Ok(Finished {
        exit,
        stdout: stdout.recv().unwrap_or_default(),
        stderr: stderr.recv().unwrap_or_default(),
    })
}

/// Reads a stream to its end beside the caller, keeping at most `cap` bytes.
pub fn drain(stream: Option<impl Read + Send + 'static>, cap: usize) -> mpsc::Receiver<Vec<u8>> {
    let (kept, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut stream) = stream {
            let _ = stream.by_ref().take(cap as u64).read_to_end(&mut bytes);
            let _ = io::copy(&mut stream, &mut io::sink());
        }
        let _ = kept.send(bytes);
    });
    receiver
}

/// What a process has used of the processors; none where the system does not say.
#[cfg(target_os = "linux")]
pub fn used(process: nix::unistd::Pid) -> Option<Duration> {
    let clock = nix::time::clock_getcpuclockid(process).ok()?;
    clock.now().ok().map(Duration::from)
}

/// What a process has used of the processors: here the system does not say.
#[cfg(not(target_os = "linux"))]
pub fn used(_: nix::unistd::Pid) -> Option<Duration> {
    None
}

/// Kills what a killed run left running in `folder`, and waits until it is gone. Linux only: what
/// runs elsewhere is left alone.
pub fn kill_all_in(folder: &Path) {
    let Ok(folder) = fs::canonicalize(folder) else {
        return;
    };
    for _ in 0..LEFT_TRIES {
        let left = running_in(&folder);
        if left.is_empty() {
            return;
        }
        for pid in left {
            let _ = kill_process(pid, Signal::KILL);
        }
        thread::sleep(LEFT_PAUSE);
    }
}

/// How often, and after what pause, it is looked whether a killed process is gone.
const LEFT_TRIES: u32 = 100;
const LEFT_PAUSE: Duration = Duration::from_millis(5);

/// The processes whose working folder is `folder` or below it. One that reads from a terminal is
/// spared: that is a person who looks around, and no child of ours.
fn running_in(folder: &Path) -> Vec<Pid> {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let inside = processes.filter_map(|process| {
        let pid = Pid::from_raw(process.file_name().to_str()?.parse().ok()?)?;
        let is_inside = fs::read_link(process.path().join("cwd"))
            .ok()?
            .starts_with(folder);
        let reads_from = fs::read_link(process.path().join("fd/0")).unwrap_or_default();
        let at_terminal = ["/dev/pts", "/dev/tty", "/dev/console"]
            .iter()
            .any(|terminal| reads_from.starts_with(terminal));
        (is_inside && !at_terminal).then_some(pid)
    });
    inside.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn what_was_left_running_in_a_folder_is_killed() {
        let folder = tempfile::tempdir().unwrap();
        let below = folder.path().join("below");
        fs::create_dir(&below).unwrap();
        let mut elsewhere = Command::new("cat");
        let mut elsewhere =
            Running::start(elsewhere.stdin(Stdio::piped()), Duration::from_secs(60)).unwrap();
        let mut left = Command::new("cat");
        let left = Running::start(
            left.stdin(Stdio::piped()).current_dir(&below),
            Duration::from_secs(60),
        )
        .unwrap();
        kill_all_in(folder.path());
        assert_eq!(left.wait(), Exit::Signal(9));
        assert!(elsewhere.child().try_wait().unwrap().is_none());
    }
}
