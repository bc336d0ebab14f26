//! What is in a cache is built once, and anew when it is damaged.

use std::fs;
use std::path::{Path, PathBuf};

use crate::bench::{Submission, answering, cache_copy, kits, names, reference_graded};

#[test]
fn is_built_by_one_of_two_that_start_at_once() {
    let cache = cache_copy(kits);
    let both = [reference_graded(), reference_graded()].map(|run| run.cache(cache.path()).start());
    let both = both.map(|run| run.ends().has_full_marks());
    let built: Vec<_> = both
        .iter()
        .filter(|ran| {
            ran.stderr
                .contains("building the driver and judge of probe")
        })
        .collect();
    assert_eq!(built.len(), 1, "{both:?}");
    assert_eq!(both[0].stdout, both[1].stdout);
    assert_eq!(
        names(cache.path())
            .iter()
            .filter(|name| name.contains(".building-"))
            .count(),
        0
    );
}

#[test]
fn that_is_there_is_used_without_a_word() {
    reference_graded().run().has_full_marks().only_reports();
}

#[test]
fn of_an_exercise_that_lost_a_file_or_part_of_it_is_built_anew() {
    for damage in [remove, truncate] {
        let cache = cache_copy(|_| true);
        for entry in entries(cache.path(), "probe-") {
            damage(&entry.join("driver"));
        }
        reference_graded()
            .cache(cache.path())
            .run()
            .has_full_marks()
            .says("building the driver and judge of probe");
        reference_graded()
            .cache(cache.path())
            .run()
            .has_full_marks()
            .only_reports();
    }
}

#[test]
fn of_an_exercise_with_other_bytes_is_built_anew_in_the_same_run() {
    for file in [
        "driver",
        "judge",
        "adapter.rs",
        "libcontract.rlib",
        "exercise.json",
    ] {
        let cache = cache_copy(|_| true);
        for entry in entries(cache.path(), "probe-") {
            overwrite(&entry.join(file));
        }
        reference_graded()
            .cache(cache.path())
            .run()
            .has_full_marks()
            .says("building the driver and judge of probe");
    }
}

#[test]
fn with_the_kit_that_lost_part_of_a_file_is_built_anew() {
    let cache = cache_copy(|_| true);
    for kit in entries(cache.path(), "kit-") {
        truncate(&kit.join("deps/libkit.so"));
    }
    reference_graded()
        .cache(cache.path())
        .run()
        .has_full_marks()
        .says("building the kit");
}

#[test]
fn with_the_kit_with_other_bytes_costs_no_student_a_mark() {
    // What a process loads, what rustc reads before it compiles, and what says where those are.
    for file in ["deps/libkit.so", "deps/libbytes-*.rlib", "crates.json"] {
        let cache = cache_copy(|_| true);
        for kit in entries(cache.path(), "kit-") {
            overwrite(&the_file(&kit, file));
        }
        let submission = Submission::new(&answering(
            "bytes::Bytes::from_static(b\"..........................................\").len() as u32",
        ));
        submission
            .graded()
            .cache(cache.path())
            .run()
            .has_full_marks()
            .says("building the kit");
    }
}

#[test]
fn with_the_kit_that_loads_no_more_is_not_taken_for_the_students_crash() {
    let cache = cache_copy(|_| true);
    for kit in entries(cache.path(), "kit-") {
        let path = kit.join("deps/libkit.so");
        let mut bytes = fs::read(&path).unwrap();
        // The machine that an ELF file is for: rustc does not look at it, whoever loads the file does.
        bytes[18] ^= 0xff;
        replace(&path, &bytes);
    }
    reference_graded()
        .cache(cache.path())
        .run()
        .has_full_marks()
        .says("building the kit");
}

/// The entries of the kit or of an exercise, without what the reference answer's timelines are kept in.
fn entries(cache: &Path, prefix: &str) -> Vec<PathBuf> {
    let found: Vec<_> = names(cache)
        .into_iter()
        .filter(|name| name.starts_with(prefix) && cache.join(name).is_dir())
        .filter(|name| !name.contains("-reference-"))
        .collect();
    assert!(!found.is_empty(), "no {prefix} in {}", cache.display());
    found.into_iter().map(|name| cache.join(name)).collect()
}

/// The file whose name has this beginning and end.
fn the_file(folder: &Path, pattern: &str) -> PathBuf {
    let Some((begin, end)) = pattern.split_once('*') else {
        return folder.join(pattern);
    };
    let (below, begin) = begin.rsplit_once('/').unwrap();
    let folder = folder.join(below);
    let name = names(&folder)
        .into_iter()
        .find(|name| name.starts_with(begin) && name.ends_with(end))
        .unwrap();
    folder.join(name)
}

fn remove(file: &Path) {
    fs::remove_file(file).unwrap();
}

fn truncate(file: &Path) {
    let bytes = fs::read(file).unwrap();
    replace(file, &bytes[..bytes.len() / 2]);
}

fn overwrite(file: &Path) {
    let length = fs::metadata(file).unwrap().len();
    replace(
        file,
        &b"damaged ".repeat(1 + usize::try_from(length).unwrap() / 8)
            [..usize::try_from(length).unwrap()],
    );
}

/// The file is a hard link into the shared cache: the one there stays as it is.
fn replace(file: &Path, bytes: &[u8]) {
    let permissions = fs::metadata(file).unwrap().permissions();
    remove(file);
    fs::write(file, bytes).unwrap();
    fs::set_permissions(file, permissions).unwrap();
}
