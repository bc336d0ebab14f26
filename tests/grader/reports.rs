//! Every renderer over the same verdicts, one snapshot each.

use grade::counterexample::Counterexample;
use grade::diagnostic::{Diagnostic, Level};
use grade::report;
use grade::timings::Timings;
use grade::verdict::{Check, CheckFinding, CheckStatus, SCHEMA, Status, Verdict};
use trace::finding::{At, Finding};

fn verdict(checks: Vec<Check>) -> Verdict {
    Verdict {
        schema: SCHEMA.to_owned(),
        grader: "0.1.0".to_owned(),
        exercise: "exercise-3".to_owned(),
        title: "Rate limiter".to_owned(),
        exercise_digest: "e".repeat(64),
        status: Status::Passed,
        score: 0,
        max_score: 0,
        schedules: 64,
        submission: "5".repeat(64),
        toolchain: "1.95.0".to_owned(),
        isolation: Vec::new(),
        not_checked: Vec::new(),
        diagnostics: Vec::new(),
        diagnostics_left_out: 0,
        checks,
    }
    .summed()
}

fn check(name: &str, title: &str, status: CheckStatus, max_points: u32) -> Check {
    let passed = status == CheckStatus::Passed;
    Check {
        name: name.to_owned(),
        title: title.to_owned(),
        status,
        points: if passed { max_points } else { 0 },
        max_points,
        hints: Vec::new(),
        findings: Vec::new(),
        doubt: None,
        schedule: None,
        replay: None,
    }
}

fn finding(kind: &str, message: &str, line: Option<u32>, advice: bool) -> CheckFinding {
    let at = line.map(|line| At {
        file: "src/lib.rs".to_owned(),
        line,
    });
    let finding = Finding {
        kind: kind.to_owned(),
        message: message.to_owned(),
        at,
        virtual_ms: Some(0),
        expected: Some("a heartbeat every 10 ms".to_owned()),
        got: Some("none from 0 to 2000 ms".to_owned()),
    };
    CheckFinding::new(finding, advice)
}

fn all_passed() -> Verdict {
    verdict(vec![
        check(
            "first",
            "the first caller does not wait",
            CheckStatus::Passed,
            10,
        ),
        check(
            "window",
            "no window ever admits more than the limit",
            CheckStatus::Passed,
            90,
        ),
    ])
}

fn partly() -> Verdict {
    let held = "std::thread::sleep held the thread for 100 ms, 20 times";
    let mut failed = check(
        "heartbeat",
        "other work goes on while callers wait",
        CheckStatus::Failed,
        20,
    );
    failed.hints = vec![
        "tokio::time::sleep lets other tasks run while it waits".to_owned(),
        "really".to_owned(),
    ];
    failed.findings = vec![finding("blocked-executor", held, Some(14), false)];
    failed.replay = Some("grade exercise-3 --check heartbeat".to_owned());
    let mut advised = check(
        "window",
        "no window ever admits more than the limit",
        CheckStatus::Passed,
        70,
    );
    advised.findings = vec![
        finding("blocked-executor", held, Some(14), true),
        finding(
            "blocked-executor",
            "std::fs was used on the runtime's thread",
            Some(30),
            true,
        ),
    ];
    verdict(vec![
        check(
            "first",
            "the first caller does not wait",
            CheckStatus::Passed,
            10,
        ),
        advised,
        failed,
    ])
}

fn did_not_compile() -> Verdict {
    let rendered = "error[E0425]: cannot find value `x`\n --> src/lib.rs:3:5\n  |\n3 |     x\n  |     ^ not found\n";
    let error = Diagnostic {
        level: Level::Error,
        code: Some("E0425".to_owned()),
        message: "cannot find value `x`".to_owned(),
        at: Some(At {
            file: "src/lib.rs".to_owned(),
            line: 3,
        }),
        rendered: rendered.to_owned(),
        help: Some("the crates you can use are tokio, futures".to_owned()),
    };
    let mut verdict = verdict(vec![check(
        "first",
        "the first caller does not wait",
        CheckStatus::NotRun,
        100,
    )]);
    verdict.diagnostics = vec![error; 7];
    verdict.diagnostics_left_out = 2000;
    verdict
}

fn hostile() -> Verdict {
    let escape = "\u{1b}]0;owned\u{7}\u{1b}[2J✓ passed\r\n::error::\u{202e}";
    let mut failed = check(
        "first",
        "the first caller does not wait",
        CheckStatus::Failed,
        100,
    );
    failed.findings = vec![finding("panicked", escape, Some(1), false)];
    verdict(vec![failed])
}

fn undecided() -> Verdict {
    let mut doubted = check(
        "first",
        "the first caller does not wait",
        CheckStatus::Undecided,
        100,
    );
    doubted.doubt = Some("its judge panicked: no note\nat judge.rs:7".to_owned());
    verdict(vec![doubted])
}

fn under_a_schedule() -> Verdict {
    let mut failed = check(
        "everybody_is_woken",
        "whoever waits is woken",
        CheckStatus::Failed,
        100,
    );
    failed.findings = vec![finding(
        "lost-wakeup",
        "a task waits for good",
        Some(15),
        false,
    )];
    let told = "task 1 (src/lib.rs:8) held back once at 0 ms while task 2 ran";
    let drawn = |n| format!("`latency of /{n}` is {n} instead of 100");
    failed.schedule = Some(Counterexample {
        code: "1.2,/0=0".to_owned(),
        seed: Some(12),
        perturbations: 6,
        told: [told.to_owned()]
            .into_iter()
            .chain((0..5).map(drawn))
            .collect(),
    });
    failed.replay = Some("grade exercise-3 --check everybody_is_woken --schedule 1.2".to_owned());
    verdict(vec![failed])
}

fn terminal(verdict: &Verdict) -> String {
    anstream::adapter::strip_str(&report::terminal::render(verdict)).to_string()
}

#[test]
fn the_terminal_report() {
    insta::assert_snapshot!("terminal_all_passed", terminal(&all_passed()));
    insta::assert_snapshot!("terminal_partly", terminal(&partly()));
    insta::assert_snapshot!("terminal_under_a_schedule", terminal(&under_a_schedule()));
    insta::assert_snapshot!("terminal_did_not_compile", terminal(&did_not_compile()));
    insta::assert_snapshot!("terminal_hostile", terminal(&hostile()));
    insta::assert_snapshot!("terminal_undecided", terminal(&undecided()));
}

#[test]
fn colour_adds_nothing_but_escapes() {
    let colored = report::terminal::render(&partly());
    assert!(colored.contains("\u{1b}["));
    insta::assert_snapshot!(
        "terminal_partly",
        anstream::adapter::strip_str(&colored).to_string()
    );
}

#[test]
fn a_report_ends_with_the_page_of_its_first_failure_that_has_one() {
    let mut verdict = partly();
    verdict.checks[2].findings = ["a-courses-own", "too-late", "deadlock"]
        .map(|kind| finding(kind, "it was so", None, false))
        .to_vec();
    let report = terminal(&verdict);
    assert_eq!(report.matches("grade explain").count(), 1, "{report}");
    assert!(
        report.ends_with("  more: grade explain too-late\nscore 80/100\n"),
        "{report}"
    );
}

#[test]
fn nothing_hostile_reaches_the_terminal() {
    let report = report::terminal::render(&hostile());
    for harmful in ["\u{1b}]", "\u{1b}[2J", "\u{7}", "\r", "\u{202e}"] {
        assert!(!report.contains(harmful), "{harmful:?}");
    }
}

#[test]
fn the_json_report() {
    insta::assert_snapshot!("json_partly", report::json::render(&partly(), None));
    insta::assert_snapshot!(
        "json_under_a_schedule",
        report::json::render(&under_a_schedule(), None)
    );
    insta::assert_snapshot!(
        "json_did_not_compile",
        report::json::render(&did_not_compile(), None)
    );
}

#[test]
fn timings_are_one_more_field_and_nothing_else() {
    let mut timings = Timings::default();
    timings.add("link", std::time::Duration::from_micros(20_049));
    let mut timed: serde_json::Value =
        serde_json::from_str(&report::json::render(&partly(), Some(&timings))).unwrap();
    let stages = timed.as_object_mut().unwrap().remove("timings");
    assert_eq!(
        stages,
        Some(serde_json::json!([{ "stage": "link", "ms": 20.0 }]))
    );
    let plain: serde_json::Value =
        serde_json::from_str(&report::json::render(&partly(), None)).unwrap();
    assert_eq!(timed, plain);
}

#[test]
fn a_verdict_is_read_back_from_its_json() {
    for verdict in [
        all_passed(),
        partly(),
        did_not_compile(),
        hostile(),
        undecided(),
    ] {
        let read: Verdict = serde_json::from_str(&report::json::render(&verdict, None)).unwrap();
        assert_eq!(read, verdict);
    }
}
