//! The inner process of a sandbox: makes its file system, starts its tasks, and ends everything in it.

use std::fs;
use std::io;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use rustix::fs::Mode;
use rustix::process::{
    Pid, Signal, WaitOptions, geteuid, getpid, kill_process, set_child_subreaper,
    set_parent_process_death_signal, umask, wait,
};
use trace::frame::{self, MAX_FRAME};

use super::descriptors;
use super::layer::Layer;
use super::limits;
use super::message::{Grouped, Missing, Ready, Setup};
use super::task::{self, Confinement, Streams, can_be_read_by_all};
use super::{access, calls, world};
use crate::exit_code::ExitCode;

/// The user that tasks run as when the grader is root: the one that owns nothing.
const NOBODY: u32 = 65534;

/// Runs the sandbox whose outer process put up `outside`; the grader's socket is its standard input.
pub fn run(outside: &[Layer]) -> ExitCode {
    let Ok(socket) = io::stdin().as_fd().try_clone_to_owned() else {
        return ExitCode::Grader;
    };
    let mut socket = UnixStream::from(socket);
    let Ok(Some(setup)) = frame::read::<Setup>(&mut socket, MAX_FRAME) else {
        eprintln!("error: a sandbox is started by `grade` itself");
        return ExitCode::Usage;
    };
    let (confinement, answer) = match put_up(&setup, outside) {
        Ok((confinement, missing)) => {
            let layers = confinement.layers.clone();
            (Some(confinement), Ready::Up { layers, missing })
        }
        Err(answer) => (None, answer),
    };
    let told = frame::write(&mut socket, &answer);
    if let (Some(confinement), Ok(())) = (confinement, told) {
        serve(&socket, &Arc::new(confinement));
    }
    if ends_all_children() {
        ExitCode::Passed
    } else {
        ExitCode::Grader
    }
}

/// Puts up the layers that are for this process and what it starts.
fn put_up(setup: &Setup, outside: &[Layer]) -> Result<(Confinement, Vec<Missing>), Ready> {
    let failed = |what: &str, why: &dyn std::fmt::Display| Ready::Failed {
        why: format!("{what}: {why}"),
    };
    set_parent_process_death_signal(Some(Signal::KILL))
        .and_then(|()| set_child_subreaper(Some(getpid())))
        .map_err(|e| failed("processes that lose their parent cannot be taken in", &e))?;
    umask(Mode::from_raw_mode(0o022));
    let mut layers = outside.to_vec();
    layers.retain(|layer| *layer != Layer::Cgroup);
    let mut missing = Vec::new();
    let mut note = |layer, found: Result<(), String>| match found {
        Ok(()) => layers.push(layer),
        Err(why) => missing.push(Missing { layer, why }),
    };
    let wanted = |layer| !setup.without.contains(&layer);
    if wanted(Layer::Landlock) {
        note(Layer::Landlock, access::is_offered());
    }
    if wanted(Layer::Seccomp) {
        note(Layer::Seccomp, calls::is_offered());
    }
    let has_own_files = outside.contains(&Layer::MountNamespace);
    if has_own_files {
        world::files(&setup.surroundings).map_err(|e| {
            Ready::Spoilt(Missing {
                layer: Layer::MountNamespace,
                why: e.to_string(),
            })
        })?;
    }
    let mut user = None;
    if geteuid().is_root() && wanted(Layer::UnprivilegedUser) {
        let can = can_drop(setup, outside);
        user = can.is_ok().then_some(NOBODY);
        note(Layer::UnprivilegedUser, can);
    }
    if outside.contains(&Layer::Cgroup) {
        note(Layer::Cgroup, is_grouped());
    }
    layers.sort();
    limits::put_on(outside.contains(&Layer::UserNamespace)).map_err(|e| failed("limits", &e))?;
    Ok((Confinement { layers, user }, missing))
}

/// Waits until the outer process moved this one into a control group, or tells why not.
fn is_grouped() -> Result<(), String> {
    let told = io::stdout().as_fd().try_clone_to_owned();
    let mut told = UnixStream::from(told.map_err(|e| e.to_string())?);
    match frame::read::<Grouped>(&mut told, MAX_FRAME) {
        Ok(Some(grouped)) => grouped.why_not.map_or(Ok(()), Err),
        _ => Err("the outer process is gone".to_owned()),
    }
}

/// Whether tasks can run as nobody: what they read has to be shown to them, and readable.
fn can_drop(setup: &Setup, outside: &[Layer]) -> Result<(), String> {
    if outside.contains(&Layer::UserNamespace) {
        return Err("root has no privilege here, and can take no other user's number".to_owned());
    }
    if !outside.contains(&Layer::MountNamespace) {
        return Err("without a mount namespace the toolchain may be out of its reach".to_owned());
    }
    let closed = |path: &&std::path::PathBuf| !can_be_read_by_all(path);
    match setup.surroundings.read.iter().find(closed) {
        Some(path) => Err(format!("{} cannot be read by all", path.display())),
        None => Ok(()),
    }
}

/// Starts a task for each announcement, until the grader closes its end.
fn serve(socket: &UnixStream, confinement: &Arc<Confinement>) {
    while let Ok(Some(announced)) = descriptors::receive(socket) {
        let Ok([own, input, output, errors]) = <[_; 4]>::try_from(announced) else {
            return;
        };
        let streams = Streams {
            input,
            output,
            errors,
        };
        let confinement = confinement.clone();
        thread::spawn(move || task::serve(UnixStream::from(own), streams, &confinement));
    }
}

/// How often, and after what pause, it is looked whether every child is gone.
const TRIES: u32 = 400;
const PAUSE: Duration = Duration::from_millis(5);

/// Kills what is left below this process, also what lost its parent on the way. Whether all of it ended. In a
/// process namespace the kernel does it again when this process ends.
fn ends_all_children() -> bool {
    for _ in 0..TRIES {
        loop {
            match wait(WaitOptions::NOHANG) {
                Ok(Some(_)) => {}
                Ok(None) => break,
                Err(_) => return true,
            }
        }
        for child in children() {
            let _ = kill_process(child, Signal::KILL);
        }
        if getpid().is_init() {
            return true;
        }
        thread::sleep(PAUSE);
    }
    false
}

/// The children of every thread, where the system tells.
fn children() -> Vec<Pid> {
    let threads = fs::read_dir("/proc/self/task")
        .into_iter()
        .flatten()
        .flatten();
    let of = threads.filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok());
    let numbers: Vec<i32> = of
        .flat_map(|text| {
            text.split_whitespace()
                .filter_map(|number| number.parse().ok())
                .collect::<Vec<_>>()
        })
        .collect();
    numbers.into_iter().filter_map(Pid::from_raw).collect()
}
