//! The cache: what is built once and used by every run. An entry is a folder that appears whole, by
//! a rename, and carries a manifest of what is in it.

mod contents;
mod lock;
mod manifest;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use etcetera::BaseStrategy;

pub use contents::{Contents, Kind};
use lock::Lock;
use manifest::{Depth, is_whole};
pub use manifest::{NAME as MANIFEST, identity, record};

use crate::error::{Error, Result};
use crate::interrupt;
use crate::process;

/// Stands between the name of an entry that is being built and what makes its folder's name its own.
const BUILDING: &str = ".building-";

/// A folder of this user's, readable by nobody else.
#[derive(Debug, Clone)]
pub struct Cache {
    root: PathBuf,
    /// The entries that were handed out, with the locks that keep them.
    used: Arc<Mutex<BTreeMap<String, Option<Lock>>>>,
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
    /// One process builds it; the others wait. It is in use for as long as this cache lives, and is then left alone by
    /// whoever clears. An entry that is there is used without writing anything to it, so a read-only cache serves.
    ///
    /// # Errors
    /// Those of `build`, and of writing to the cache.
    pub fn entry(&self, name: &str, build: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
        let path = self.root.join(name);
        if is_whole(&path, Depth::Sizes) {
            let used = Lock::shared(&self.root, name);
            // Somebody may have cleared it in between.
            if is_whole(&path, Depth::Sizes) {
                self.used().insert(name.to_owned(), used);
                return Ok(path);
            }
        }
        // Whoever builds waits for all that use what was there: this process is none of them.
        self.used().remove(name);
        let lock = Lock::exclusive(&self.root, name)?;
        if !is_whole(&path, Depth::Sizes) {
            self.sweep(name);
            self.build(name, &path, build)?;
            self.prune();
        }
        self.used().insert(name.to_owned(), lock.into_shared());
        Ok(path)
    }

    /// Builds an entry; the caller holds its lock.
    fn build(
        &self,
        name: &str,
        path: &Path,
        build: impl FnOnce(&Path) -> Result<()>,
    ) -> Result<()> {
        let signals = interrupt::hold_back();
        let building = tempfile::Builder::new()
            .prefix(&format!("{name}{BUILDING}"))
            .tempdir_in(&self.root)
            .map_err(|e| Error::io("write to the cache", &self.root, &e))?;
        let _removed = signals.remove(building.path());
        build(building.path())?;
        record(building.path())?;
        let _ = fs::remove_dir_all(path);
        fs::rename(building.path(), path).map_err(|e| Error::io("write", path, &e))?;
        let _ = building.keep();
        Ok(())
    }

    /// Whether every byte of the entries that were handed out is what was built. One that is not is
    /// forgotten, so that the next [`Cache::entry`] builds it anew.
    ///
    /// Reads it all: for when something failed that could be the cache's fault.
    pub fn is_intact(&self) -> bool {
        let names: Vec<_> = self.used().keys().cloned().collect();
        let is_damaged = |name: &String| !is_whole(&self.root.join(name), Depth::Contents);
        let damaged: Vec<_> = names.into_iter().filter(is_damaged).collect();
        for name in &damaged {
            let _ = fs::remove_file(self.root.join(name).join(manifest::NAME));
            // Its lock is given back: somebody has to build it. That it was damaged stays known.
            self.used().insert(name.clone(), None);
        }
        damaged.is_empty()
    }

    fn used(&self) -> MutexGuard<'_, BTreeMap<String, Option<Lock>>> {
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
            // A folder is made under its entry's lock, and has a name of its own: if nobody holds that lock, whoever made it is
            // gone for good, and one that begins now makes another.
            if name == mine || !Lock::is_exclusive(&self.root, name) {
                process::kill_all_in(&entry.path());
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }
}

/// Whether a folder has what was recorded of it, by sizes.
pub fn is_as_recorded(folder: &Path) -> bool {
    is_whole(folder, Depth::Sizes)
}

#[cfg(test)]
mod tests {
    use std::fs::File;
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
