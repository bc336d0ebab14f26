//! The lock of an entry: held by one process while it builds or removes the entry, shared by all that use it.

use std::fs::{self, File, TryLockError};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::error::{Error, Result};

/// How exactly it is known when an entry was last used.
const DAY: Duration = Duration::from_secs(86_400);
/// What stands behind an entry's name in the name of its lock.
pub const SUFFIX: &str = ".lock";

/// It is given back when this is dropped, or its process ends.
#[derive(Debug)]
pub struct Lock {
    file: File,
    path: PathBuf,
}

impl Lock {
    fn path(root: &Path, name: &str) -> PathBuf {
        root.join(format!("{name}{SUFFIX}"))
    }

    /// The lock for one, when everybody else has given it back.
    ///
    /// # Errors
    /// When the cache cannot be written.
    pub fn exclusive(root: &Path, name: &str) -> Result<Self> {
        let path = Self::path(root, name);
        loop {
            let file = open(&path)?;
            file.lock().map_err(|e| Error::io("lock", &path, &e))?;
            let lock = Self {
                file,
                path: path.clone(),
            };
            if lock.is_current() {
                lock.touch();
                return Ok(lock);
            }
        }
    }

    /// The lock for one, if nobody else has it.
    pub fn try_exclusive(root: &Path, name: &str) -> Option<Self> {
        let path = Self::path(root, name);
        let file = open(&path).ok()?;
        file.try_lock().ok()?;
        let lock = Self { file, path };
        lock.is_current().then_some(lock)
    }

    /// A share in it, when nobody has it alone: none where there is no lock and the cache cannot be written.
    pub fn shared(root: &Path, name: &str) -> Option<Self> {
        let path = Self::path(root, name);
        loop {
            let file = File::open(&path).or_else(|_| open(&path)).ok()?;
            file.lock_shared().ok()?;
            let lock = Self {
                file,
                path: path.clone(),
            };
            if lock.is_current() {
                lock.touch();
                return Some(lock);
            }
        }
    }

    /// Whether somebody has it alone, that is, builds or removes the entry.
    pub fn is_exclusive(root: &Path, name: &str) -> bool {
        let lock = File::open(Self::path(root, name));
        lock.is_ok_and(|lock| matches!(lock.try_lock_shared(), Err(TryLockError::WouldBlock)))
    }

    /// A share in place of the whole.
    pub fn into_shared(self) -> Option<Self> {
        self.file.lock_shared().ok()?;
        Some(self)
    }

    /// Takes its file away. Whoever waits for it finds that it is not the one that others would lock, and tries again.
    pub fn remove(self) {
        let _ = fs::remove_file(&self.path);
    }

    /// When the entry was last used, within a day.
    pub fn last_used(root: &Path, name: &str) -> Option<SystemTime> {
        fs::metadata(Self::path(root, name)).ok()?.modified().ok()
    }

    /// Notes that the entry is used; a cache that cannot be written does not note it.
    fn touch(&self) {
        let modified = self
            .file
            .metadata()
            .and_then(|metadata| metadata.modified());
        let age = modified.ok().and_then(|modified| modified.elapsed().ok());
        if age.is_some_and(|age| age > DAY) {
            let _ = self.file.set_modified(SystemTime::now());
        }
    }

    /// Whether the file that is locked is the one that has the name now.
    fn is_current(&self) -> bool {
        let of =
            |metadata: std::io::Result<fs::Metadata>| metadata.ok().map(|m| (m.dev(), m.ino()));
        let ours = of(self.file.metadata());
        ours.is_some() && ours == of(fs::metadata(&self.path))
    }
}

fn open(path: &Path) -> Result<File> {
    File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)
        .map_err(|e| Error::io("write to the cache", path, &e))
}
