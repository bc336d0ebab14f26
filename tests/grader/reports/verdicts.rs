//! The verdicts that every renderer is shown.

use grade::counterexample::Counterexample;
use grade::diagnostic::{Diagnostic, Level};
use grade::lateness::{Due, Rule};
use grade::verdict::{Check, CheckFinding, CheckStatus, SCHEMA, Status, Verdict};
use trace::finding::{At, Finding};

/// What a student may put into a message: escapes of a terminal, commands of a workflow, markup, the marks of
/// platforms that read standard output, a formula.
pub const HOSTILE: &str = "\u{1b}]0;owned\u{7}\u{1b}[2J✓ passed\r\n::error::\u{202e}\n::set-output name=score::100\n\
    --|>\nGrade :=>>100\n<|--\n</pre><script>document.title='owned'</script><img src=x onerror=alert(1)>\n```\n# owned\n\
    [click](javascript:alert(1)) {0} @everyone | a | b |\n]]>\u{0}\u{9b}31m\n=HYPERLINK(\"http://x\")";

pub fn verdict(checks: Vec<Check>) -> Verdict {
    Verdict {
        schema: SCHEMA.to_owned(),
        grader: "0.1.0".to_owned(),
        exercise: "exercise-3".to_owned(),
        title: "Rate limiter".to_owned(),
        exercise_digest: "e".repeat(64),
        status: Status::Passed,
        score: 0,
        max_score: 0,
        trouble: None,
        lateness: None,
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

pub fn check(name: &str, title: &str, status: CheckStatus, max_points: u32) -> Check {
    let passed = status == CheckStatus::Passed;
    Check {
        name: name.to_owned(),
        title: title.to_owned(),
        task: None,
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

pub fn finding(kind: &str, message: &str, line: Option<u32>, advice: bool) -> CheckFinding {
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

pub fn all_passed() -> Verdict {
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

pub fn partly() -> Verdict {
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

pub fn did_not_compile() -> Verdict {
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

pub fn hostile() -> Verdict {
    let escape = HOSTILE;
    let mut failed = check(
        "first",
        "the first caller does not wait",
        CheckStatus::Failed,
        100,
    );
    failed.findings = vec![finding("panicked", escape, Some(1), false)];
    verdict(vec![failed])
}

pub fn undecided() -> Verdict {
    let mut doubted = check(
        "first",
        "the first caller does not wait",
        CheckStatus::Undecided,
        100,
    );
    doubted.doubt = Some("its judge panicked: no note\nat judge.rs:7".to_owned());
    verdict(vec![doubted])
}

pub fn under_a_schedule() -> Verdict {
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

/// A check whose findings and source the course keeps to itself: what is left is its title and its points.
pub fn non_disclosed() -> Verdict {
    let mut hidden = check(
        "hidden",
        "a check that is not disclosed",
        CheckStatus::Failed,
        60,
    );
    hidden.task = Some(2);
    let mut seen = check(
        "first",
        "the first caller does not wait",
        CheckStatus::Passed,
        40,
    );
    seen.task = Some(1);
    verdict(vec![seen, hidden])
}

/// Checks without points: what they find is told, and costs nothing.
pub fn zero_points() -> Verdict {
    let mut failed = check("style", "no clock is asked twice", CheckStatus::Failed, 0);
    failed.findings = vec![finding(
        "spinning",
        "a clock was read 2 times",
        Some(3),
        false,
    )];
    verdict(vec![
        failed,
        check(
            "first",
            "the first caller does not wait",
            CheckStatus::Passed,
            0,
        ),
    ])
}

/// Every text is as long as a student can make it.
pub fn very_long() -> Verdict {
    let long = "loooong ".repeat(40_000);
    let mut failed = check(
        "first",
        "the first caller does not wait",
        CheckStatus::Failed,
        100,
    );
    let mut found = finding("wrong-value", &long, Some(1), false);
    (found.expected, found.got) = (Some(long.clone()), Some(long));
    failed.findings = vec![found; 50];
    verdict(vec![failed])
}

/// A signal came before the last check was graded.
pub fn interrupted() -> Verdict {
    let mut verdict = all_passed();
    verdict.checks[1].status = CheckStatus::NotRun;
    verdict.checks[1].points = 0;
    verdict.cut_short()
}

/// The grader failed before it knew any check.
pub fn grader_failed() -> Verdict {
    let error = "driver.rs of exercise-3 does not compile:\nerror: the hidden source";
    Verdict::begun("exercise-3", "Rate limiter").failed(error)
}

/// When it came and was due; 15 % a day are taken, for a week.
fn due(submitted: &str, extended: bool) -> Due {
    Due {
        submitted: submitted.parse().unwrap(),
        deadline: "2026-11-20T23:59:59+01:00".parse().unwrap(),
        extended,
        rule: Rule {
            percent: 15,
            cut_off: Some("7d".parse().unwrap()),
            ..Rule::default()
        },
    }
}

/// Two days have begun: 30 % of 80 points are taken.
pub fn late() -> Verdict {
    partly().due(Some(&due("2026-11-22T12:00:00Z", false)))
}

/// It came after the cut-off of a deadline of its own: nothing counts.
pub fn too_late() -> Verdict {
    all_passed().due(Some(&due("2026-12-24T18:00:00Z", true)))
}

/// It came in time, and is told to have.
pub fn in_time() -> Verdict {
    all_passed().due(Some(&due("2026-11-20T23:59:59+01:00", true)))
}

/// Each with its name in snapshots.
pub fn all() -> Vec<(&'static str, Verdict)> {
    vec![
        ("all_passed", all_passed()),
        ("partly", partly()),
        ("did_not_compile", did_not_compile()),
        ("hostile", hostile()),
        ("undecided", undecided()),
        ("under_a_schedule", under_a_schedule()),
        ("non_disclosed", non_disclosed()),
        ("zero_points", zero_points()),
        ("very_long", very_long()),
        ("interrupted", interrupted()),
        ("grader_failed", grader_failed()),
        ("late", late()),
        ("too_late", too_late()),
        ("in_time", in_time()),
    ]
}
