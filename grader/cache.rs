//! The cache: what is built once and used by every run. An entry is a folder that appears whole, by
//! a rename, and carries a manifest of what is in it.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use etcetera::BaseStrategy;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::interrupt;
use crate::process;

/// The file that makes an entry whole; written last.
const MANIFEST: &str = "manifest.json";
/// Stands between the name of an entry that is being built and what makes its folder's name its own.
const BUILDING: &str = ".building-";

/// A folder of this user's, readable by nobody else.
#[derive(Debug, Clone)]
pub struct Cache {
    root: PathBuf,
    /// The names of the entries that were handed out.
    used: Arc<Mutex<BTreeSet<String>>>,
}

/// What an entry holds.
#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    files: Vec<Recorded>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Recorded {
    path: PathBuf,
    bytes: u64,
    blake3: String,
}

impl Cache {
    /// The user's cache: `GRADE_CACHE`, else `grade` in the platform's cache directory.
    ///
    /// # Errors
    /// When it cannot be made, or belongs to somebody else.
    pub fn open() -> Result<Self> {
        let root = match std::env::var_os("GRADE_CACHE") {
            Some(path) if !path.is_empty() => std::path::absolute(&path)
                .map_err(|e| Error::usage(format!("GRADE_CACHE is no path: {e}")))?,
            _ => etcetera::choose_base_strategy()
                .map_err(|_| {
                    Error::usage("no home directory, so no cache folder")
                        .hint("set GRADE_CACHE to a folder of yours")
                })?
                .cache_dir()
                .join("grade"),
        };
        Self::at(root)
    }

    /// The cache in `root`, which is made if need be.
    ///
    /// # Errors
    /// As for [`Cache::open`].
    pub fn at(root: PathBuf) -> Result<Self> {
        if root.to_str().is_none_or(|path| path.contains(':')) {
            return Err(Error::usage(format!(
                "the cache folder {} cannot be used: its path has a colon or is no UTF-8",
                root.display()
            ))
            .hint("set GRADE_CACHE to a folder of yours"));
        }
        if let Some(above) = root.parent() {
            fs::create_dir_all(above).map_err(|e| match e.kind() {
                io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => Error::usage(
                    format!("the cache folder {} would lie below a file", root.display()),
                )
                .hint("set GRADE_CACHE to a folder of yours"),
                _ => Error::io("make", above, &e),
            })?;
        }
        match fs::DirBuilder::new().mode(0o700).create(&root) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(Error::io("make the cache folder", &root, &error)),
        }
        let metadata = fs::symlink_metadata(&root).map_err(|e| Error::io("look at", &root, &e))?;
        let name = root.display();
        if metadata.is_symlink() {
            return Err(
                Error::usage(format!("the cache folder {name} is a symbolic link"))
                    .hint("set GRADE_CACHE to the folder itself"),
            );
        }
        if !metadata.is_dir() {
            return Err(
                Error::usage(format!("the cache folder {name} is not a folder"))
                    .hint("set GRADE_CACHE to a folder of yours"),
            );
        }
        if metadata.uid() != rustix::process::geteuid().as_raw() {
            return Err(
                Error::usage(format!("the cache folder {name} belongs to another user"))
                    .hint("set GRADE_CACHE to a folder of yours"),
            );
        }
        if metadata.mode() & 0o022 != 0 {
            return Err(
                Error::usage(format!("others can write to the cache folder {name}"))
                    .hint(format!("chmod go-w {name}")),
            );
        }
        Ok(Self {
            root,
            used: Arc::default(),
        })
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The entry `name`, built by `build` into an empty folder if it is not there or not whole.
    ///
    /// One process builds it; the others wait. An entry that is there is used without writing
    /// anything, so a read-only cache serves.
    ///
    /// # Errors
    /// Those of `build`, and of writing to the cache.
    pub fn entry(&self, name: &str, build: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
        let path = self.whole(name, build)?;
        self.used().insert(name.to_owned());
        Ok(path)
    }

    fn whole(&self, name: &str, build: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
        let path = self.root.join(name);
        if is_whole(&path, Depth::Sizes) {
            return Ok(path);
        }
        let lock_path = self.root.join(lock_name(name));
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&lock_path)
            .map_err(|e| Error::io("write to the cache", &lock_path, &e))?;
        lock.lock().map_err(|e| Error::io("lock", &lock_path, &e))?;
        if is_whole(&path, Depth::Sizes) {
            return Ok(path);
        }
        self.sweep(name);
        let signals = interrupt::hold_back();
        let building = tempfile::Builder::new()
            .prefix(&format!("{name}{BUILDING}"))
            .tempdir_in(&self.root)
            .map_err(|e| Error::io("write to the cache", &self.root, &e))?;
        let _removed = signals.remove(building.path());
        build(building.path())?;
        record(building.path())?;
        let _ = fs::remove_dir_all(&path);
        fs::rename(building.path(), &path).map_err(|e| Error::io("write", &path, &e))?;
        let _ = building.keep();
        Ok(path)
    }

    /// Whether every byte of the entries that were handed out is what was built. One that is not is
    /// forgotten, so that the next [`Cache::entry`] builds it anew.
    ///
    /// Reads it all: for when something failed that could be the cache's fault.
    pub fn is_intact(&self) -> bool {
        let used = self.used().clone();
        let damaged = used
            .iter()
            .map(|name| self.root.join(name))
            .filter(|path| !is_whole(path, Depth::Contents));
        // Every one of them is looked at.
        damaged
            .inspect(|path| drop(fs::remove_file(path.join(MANIFEST))))
            .count()
            == 0
    }

    fn used(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Removes what processes that were killed left half-built, and left running there. The caller
    /// holds the lock of the entry `mine`.
    fn sweep(&self, mine: &str) {
        for entry in fs::read_dir(&self.root).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let Some((name, _)) = name.split_once(BUILDING) else {
                continue;
            };
            if name == mine || !self.is_being_built(name) {
                process::kill_all_in(&entry.path());
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }

    /// Whether another process holds the lock of the entry `name`.
    fn is_being_built(&self, name: &str) -> bool {
        let lock = File::open(self.root.join(lock_name(name)));
        lock.is_ok_and(|lock| matches!(lock.try_lock(), Err(TryLockError::WouldBlock)))
    }
}

/// The file that a process locks while it builds the entry `name`.
fn lock_name(name: &str) -> String {
    format!("{name}.lock")
}

/// What tells an entry from every other that was ever built, one of the same name included.
///
/// # Errors
/// When the entry cannot be read.
pub fn identity(entry: &Path) -> Result<String> {
    let manifest = entry.join(MANIFEST);
    hash(&manifest).map_err(|e| Error::io("read", &manifest, &e))
}

/// How closely an entry is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Depth {
    Sizes,
    Contents,
}

fn is_whole(path: &Path, depth: Depth) -> bool {
    let Some(manifest) = fs::read(path.join(MANIFEST))
        .ok()
        .and_then(|bytes| serde_json::from_slice::<Manifest>(&bytes).ok())
    else {
        return false;
    };
    manifest.files.iter().all(|file| {
        let path = path.join(&file.path);
        match depth {
            Depth::Sizes => fs::metadata(path).is_ok_and(|metadata| metadata.len() == file.bytes),
            Depth::Contents => hash(&path).is_ok_and(|hash| hash == file.blake3),
        }
    })
}

fn hash(path: &Path) -> io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(path)?)?;
    Ok(hasher.finalize().to_hex().to_string())
}

/// Writes the manifest of everything below `root`.
fn record(root: &Path) -> Result<()> {
    let mut files = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(|e| Error::io("read", &folder, &e))? {
            let path = entry.map_err(|e| Error::io("read", &folder, &e))?.path();
            let metadata = fs::symlink_metadata(&path).map_err(|e| Error::io("read", &path, &e))?;
            if metadata.is_dir() {
                folders.push(path);
            } else {
                let blake3 = hash(&path).map_err(|e| Error::io("read", &path, &e))?;
                let below = path.strip_prefix(root).unwrap_or(&path).to_owned();
                files.push(Recorded {
                    path: below,
                    bytes: metadata.len(),
                    blake3,
                });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let manifest = root.join(MANIFEST);
    let text = serde_json::to_vec(&Manifest { files }).expect("a manifest has a JSON form");
    fs::write(&manifest, text).map_err(|e| Error::io("write", &manifest, &e))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn cache() -> (tempfile::TempDir, Cache) {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(folder.path().join("cache")).unwrap();
        (folder, cache)
    }

    fn build(cache: &Cache, text: &str) -> Result<PathBuf> {
        cache.entry("entry", |into| {
            fs::create_dir(into.join("below")).unwrap();
            fs::write(into.join("below/file"), text).unwrap();
            Ok(())
        })
    }

    fn names(cache: &Cache) -> Vec<String> {
        let entries = fs::read_dir(cache.root()).unwrap().flatten();
        let mut names: Vec<_> = entries
            .map(|entry| entry.file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn an_entry_is_built_once() {
        let (_folder, cache) = cache();
        let path = build(&cache, "first").unwrap();
        assert_eq!(build(&cache, "second").unwrap(), path);
        assert_eq!(
            fs::read_to_string(path.join("below/file")).unwrap(),
            "first"
        );
        assert_eq!(
            cache.root().metadata().unwrap().permissions().mode() & 0o777,
            0o700
        );
    }

    #[test]
    fn an_entry_of_another_size_is_built_anew() {
        let (_folder, cache) = cache();
        let path = build(&cache, "first").unwrap();
        fs::write(path.join("below/file"), "fir").unwrap();
        build(&cache, "second").unwrap();
        assert_eq!(
            fs::read_to_string(path.join("below/file")).unwrap(),
            "second"
        );
    }

    #[test]
    fn an_entry_with_other_bytes_is_forgotten_when_it_is_looked_at_closely() {
        let (_folder, cache) = cache();
        let path = build(&cache, "first").unwrap();
        assert!(cache.is_intact());
        fs::write(path.join("below/file"), "third").unwrap();
        assert!(!cache.is_intact());
        build(&cache, "second").unwrap();
        assert_eq!(
            fs::read_to_string(path.join("below/file")).unwrap(),
            "second"
        );
    }

    #[test]
    fn a_build_that_fails_leaves_nothing() {
        let (_folder, cache) = cache();
        let failed = cache.entry("entry", |into| {
            fs::write(into.join("half"), "half").unwrap();
            Err(Error::grader("no more"))
        });
        assert_eq!(failed.unwrap_err(), Error::grader("no more"));
        assert_eq!(names(&cache), ["entry.lock"]);
    }

    #[test]
    fn what_killed_builds_left_is_cleared_and_what_others_build_is_not() {
        let (_folder, cache) = cache();
        for left in ["entry.building-a", "other.building-b", "busy.building-c"] {
            fs::create_dir(cache.root().join(left)).unwrap();
        }
        let busy = File::create(cache.root().join("busy.lock")).unwrap();
        busy.lock().unwrap();
        build(&cache, "text").unwrap();
        assert_eq!(
            names(&cache),
            ["busy.building-c", "busy.lock", "entry", "entry.lock"]
        );
    }

    #[test]
    fn a_path_that_no_library_path_can_hold_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let error = Cache::at(folder.path().join("a:b")).unwrap_err();
        assert!(
            error.to_string().contains("its path has a colon"),
            "{error}"
        );
        assert!(!folder.path().join("a:b").exists());
    }
}
