//! Starts one task, watches it to its end, and tells the grader.

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::fs::chown;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, mpsc};
use std::{fs, thread};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::process::{Gid, Pid, PidfdFlags, Uid, WaitId, WaitIdOptions, pidfd_open, waitid};
use trace::frame::{self, MAX_FRAME};

use super::access::Ruleset;
use super::calls;
use super::descriptors;
use super::layer::Layer;
use super::message::{Task, Told};
use crate::process::Exit;

/// What a task is started with, beside what its own message says.
#[derive(Debug, Clone)]
pub struct Confinement {
    pub layers: Vec<Layer>,
    /// The user and group that it runs as, where that is another.
    pub user: Option<u32>,
}

/// A task's standard streams.
#[derive(Debug)]
pub struct Streams {
    pub input: OwnedFd,
    pub output: OwnedFd,
    pub errors: OwnedFd,
}

/// Serves one task: reads what it is from `socket`, starts it, and tells when it ended. It is killed when
/// the grader closes its end.
pub fn serve(mut socket: UnixStream, streams: Streams, confinement: &Arc<Confinement>) {
    let task = match frame::read::<Task>(&mut socket, MAX_FRAME) {
        Ok(Some(task)) => Arc::new(task),
        _ => return,
    };
    let told = match launch(&task, streams, confinement) {
        Ok(child) => to_the_end(child, &mut socket),
        Err(error) => Told::NotStarted {
            why: error.to_string(),
        },
    };
    if task.is_fresh {
        let _ = fs::remove_dir_all(&task.folder);
    }
    let _ = frame::write(&mut socket, &told);
}

/// Starts a task from a thread of its own, which lives until the task ends: a driver is killed when the
/// thread that started it goes.
fn launch(task: &Arc<Task>, streams: Streams, confinement: &Arc<Confinement>) -> io::Result<Child> {
    let (started, starts) = mpsc::channel();
    let (task, confinement) = (task.clone(), confinement.clone());
    thread::Builder::new().spawn(move || {
        let child = start(&task, streams, &confinement);
        let pid = child.as_ref().ok().map(Pid::from_child);
        let _ = started.send(child);
        if let Some(pid) = pid {
            let _ = waitid(
                WaitId::Pid(pid),
                WaitIdOptions::EXITED | WaitIdOptions::NOWAIT,
            );
        }
    })?;
    starts
        .recv()
        .unwrap_or_else(|_| Err(io::Error::other("its launcher panicked")))
}

/// Waits for the end of a task, or makes it when the grader closes its end of the socket.
fn to_the_end(mut child: Child, socket: &mut UnixStream) -> Told {
    let told = watch(&child, socket);
    if !matches!(told, Ok(true)) {
        let _ = child.kill();
    }
    Told::Ended {
        exit: child.wait().map_or(Exit::Signal(0), Exit::of),
    }
}

/// Whether the task ended by itself, before the grader had enough of it.
fn watch(child: &Child, socket: &mut UnixStream) -> io::Result<bool> {
    let process = pidfd_open(Pid::from_child(child), PidfdFlags::empty())?;
    frame::write(socket, &Told::Started).map_err(io::Error::other)?;
    descriptors::send(socket, &[process.as_fd()])?;
    let mut either = [
        PollFd::new(&process, PollFlags::IN),
        PollFd::new(&*socket, PollFlags::IN),
    ];
    loop {
        match poll(&mut either, None) {
            Ok(_) => return Ok(!either[0].revents().is_empty()),
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// Starts a task from this thread, which first gives up what the task must not have. The thread ends with the task:
/// what it gave up it cannot have back.
fn start(task: &Task, streams: Streams, confinement: &Confinement) -> io::Result<Child> {
    if task.is_fresh {
        fs::create_dir_all(&task.folder)?;
    }
    if let Some(user) = confinement.user {
        for folder in task
            .access
            .write
            .iter()
            .chain(task.is_fresh.then_some(&task.folder))
        {
            chown(folder, Some(user), Some(user))?;
        }
    }
    let mut command = Command::new(&task.program);
    command
        .args(&task.arguments)
        .env_clear()
        .envs(task.environment.iter().map(|(name, value)| (name, value)))
        .current_dir(&task.folder)
        .stdin(streams.input)
        .stderr(streams.errors);
    let ruleset = confine(task, confinement)?;
    command.stdout(ruleset.map_or_else(|| Stdio::from(streams.output), Stdio::from));
    command.spawn()
}

/// Puts this thread under what the task is to be under. Answers the ruleset of its second lock-down.
fn confine(task: &Task, confinement: &Confinement) -> io::Result<Option<OwnedFd>> {
    use rustix::thread::{CapabilitySet, CapabilitySets, set_capabilities, set_no_new_privs};

    let failed = |why: &dyn std::fmt::Display| io::Error::other(why.to_string());
    let has = |layer| confinement.layers.contains(&layer);
    let mut second = None;
    set_no_new_privs(true)?;
    if has(Layer::Landlock) {
        if let Some(access) = &task.second {
            let ruleset = Ruleset::of(access, false).map_err(|e| failed(&e))?;
            second = ruleset.into_descriptor();
        }
        let ruleset = Ruleset::of(&task.access, true).map_err(|e| failed(&e))?;
        ruleset.restrict().map_err(|e| failed(&e))?;
    }
    let none = CapabilitySet::empty();
    let none = CapabilitySets {
        effective: none,
        permitted: none,
        inheritable: none,
    };
    if let Some(user) = confinement.user {
        become_user(user)?;
    }
    set_capabilities(None, none)?;
    if has(Layer::Seccomp) {
        let filter = calls::denied_to_all().map_err(|e| failed(&e))?;
        seccompiler::apply_filter(&filter).map_err(|e| failed(&e))?;
    }
    Ok(second)
}

/// Makes this thread another user's. A command that is given a user instead is started by copying this whole process.
fn become_user(user: u32) -> rustix::io::Result<()> {
    use rustix::thread::{set_thread_gid, set_thread_groups, set_thread_uid};
    set_thread_groups(&[])?;
    set_thread_gid(Gid::from_raw(user))?;
    set_thread_uid(Uid::from_raw(user))
}

/// Whether a user without any privilege can read what is at `path`, and in it.
pub fn can_be_read_by_all(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    let open = |metadata: &fs::Metadata| {
        let needed = if metadata.is_dir() { 0o5 } else { 0o4 };
        metadata.permissions().mode() & needed == needed
    };
    let Ok(found) = fs::metadata(path) else {
        return true;
    };
    let inside = fs::read_dir(path).into_iter().flatten().flatten();
    open(&found)
        && inside
            .filter_map(|entry| entry.metadata().ok())
            .all(|metadata| metadata.is_symlink() || open(&metadata))
}
