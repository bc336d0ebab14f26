//! The outer process of a sandbox: enters the namespaces and the control group, starts the inner process in them,
//! and clears away what is left when that has ended.

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::process::{Command, Stdio};

use rustix::process::setsid;
use trace::frame;

use super::cgroup::Cgroup;
use super::layer::Layer;
use super::message::{Gone, Missing, Ready};
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
            left.extend(cgroup.and_then(|cgroup| cgroup.leave().err()));
            let _ = frame::write(&mut socket, &Gone { left });
        }
        Err(answer) => {
            let _ = frame::write(&mut socket, &answer);
        }
    }
    ExitCode::Passed
}

fn up(
    wanted: &[Layer],
    socket: &UnixStream,
) -> Result<(std::process::Child, Option<Cgroup>), Ready> {
    let cgroup = if wanted.contains(&Layer::Cgroup) {
        let missing = |why| Missing {
            layer: Layer::Cgroup,
            why,
        };
        Some(Cgroup::enter().map_err(|why| Ready::Spoilt(missing(why)))?)
    } else {
        None
    };
    let started = world::enter(wanted).map_err(Ready::Spoilt).and_then(|()| {
        start_inner(wanted, socket).map_err(|e| Ready::Failed { why: e.to_string() })
    });
    match started {
        Ok(inner) => Ok((inner, cgroup)),
        Err(answer) => {
            let _ = cgroup.map(Cgroup::leave);
            Err(answer)
        }
    }
}

fn start_inner(wanted: &[Layer], socket: &UnixStream) -> io::Result<std::process::Child> {
    Command::new("/proc/self/exe")
        .arg(super::INNER)
        .args(wanted.iter().map(|layer| layer.name()))
        .env_clear()
        .current_dir("/")
        .stdin(OwnedFd::from(socket.try_clone()?))
        .stdout(Stdio::null())
        .spawn()
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
