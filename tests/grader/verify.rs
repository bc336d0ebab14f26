//! `grade verify`: an exercise that is sound is proved, and each way in which one falls short is told.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::bench::{Ran, answering, course, course_copy, grade, reference, tree};

fn verified(course: &Path) -> Ran {
    grade(["verify", "--course"]).arg(course).run()
}

/// A copy of the course with one file of its hidden half changed; `None` removes it.
fn with(file: &str, text: Option<&str>) -> TempDir {
    let course = course_copy();
    let path = course.path().join("tests/probe").join(file);
    match text {
        Some(text) => fs::write(path, text).unwrap(),
        None => fs::remove_file(path).unwrap(),
    }
    course
}

/// The row falls short, and no other does.
#[track_caller]
fn falls_short(course: &TempDir, row: &str, shortfall: &str) {
    let ran = verified(course.path()).exits(1).reports(shortfall);
    let rows: Vec<_> = ran
        .stdout
        .lines()
        .filter(|line| line.starts_with("  ✗"))
        .collect();
    assert_eq!(rows.len(), 1, "{ran}");
    assert!(rows[0].starts_with(&format!("  ✗ {row} ")), "{ran}");
}

fn mistake(caught_by: &str, finding: &str, lib: &str) -> String {
    format!("//! caught-by: {caught_by}\n//! finding: {finding}\n{lib}")
}

#[test]
fn a_sound_exercise_is_proved_and_left_as_it_was() {
    let before = tree(course());
    let ran = verified(course()).exits(0);
    insta::assert_snapshot!(ran.stdout, @"
    probe
      ✓ points           2 checks, 100 points
      ✓ starter          unsolved: every check finds `panicked`
      ✓ reference        100 points
      ✓ deterministic    two runs, the same bytes
      ✓ limits           100 times above the reference at least
      ✓ snapshots        2 current
      ✓ timelines        1 in the README, current
      ✓ variants         2 with full marks
      ✓ mistakes         2 caught, each for its reason
      ✓ no idle check    each of 2 fails for a mistake
    ");
    assert_eq!(tree(course()), before);
}

#[test]
fn a_timeline_in_the_readme_that_is_not_current_is_told_and_can_be_rewritten() {
    let course = course_copy();
    let readme = course.path().join("exercises/probe/README.md");
    let current = fs::read_to_string(&readme).unwrap();
    let (before, behind) = current.split_once("```text\n").unwrap();
    fs::write(&readme, format!("{before}```text\nold\n{behind}")).unwrap();
    falls_short(&course, "timelines", "it_counts is not current");
    let ran = grade(["verify", "--write-timelines", "--course"]).arg(course.path());
    ran.run().exits(0);
    assert_eq!(fs::read_to_string(&readme).unwrap(), current);
    let without_end = current.replace("<!-- end of timeline -->", "");
    fs::write(&readme, without_end).unwrap();
    falls_short(&course, "timelines", "<!-- timeline: it_counts --> has no");
    fs::write(&readme, current.replace(": it_counts", ": it_sings")).unwrap();
    falls_short(&course, "timelines", "there is no check `it_sings`");
}

#[test]
fn a_check_that_fails_for_no_mistake_is_idle() {
    falls_short(
        &with("mistakes/from_zero.rs", None),
        "no idle check",
        "it_counts fails for no mistake",
    );
}

#[test]
fn a_mistake_that_is_not_caught_is_told() {
    let harmless = mistake("it_answers", "wrong-value", &reference());
    falls_short(
        &with("mistakes/harmless.rs", Some(&harmless)),
        "mistakes",
        "harmless: `it_answers` does not catch it",
    );
}

#[test]
fn a_mistake_that_another_check_catches_is_told() {
    let elsewhere = mistake("it_counts", "wrong-value", &answering("41"));
    falls_short(
        &with("mistakes/elsewhere.rs", Some(&elsewhere)),
        "mistakes",
        "elsewhere: `it_counts` does not catch it",
    );
}

#[test]
fn a_mistake_that_is_caught_for_another_reason_is_told_both() {
    let other = mistake("it_answers", "deadlock", &answering("panic!()"));
    falls_short(
        &with("mistakes/other.rs", Some(&other)),
        "mistakes",
        "other: `it_answers` finds panicked and not `deadlock`",
    );
}

#[test]
fn a_mistake_that_does_not_compile_is_shown_with_what_rustc_said() {
    let broken = mistake("it_answers", "wrong-value", &answering("\"42\""));
    falls_short(
        &with("mistakes/broken.rs", Some(&broken)),
        "mistakes",
        "error[E0308]: mismatched types",
    );
}

#[test]
fn a_mistake_that_names_no_check_or_a_missing_one_is_told() {
    let speechless = with("mistakes/speechless.rs", Some(&answering("41")));
    falls_short(
        &speechless,
        "mistakes",
        "speechless: its first two lines are not `//! caught-by:` and `//! finding:`",
    );
    let unknown = mistake("it_sings", "wrong-value", &answering("41"));
    falls_short(
        &with("mistakes/unknown.rs", Some(&unknown)),
        "mistakes",
        "unknown: there is no check `it_sings`",
    );
}

#[test]
fn a_stale_or_missing_snapshot_is_told_and_left_for_review() {
    let file = "snapshots/it_answers.snap";
    let text = fs::read_to_string(course().join("tests/probe").join(file)).unwrap();
    for course in [
        with(file, Some(&text.replace("answer 42", "answer 41"))),
        with(file, None),
    ] {
        falls_short(
            &course,
            "snapshots",
            "it_answers is not current; `cargo insta review` shows what changed",
        );
        let pending = course
            .path()
            .join("tests/probe/snapshots/it_answers.snap.new");
        assert!(fs::read_to_string(&pending).unwrap().contains("answer 42"));
        // Once the old one is current again, there is nothing to review.
        fs::write(course.path().join("tests/probe").join(file), &text).unwrap();
        verified(course.path()).exits(0);
        assert!(!pending.exists());
    }
}

#[test]
fn a_starter_that_is_solved_is_told() {
    let course = course_copy();
    fs::copy(
        course.path().join("solutions/probe/src/lib.rs"),
        course.path().join("exercises/probe/src/lib.rs"),
    )
    .unwrap();
    falls_short(&course, "starter", "it_answers does not find `panicked`");
    verified(course.path()).reports("it earns 100 points");
}

#[test]
fn a_starter_that_does_not_compile_must_say_with_which_error() {
    let course = course_copy();
    let starter = course.path().join("exercises/probe/src/lib.rs");
    let unfinished = fs::read_to_string(&starter)
        .unwrap()
        .replace("todo!(\"answer\")", "");
    fs::write(starter, unfinished).unwrap();
    falls_short(&course, "starter", "it_counts does not find `panicked`");
    let settings = course.path().join("tests/probe/exercise.toml");
    let text = fs::read_to_string(&settings).unwrap();
    fs::write(
        settings,
        text.replace(
            "every-check-finds = \"panicked\"",
            "does-not-compile = \"E0308\"",
        ),
    )
    .unwrap();
    verified(course.path())
        .exits(0)
        .reports("✓ starter          unsolved: rustc refuses it with E0308");
}

#[test]
fn a_reference_without_full_marks_is_shown_with_its_report() {
    let course = course_copy();
    let reference = course.path().join("solutions/probe/src/lib.rs");
    fs::write(reference, answering("41")).unwrap();
    let ran = verified(course.path()).exits(1);
    ran.reports("the reference does not get full marks:")
        .reports("expected  42")
        .reports("it_answers is not current");
}

#[test]
fn a_variant_without_full_marks_is_named_and_one_alone_is_too_few() {
    let wrong = with("variants/wrong.rs", Some(&answering("41")));
    falls_short(&wrong, "variants", "wrong does not get full marks:");
    falls_short(
        &with("variants/mutex.rs", None),
        "variants",
        "1 of at least 2 right answers in another style",
    );
}

#[test]
fn points_that_do_not_add_up_to_a_hundred_are_told() {
    let judge = fs::read_to_string(course().join("tests/probe/judge.rs")).unwrap();
    let judge = judge.replace("points = 60", "points = 59");
    falls_short(
        &with("judge.rs", Some(&judge)),
        "points",
        "the points add up to 99, not 100",
    );
}

#[test]
fn a_driver_and_a_judge_that_do_not_fit_each_other_are_the_exercises_mistake() {
    let judge = fs::read_to_string(course().join("tests/probe/judge.rs")).unwrap();
    let renamed = with(
        "judge.rs",
        Some(&judge.replace("fn it_counts", "fn it_adds")),
    );
    let ran = verified(renamed.path()).exits(5);
    ran.says("error: driver.rs of probe does not compile:\n`it_adds` has a judge and no #[drive]");
    let broken = with("judge.rs", Some(&judge.replace("equals(&42)", "equals(42")));
    let ran = grade(["probe", "--course"])
        .arg(broken.path())
        .arg("--path")
        .arg(course().join("solutions/probe"))
        .run();
    ran.exits(5)
        .says("error: judge.rs of probe does not compile:")
        .says("judge.rs:9:")
        .says("hint: `grade verify probe`");
}

#[test]
fn a_judge_that_panics_leaves_the_check_undecided() {
    let judge = fs::read_to_string(course().join("tests/probe/judge.rs")).unwrap();
    let course_with = with(
        "judge.rs",
        Some(&judge.replace("run.notes(\"answer\").equals(&42)", "panic!(\"no judge\")")),
    );
    let run = grade(["probe", "--course"])
        .arg(course_with.path())
        .arg("--path")
        .arg(course().join("solutions/probe"))
        .run();
    insta::assert_snapshot!(run.exits(5).stdout, @"
    probe · Probe
      ? it answers                                                    0/60
          its judge panicked: no judge
      ✓ it counts                                                    40/40
    score 40/100, undecided: the grader is in doubt about what is marked with ?
    ");
}

#[test]
fn only_the_exercises_that_are_named_are_verified() {
    grade(["verify", "probe", "--course"])
        .arg(course())
        .run()
        .exits(0)
        .reports("probe\n");
    grade(["verify", "nothing", "--course"])
        .arg(course())
        .run()
        .exits(2)
        .says("there is no exercise `nothing`");
}

/// A course whose reference answer has these lines more, which no check looks at.
fn with_more_in_the_reference(lines: &str) -> TempDir {
    let course = course_copy();
    let path = course.path().join("solutions/probe/src/lib.rs");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{text}\n{lines}")).unwrap();
    course
}

const UNSEEN: &str = "pub fn unseen(n: u32) -> bool {\n    n + 1 < 2 || n == 7\n}\n";

#[test]
fn mutants_that_pass_are_told_with_their_line() {
    let course = with_more_in_the_reference(UNSEEN);
    let ran = verified(course.path()).exits(0);
    assert!(!ran.stdout.contains("mutants"), "{ran}");
    let ran = grade(["verify", "--mutants", "--course"]).arg(course.path());
    let ran = ran.run().exits(1);
    let line = fs::read_to_string(course.path().join("solutions/probe/src/lib.rs")).unwrap();
    let line = 1 + line.lines().position(|l| l.contains("n == 7")).unwrap();
    for told in [
        format!("src/lib.rs:{line} compare: `<` becomes `<=`"),
        format!("src/lib.rs:{line} arithmetic: `+` becomes `-`"),
        format!("src/lib.rs:{line} negate: `||` becomes `&&`"),
    ] {
        assert!(ran.stdout.contains(&told), "{ran}");
    }
    // What the checks do look at is caught: it is in no line.
    assert!(!ran.stdout.contains("`42` becomes `43`"), "{ran}");
}

#[test]
fn a_mutant_that_is_as_right_as_the_reference_is_no_shortfall_while_it_passes() {
    let course = with_more_in_the_reference(UNSEEN);
    let listed = |rule: &str, line: &str| {
        format!("[[equivalent]]\nrule = {rule:?}\nline = {line:?}\nbecause = \"nobody calls it\"\n")
    };
    let line = "n + 1 < 2 || n == 7";
    let rules = ["compare", "arithmetic", "negate", "off-by-one"];
    let mut all: String = rules.iter().map(|rule| listed(rule, line)).collect();
    all.push_str(&listed("compare", "42"));
    fs::write(course.path().join("tests/probe/equivalent.toml"), all).unwrap();
    let ran = grade(["verify", "--mutants", "--course"]).arg(course.path());
    let ran = ran.run().exits(1);
    ran.reports("equivalent.toml: no compare in `42` passes")
        .reports("of at least 10 mutants");
}
