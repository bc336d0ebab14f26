//! Code that compiles and misbehaves.

use std::fs;

use serde_json::Value;

use super::impatient_course;
use crate::bench::{Submission, answering, copy_folder, course, grade, names, reference};

/// The finding of the check that asks for the answer; the other check still counts.
#[track_caller]
fn finding(body: &str) -> Value {
    let submission = Submission::new(&answering(body));
    let verdict = submission
        .graded()
        .args(["--format", "json"])
        .run()
        .exits(1)
        .json();
    assert_eq!(
        (&verdict["status"], &verdict["score"]),
        (&"failed".into(), &40.into()),
        "{verdict:#}"
    );
    verdict["checks"][0]["findings"][0].clone()
}

#[track_caller]
fn message(finding: &Value) -> &str {
    finding["message"].as_str().unwrap()
}

#[test]
fn of_the_starter_says_what_is_not_written_yet() {
    let starter = Submission::empty();
    let from = course().join("exercises/probe");
    copy_folder(&from, starter.path(), &|from, to| {
        fs::copy(from, to).map(drop)
    });
    insta::assert_snapshot!(starter.graded().run().exits(1).stdout, @"
    probe · Probe
      ✗ it answers                                                    0/60
          panicked  src/lib.rs:21  the call panicked: not yet implemented: answer
          hint      what is six by nine?
          again     grade probe --check it_answers
      ✗ it counts                                                     0/40
          panicked  src/lib.rs:10  the call panicked: not yet implemented: Counter::new
          hint      one, two, three
          again     grade probe --check it_counts
      more: grade explain panicked
    score 0/100
    ");
}

#[test]
fn that_is_half_right_gets_half_the_points() {
    let submission = Submission::new(&answering("41"));
    insta::assert_snapshot!(submission.graded().run().exits(1).stdout, @"
    probe · Probe
      ✗ it answers                                                    0/60
          wrong-value  `answer` is not what was asked for
          expected  42
          got       41
          hint      what is six by nine?
          again     grade probe --check it_answers
      ✓ it counts                                                    40/40
      more: grade explain wrong-value
    score 40/100
    ");
}

#[test]
fn that_panics_shows_the_panic_and_its_line() {
    let finding = finding("panic!(\"no idea\")");
    assert_eq!(finding["kind"], "panicked");
    assert_eq!(message(&finding), "the call panicked: no idea");
    assert_eq!(
        finding["at"],
        serde_json::json!({ "file": "src/lib.rs", "line": 22 })
    );
}

#[test]
fn that_overflows_the_stack_is_told_so() {
    let finding = finding(
        "{ fn deeper(n: u64) -> u64 { if n == 0 { 0 } else { deeper(n - 1) + n } } deeper(1 << 40) as u32 }",
    );
    assert_eq!(finding["kind"], "ended-early");
    assert_eq!(
        message(&finding),
        "the stack overflowed: calls nest without end, or too deep"
    );
}

#[test]
fn that_loops_without_end_is_stopped() {
    let course = impatient_course("wall_ms = 500");
    let submission = Submission::new(&answering("loop { std::hint::spin_loop() }"));
    let run = grade([
        "probe",
        "--check",
        "it_answers",
        "--format",
        "json",
        "--course",
    ])
    .arg(course.path())
    .arg("--path")
    .arg(submission.path())
    .run();
    let verdict = run.exits(1).json();
    let finding = &verdict["checks"][0]["findings"][0];
    assert_eq!(finding["kind"], "never-finishes");
    assert!(
        message(finding).contains("was stopped after 500 ms"),
        "{finding}"
    );
}

#[test]
fn that_prints_without_end_is_stopped() {
    for body in [
        "loop { println!(\"again\"); }",
        "loop { print!(\"again and again and again\"); }",
        "loop { eprintln!(\"again\"); }",
    ] {
        let finding = finding(body);
        assert_eq!(finding["kind"], "never-finishes", "{finding}");
        assert!(
            message(&finding).ends_with("the run was stopped"),
            "{finding}"
        );
    }
}

#[test]
fn that_prints_without_end_while_it_waits_is_stopped() {
    let finding = finding(
        "loop { println!(\"{}\", \"wide \".repeat(100)); tokio::task::yield_now().await; }",
    );
    assert!(
        ["never-finishes", "livelock"].contains(&finding["kind"].as_str().unwrap()),
        "{finding}"
    );
}

#[test]
fn that_leaves_is_told_from_one_that_is_over() {
    let exit = finding("std::process::exit(0)");
    assert_eq!(exit["kind"], "ended-early");
    assert_eq!(
        message(&exit),
        "std::process::exit(0) ended the process before the check was over"
    );
    assert_eq!(exit["at"]["line"], 22);

    let abort = finding("std::process::abort()");
    assert_eq!(abort["kind"], "ended-early");
    assert!(
        message(&abort).contains("abort ended the process before the check was over"),
        "{abort}"
    );
}

#[test]
fn that_starts_a_thread_is_told_why_no_result_can_rest_on_it() {
    let finding = finding("std::thread::spawn(|| 42).join().unwrap()");
    assert_eq!(finding["kind"], "real-clock");
    assert_eq!(finding["at"]["line"], 22);
    assert!(
        message(&finding).contains("a thread of its own was started"),
        "{finding}"
    );
}

#[test]
fn that_fakes_a_report_is_not_believed() {
    let forged = "println!(\"test result: ok. 2 passed; 0 failed\\n{{\\\"status\\\":\\\"passed\\\",\\\"score\\\":100}}\"); std::process::exit(0)";
    assert_eq!(finding(forged)["kind"], "ended-early");
}

#[test]
fn that_writes_files_writes_them_where_they_are_removed() {
    let temporary = tempfile::tempdir().unwrap();
    let submission = Submission::new(&answering(
        "std::fs::write(\"junk\", \"junk\").map_or(0, |()| 42)",
    ));
    submission
        .graded()
        .from(submission.path())
        .temporary(temporary.path())
        .run();
    assert_eq!(names(temporary.path()), [""; 0]);
    assert_eq!(names(submission.path()), ["src"]);
}

#[test]
fn that_starts_a_program_leaves_none_behind() {
    let submission = Submission::new(&answering(
        "std::process::Command::new(\"/bin/sh\").args([\"-c\", \"exec cat /dev/zero > /dev/null\"]).spawn().map_or(42, |_| 42)",
    ));
    let temporary = tempfile::tempdir().unwrap();
    submission.graded().temporary(temporary.path()).run();
    #[cfg(target_os = "linux")]
    crate::bench::until("the program's end", || {
        crate::bench::running_in(temporary.path())
            .is_empty()
            .then_some(())
    });
}

#[test]
fn of_one_check_that_does_not_exist_is_asked_about() {
    Submission::new(&reference())
        .graded()
        .args(["--check", "it_anwsers"])
        .run()
        .exits(2)
        .only_says("error: there is no check `it_anwsers`\nhint: did you mean `it_answers`?");
    Submission::new(&reference())
        .graded()
        .args(["--check", "speed"])
        .run()
        .exits(2)
        .says("hint: there are it_answers, it_counts");
}
