//! The temporary folder of one run: removed when the run ends, however it ends. What a killed run
//! left behind is removed by the next: a folder that nobody has locked has no owner any more.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::error::{Error, Result};
use crate::interrupt::{self, Guard};
use crate::process;

/// Folders with an owner, who holds a lock on them.
const PREFIX: &str = "grade-run-";
/// Folders that are not locked yet; they get the other name once they are.
const MAKING: &str = ".grade-making-";
/// How long locking a new folder can take at most; a folder still in the making has lost its owner.
const STILL_MAKING: Duration = Duration::from_secs(60 * 60);

/// A fresh 0700 folder.
#[derive(Debug)]
pub struct Scratch {
    path: PathBuf,
    _lock: File,
    _signal: Guard,
}

impl Scratch {
    /// Makes the folder in the system's temporary directory, and clears up after killed runs.
    ///
    /// # Errors
    /// When the temporary directory cannot be written.
    pub fn new() -> Result<Self> {
        Self::below(&std::env::temp_dir())
    }

    fn below(temporary: &Path) -> Result<Self> {
        sweep(temporary);
        make(temporary).map_err(|e| Error::io("make a temporary folder in", temporary, &e))
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A new folder below this one.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn folder(&self, name: &str) -> Result<PathBuf> {
        let path = self.path().join(name);
        fs::create_dir_all(&path).map_err(|e| Error::io("make", &path, &e))?;
        Ok(path)
    }
}

impl Scratch {
    /// Removes it, and makes sure of that.
    ///
    /// # Errors
    /// When something is left.
    pub fn close(self) -> Result<()> {
        remove(&self.path).map_err(|e| Error::io("remove", &self.path, &e))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = remove(&self.path);
    }
}

/// It may be gone already.
fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The folder has its lasting name only once it is locked: another run never takes it for one that
/// was left behind.
fn make(temporary: &Path) -> io::Result<Scratch> {
    let signals = interrupt::hold_back();
    let making = tempfile::Builder::new()
        .prefix(MAKING)
        .permissions(fs::Permissions::from_mode(0o700))
        .tempdir_in(temporary)?;
    let lock = File::open(making.path())?;
    lock.lock()?;
    let name = making
        .path()
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .replacen(MAKING, PREFIX, 1);
    let path = temporary.join(name);
    fs::rename(making.path(), &path)?;
    let _ = making.keep();
    let signal = signals.remove(&path);
    Ok(Scratch {
        path,
        _lock: lock,
        _signal: signal,
    })
}

/// Removes this user's folders whose run is gone, and what that run left running in them.
fn sweep(temporary: &Path) {
    for entry in fs::read_dir(temporary).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let (made, making) = (name.starts_with(PREFIX), name.starts_with(MAKING));
        if (made || making) && is_left(&entry.path(), making) {
            process::kill_all_in(&entry.path());
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn is_left(path: &Path, making: bool) -> bool {
    let me = rustix::process::geteuid().as_raw();
    let Ok(metadata) = fs::symlink_metadata(path) else {
        return false;
    };
    if !metadata.is_dir() || metadata.uid() != me {
        return false;
    }
    let age = metadata
        .modified()
        .ok()
        .and_then(|then| SystemTime::now().duration_since(then).ok());
    if making && age.is_none_or(|age| age < STILL_MAKING) {
        return false;
    }
    // Only somebody who sweeps too can get this lock after us.
    File::open(path).is_ok_and(|folder| folder.try_lock().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_goes_with_its_run() {
        let temporary = tempfile::tempdir().unwrap();
        let scratch = Scratch::below(temporary.path()).unwrap();
        fs::write(scratch.folder("a/b").unwrap().join("c"), "d").unwrap();
        assert_eq!(scratch.path().metadata().unwrap().mode() & 0o777, 0o700);
        drop(scratch);
        assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 0);
    }

    #[test]
    fn what_a_killed_run_left_is_cleared_and_nothing_else() {
        let temporary = tempfile::tempdir().unwrap();
        let folder = |name: &str| {
            let path = temporary.path().join(name);
            fs::create_dir_all(path.join("inside")).unwrap();
            path
        };
        let left = folder("grade-run-left");
        let foreign = folder("somebodys");
        let young = folder(".grade-making-young");
        let old = folder(".grade-making-old");
        let hours_ago = SystemTime::now() - 2 * STILL_MAKING;
        File::open(&old).unwrap().set_modified(hours_ago).unwrap();
        let running = Scratch::below(temporary.path()).unwrap();
        let another = Scratch::below(temporary.path()).unwrap();
        assert_eq!([&left, &old].map(|path| path.exists()), [false, false]);
        assert_eq!([&foreign, &young].map(|path| path.exists()), [true, true]);
        assert!(running.path().exists() && another.path().exists());
    }

    #[test]
    fn many_that_start_at_once_leave_each_other_alone() {
        let temporary = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..50 {
                        let scratch = Scratch::below(temporary.path()).unwrap();
                        fs::write(scratch.path().join("file"), "text").unwrap();
                    }
                });
            }
        });
        assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 0);
    }
}
