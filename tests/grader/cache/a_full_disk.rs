//! A disk without room: told, and never the student's fault.

use std::path::Path;

use crate::bench::{Grade, Ran, may_mount, reference_graded, shared_cache};

const HINT: &str = "hint: free some space, or set GRADE_CACHE and TMPDIR to another disk";

/// Runs with a disk of this size at `$DISK`; the names that are left on it come last on standard output.
fn with_disk(size: &str, script: &str, run: Grade) -> Option<Ran> {
    let way = may_mount("a full disk")?;
    let disk = tempfile::tempdir().unwrap();
    let script = format!(
        "mount -t tmpfs -o mode=700,size={size} none \"$DISK\"\n{script}\n\
         code=0; \"$@\" || code=$?\n\
         for left in \"$DISK\"/*; do echo \"left ${{left#\"$DISK\"/}}\"; done\nexit $code"
    );
    Some(run.env("DISK", disk.path()).in_shell(&script, way).run())
}

#[test]
fn for_the_kit_is_told_before_anything_is_built() {
    let Some(ran) = with_disk(
        "1m",
        "export GRADE_CACHE=\"$DISK/cache\"",
        reference_graded(),
    ) else {
        return;
    };
    ran.exits(5)
        .says("error: the disk of the cache is full: ")
        .says(HINT)
        .keeps_quiet_about(".building-");
}

#[test]
fn while_an_exercise_is_built_leaves_nothing_half_written() {
    for size in ["48k", "160k"] {
        // The kit is mounted into the cache: only the exercise is written to the small disk.
        let script = "GRADE_CACHE=\"$DISK\"; export GRADE_CACHE\n\
             for kit in \"$SHARED\"/kit-*; do\n\
               if test -d \"$kit\"; then to=\"$DISK/${kit##*/}\"; mkdir \"$to\"; mount --bind \"$kit\" \"$to\"; fi\n\
             done";
        let Some(ran) = with_disk(
            size,
            script,
            reference_graded().env("SHARED", shared_cache()),
        ) else {
            return;
        };
        let ran = ran
            .exits(5)
            .says("of probe cannot be built: the disk of the cache is full")
            .says(HINT);
        let left: Vec<_> = ran
            .stdout
            .lines()
            .filter_map(|line| line.strip_prefix("left probe-"))
            .collect();
        let locks = left
            .iter()
            .filter(|name| Path::new(name).extension().is_some_and(|e| e == "lock"));
        assert_eq!(locks.count(), left.len(), "{ran}");
    }
}

#[test]
fn of_temporary_files_is_never_the_students_fault() {
    for size in ["16k", "64k"] {
        let script = "TMPDIR=\"$DISK\"; export TMPDIR";
        let Some(ran) = with_disk(size, script, reference_graded()) else {
            return;
        };
        ran.exits(5)
            .says(HINT)
            .keeps_quiet_about("left grade-run-")
            .keeps_quiet_about("not graded");
    }
}
