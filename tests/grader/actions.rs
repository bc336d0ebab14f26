//! The action for GitHub and the workflows: read by actionlint, and run here step by step.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::bench::{Submission, answering, course, names, shared_cache};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// What actionlint has against workflows.
fn lint(files: &[PathBuf]) -> Vec<String> {
    let root = Path::new(ROOT);
    assert!(
        root.join("target/readers/stamp").exists(),
        "run tests/readers/install"
    );
    let output = Command::new("node")
        .arg(root.join("tests/readers/lint.mjs"))
        .args(files)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn actionlint_has_nothing_against_the_workflows() {
    let folders =
        [".github/workflows", ".github/course"].map(|folder| Path::new(ROOT).join(folder));
    let files = |folder: &PathBuf| {
        let names = names(folder).into_iter();
        names.map(|name| folder.join(name)).collect::<Vec<_>>()
    };
    let files: Vec<_> = folders.iter().flat_map(files).collect();
    assert!(files.len() >= 4, "{files:?}");
    assert_eq!(lint(&files), Vec::<String>::new());
    // It can say no.
    let wrong = tempfile::NamedTempFile::with_suffix(".yml").unwrap();
    fs::write(
        wrong.path(),
        "on: push\njobs: {a: {runs-on: nowhere, steps: []}}\n",
    )
    .unwrap();
    assert_ne!(lint(&[wrong.path().to_owned()]), Vec::<String>::new());
}

/// A folder for the PATH, in which these commands are scripts.
fn stubs(commands: &[(&str, String)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, script) in commands {
        let path = folder.path().join(name);
        fs::write(&path, format!("#!/usr/bin/env bash\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }
    folder
}

/// A step of the action, as its action.yml has it, with `on_path` before everything else.
fn step(run: &str, on_path: &Path) -> Command {
    let action = Path::new(ROOT).join(".github/actions/grade");
    let text = fs::read_to_string(action.join("action.yml")).unwrap();
    let script = format!("\"$GITHUB_ACTION_PATH/grade.sh\" {run}");
    assert!(text.contains(&format!("run: '{script}'\n")), "{script}");
    let path = std::env::var("PATH").unwrap();
    let mut command = Command::new("bash");
    command
        .args([
            "--noprofile",
            "--norc",
            "-e",
            "-o",
            "pipefail",
            "-c",
            &script,
        ])
        .env("GITHUB_ACTION_PATH", action)
        .env("PATH", format!("{}:{path}", on_path.display()));
    command
}

/// What came of grading a submission in the action.
struct Graded {
    code: Option<i32>,
    stdout: String,
    outputs: String,
    summary: String,
    environment: String,
    folder: tempfile::TempDir,
}

fn graded(submission: &Path) -> Graded {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let grade = format!(
        "env > {}\nexec {} \"$@\"",
        at("environment").display(),
        env!("CARGO_BIN_EXE_grade")
    );
    let on_path = stubs(&[("grade", grade)]);
    for name in ["outputs", "summary"] {
        fs::write(at(name), "").unwrap();
    }
    let output = step("grade", on_path.path())
        .env("EXERCISE", "probe")
        .env("SUBMISSION", submission)
        .env("COURSE", course())
        .env("FORMATS", format!("junit={}\n", at("report.xml").display()))
        .env("REQUIRE", "seccomp")
        .env("RUNNER_TEMP", folder.path())
        .env("GITHUB_OUTPUT", at("outputs"))
        .env("GITHUB_STEP_SUMMARY", at("summary"))
        .env("GITHUB_ACTIONS", "true")
        .env("GITHUB_TOKEN", "ghs_not_for_students")
        .env("ACTIONS_RUNTIME_TOKEN", "not_for_students")
        .env("ACTIONS_RESULTS_URL", "https://not-for-students.test")
        .env("GRADE_CACHE", shared_cache())
        .output()
        .unwrap();
    let read = |name: &str| fs::read_to_string(at(name)).unwrap_or_default();
    Graded {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        outputs: read("outputs"),
        summary: read("summary"),
        environment: read("environment"),
        folder,
    }
}

#[test]
fn a_passing_submission_passes_the_step_and_sets_its_outputs() {
    let ran = graded(&course().join("solutions/probe"));
    assert_eq!(ran.code, Some(0), "{}", ran.stdout);
    let report = ran.folder.path().join("grade-report.json");
    let verdict: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(&report).unwrap()).unwrap();
    assert_eq!(verdict["status"], "passed");
    let expected = format!(
        "score={}\nmax-score={}\nstatus=passed\nreport={}\n",
        verdict["score"],
        verdict["max_score"],
        report.display()
    );
    assert_eq!(ran.outputs, expected);
    assert!(ran.summary.contains("Probe"), "{}", ran.summary);
    assert!(ran.folder.path().join("report.xml").is_file());
}

#[test]
fn no_token_is_there_while_a_submission_is_graded() {
    let ran = graded(&course().join("solutions/probe"));
    assert!(ran.environment.contains("GITHUB_STEP_SUMMARY="));
    assert!(
        !ran.environment.contains("for_students"),
        "{}",
        ran.environment
    );
    assert!(
        !ran.environment.contains("for-students"),
        "{}",
        ran.environment
    );
}

#[test]
fn a_failing_submission_fails_the_step_and_is_annotated() {
    let wrong = Submission::new(&answering("43"));
    let ran = graded(wrong.path());
    assert_eq!(ran.code, Some(1), "{}", ran.stdout);
    assert!(ran.outputs.contains("status=failed\n"), "{}", ran.outputs);
    assert!(ran.stdout.contains("::error "), "{}", ran.stdout);
}

#[test]
fn what_does_not_compile_is_rejected_with_the_compilers_words() {
    let wrong = Submission::new("fn answer( {");
    let ran = graded(wrong.path());
    assert_eq!(ran.code, Some(3), "{}", ran.stdout);
    assert!(ran.outputs.contains("status=rejected\n"), "{}", ran.outputs);
    assert!(ran.stdout.contains("::error "), "{}", ran.stdout);
}

#[test]
fn the_other_steps_ask_for_the_rust_that_the_manifest_names_and_install_from_the_action_itself() {
    let said = |name: &str, run: &str| {
        let on_path = stubs(&[(name, "echo \"$0 $*\" | sed 's#.*/##'".to_owned())]);
        let output = step(run, on_path.path()).output().unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    };
    let rust = env!("CARGO_PKG_RUST_VERSION");
    assert_eq!(
        said("rustup", "toolchain"),
        format!("rustup toolchain install {rust} --profile minimal\nrustup default {rust}\n")
    );
    let installed = said("cargo", "install");
    let root = Path::new(ROOT).file_name().unwrap().to_string_lossy();
    assert!(installed.trim_end().ends_with(&*root), "{installed}");
}
