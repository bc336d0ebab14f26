//! The folder that a cache may be.

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown, symlink};
use std::path::Path;

use crate::bench::{Submission, cache_copy, is_root, names, reference_graded};

#[track_caller]
fn refused(cache: &Path, sentence: &str) {
    let sentence = sentence.replace("THERE", &cache.display().to_string());
    reference_graded()
        .cache(cache)
        .run()
        .exits(2)
        .only_says(&sentence);
}

#[test]
fn is_made_for_its_user_alone() {
    let folder = tempfile::tempdir().unwrap();
    let asked = folder.path().join("some/where/cache");
    // Nothing can be built in it; the folder comes first.
    reference_graded()
        .cache(&asked)
        .env("PATH", "/nowhere")
        .run()
        .exits(5);
    assert_eq!(
        asked.metadata().unwrap().permissions().mode() & 0o777,
        0o700
    );

    let default = reference_graded()
        .without("GRADE_CACHE")
        .env("XDG_CACHE_HOME", folder.path());
    default.env("PATH", "/nowhere").run().exits(5);
    assert_eq!(
        folder
            .path()
            .join("grade")
            .metadata()
            .unwrap()
            .permissions()
            .mode()
            & 0o777,
        0o700
    );
}

#[test]
fn of_another_user_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let theirs = if is_root() {
        chown(folder.path(), Some(65_534), None).unwrap();
        folder.path()
    } else {
        Path::new("/usr")
    };
    refused(
        theirs,
        "error: the cache folder THERE belongs to another user\nhint: set GRADE_CACHE to a folder of yours",
    );
}

#[test]
fn that_others_can_write_is_refused() {
    for mode in [0o777, 0o770, 0o702] {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(mode)).unwrap();
        refused(
            folder.path(),
            "error: others can write to the cache folder THERE\nhint: chmod go-w THERE",
        );
    }
}

#[test]
fn that_is_none_is_refused() {
    let folder = Submission::empty().with("file", "");
    refused(
        &folder.path().join("file"),
        "error: the cache folder THERE is not a folder\nhint: set GRADE_CACHE to a folder of yours",
    );
    symlink("elsewhere", folder.path().join("link")).unwrap();
    refused(
        &folder.path().join("link"),
        "error: the cache folder THERE is a symbolic link\nhint: set GRADE_CACHE to the folder itself",
    );
    for below in ["file/cache", "file/folder/cache"] {
        refused(
            &folder.path().join(below),
            "error: the cache folder THERE would lie below a file\nhint: set GRADE_CACHE to a folder of yours",
        );
    }
}

#[test]
fn with_a_colon_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    refused(
        &folder.path().join("a:b"),
        "error: the cache folder THERE cannot be used: its path has a colon or is no UTF-8\n\
         hint: set GRADE_CACHE to a folder of yours",
    );
}

#[test]
fn may_be_moved_and_have_any_other_name() {
    let moved = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let cache = moved.path().join("größer = 'a b' $HOME");
    fs::rename(cache_copy(|_| true).keep(), &cache).unwrap();
    let before = names(&cache);
    reference_graded()
        .cache(&cache)
        .run()
        .has_full_marks()
        .only_reports();
    assert_eq!(
        before
            .iter()
            .filter(|name| !names(&cache).contains(name))
            .count(),
        0
    );
}
