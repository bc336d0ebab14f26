//! The grader's side of a sandbox on Linux.

use std::ffi::OsStr;
use std::fmt::Display;
use std::fs::{self, File};
use std::io::{self, Read};
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::process::{Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use nix::unistd::Pid;
use rustix::process::geteuid;
use trace::frame::{self, FrameError, MAX_FRAME};
use trace::lockdown::Lockdown;

use super::access::Access;
use super::layer::Layer;
use super::message::{Gone, Missing, Ready, Setup, Surroundings, Task, Told};
use super::{calls, descriptors, world};
use crate::error::{Error, Result};
use crate::process::{self, Child, Exit, Finished, Running};

/// How long a sandbox may take to end everything in it.
const END: Duration = Duration::from_secs(10);
/// How long a sandbox may be there.
const LIFE: Duration = Duration::from_hours(24);

/// A sandbox that is up.
#[derive(Debug)]
pub struct Sandbox {
    socket: UnixStream,
    outer: Option<Running>,
    layers: Vec<Layer>,
    missing: Vec<Missing>,
}

impl Sandbox {
    /// Puts up a sandbox with every layer that the system offers, but those in `without`.
    ///
    /// # Errors
    /// When there cannot be one at all.
    pub fn start(surroundings: &Surroundings, without: &[Layer]) -> Result<Self> {
        // Each try finds at most one thing that this machine does not let us have.
        loop {
            let known = spoilt().clone();
            let missing = match try_start(surroundings, without, &known)? {
                Ok(mut sandbox) => {
                    sandbox.missing.extend(known);
                    return Ok(sandbox);
                }
                Err(missing) => missing,
            };
            if known.iter().any(|known| known.layer == missing.layer) {
                return Err(failed(&format!("{} comes and goes", missing.layer.name())));
            }
            spoilt().push(missing);
        }
    }

    /// What is in force for every task.
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    pub fn has(&self, layer: Layer) -> bool {
        self.layers.contains(&layer)
    }

    /// What is not, and why.
    pub fn missing(&self) -> &[Missing] {
        &self.missing
    }

    /// Starts `command` as a task. Its environment is what the command names and nothing else; its standard output goes
    /// nowhere, and what it says on standard error is read from the answer.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn run(&self, command: &Command, access: Access, limit: Duration) -> io::Result<Confined> {
        self.start_task(&task(command, access, None)?, null()?, limit)
    }

    /// Starts `command` in a fresh folder of its own, with `input` as its standard input. It locks itself
    /// down a second time, to `second`.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn drive(
        &self,
        command: &Command,
        access: Access,
        second: Access,
        input: OwnedFd,
        limit: Duration,
    ) -> io::Result<Confined> {
        self.start_task(&task(command, access, Some(second))?, input, limit)
    }

    /// Runs a task to its end, keeping at most `cap` bytes of its standard error.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn finish(
        &self,
        command: &Command,
        access: Access,
        limit: Duration,
        cap: usize,
    ) -> io::Result<Finished> {
        let mut task = self.run(command, access, limit)?;
        let stderr = process::drain(Some(task.errors()), cap);
        Ok(Finished {
            exit: task.wait(),
            stdout: Vec::new(),
            stderr: stderr.recv().unwrap_or_default(),
        })
    }

    fn start_task(&self, task: &Task, input: OwnedFd, limit: Duration) -> io::Result<Confined> {
        let (mut ours, theirs) = UnixStream::pair()?;
        let (errors, their_errors) = rustix::pipe::pipe_with(rustix::pipe::PipeFlags::CLOEXEC)?;
        let output = null()?;
        let given = [
            &theirs.as_fd(),
            &input.as_fd(),
            &output.as_fd(),
            &their_errors.as_fd(),
        ];
        descriptors::send(&self.socket, &given.map(|descriptor| *descriptor))?;
        drop((theirs, input, their_errors));
        frame::write(&mut ours, task).map_err(io::Error::other)?;
        match frame::read::<Told>(&mut ours, MAX_FRAME) {
            Ok(Some(Told::Started)) => {}
            Ok(Some(Told::NotStarted { why })) => return Err(io::Error::other(why)),
            _ => return Err(io::Error::other("the sandbox is gone")),
        }
        let process = descriptors::receive(&ours)?.and_then(|mut sent| sent.pop());
        Ok(Confined {
            socket: ours,
            pid: process.and_then(|process| number(&process)),
            errors: Some(File::from(errors)),
            deadline: Instant::now() + limit,
        })
    }

    /// What a driver is to put in force before it loads the submission.
    ///
    /// # Errors
    /// When there is no filter for this machine's processor.
    pub fn lockdown(&self) -> Result<Lockdown> {
        let filters = if self.has(Layer::Seccomp) {
            calls::for_driver().map_err(|e| failed(&e.to_string()))?
        } else {
            Vec::new()
        };
        Ok(Lockdown {
            has_ruleset: self.has(Layer::Landlock),
            filters,
            processor: None,
        })
    }

    /// Ends everything in it, and makes sure of that.
    ///
    /// # Errors
    /// When something is left.
    pub fn close(mut self) -> Result<()> {
        let Some(outer) = self.outer.take() else {
            return Ok(());
        };
        let _ = self.socket.shutdown(std::net::Shutdown::Write);
        let _ = self.socket.set_read_timeout(Some(END));
        let gone = frame::read::<Gone>(&mut self.socket, MAX_FRAME);
        let exit = outer.end_within(END);
        match gone {
            Ok(Some(gone)) if gone.left.is_empty() && exit.success() => Ok(()),
            Ok(Some(gone)) if !gone.left.is_empty() => {
                Err(failed(&format!("it left {}", gone.left.join(", "))))
            }
            _ => Err(failed(&exit.describe())),
        }
    }
}

/// What was found out about this machine so far.
fn spoilt() -> MutexGuard<'static, Vec<Missing>> {
    static SPOILT: Mutex<Vec<Missing>> = Mutex::new(Vec::new());
    SPOILT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The layers that are put up for the whole sandbox. Root makes namespaces without one of users, and drops its
/// privileges by taking another user's number; where it may not, it tries like everybody else.
fn outside(without: &[Layer], spoilt: &[Missing]) -> Vec<Layer> {
    let is_spoilt = |layer: Layer| spoilt.iter().any(|missing| missing.layer == layer);
    let needs_user = !geteuid().is_root() || is_spoilt(Layer::PidNamespace);
    let mut layers = Vec::new();
    if !is_spoilt(Layer::UserNamespace) {
        layers.extend(world::NAMESPACES);
        layers.retain(|layer| *layer != Layer::UserNamespace || needs_user);
    }
    layers.push(Layer::Cgroup);
    layers.retain(|layer| !without.contains(layer));
    layers.retain(|layer| *layer != Layer::MountNamespace || !is_spoilt(*layer));
    layers
}

/// Starts a sandbox; the inner error is a layer that cannot be put up.
fn try_start(
    surroundings: &Surroundings,
    without: &[Layer],
    spoilt: &[Missing],
) -> Result<std::result::Result<Sandbox, Missing>> {
    let failed = |why: &dyn Display| failed(&why.to_string());
    let (mut socket, theirs) = UnixStream::pair().map_err(|e| failed(&e))?;
    // This very program, also when its file was replaced meanwhile.
    let mut command = Command::new("/proc/self/exe");
    command
        .arg(super::OUTER)
        .args(outside(without, spoilt).iter().map(|layer| layer.name()))
        .env_clear()
        .current_dir("/")
        .stdin(OwnedFd::from(theirs))
        .stdout(Stdio::null());
    let outer = Running::start_in_session(&mut command, LIFE).map_err(|e| failed(&e))?;
    drop(command);
    let setup = Setup {
        surroundings: surroundings.clone(),
        without: without.to_vec(),
    };
    frame::write(&mut socket, &setup).map_err(|e| failed(&e))?;
    match frame::read::<Ready>(&mut socket, MAX_FRAME) {
        Ok(Some(Ready::Up { layers, missing })) => Ok(Ok(Sandbox {
            socket,
            outer: Some(outer),
            layers,
            missing,
        })),
        Ok(Some(Ready::Spoilt(missing))) => Ok(Err(missing)),
        Ok(Some(Ready::Failed { why })) => Err(failed(&why)),
        Ok(None) => Err(failed(&outer.wait().describe())),
        Err(error) => Err(failed(&error)),
    }
}

fn failed(why: &str) -> Error {
    Error::grader(format!("the sandbox failed: {why}"))
}

fn null() -> io::Result<OwnedFd> {
    let null = File::options().read(true).write(true).open("/dev/null")?;
    Ok(null.into())
}

/// The number of a process, as this process's system has it; none when it is gone already.
fn number(process: &OwnedFd) -> Option<Pid> {
    let path = format!("/proc/self/fdinfo/{}", process.as_raw_fd());
    let text = fs::read_to_string(path).ok()?;
    let number = text.lines().find_map(|line| line.strip_prefix("Pid:"))?;
    number
        .trim()
        .parse()
        .ok()
        .filter(|pid| *pid > 0)
        .map(Pid::from_raw)
}

fn task(command: &Command, access: Access, second: Option<Access>) -> io::Result<Task> {
    let text = |text: &OsStr| {
        text.to_str()
            .map(str::to_owned)
            .ok_or_else(|| io::Error::other(format!("{} is not UTF-8", text.display())))
    };
    let environment = command
        .get_envs()
        .filter_map(|(name, value)| Some((name, value?)))
        .map(|(name, value)| Ok((text(name)?, text(value)?)));
    Ok(Task {
        program: command.get_program().into(),
        arguments: command.get_args().map(text).collect::<io::Result<_>>()?,
        environment: environment.collect::<io::Result<_>>()?,
        folder: command
            .get_current_dir()
            .unwrap_or(std::path::Path::new("/"))
            .to_owned(),
        is_fresh: second.is_some(),
        access,
        second,
    })
}

/// A task that runs in a sandbox, and goes when this does.
#[derive(Debug)]
pub struct Confined {
    socket: UnixStream,
    pid: Option<Pid>,
    errors: Option<File>,
    deadline: Instant,
}

impl Confined {
    /// Its number; none when it was gone at once.
    pub fn pid(&self) -> Option<Pid> {
        self.pid
    }

    /// Waits that long for its end, or makes it.
    pub fn end_within(mut self, limit: Duration) -> Exit {
        self.deadline = Instant::now() + limit;
        self.wait()
    }
}

impl Child for Confined {
    fn errors(&mut self) -> Box<dyn Read + Send> {
        match self.errors.take() {
            Some(errors) => Box::new(errors),
            None => Box::new(io::empty()),
        }
    }

    fn left(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now())
    }

    fn wait(mut self) -> Exit {
        let left = self.left().max(Duration::from_millis(1));
        let _ = self.socket.set_read_timeout(Some(left));
        match frame::read::<Told>(&mut self.socket, MAX_FRAME) {
            Ok(Some(Told::Ended { exit })) => exit,
            Err(FrameError::Io(error)) if error.kind() == io::ErrorKind::WouldBlock => {
                Exit::TimedOut
            }
            _ => Exit::Signal(9),
        }
    }
}

impl Drop for Confined {
    /// It is gone when this returns.
    fn drop(&mut self) {
        let _ = self.socket.shutdown(std::net::Shutdown::Write);
        let _ = self.socket.set_read_timeout(Some(END));
        let mut rest = [0; 64];
        while matches!(self.socket.read(&mut rest), Ok(1..)) {}
    }
}
