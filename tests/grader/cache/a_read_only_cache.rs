//! A cache that somebody else filled, for all to read.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::bench::{
    Grade, Ran, cache_copy, is_root, kits, may_mount, names, reference_graded, tree,
};

/// Runs with a cache that cannot be written: by a mount as root, whom no permission binds, else by
/// permissions.
fn read_only(test: &str, cache: &Path, run: Grade) -> Option<Ran> {
    let run = run.cache(cache);
    if !is_root() {
        set_writable(cache, false);
        let ran = run.run();
        set_writable(cache, true);
        return Some(ran);
    }
    let way = may_mount(test)?;
    let script = "mount --bind \"$GRADE_CACHE\" \"$GRADE_CACHE\"\n\
         mount -o remount,bind,ro \"$GRADE_CACHE\"\n\
         if touch \"$GRADE_CACHE/written\" 2>/dev/null; then echo 'it can be written'; exit 9; fi\n\
         exec \"$@\"";
    Some(run.in_shell(script, way).run())
}

fn set_writable(folder: &Path, writable: bool) {
    let mode = if writable { 0o700 } else { 0o500 };
    fs::set_permissions(folder, fs::Permissions::from_mode(mode)).unwrap();
    for name in names(folder)
        .iter()
        .map(|name| folder.join(name))
        .filter(|path| path.is_dir())
    {
        set_writable(&name, writable);
    }
}

#[test]
fn that_holds_the_kit_is_used_as_it_is() {
    let cache = cache_copy(|_| true);
    let before = tree(cache.path());
    let Some(ran) = read_only("a read-only cache", cache.path(), reference_graded()) else {
        return;
    };
    ran.has_full_marks().only_reports();
    assert_eq!(tree(cache.path()), before);
}

#[test]
fn that_lacks_something_is_told_apart() {
    let cache = cache_copy(kits);
    let Some(ran) = read_only("a read-only cache", cache.path(), reference_graded()) else {
        return;
    };
    ran.exits(5)
        .says("error: failed to write to the cache ")
        .says("hint: set GRADE_CACHE to a folder that you can write");
}
