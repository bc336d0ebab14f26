//! The cache that the tests share.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use tempfile::TempDir;

use super::copy_folder;
use super::run::unprepared;

/// Where the kit's third-party crates stay compiled between kits.
pub fn kit_target() -> PathBuf {
    std::env::var_os("GRADE_KIT_TARGET").map_or_else(|| below_target("kit-target"), PathBuf::from)
}

fn below_target(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// The cache that the tests share, with the kit and the probe in it.
pub fn shared_cache() -> &'static Path {
    static CACHE: OnceLock<PathBuf> = OnceLock::new();
    CACHE.get_or_init(|| {
        let cache = below_target("cache");
        forget_old_entries(&cache);
        unprepared()
            .cache(&cache)
            .on_the_reference()
            .with_time_for_a_kit()
            .run()
            .exits(0);
        cache
    })
}

/// Whoever works on the lab makes a kit with every change.
fn forget_old_entries(cache: &Path) {
    for (prefix, kept) in [("kit-", 3), ("probe-", 30)] {
        let entries = fs::read_dir(cache).into_iter().flatten().flatten();
        let mut entries: Vec<_> = entries
            .filter(|entry| {
                entry.file_name().to_string_lossy().starts_with(prefix) && entry.path().is_dir()
            })
            .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
            .collect();
        entries.sort();
        for (_, path) in entries.iter().rev().skip(kept) {
            fs::remove_dir_all(path).unwrap();
        }
    }
}

/// A cache of a test's own that holds what the shared one holds: hard links, so that nothing is built.
pub fn cache_copy(wanted: impl Fn(&str) -> bool) -> TempDir {
    let copy = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    for entry in fs::read_dir(shared_cache()).unwrap().flatten() {
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() && !name.contains(".building-") && wanted(&name) {
            copy_folder(&entry.path(), &copy.path().join(&name), &|from, to| {
                fs::hard_link(from, to)
            });
        }
    }
    copy
}

/// Only the kits.
pub fn kits(name: &str) -> bool {
    name.starts_with("kit-")
}
