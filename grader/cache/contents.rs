//! What a cache has in it, and how it is cleared. Only what `grade` itself puts there is looked at: the folder may have
//! been somebody's before.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::lock::{Lock, SUFFIX};
use super::{BUILDING, Cache, manifest};
use crate::{process, results, toolchain};

/// How long an entry stays that nobody uses.
const UNUSED: Duration = Duration::from_secs(30 * 86_400);

/// What a piece of the cache is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The crates that a submission may use, for one toolchain and one version of `grade`.
    Kit,
    /// The course that `grade` came with, unpacked.
    Course,
    /// Driver and judge of an exercise.
    Exercise,
    /// What a reference answer did.
    Reference,
    /// What came of submissions, for `grade list`.
    Results,
    /// Which rustc is meant.
    Toolchain,
    /// What is being built, or was when its builder ended.
    Unfinished,
}

/// One piece of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub kind: Kind,
    pub name: String,
    /// Of all its files.
    pub bytes: u64,
    /// Whether a run uses it now.
    pub in_use: bool,
}

/// All of it, the kinds in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contents {
    pub pieces: Vec<Piece>,
}

/// What a clearing took, and what it left because a run uses it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Cleared {
    pub taken: Vec<Piece>,
    pub left: Vec<Piece>,
}

impl Cache {
    /// What is in it.
    pub fn contents(&self) -> Contents {
        let entries = fs::read_dir(self.root()).into_iter().flatten().flatten();
        let pieces = entries.filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let kind = self.kind(&name)?;
            Some(Piece {
                kind,
                bytes: size(&entry.path()),
                in_use: self.is_in_use(kind, &name),
                name,
            })
        });
        let mut pieces: Vec<_> = pieces.collect();
        pieces.sort_by(|a, b| (a.kind, &a.name).cmp(&(b.kind, &b.name)));
        Contents { pieces }
    }

    /// What a name in it stands for: nothing, where it is not the grader's.
    fn kind(&self, name: &str) -> Option<Kind> {
        if name == results::FOLDER {
            return Some(Kind::Results);
        }
        if name == toolchain::REMEMBERED {
            return Some(Kind::Toolchain);
        }
        let path = self.root().join(name);
        if !fs::symlink_metadata(&path).ok()?.is_dir() {
            return None;
        }
        if name.contains(BUILDING) {
            return Some(Kind::Unfinished);
        }
        let (first, _key) = name.rsplit_once('-')?;
        let has_lock = self.root().join(format!("{name}{SUFFIX}")).exists();
        if !has_lock && !path.join(manifest::NAME).exists() {
            return None;
        }
        Some(match first {
            "kit" => Kind::Kit,
            "course" => Kind::Course,
            _ if first.ends_with("-reference") => Kind::Reference,
            _ => Kind::Exercise,
        })
    }

    fn is_in_use(&self, kind: Kind, name: &str) -> bool {
        match kind {
            Kind::Results | Kind::Toolchain => false,
            Kind::Unfinished => Lock::is_exclusive(self.root(), entry_of(name)),
            Kind::Kit | Kind::Course | Kind::Exercise | Kind::Reference => {
                let path = self.root().join(format!("{name}{SUFFIX}"));
                path.exists() && Lock::try_exclusive(self.root(), name).is_none()
            }
        }
    }

    /// Removes what is built anew when it is needed; with `all`, also what is remembered.
    pub fn clear(&self, all: bool) -> Cleared {
        let mut cleared = Cleared::default();
        for piece in self.contents().pieces {
            let is_remembered = matches!(piece.kind, Kind::Results | Kind::Toolchain);
            if is_remembered && !all {
                continue;
            }
            let into = if self.take(&piece) {
                &mut cleared.taken
            } else {
                &mut cleared.left
            };
            into.push(piece);
        }
        cleared
    }

    /// Removes one piece, if nobody uses it.
    fn take(&self, piece: &Piece) -> bool {
        let path = self.root().join(&piece.name);
        match piece.kind {
            Kind::Results => fs::remove_dir_all(path).is_ok(),
            Kind::Toolchain => fs::remove_file(path).is_ok(),
            Kind::Unfinished => {
                let entry = entry_of(&piece.name);
                let Some(lock) = Lock::try_exclusive(self.root(), entry) else {
                    return false;
                };
                process::kill_all_in(&path);
                let removed = fs::remove_dir_all(&path).is_ok();
                if !self.root().join(entry).exists() {
                    lock.remove();
                }
                removed
            }
            Kind::Kit | Kind::Course | Kind::Exercise | Kind::Reference => {
                let Some(lock) = Lock::try_exclusive(self.root(), &piece.name) else {
                    return false;
                };
                // What is half removed is not whole.
                let _ = fs::remove_file(path.join(manifest::NAME));
                let removed = fs::remove_dir_all(&path).is_ok();
                lock.remove();
                removed
            }
        }
    }

    /// Removes the entries that nobody has used for a month: kits of a toolchain that is gone, exercises as they
    /// were before they changed.
    pub(super) fn prune(&self) {
        let entries = fs::read_dir(self.root()).into_iter().flatten().flatten();
        for entry in entries {
            let Some(name) = entry.file_name().to_str().map(str::to_owned) else {
                continue;
            };
            let Some(kind @ (Kind::Kit | Kind::Course | Kind::Exercise | Kind::Reference)) =
                self.kind(&name)
            else {
                continue;
            };
            let used = Lock::last_used(self.root(), &name)
                .or_else(|| modified(&entry.path().join(manifest::NAME)));
            let age = used.and_then(|used| used.elapsed().ok());
            if age.is_some_and(|age| age > UNUSED) {
                self.take(&Piece {
                    kind,
                    name,
                    bytes: 0,
                    in_use: false,
                });
            }
        }
    }
}

impl Contents {
    pub fn bytes(&self) -> u64 {
        self.pieces.iter().map(|piece| piece.bytes).sum()
    }
}

/// The entry that an unfinished folder was to become.
fn entry_of(name: &str) -> &str {
    name.split_once(BUILDING).map_or(name, |(entry, _)| entry)
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).ok()?.modified().ok()
}

/// Bytes of all files below a path; links are not followed.
fn size(path: &Path) -> u64 {
    let Ok(metadata) = fs::symlink_metadata(path) else {
        return 0;
    };
    if !metadata.is_dir() {
        return metadata.len();
    }
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    entries.map(|entry| size(&entry.path())).sum()
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use super::*;

    fn cache() -> (tempfile::TempDir, Cache) {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(folder.path().join("cache")).unwrap();
        (folder, cache)
    }

    /// As a run that has ended left it.
    fn build(cache: &Cache, name: &str) {
        let built = Cache::at(cache.root().to_owned()).unwrap();
        built
            .entry(name, |into| {
                fs::write(into.join("file"), "12345").unwrap();
                Ok(())
            })
            .unwrap();
    }

    /// Nobody has used it for so many days.
    fn age(cache: &Cache, name: &str, days: u64) {
        let lock = File::open(cache.root().join(format!("{name}{SUFFIX}"))).unwrap();
        let then = SystemTime::now() - Duration::from_secs(days * 86_400);
        lock.set_modified(then).unwrap();
    }

    fn names(pieces: &[Piece]) -> Vec<&str> {
        pieces.iter().map(|piece| piece.name.as_str()).collect()
    }

    #[test]
    fn everything_in_it_is_known_by_its_kind_and_size() {
        let (_folder, cache) = cache();
        for name in [
            "kit-1",
            "course-5",
            "05a-gather-2",
            "05a-gather-reference-3",
        ] {
            build(&cache, name);
        }
        fs::create_dir(cache.root().join("results")).unwrap();
        fs::write(cache.root().join("results/a.json"), "1234567").unwrap();
        fs::create_dir(cache.root().join("kit-4.building-x")).unwrap();
        fs::create_dir(cache.root().join("photos-2026")).unwrap();
        fs::write(cache.root().join("diary"), "not the grader's").unwrap();
        let contents = cache.contents();
        let kinds: Vec<_> = contents
            .pieces
            .iter()
            .map(|piece| (piece.kind, piece.name.as_str()))
            .collect();
        assert_eq!(
            kinds,
            [
                (Kind::Kit, "kit-1"),
                (Kind::Course, "course-5"),
                (Kind::Exercise, "05a-gather-2"),
                (Kind::Reference, "05a-gather-reference-3"),
                (Kind::Results, "results"),
                (Kind::Unfinished, "kit-4.building-x"),
            ]
        );
        assert_eq!(contents.pieces[4].bytes, 7);
        let manifest = fs::metadata(cache.root().join("kit-1/manifest.json"))
            .unwrap()
            .len();
        assert_eq!(contents.pieces[0].bytes, 5 + manifest);
    }

    #[test]
    fn what_a_run_uses_is_left_and_what_is_not_the_graders_too() {
        let (_folder, cache) = cache();
        for name in ["kit-1", "kit-2"] {
            build(&cache, name);
        }
        fs::create_dir(cache.root().join("photos-2026")).unwrap();
        let running = Cache::at(cache.root().to_owned()).unwrap();
        let used = running.entry("kit-2", |_| panic!("it is there")).unwrap();
        let cleared = cache.clear(true);
        assert_eq!(
            (names(&cleared.taken), names(&cleared.left)),
            (vec!["kit-1"], vec!["kit-2"])
        );
        assert!(cleared.left[0].in_use && used.join("file").exists());
        drop(running);
        assert_eq!(names(&cache.clear(true).taken), ["kit-2"]);
        let left: Vec<_> = fs::read_dir(cache.root())
            .unwrap()
            .flatten()
            .map(|entry| entry.file_name())
            .collect();
        assert_eq!(left, ["photos-2026"]);
    }

    #[test]
    fn results_go_on_request_only() {
        let (_folder, cache) = cache();
        fs::create_dir(cache.root().join("results")).unwrap();
        fs::write(cache.root().join("toolchain.json"), "{}").unwrap();
        assert_eq!(cache.clear(false), Cleared::default());
        assert_eq!(
            names(&cache.clear(true).taken),
            ["results", "toolchain.json"]
        );
    }

    #[test]
    fn a_build_removes_what_nobody_has_used_for_a_month() {
        let (_folder, cache) = cache();
        for name in [
            "kit-old",
            "kit-used",
            "kit-young",
            "probe-old",
            "probe-reference-old",
        ] {
            build(&cache, name);
        }
        for name in ["kit-old", "kit-used", "probe-old", "probe-reference-old"] {
            age(&cache, name, 31);
        }
        age(&cache, "kit-young", 29);
        // To use it is to make it young.
        let running = Cache::at(cache.root().to_owned()).unwrap();
        running
            .entry("kit-used", |_| panic!("it is there"))
            .unwrap();
        drop(running);
        build(&cache, "probe-new");
        assert_eq!(
            names(&cache.contents().pieces),
            ["kit-used", "kit-young", "probe-new"]
        );
    }

    #[test]
    fn an_old_entry_stays_for_as_long_as_it_is_used() {
        let (_folder, cache) = cache();
        build(&cache, "kit-old");
        let running = Cache::at(cache.root().to_owned()).unwrap();
        running.entry("kit-old", |_| panic!("it is there")).unwrap();
        age(&cache, "kit-old", 31);
        build(&cache, "probe-new");
        assert_eq!(names(&cache.contents().pieces), ["kit-old", "probe-new"]);
    }

    #[test]
    fn an_entry_that_was_cleared_is_built_anew_by_whoever_waited_for_its_lock() {
        let (_folder, cache) = cache();
        build(&cache, "kit-1");
        let lock = Lock::try_exclusive(cache.root(), "kit-1").unwrap();
        std::thread::scope(|scope| {
            let waits = scope.spawn(|| build(&cache, "kit-1"));
            fs::remove_dir_all(cache.root().join("kit-1")).unwrap();
            lock.remove();
            waits.join().unwrap();
        });
        assert_eq!(names(&cache.contents().pieces), ["kit-1"]);
        // The lock that is held now is the one that has the name.
        let holder = Lock::try_exclusive(cache.root(), "kit-1").unwrap();
        assert!(Lock::is_exclusive(cache.root(), "kit-1"));
        drop(holder);
    }
}
