//! Where reports go: to standard output and to files, in one run, also one that is cut short.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;

use grade::report::Format;
use serde_json::Value;

use super::readers;
use crate::bench::{Submission, answering, course, grade, names, reference, running_in, until};

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in {text}"))
}

#[test]
fn one_run_writes_every_report_that_is_asked_for_and_each_reader_takes_it() {
    let (submission, folder) = (
        Submission::new(&answering("41")),
        tempfile::tempdir().unwrap(),
    );
    let formats = [
        "full",
        "concise",
        "json",
        "json-lines",
        "github",
        "markdown",
        "html",
        "junit",
        "gradescope",
        "prairielearn",
        "exercism",
        "classroom",
        "ctrf",
        "sarif",
        "vpl",
        "coderunner",
    ];
    let mut run = submission.graded().args(["--format", "json"]);
    for format in formats {
        let path = folder.path().join(format);
        run = run
            .arg("--output")
            .arg(format!("{format}={}", path.display()));
    }
    let ran = run.run().exits(1);
    assert_eq!(names(folder.path()).len(), formats.len());
    let text = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(text("json"), ran.stdout);
    assert_eq!(json(&text("gradescope"))["score"], ran.json()["score"]);
    assert!(text("full").ends_with("score 40/100\n"), "{}", text("full"));
    let mode = fs::metadata(folder.path().join("junit"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o600, 0o600);
    let at = |name: &str| folder.path().join(name);
    let counted = readers::read([at("junit").as_path()], "junit");
    assert_eq!([&counted["tests"], &counted["failures"]], [2, 1]);
    for (name, format) in [
        ("json", Format::Json),
        ("ctrf", Format::Ctrf),
        ("sarif", Format::Sarif),
    ] {
        let errors = readers::read(
            [&readers::schema(format), &at(name)].map(PathBuf::as_path),
            "schema",
        );
        assert_eq!(errors, serde_json::json!([]), "{name}");
    }
    let page = folder.path().join("page.html");
    fs::copy(at("html"), &page).unwrap();
    let shown = readers::browsed(&page, &folder.path().join("page.png"));
    assert_eq!(shown.matches("<section").count(), 2, "{shown}");
}

#[test]
fn a_report_that_cannot_be_written_is_told_of_before_the_work() {
    for wrong in [
        "junit=/nowhere/report.xml",
        "junit=/",
        "junk=report",
        "junit",
        "junit=",
    ] {
        let ran = grade(["probe", "--output", wrong, "--course"])
            .arg(course())
            .on_the_reference();
        let ran = ran.run().exits(2);
        assert_eq!(ran.stdout, "", "{ran}");
    }
    grade(["probe", "--output", "junt=x", "--course"])
        .arg(course())
        .run()
        .exits(2)
        .says("did you mean `junit`?");
    let submission = Submission::new(&reference());
    for twice in [
        ["--output=json=-", "--output=junit=-"],
        ["--format=json", "--output=junit=-"],
    ] {
        submission
            .graded()
            .args(twice)
            .run()
            .exits(2)
            .says("standard output takes one report");
    }
}

#[test]
fn a_dash_is_standard_output() {
    let submission = Submission::new(&reference());
    let ran = submission.graded().arg("--output=vpl=-").run().exits(0);
    assert!(ran.stdout.ends_with("--|>\nGrade :=>>100\n"), "{ran}");
}

#[test]
fn what_a_link_leads_to_is_replaced_and_the_link_stays() {
    let (submission, folder) = (Submission::new(&reference()), tempfile::tempdir().unwrap());
    let (file, link) = (folder.path().join("file"), folder.path().join("link"));
    fs::write(&file, "old").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    symlink(&file, &link).unwrap();
    submission
        .graded()
        .arg(format!("--output=json={}", link.display()))
        .run()
        .exits(0);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(
        json(&fs::read_to_string(&file).unwrap())["status"],
        "passed"
    );
    assert_eq!(
        fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o640
    );
    assert_eq!(names(folder.path()), ["file", "link"]);
}

#[test]
fn events_come_in_the_order_of_the_checks_and_end_with_the_verdict() {
    let submission = Submission::new(&answering("41"));
    let ran = submission
        .graded()
        .args(["--format", "json-lines"])
        .run()
        .exits(1);
    let events: Vec<Value> = ran.stdout.lines().map(json).collect();
    let kinds: Vec<_> = events
        .iter()
        .map(|event| event["event"].as_str().unwrap())
        .collect();
    let checks = kinds.len() - 2;
    assert_eq!(kinds[0], "started");
    assert_eq!(kinds[1..=checks], vec!["check"; checks]);
    assert_eq!(kinds[checks + 1], "finished");
    let named: Vec<_> = events[1..=checks]
        .iter()
        .map(|event| &event["check"]["name"])
        .collect();
    let known: Vec<_> = events[0]["checks"].as_array().unwrap().iter().collect();
    assert_eq!(named, known);
    assert_eq!(events[checks + 1]["verdict"]["status"], "failed");
    // What did not compile has no check to tell of.
    let broken = Submission::new(&answering("\"42\""));
    let ran = broken
        .graded()
        .args(["--format", "json-lines"])
        .run()
        .exits(3);
    let kinds: Vec<_> = ran
        .stdout
        .lines()
        .map(|line| json(line)["event"].clone())
        .collect();
    assert_eq!(kinds, ["started", "finished"]);
}

#[test]
fn an_event_tells_no_more_of_a_check_than_the_verdict() {
    let submission = Submission::new(&answering("41"));
    let run = submission.graded().args(["--format", "json-lines"]);
    let ran = run.args(["--disclosure", "nothing"]).run().exits(1);
    for event in ran.stdout.lines().map(json) {
        let verdict = &event["verdict"]["checks"];
        let checks = [&event["check"]]
            .into_iter()
            .chain(verdict.as_array().into_iter().flatten());
        for check in checks.filter(|check| check.is_object()) {
            assert_eq!(check["findings"], serde_json::json!([]), "{event}");
        }
    }
}

#[test]
fn github_gets_its_summary_and_outputs_in_the_files_that_it_names() {
    let (submission, folder) = (
        Submission::new(&answering("41")),
        tempfile::tempdir().unwrap(),
    );
    let (summary, outputs) = (folder.path().join("summary"), folder.path().join("outputs"));
    fs::write(&summary, "before\n").unwrap();
    submission
        .graded()
        .args(["--format", "github"])
        .env("GITHUB_STEP_SUMMARY", &summary)
        .env("GITHUB_OUTPUT", &outputs)
        .run()
        .exits(1)
        .reports("::error ");
    let text = fs::read_to_string(&summary).unwrap();
    assert!(text.starts_with("before\n## probe · Probe\n"), "{text}");
    assert_eq!(
        fs::read_to_string(&outputs).unwrap(),
        "score=40\nmax-score=100\nstatus=failed\n"
    );
}

#[test]
fn classroom_50_is_asked_for_its_variables_before_the_work() {
    let submission = Submission::new(&reference());
    let ran = submission
        .graded()
        .args(["--format", "classroom50"])
        .run()
        .exits(2);
    ran.says("CLASSROOM, ASSIGNMENT, SUBMISSION_TAG");
}

#[cfg(target_os = "linux")]
#[test]
fn a_run_that_is_cut_short_writes_what_it_has_and_says_so() {
    let endless = Submission::new(&answering("loop { std::hint::spin_loop() }"));
    let (temporary, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let path = folder.path().join("results.json");
    let run = endless
        .graded()
        .args(["--format", "json", "--output"])
        .arg(format!("gradescope={}", path.display()))
        .temporary(temporary.path())
        .start();
    until("the driver", || {
        running_in(temporary.path())
            .iter()
            .any(|name| name == "driver")
            .then_some(())
    });
    run.send(rustix::process::Signal::TERM);
    let ran = run.ends().exits(130).says("interrupted");
    let verdict = ran.json();
    assert_eq!(verdict["status"], "interrupted");
    assert!(
        verdict["trouble"]
            .as_str()
            .unwrap()
            .starts_with("the run was interrupted: ")
    );
    let report = json(&fs::read_to_string(&path).unwrap());
    assert_eq!(report["extra_data"]["status"], "interrupted");
    assert_eq!(names(folder.path()), ["results.json"]);
    assert_eq!(names(temporary.path()), [""; 0]);
}
