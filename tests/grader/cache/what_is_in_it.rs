//! `grade cache`: what is cached, how much it is, and how it goes.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::bench::{
    Grade, Submission, answering, cache_copy, grade, names, reference_graded, running_in, until,
};

fn cache_command(cache: &Path, arguments: &[&str]) -> Grade {
    grade(["cache"]).args(arguments).cache(cache)
}

fn contents(cache: &Path) -> Value {
    cache_command(cache, &["--format", "json"])
        .run()
        .exits(0)
        .only_reports()
        .json()
}

/// Bytes of all files below a folder.
fn bytes(folder: &Path) -> u64 {
    names(folder)
        .into_iter()
        .map(|name| {
            let path = folder.join(name);
            let metadata = fs::symlink_metadata(&path).unwrap();
            if metadata.is_dir() {
                bytes(&path)
            } else {
                metadata.len()
            }
        })
        .sum()
}

#[test]
fn is_shown_by_kind_with_its_size_in_bytes_and_for_people() {
    let cache = cache_copy(|name| name != "results");
    reference_graded().cache(cache.path()).run().exits(0);
    let json = contents(cache.path());
    let entries = json["entries"].as_array().unwrap();
    for entry in entries {
        let path = cache.path().join(entry["name"].as_str().unwrap());
        if path.is_dir() {
            assert_eq!(entry["bytes"], bytes(&path), "{entry}");
        }
        assert_eq!(entry["in_use"], false, "{entry}");
    }
    let sum: u64 = entries
        .iter()
        .map(|entry| entry["bytes"].as_u64().unwrap())
        .sum();
    assert_eq!(json["bytes"], sum);
    let shown = cache_command(cache.path(), &[])
        .run()
        .exits(0)
        .only_reports();
    for kind in ["kit", "exercise", "results", "toolchain"] {
        let of_kind = entries.iter().filter(|entry| entry["kind"] == kind);
        assert!(of_kind.count() > 0, "{json}");
        assert!(
            shown
                .stdout
                .lines()
                .any(|line| line.starts_with(&format!("  {kind} "))),
            "{shown}"
        );
    }
    shown.reports(&format!("({sum} bytes)")).reports(" MiB (");
}

#[test]
fn is_cleared_but_for_what_is_remembered_and_what_is_not_the_graders() {
    let cache = cache_copy(|name| name != "results");
    reference_graded().cache(cache.path()).run().exits(0);
    fs::write(cache.path().join("diary"), "mine").unwrap();
    cache_command(cache.path(), &["clear"])
        .run()
        .exits(0)
        .reports("freed ");
    assert_eq!(names(cache.path()), ["diary", "results", "toolchain.json"]);
    cache_command(cache.path(), &["clear", "--all"])
        .run()
        .exits(0);
    assert_eq!(names(cache.path()), ["diary"]);
    cache_command(cache.path(), &["clear"])
        .run()
        .exits(0)
        .reports("freed 0 B (0 bytes)\n");
}

#[cfg(target_os = "linux")]
#[test]
fn stays_for_as_long_as_a_run_uses_it() {
    let cache = cache_copy(|_| true);
    let endless = Submission::new(&answering("loop { std::hint::spin_loop() }"));
    let temporary = tempfile::tempdir().unwrap();
    let run = endless
        .graded()
        .cache(cache.path())
        .temporary(temporary.path())
        .start();
    until("the driver", || {
        let running = running_in(temporary.path());
        running.iter().any(|name| name == "driver").then_some(())
    });
    let in_use = |kind: &str| {
        let json = contents(cache.path());
        let entries = json["entries"].as_array().unwrap().iter();
        let used = entries.filter(|entry| entry["kind"] == kind && entry["in_use"] == true);
        used.count()
    };
    assert_eq!((in_use("kit"), in_use("exercise")), (1, 1));
    cache_command(cache.path(), &["clear"])
        .run()
        .exits(0)
        .reports("left, since a run uses it: kit-");
    // It goes on as if nothing had been: a check that never ends fails, and the other one is judged.
    let ran = run.ends().exits(1);
    assert!(ran.stdout.contains("score 40/100"), "{ran}");
    cache_command(cache.path(), &["clear"])
        .run()
        .exits(0)
        .keeps_quiet_about("left");
    let left = names(cache.path());
    assert!(
        !left
            .iter()
            .any(|name| name.starts_with("kit-") || name.starts_with("probe-")),
        "{left:?}"
    );
}

#[test]
fn is_no_place_for_what_is_no_command() {
    let cache = cache_copy(|_| false);
    for wrong in [
        &["clean"][..],
        &["clear", "--everything"],
        &["--format", "xml"],
    ] {
        let ran = cache_command(cache.path(), wrong).run().exits(2);
        assert_eq!(ran.stdout, "");
    }
}
