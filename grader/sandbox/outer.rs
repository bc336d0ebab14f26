//! The outer process of a sandbox: enters the namespaces and the control group, starts the inner process in them,
//! and clears away what is left when that has ended.

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::process::{Child, Command};

use rustix::process::setsid;
use trace::frame;

use super::cgroup::Cgroup;
use super::layer::Layer;
use super::message::{Gone, Grouped, Ready};
use super::world;
use crate::exit_code::ExitCode;
use crate::process::Exit;

/// Puts up those of `wanted` that are for all processes of a sandbox; the grader's socket is its standard input.
pub fn run(wanted: &[Layer]) -> ExitCode {
    close_all_but_streams();
    let Ok(socket) = io::stdin().as_fd().try_clone_to_owned() else {
        return ExitCode::Grader;
    };
    let mut socket = UnixStream::from(socket);
    if let Err(why) = setsid() {
        eprintln!("error: a sandbox is started by `grade` itself: {why}");
        return ExitCode::Usage;
    }
    match up(wanted, &socket) {
        Ok((mut inner, cgroup)) => {
            let exit = inner.wait().map_or(Exit::Signal(0), Exit::of);
            let mut left = Vec::new();
            if !exit.success() {
                left.push(format!("a process that does not end ({})", exit.describe()));
            }
            left.extend(cgroup.and_then(|cgroup| cgroup.remove().err()));
            let _ = frame::write(&mut socket, &Gone { left });
        }
        Err(answer) => {
            let _ = frame::write(&mut socket, &answer);
        }
    }
    ExitCode::Passed
}

/// Puts up the namespaces and the control group. Where the inner process has to be moved into that, it gets ready
/// meanwhile.
fn up(wanted: &[Layer], socket: &UnixStream) -> Result<(Child, Option<Cgroup>), Ready> {
    let failed = |e: io::Error| Ready::Failed { why: e.to_string() };
    // The inner process takes the file system away from this one too.
    let made = wanted.contains(&Layer::Cgroup).then(Cgroup::make);
    let (cgroup, mut why_not) = match made {
        Some(Ok(cgroup)) => (Some(cgroup), None),
        Some(Err(why)) => (None, Some(why)),
        None => (None, None),
    };
    if let Err(missing) = world::enter(wanted) {
        let _ = cgroup.map(Cgroup::remove);
        return Err(Ready::Spoilt(missing));
    }
    let (mut told, theirs) = UnixStream::pair().map_err(failed)?;
    let mut inner = Command::new("/proc/self/exe");
    inner
        .arg(super::INNER)
        .args(wanted.iter().map(|layer| layer.name()))
        .env_clear()
        .current_dir("/")
        .stdin(OwnedFd::from(socket.try_clone().map_err(failed)?))
        .stdout(OwnedFd::from(theirs));
    let inner = match &cgroup {
        Some(cgroup) => {
            let (inner, outside) = cgroup.start(&mut inner).map_err(failed)?;
            why_not = outside;
            inner
        }
        None => inner.spawn().map_err(failed)?,
    };
    // The inner process may be gone; then it shows in its exit.
    let _ = frame::write(&mut told, &Grouped { why_not });
    Ok((inner, cgroup))
}

/// Closes what the grader's own parent left open: nothing of it may reach a task.
fn close_all_but_streams() {
    let open = std::fs::read_dir("/dev/fd").into_iter().flatten().flatten();
    let numbers: Vec<i32> = open
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .collect();
    for number in numbers.into_iter().filter(|number| *number > 2) {
        // The folder's own is closed already.
        let _ = nix::unistd::close(number);
    }
}
