//! Schedules: what only some of them bring about is found, shrunk and driven again exactly.

use std::path::Path;

use serde_json::{Value, json};

use crate::bench::{Grade, Ran, Submission, grade};

/// The waiter looks, and by the time it waits nobody is left to wake it.
const LOST_WAKEUP: &str = r"
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use tokio::{sync::Notify, task::yield_now};

pub async fn scenario() -> u64 {
    let (ready, notify) = (Arc::new(AtomicBool::new(false)), Arc::new(Notify::new()));
    let (theirs, sends) = (ready.clone(), notify.clone());
    let sender = tokio::spawn(async move {
        yield_now().await;
        yield_now().await;
        theirs.store(true, SeqCst);
        sends.notify_waiters();
    });
    let waiter = tokio::spawn(async move {
        if !ready.load(SeqCst) {
            yield_now().await;
            notify.notified().await;
        }
    });
    let _ = tokio::join!(sender, waiter);
    0
}
";

fn course() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/grader/programs/course")
}

fn graded(submission: &Submission) -> Grade {
    grade(["scenario", "--format", "json", "--course"])
        .arg(course())
        .arg("--path")
        .arg(submission.path())
}

fn check(ran: &Ran) -> Value {
    ran.json()["checks"][0].clone()
}

/// A scenario of this body, which takes no time.
fn taking_no_time(body: &str) -> Submission {
    Submission::new(&format!(
        "pub async fn scenario() -> u64 {{\n{body}\n0\n}}\n"
    ))
}

#[test]
fn a_lost_wakeup_is_found_shrunk_and_told() {
    let submission = Submission::new(LOST_WAKEUP);
    let found = check(&graded(&submission).run().exits(1));
    assert_eq!(found["schedule"]["perturbations"], 1, "{found:#}");
    let told = found["schedule"]["told"][0].as_str().unwrap();
    assert!(
        told.starts_with("task 2 (src/lib.rs:15) held back ") && told.contains(" while task 1 "),
        "{told}"
    );
}

#[test]
fn the_command_in_the_report_drives_the_same_again() {
    let submission = Submission::new(LOST_WAKEUP);
    let found = check(&graded(&submission).run().exits(1));
    let replay = found["replay"].as_str().unwrap();
    let options: Vec<_> = replay.split(' ').skip(2).collect();
    let mut again = check(&graded(&submission).args(&options).run().exits(1));
    let mut found = found.clone();
    // Which of the seeds found it is not known from its code.
    found["schedule"]["seed"] = Value::Null;
    again["schedule"]["seed"] = Value::Null;
    assert_eq!(again, found);
}

#[test]
fn without_seeded_schedules_it_is_not_found() {
    let submission = Submission::new(LOST_WAKEUP);
    for options in [["--schedules", "0"], ["--schedule", "plain"]] {
        let ran = graded(&submission).args(options).run().exits(0);
        assert_eq!(ran.json()["schedules"], 0);
    }
}

#[test]
fn a_seeded_schedule_is_driven_by_its_number() {
    let submission = Submission::new(LOST_WAKEUP);
    let found = check(&graded(&submission).run().exits(1));
    let seed = found["schedule"]["seed"].to_string();
    let again = check(
        &graded(&submission)
            .args(["--schedule", &seed])
            .run()
            .exits(1),
    );
    assert_eq!(again["findings"][0]["kind"], found["findings"][0]["kind"]);
    let before = found["schedule"]["seed"].as_u64().unwrap() - 1;
    let fewer = before.to_string();
    graded(&submission)
        .args(["--schedules", &fewer])
        .run()
        .exits(0);
}

#[test]
fn another_seed_makes_other_schedules() {
    let submission = Submission::new(LOST_WAKEUP);
    let with = |seed: &str| {
        let ran = graded(&submission).args(["--seed", seed]).run().exits(1);
        check(&ran)["schedule"]["seed"].clone()
    };
    let numbers: Vec<_> = ["0", "1", "2", "3", "4"].map(with).to_vec();
    assert!(numbers.iter().any(|n| *n != numbers[0]), "{numbers:?}");
}

#[test]
fn what_is_no_schedule_is_refused() {
    for code in ["0", "2", "2.x", "-1", "a=b", ""] {
        if code != "2" {
            grade(["exercise-3", "--schedule", code]).run().exits(2);
        }
    }
    grade(["exercise-3", "--schedule", "2.3", "--schedules", "5"])
        .run()
        .exits(2)
        .says("cannot be used with");
}

#[test]
fn what_a_submission_keeps_in_statics_is_no_failure_of_a_schedule() {
    let submission = taking_no_time(
        "static DRIVES: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
        let before = DRIVES.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        tokio::time::sleep(std::time::Duration::from_millis(before)).await;",
    );
    let ran = graded(&submission).run().exits(0);
    assert_eq!(check(&ran)["schedule"], Value::Null);
}

#[test]
fn what_fails_behind_a_leftover_of_statics_is_found() {
    // The second drive of a process takes longer than any other: that does not come again in a fresh one.
    let leftover = "pub async fn scenario() -> u64 {
    static DRIVES: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
    if DRIVES.fetch_add(1, SeqCst) == 1 {
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }";
    let both = LOST_WAKEUP.replace("pub async fn scenario() -> u64 {", leftover);
    let found = check(&graded(&Submission::new(&both)).run().exits(1));
    assert_eq!(found["findings"][0]["kind"], "lost-wakeup", "{found:#}");
}

#[test]
fn what_is_never_twice_the_same_leaves_the_check_undecided() {
    let submission = taking_no_time("println!(\"{:p}\", Box::new(1));");
    let ran = graded(&submission).run().exits(5);
    let check = check(&ran);
    assert_eq!(check["status"], "undecided");
    let doubt = check["doubt"].as_str().unwrap();
    assert!(
        doubt.starts_with(
            "nondeterministic: two drives of one schedule differ: first `0 ms task 0 printed"
        ),
        "{doubt}"
    );
}

#[test]
fn what_rests_on_the_date_is_found_when_it_is_another() {
    let year = "let now = std::time::SystemTime::now();
        let since = now.duration_since(std::time::UNIX_EPOCH).unwrap();";
    let rests = taking_no_time(&format!(
        "{year} tokio::time::sleep(std::time::Duration::from_millis(since.as_secs() / 1_900_000_000)).await;"
    ));
    let found = check(&graded(&rests).run().exits(1));
    assert_eq!(found["findings"][0]["kind"], "real-clock", "{found:#}");
    let prints = taking_no_time(&format!("{year} println!(\"it is {{since:?}}\");"));
    graded(&prints).run().exits(0);
}

#[test]
fn a_check_for_the_plain_schedule_only_is_driven_under_no_other() {
    let submission = Submission::new(LOST_WAKEUP);
    let course = tempfile::tempdir().unwrap();
    crate::bench::copy_folder(&self::course(), course.path(), &|from, to| {
        std::fs::copy(from, to).map(drop)
    });
    let driver = course.path().join("tests/scenario/driver.rs");
    let text = std::fs::read_to_string(&driver).unwrap();
    std::fs::write(
        &driver,
        text.replace("#[drive]", "#[drive(schedules = plain)]"),
    )
    .unwrap();
    let graded = || {
        grade(["scenario", "--format", "json", "--course"])
            .arg(course.path())
            .arg("--path")
            .arg(submission.path())
    };
    for options in [&[][..], &["--schedules", "64"], &["--schedule", "2.0x3"]] {
        let ran = graded().args(options).run().exits(0);
        assert_eq!(check(&ran)["status"], json!("passed"));
    }
}
