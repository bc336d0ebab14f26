//! What an instructor says of a course, and what comes of it: `grade.toml`, the environment, the command line, lateness.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::bench::{Grade, Ran, Submission, answering, course_copy, grade, reference};

/// A course with this `grade.toml`.
fn course_with(file: &str) -> TempDir {
    let course = course_copy();
    fs::write(course.path().join("grade.toml"), file).unwrap();
    course
}

fn graded(course: &Path, submission: &Submission, arguments: &[&str]) -> Grade {
    grade(["probe", "--course"])
        .arg(course)
        .arg("--path")
        .arg(submission.path())
        .args(arguments)
}

/// The score, the most there is, and the checks' points.
fn marks(ran: &Ran) -> (u64, u64, Vec<u64>) {
    let verdict = ran.json();
    let number = |value: &Value| value.as_u64().unwrap();
    let checks = verdict["checks"].as_array().unwrap();
    let points = checks
        .iter()
        .map(|check| number(&check["points"]))
        .collect();
    (
        number(&verdict["score"]),
        number(&verdict["max_score"]),
        points,
    )
}

#[test]
fn points_are_rescaled_to_whole_ones_that_add_up() {
    let course = course_with("points = 7\n");
    let submission = Submission::new(&reference());
    let ran = graded(course.path(), &submission, &["--format", "json"])
        .run()
        .exits(0);
    // 60 and 40 of 100 are 4.2 and 2.8 of 7.
    assert_eq!(marks(&ran), (7, 7, vec![4, 3]));
    // A part of the exercise is worth what it is worth in the whole.
    let part = ["--format", "json", "--check", "it_counts"];
    let ran = graded(course.path(), &submission, &part).run().exits(0);
    assert_eq!(marks(&ran), (3, 3, vec![3]));
    graded(course.path(), &submission, &[])
        .run()
        .exits(0)
        .reports("score 7/7\n");
}

#[test]
fn the_command_line_counts_before_the_environment_and_that_before_the_file() {
    let course = course_with("points = 7\n[exercise.probe]\npoints = 8\n");
    let submission = Submission::new(&reference());
    let max = |run: Grade| marks(&run.args(["--format", "json"]).run().exits(0)).1;
    let run = || graded(course.path(), &submission, &[]);
    assert_eq!(max(run()), 8);
    assert_eq!(max(run().env("GRADE_POINTS", "9")), 9);
    assert_eq!(
        max(run().env("GRADE_POINTS", "9").args(["--points", "10"])),
        10
    );
    // An empty variable says nothing.
    assert_eq!(max(run().env("GRADE_POINTS", "")), 8);
}

#[test]
fn whatever_is_wrong_in_the_file_is_a_usage_error_with_its_place_for_every_command() {
    let course = course_with("points = 7\n\n[late]\npercnt = 10\n");
    let path = fs::canonicalize(course.path()).unwrap().join("grade.toml");
    let said = format!(
        "error: {}:4:1: there is no key `late.percnt`; did you mean `percent`?",
        path.display()
    );
    for command in [
        &["probe"][..],
        &["list"],
        &["config"],
        &["start", "probe", "nowhere"],
    ] {
        grade(command)
            .arg("--course")
            .arg(course.path())
            .run()
            .exits(2)
            .only_says(&said);
    }
    // An exercise is proved as its author wrote it, whatever an instructor says.
    fs::write(
        course.path().join("grade.toml"),
        "schedules = 0\npoints = 1\n",
    )
    .unwrap();
    let proof = grade(["verify", "probe", "--quiet", "--schedules", "1", "--course"])
        .arg(course.path())
        .run();
    proof.reports("100 points");
}

#[test]
fn a_variable_or_an_option_that_is_wrong_is_a_usage_error() {
    let submission = Submission::new(&reference());
    for (name, value) in [
        ("GRADE_POINTS", "ten"),
        ("GRADE_SUBMITTED_AT", "yesterday"),
        ("GRADE_DISCLOSURE", "all"),
        ("GRADE_LATE", "maybe"),
        ("GRADE_SCHEDULES", "-1"),
        ("GRADE_CONFIG", "/nowhere/grade.toml"),
        ("GRADE_EXTENSIONS", "/nowhere/who.toml"),
        ("GRADE_COURSE", "/nowhere"),
    ] {
        let run = match name {
            "GRADE_COURSE" => grade(["probe"]),
            _ => submission.graded(),
        };
        let ran = run.env(name, value).run().exits(2);
        assert_eq!(ran.stdout, "", "{ran}");
        let told = ran.stderr.contains(name) || ran.stderr.contains("/nowhere");
        assert!(told && ran.stderr.starts_with("error: "), "{ran}");
    }
    for wrong in [
        ["--points", "10001"],
        ["--submitted-at", "2026-11-20"],
        ["--deadline", "2026-11-20T12:00:00"],
        ["--late", "never"],
        ["--wall-ms", "1"],
        ["--config", "/nowhere/grade.toml"],
    ] {
        submission
            .graded()
            .args(wrong)
            .run()
            .exits(2)
            .says("error: ");
    }
}

const RULES: &str = "\
deadline = 2026-11-20T23:59:59+01:00
extensions = \"who.toml\"
[late]
percent = 10
grace = \"15min\"
cap = 50
cut_off = \"7d\"
";

const WHO: &str = "\
[groups]
lab-1 = [\"grace\", \"edsger\"]
[[extension]]
student = \"ada\"
deadline = 2026-11-22T23:59:59+01:00
[[extension]]
group = \"lab-1\"
exercise = \"probe\"
deadline = 2026-11-21T23:59:59+01:00
";

fn course_with_a_deadline() -> TempDir {
    let course = course_with(RULES);
    fs::write(course.path().join("who.toml"), WHO).unwrap();
    course
}

#[test]
fn lateness_is_taken_from_the_score_and_the_report_has_it_before_and_after() {
    let course = course_with_a_deadline();
    let submission = Submission::new(&answering("41"));
    let late = ["--submitted-at", "2026-11-22T12:00:00+01:00"];
    // 20 % of 40.
    graded(course.path(), &submission, &late)
        .run()
        .exits(1)
        .reports("late: handed in 1 d 12 h after the deadline, 2026-11-20T23:59:59+01:00; 20 % of 40 points were taken")
        .reports("score 32/100 (40 before lateness)\n");
    let verdict = graded(course.path(), &submission, &late)
        .args(["--format", "json"])
        .run()
        .exits(1)
        .json();
    assert_eq!(
        verdict["lateness"],
        serde_json::json!({
            "submitted_at": "2026-11-22T12:00:00+01:00",
            "deadline": "2026-11-20T23:59:59+01:00",
            "extended": false,
            "late_seconds": 129_601,
            "percent": 20,
            "score_before": 40,
        })
    );
    assert_eq!(verdict["score"], 32);
}

/// The score of a right answer.
fn score(course: &Path, at: &str, more: &[&str]) -> u64 {
    let submission = Submission::new(&reference());
    let run = graded(
        course,
        &submission,
        &["--format", "json", "--submitted-at", at],
    );
    // All checks pass, however late it is.
    marks(&run.args(more).run().exits(0)).0
}

#[test]
fn grace_cap_cut_off_and_extensions_are_kept() {
    let course = course_with_a_deadline();
    for (at, student, left) in [
        ("2026-11-20T23:59:59+01:00", None, 100),
        ("2026-11-21T00:14:59+01:00", None, 100),
        ("2026-11-21T00:15:00+01:00", None, 90),
        ("2026-11-27T12:00:00Z", None, 50),
        ("2026-11-28T12:00:00Z", None, 0),
        ("2026-11-22T12:00:00Z", Some("ada"), 100),
        ("2026-11-22T12:00:00Z", Some("grace"), 90),
        ("2026-11-22T12:00:00Z", Some("lab-1"), 90),
        ("2026-11-22T12:00:00Z", Some("nobody"), 80),
    ] {
        let more: Vec<_> = student
            .into_iter()
            .flat_map(|name| ["--student", name])
            .collect();
        assert_eq!(score(course.path(), at, &more), left, "{at} {student:?}");
    }
}

#[test]
fn lateness_is_off_where_the_platform_takes_its_own_and_where_nobody_tells_when_it_came() {
    let course = course_with_a_deadline();
    let late = "2026-11-25T12:00:00Z";
    assert_eq!(score(course.path(), late, &[]), 50);
    assert_eq!(score(course.path(), late, &["--late", "off"]), 100);
    let submission = Submission::new(&reference());
    let run = || graded(course.path(), &submission, &["--format", "json"]);
    let told = run().env("GRADE_SUBMITTED_AT", late);
    assert_eq!(marks(&told.run().exits(0)).0, 50);
    let off = run()
        .env("GRADE_SUBMITTED_AT", late)
        .env("GRADE_LATE", "off");
    assert_eq!(marks(&off.run().exits(0)).0, 100);
    let ran = run().run().exits(0);
    assert_eq!(marks(&ran).0, 100);
    assert_eq!(ran.json().get("lateness"), None);
    // The file can say it for a whole course.
    fs::write(
        course.path().join("grade.toml"),
        format!("{RULES}apply = false\n"),
    )
    .unwrap();
    assert_eq!(score(course.path(), late, &[]), 100);
    assert_eq!(score(course.path(), late, &["--late", "on"]), 50);
}

#[test]
fn an_extensions_file_that_is_wrong_is_told_of_before_the_work() {
    let course = course_with_a_deadline();
    let who = course.path().join("who.toml");
    fs::write(&who, format!("{WHO}reson = \"ill\"\n")).unwrap();
    let submission = Submission::new(&reference());
    let ran = graded(course.path(), &submission, &[]).run().exits(2);
    assert!(
        ran.stderr.ends_with("who.toml:10:1: there is no key `extension.reson`; there are student, group, exercise, deadline\n"),
        "{ran}"
    );
    fs::remove_file(&who).unwrap();
    graded(course.path(), &submission, &[])
        .run()
        .exits(2)
        .says("who.toml cannot be read");
}

#[test]
fn stored_traces_are_judged_by_the_same_rules() {
    let course = course_with_a_deadline();
    let submission = Submission::new(&answering("41"));
    let folder = tempfile::tempdir().unwrap();
    let trace = folder.path().join("trace");
    let rules = [
        "--format",
        "json",
        "--points",
        "10",
        "--submitted-at",
        "2026-11-22T12:00:00Z",
    ];
    let drive = graded(course.path(), &submission, &rules)
        .arg("--trace")
        .arg(&trace)
        .run()
        .exits(1);
    let judge = grade(["judge", "--course"])
        .arg(course.path())
        .arg(&trace)
        .args(rules)
        .run()
        .exits(1);
    assert_eq!(judge.stdout, drive.stdout);
    assert_eq!(marks(&judge).0, 4);
}

#[test]
fn an_exercise_that_the_course_leaves_out_is_not_graded() {
    let course = course_with("exercises = [\"other\"]\n");
    let (probe, other) = (
        course.path().join("tests/probe"),
        course.path().join("tests/other"),
    );
    crate::bench::copy_folder(&probe, &other, &|from, to| fs::copy(from, to).map(drop));
    let submission = Submission::new(&reference());
    graded(course.path(), &submission, &[])
        .run()
        .exits(2)
        .says("error: `probe` is no exercise of this course\nhint: `exercises` in its grade.toml leaves it out");
    let listed = grade(["list", "--course"])
        .arg(course.path())
        .run()
        .exits(0);
    listed
        .reports("other  Probe")
        .keeps_quiet_about("probe  Probe");
}

#[test]
fn schedules_seed_and_limits_are_those_of_the_file() {
    let course = course_with("schedules = 3\nlimits.wall_ms = 300\n");
    let submission = Submission::new(&reference());
    let json = ["--format", "json"];
    let verdict = graded(course.path(), &submission, &json)
        .run()
        .exits(0)
        .json();
    assert_eq!(verdict["schedules"], 3);
    let nearer = graded(course.path(), &submission, &json).env("GRADE_SCHEDULES", "5");
    assert_eq!(nearer.run().exits(0).json()["schedules"], 5);
    let endless = Submission::new(&answering("loop { std::hint::spin_loop() }"));
    let stopped = graded(course.path(), &endless, &json).run().exits(1).json();
    let said = stopped["checks"][0]["findings"][0]["message"]
        .as_str()
        .unwrap();
    assert!(said.contains("300 ms"), "{said}");
}

/// What `grade config` prints, without what differs from machine to machine.
fn shown(course: &Path, arguments: &[&str]) -> String {
    let ran = grade(["config", "--course"])
        .arg(course)
        .args(arguments)
        .run()
        .exits(0)
        .only_reports();
    let root = fs::canonicalize(course).unwrap();
    let text = ran.stdout.replace(&root.display().to_string(), "ROOT");
    // How wide columns are depends on the root's length.
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    text.lines().map(words).collect::<Vec<_>>().join("\n")
}

#[test]
fn config_shows_what_is_in_force_and_where_it_comes_from() {
    let course = course_with(&format!(
        "seed = 77\npoints = 7\n{RULES}[exercise.probe]\npoints = 8\n"
    ));
    fs::write(course.path().join("who.toml"), WHO).unwrap();
    insta::assert_snapshot!("config_of_a_course", shown(course.path(), &[]));
    let near = ["probe", "--points", "9", "--student", "ada"];
    insta::assert_snapshot!("config_of_an_exercise", shown(course.path(), &near));
    let verdict: Value =
        serde_json::from_str(&shown(course.path(), &["probe", "--format", "json"])).unwrap();
    let setting = |name: &str| {
        let settings = verdict["settings"].as_array().unwrap();
        settings
            .iter()
            .find(|setting| setting["name"] == name)
            .unwrap()
            .clone()
    };
    assert_eq!(verdict["schema"], "grade.config/1");
    assert_eq!(setting("points")["value"], 8);
    assert_eq!(setting("points")["from"]["kind"], "file");
    assert_eq!(setting("points")["from"]["line"], 11);
    assert_eq!(setting("schedules")["value"], 64);
    assert_eq!(setting("schedules")["from"]["kind"], "built-in");
}

#[test]
fn a_seed_of_the_courses_own_is_shown_on_request_only() {
    let course = course_with("seed = 7_654_321\n");
    for format in ["text", "json"] {
        let hidden = shown(course.path(), &["--format", format]);
        assert!(
            !hidden.contains("7654321") && !hidden.contains("7_654_321"),
            "{hidden}"
        );
        let open = shown(course.path(), &["--format", format, "--show-seed"]);
        assert!(open.contains("7654321"), "{open}");
    }
    let submission = Submission::new(&answering("41"));
    for format in ["full", "json", "html"] {
        let ran = graded(course.path(), &submission, &["--format", format])
            .run()
            .exits(1);
        ran.keeps_quiet_about("7654321");
    }
}

#[test]
fn a_file_in_the_working_folder_is_not_used_unless_it_is_named() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("grade.toml"), "points = 1\n").unwrap();
    let submission = Submission::new(&reference());
    let run = || submission.graded().from(folder.path());
    run().run().exits(0).reports("score 100/100");
    run()
        .args(["--config", "grade.toml"])
        .run()
        .exits(0)
        .reports("score 1/1");
    run()
        .env("GRADE_CONFIG", "grade.toml")
        .run()
        .exits(0)
        .reports("score 1/1");
    grade(["config"])
        .from(folder.path())
        .env("GRADE_POINT", "7")
        .run()
        .exits(0)
        .reports("note: GRADE_POINT is not known; did you mean GRADE_POINTS?")
        .reports("note: ./grade.toml is not used; --config grade.toml would use it");
}

#[test]
fn a_course_can_be_named_in_the_environment() {
    let course = course_with("points = 7\n");
    let submission = Submission::new(&reference());
    grade(["probe", "--path"])
        .arg(submission.path())
        .env("GRADE_COURSE", course.path())
        .run()
        .exits(0)
        .reports("score 7/7");
}
