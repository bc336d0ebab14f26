//! Ctrl-C: children gone, temporary folders gone, exit 130.
//!
//! The one piece of shared state in the grader: what must go when a signal comes.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use nix::sys::signal::SigSet;
use rustix::process::{Pid, Signal, kill_process_group};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::exit_code::ExitCode;

#[derive(Debug, Default)]
struct Held {
    folders: BTreeSet<PathBuf>,
    groups: BTreeSet<i32>,
}

static HELD: Mutex<Option<Held>> = Mutex::new(None);

type Work = Box<dyn FnOnce() + Send>;

/// What is done once more before a signal ends the process.
static LAST: Mutex<Option<Work>> = Mutex::new(None);

/// With a signal this is done, before anything is removed; it takes at most a few seconds.
pub fn before_leaving(work: impl FnOnce() + Send + 'static) {
    *LAST.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(work));
}

fn held() -> MutexGuard<'static, Option<Held>> {
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From here on a signal clears up and ends the process.
///
/// # Errors
/// When the system takes no handlers.
pub fn watch() -> std::io::Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    thread::spawn(move || {
        if signals.forever().next().is_some() {
            let last = LAST.lock().unwrap_or_else(PoisonError::into_inner).take();
            if let Some(work) = last {
                work();
            }
            // The lock is kept until the process is gone: nothing new can begin.
            let mut held = held();
            let Held { folders, groups } = held.take().unwrap_or_default();
            groups.into_iter().for_each(kill_group);
            // Nobody may be there to read it.
            let _ = writeln!(std::io::stderr(), "interrupted");
            leave(&folders)
        }
    });
    Ok(())
}

/// Removes folders, again while a killed child is still writing, and ends. What ended the grader comes twice
/// from an impatient hand, and must not end this.
const REMOVE: &str = "trap '' INT TERM HUP; n=0; \
    until rm -rf -- \"$@\" 2>/dev/null || [ $n -gt 50 ]; do n=$((n+1)); done; exit 130";

/// Ends the process, and the folders with it. Another thread may be about to write to one of them, and
/// would make it anew: so another program takes this one's place before they are removed.
fn leave(folders: &BTreeSet<PathBuf>) -> ! {
    if !folders.is_empty() {
        // The system starts no thread any more while the program changes. Whoever wants one has nothing to say.
        std::panic::set_hook(Box::new(|_| {}));
        // A new program has no handlers. It inherits what this thread blocks, until it ignores them.
        let _ = SigSet::all().thread_block();
        let _no_shell = Command::new("/bin/sh")
            .args(["-c", REMOVE, "sh"])
            .args(folders)
            .exec();
        for folder in folders {
            let _ = fs::remove_dir_all(folder);
        }
    }
    std::process::exit(ExitCode::Interrupted as i32)
}

/// Kills every process of a group.
pub fn kill_group(group: i32) {
    if let Some(pid) = Pid::from_raw(group) {
        let _ = kill_process_group(pid, Signal::KILL);
    }
}

/// Signals wait until the answer is dropped or told what it was that began: nothing begins unseen.
#[must_use]
pub fn hold_back() -> HeldBack {
    HeldBack(held())
}

/// A folder that goes with a signal, for as long as the answer lives.
#[must_use]
pub fn remove_on_signal(folder: &Path) -> Guard {
    hold_back().remove(folder)
}

#[derive(Debug)]
pub struct HeldBack(MutexGuard<'static, Option<Held>>);

impl HeldBack {
    /// A folder that goes with a signal, for as long as the answer lives.
    #[must_use]
    pub fn remove(mut self, folder: &Path) -> Guard {
        self.0
            .get_or_insert_default()
            .folders
            .insert(folder.to_owned());
        Guard::Folder(folder.to_owned())
    }

    /// A process group that goes with a signal, for as long as the answer lives.
    #[must_use]
    pub fn kill(mut self, group: i32) -> Guard {
        self.0.get_or_insert_default().groups.insert(group);
        Guard::Group(group)
    }
}

#[derive(Debug)]
pub enum Guard {
    Folder(PathBuf),
    Group(i32),
}

impl Drop for Guard {
    fn drop(&mut self) {
        let mut held = held();
        let held = held.get_or_insert_default();
        match self {
            Self::Folder(folder) => held.folders.remove(folder),
            Self::Group(group) => held.groups.remove(group),
        };
    }
}
