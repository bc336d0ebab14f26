//! Code that does not compile, or should not.

use std::fmt::Write as _;

use serde_json::Value;

use super::impatient_course;
use crate::bench::{Submission, answering, grade, reference};

#[test]
fn that_does_not_compile_is_shown_as_rustc_words_it_against_its_own_paths() {
    let submission = Submission::new("mod inner;\npub use inner::*;\n").with(
        "src/inner.rs",
        answering("let answer: u32 = \"42\";\n    answer"),
    );
    let report = submission
        .is_rejected()
        .reports("--> src/inner.rs:22:23")
        .reports("expected `u32`, found `&str`");
    let here = submission.path().display().to_string();
    assert!(
        !report.stdout.contains(&here) && !report.stdout.contains("/tmp"),
        "{report}"
    );

    let verdict = submission
        .graded()
        .args(["--format", "json"])
        .run()
        .exits(3)
        .json();
    assert_eq!(verdict["status"], "rejected");
    assert_eq!(verdict["diagnostics"][0]["code"], "E0308");
    assert_eq!(verdict["diagnostics"][0]["at"]["file"], "src/inner.rs");
    assert_eq!(verdict["diagnostics"][0]["at"]["line"], 22);
    assert_eq!(verdict["checks"][0]["status"], "not-run");
    assert_eq!(
        (&verdict["score"], &verdict["max_score"]),
        (&Value::from(0), &Value::from(100))
    );
}

#[test]
fn that_does_not_parse_is_shown_as_rustc_words_it_too() {
    Submission::new(&answering("(42"))
        .is_rejected()
        .reports("mismatched closing delimiter")
        .reports("--> src/lib.rs:22:5");
}

#[test]
fn that_panics_while_it_compiles_is_not_the_graders_failure() {
    Submission::new(&answering("const { panic!(\"not now\") }"))
        .is_rejected()
        .reports("not now")
        .reports("src/lib.rs:22");
}

#[test]
fn that_names_a_crate_outside_the_kit_is_told_which_there_are() {
    let submission = Submission::new(&answering("rand::random()")).with(
        "Cargo.toml",
        "[package]\nname = \"probe\"\n[dependencies]\nrand = \"0.9\"\n",
    );
    submission.is_rejected().reports("unlinked crate `rand`").reports(
        "help: the crates you can use are tokio, futures, tokio_stream, tokio_util, async_stream, bytes, thiserror, anyhow; \
         `rand` is not one of them",
    );
    // What the kit's own crates are built on cannot be named either.
    Submission::new(&answering("{ extern crate pin_project_lite; 42 }"))
        .is_rejected()
        .reports("`pin_project_lite` is not one of them");
    Submission::new(&answering("{ use lab::Lab; 42 }"))
        .is_rejected()
        .reports("unresolved import `lab`");
}

#[test]
fn that_uses_what_is_withheld_is_told_why() {
    let told = |body: &str, sentence: &str| {
        Submission::new(&answering(body))
            .is_rejected()
            .reports(&format!("\n  help: {sentence}\n"));
    };
    told(
        "tokio::net::TcpStream::connect(\"localhost:80\").await.map_or(0, |_| 42)",
        "`tokio::net` is not part of the grader's tokio: there is no network under the paused clock; \
         the exercise hands you what stands for it",
    );
    told(
        "tokio::time::pause(); 42",
        "`tokio::time::pause` is not part of the grader's tokio: the clock is the grader's: \
         it is paused already, and moves when every task waits",
    );
    told(
        "{ use tokio::time::{advance, sleep}; advance(std::time::Duration::ZERO).await; 42 }",
        "`tokio::time::advance` is not part of the grader's tokio: the clock is the grader's: \
         it moves by itself when every task waits",
    );
    told(
        "{ use tokio::runtime::LocalOptions; let _ = LocalOptions::default(); 42 }",
        "`tokio::runtime::LocalOptions` is not part of the grader's tokio: the grader steps no such runtime; \
         `tokio::task::LocalSet` has tasks that are not Send",
    );
    told(
        "{ let mut own = tokio::runtime::Builder::new_current_thread(); own.start_paused(true); 42 }",
        "`tokio::runtime::Builder::start_paused` is not part of the grader's tokio: the clock is the grader's: \
         it is paused already, in your own runtimes too",
    );
    told(
        "{ use tokio::task::join_set::JoinSet; JoinSet::<()>::new().len() as u32 + 42 }",
        "`tokio::task::join_set` is not part of the grader's tokio: it is one of tokio's unstable features; \
         `JoinSet` is in `tokio::task` itself",
    );
    told(
        "{ use tokio::task::Builder; Builder::new().spawn(async { 42 }).unwrap().await.unwrap() }",
        "`tokio::task::Builder` is not part of the grader's tokio: it is one of tokio's unstable features",
    );
    // A type of the submission's own that has the name of one of tokio's.
    let own = "{ struct Builder; Builder.start_paused(); 42 }";
    let report = Submission::new(&answering(own)).is_rejected().stdout;
    assert!(
        report.contains("no method named `start_paused`"),
        "{report}"
    );
    assert!(!report.contains("help:"), "{report}");
}

#[test]
fn that_is_unsafe_is_refused() {
    Submission::new(&answering("unsafe { std::hint::unreachable_unchecked() }"))
        .is_rejected()
        .reports("`unsafe` is refused")
        .reports("at src/lib.rs:");
}

#[test]
fn with_two_megabytes_of_errors_is_short_on_a_terminal_and_capped_in_json() {
    let mut lib = reference();
    for number in 0..6000 {
        let _ = writeln!(lib, "pub const WRONG_{number}: u32 = \"the wrong type\";");
    }
    let submission = Submission::new(&lib);
    let report = submission.is_rejected().stdout;
    assert!(report.len() < 4_000, "{} bytes", report.len());
    let closing =
        "  … and 5995 messages more; --format json has the first 100\nnot graded: no check ran\n";
    assert!(report.ends_with(closing), "{report}");

    let run = submission
        .graded()
        .args(["--format", "json"])
        .run()
        .exits(3);
    assert!(run.stdout.len() < 200_000, "{} bytes", run.stdout.len());
    let verdict = run.json();
    assert_eq!(verdict["diagnostics"].as_array().unwrap().len(), 100);
    assert_eq!(verdict["diagnostics_left_out"], 5900);
}

#[test]
fn with_one_error_of_two_megabytes_is_cut() {
    let message = "again ".repeat(150_000);
    let submission = Submission::new(&format!("compile_error!(\"{message}\");"));
    let report = submission.is_rejected().stdout;
    assert!(report.len() < 20_000, "{} bytes", report.len());
    let json = submission
        .graded()
        .args(["--format", "json"])
        .run()
        .exits(3)
        .stdout;
    assert!(json.len() < 40_000, "{} bytes", json.len());
}

#[test]
fn that_compiles_without_end_is_stopped() {
    let course = impatient_course("compile_ms = 1000");
    let lib = answering("const { let mut n = 1_u32; while n > 0 { n = n % 7 + 1; } n }");
    let submission = Submission::new(&format!("#![allow(long_running_const_eval)]\n{lib}"));
    let run = grade(["probe", "--course"])
        .arg(course.path())
        .arg("--path")
        .arg(submission.path())
        .run();
    run.exits(3)
        .reports("error: compiling took longer than 1 s")
        .reports("not graded");
}

#[test]
fn that_crashes_the_compiler_is_told_so() {
    let deep = format!("{}1{}", "(".repeat(100_000), ")".repeat(100_000));
    Submission::new(&answering(&deep)).is_rejected();
}

/// The reference answer, which spawns a task that holds `made` while it yields.
fn holding(made: &str) -> String {
    let task = format!(
        "tokio::spawn(async {{ let held = {made}; tokio::task::yield_now().await; drop(held) }});\n    42"
    );
    answering(&task)
}

#[test]
fn that_sends_a_guard_across_an_await_is_told_that_and_what_to_do() {
    let mutex = "static LOCK: std::sync::Mutex<u32> = std::sync::Mutex::new(0);\n";
    let rwlock = "static LOCK: std::sync::RwLock<u32> = std::sync::RwLock::new(0);\n";
    let sentence = |guard: &str, lock: &str| {
        format!(
            "\n  help: lock-across-await: a `std::sync::{guard}` is alive while the task waits, and whoever locks \
             meanwhile stops the whole thread: end its scope before the `.await`, or use `tokio::sync::{lock}` if \
             the lock must be held\n"
        )
    };
    Submission::new(&(holding("LOCK.lock().unwrap()") + mutex))
        .is_rejected()
        .reports("future cannot be sent between threads safely")
        .reports(&sentence("MutexGuard", "Mutex"));
    Submission::new(&(holding("LOCK.write().unwrap()") + rwlock))
        .is_rejected()
        .reports(&sentence("RwLockWriteGuard", "RwLock"));
}

#[test]
fn that_sends_anything_else_across_an_await_is_told_nothing_of_locks() {
    Submission::new(&holding("std::rc::Rc::new(0)"))
        .is_rejected()
        .reports("future cannot be sent between threads safely")
        .keeps_quiet_about("lock-across-await");
    Submission::new(&answering(
        "{ fn send<T: Send>(_: T) {}\n    let lock = std::sync::Mutex::new(0); send(lock.lock().unwrap()); 42 }",
    ))
    .is_rejected()
    .reports("MutexGuard")
    .keeps_quiet_about("lock-across-await");
}
