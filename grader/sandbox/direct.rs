//! The grader's side where there is no sandbox: tasks are plain children of this process, in time limits only.

use std::io::{self, Read};
use std::os::fd::OwnedFd;
use std::process::{Command, Stdio};
use std::time::Duration;

use nix::unistd::Pid;
use trace::lockdown::Lockdown;

use super::access::Access;
use super::layer::Layer;
use super::message::{Missing, Surroundings};
use crate::error::Result;
use crate::process::{self, Child, Exit, Finished, Running};

/// No layer at all.
#[derive(Debug)]
pub struct Sandbox {
    missing: Vec<Missing>,
}

impl Sandbox {
    /// # Errors
    /// Never.
    #[expect(clippy::unnecessary_wraps, reason = "on Linux there are errors")]
    pub fn start(_: &Surroundings, _: &[Layer]) -> Result<Self> {
        let why = "it is Linux's".to_owned();
        let missing = [Layer::Landlock, Layer::Seccomp, Layer::PidNamespace];
        Ok(Self {
            missing: missing
                .map(|layer| Missing {
                    layer,
                    why: why.clone(),
                })
                .to_vec(),
        })
    }

    pub fn layers(&self) -> &[Layer] {
        &[]
    }

    pub fn missing(&self) -> &[Missing] {
        &self.missing
    }

    /// # Errors
    /// When it cannot be started.
    pub fn run(&self, command: &Command, _: Access, limit: Duration) -> io::Result<Confined> {
        let mut command = copied(command);
        process::start_quietly(&mut command, limit).map(Confined)
    }

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

    /// # Errors
    /// When it cannot be started.
    pub fn drive(
        &self,
        command: &Command,
        _: Access,
        _: Access,
        input: OwnedFd,
        limit: Duration,
    ) -> io::Result<Confined> {
        let mut command = copied(command);
        if let Some(folder) = command.get_current_dir() {
            std::fs::create_dir_all(folder)?;
        }
        command
            .stdin(input)
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        Running::start(&mut command, limit).map(Confined)
    }

    /// # Errors
    /// Never.
    #[expect(clippy::unnecessary_wraps, reason = "on Linux there are errors")]
    pub fn lockdown(&self) -> Result<Lockdown> {
        Ok(Lockdown::default())
    }

    /// # Errors
    /// Never.
    #[expect(clippy::unnecessary_wraps, reason = "on Linux there are errors")]
    pub fn close(self) -> Result<()> {
        Ok(())
    }
}

/// A command with the same program, arguments, folder and environment, and nothing of ours.
fn copied(command: &Command) -> Command {
    let mut copy = Command::new(command.get_program());
    copy.args(command.get_args()).env_clear();
    for (name, value) in command.get_envs() {
        copy.envs(value.map(|value| (name, value)));
    }
    if let Some(folder) = command.get_current_dir() {
        copy.current_dir(folder);
    }
    copy
}

/// A task that goes when this does.
#[derive(Debug)]
pub struct Confined(Running);

impl Confined {
    pub fn pid(&self) -> Option<Pid> {
        Some(self.0.pid())
    }

    pub fn end_within(self, limit: Duration) -> Exit {
        self.0.end_within(limit)
    }
}

impl Child for Confined {
    fn errors(&mut self) -> Box<dyn Read + Send> {
        self.0.errors()
    }

    fn left(&self) -> Duration {
        Child::left(&self.0)
    }

    fn wait(self) -> Exit {
        Child::wait(self.0)
    }
}
