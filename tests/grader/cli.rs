//! The command line: its help, its streams, its exit codes, its colours.

use std::fs::File;
use std::io::Read;
use std::os::fd::OwnedFd;
use std::process::{Command, Stdio};

use clap::builder::StyledStr;

use crate::bench::{Submission, answering, course, grade, reference, shared_cache};

/// Every command, with the words that name it.
fn commands() -> Vec<(Vec<String>, clap::Command)> {
    let mut root = grade::cli::command();
    root.build();
    let mut all = Vec::new();
    let mut next = vec![(Vec::new(), root)];
    while let Some((words, command)) = next.pop() {
        next.extend(command.get_subcommands().map(|inner| {
            let mut words: Vec<String> = words.clone();
            words.push(inner.get_name().to_owned());
            (words, inner.clone())
        }));
        // What clap adds to a command with commands of its own says what ours does.
        if words.len() < 2 || words.last().is_some_and(|word| word != "help") {
            all.push((words, command));
        }
    }
    assert!(
        all.iter()
            .any(|(words, _)| words.join(" ") == "cache clear")
    );
    all
}

#[test]
fn every_line_of_help_fits_a_hundred_columns() {
    for (words, _) in commands() {
        for help in ["--help", "-h"] {
            let ran = grade(words.iter().map(String::as_str).chain([help]))
                .run()
                .exits(0)
                .only_reports();
            for line in ran.stdout.lines() {
                assert!(
                    line.chars().count() <= 100,
                    "{} columns: {line}",
                    line.chars().count()
                );
            }
            assert!(ran.stdout.contains("Usage: grade"), "{ran}");
        }
    }
}

#[test]
fn every_option_and_command_is_explained_in_a_sentence() {
    for (words, command) in commands() {
        let arguments = command
            .get_arguments()
            .filter(|argument| !argument.is_hide_set());
        let mut told: Vec<_> = arguments
            .map(|a| {
                (
                    a.get_id().to_string(),
                    a.get_help().map(StyledStr::to_string),
                )
            })
            .collect();
        told.push((
            command.get_name().to_owned(),
            command.get_about().map(StyledStr::to_string),
        ));
        for (name, help) in told
            .into_iter()
            .filter(|(name, _)| !["help", "version"].contains(&name.as_str()))
        {
            let help =
                help.unwrap_or_else(|| panic!("`{}` has no help for `{name}`", words.join(" ")));
            assert!(help.starts_with(char::is_uppercase), "{name}: {help}");
            assert!(help.chars().count() <= 100, "{name}: {help}");
        }
    }
}

#[test]
fn help_names_every_exit_code() {
    let help = grade(["--help"]).run().exits(0).stdout;
    for code in [
        "0 all checks passed",
        "1 not all passed",
        "2 usage",
        "3 rejected",
        "5 the grader itself failed",
        "130 interrupted",
    ] {
        assert!(help.contains(code), "{help}");
    }
}

#[test]
fn what_is_no_option_is_a_usage_error() {
    for wrong in [
        &["--bogus"][..],
        &["probe", "--format", "yaml"],
        &["probe", "--color", "red"],
        &["start"],
        &["probe", "more"],
    ] {
        let ran = grade(wrong).run().exits(2);
        assert_eq!(ran.stdout, "");
        assert!(ran.stderr.starts_with("error: "), "{ran}");
    }
    grade(["--version"]).run().exits(0).reports("grade 0.");
}

#[test]
fn run_is_the_long_form() {
    let submission = Submission::new(&reference());
    let short = submission.graded().run().exits(0);
    let long = grade(["run", "probe", "--course"])
        .arg(course())
        .arg("--path")
        .arg(submission.path())
        .run()
        .exits(0);
    assert_eq!((short.stdout, short.stderr), (long.stdout, long.stderr));
}

#[test]
fn one_check_can_be_run_alone() {
    let submission = Submission::new(&answering("41"));
    insta::assert_snapshot!(submission.graded().args(["--check", "it_counts"]).run().exits(0).stdout, @"
    probe · Probe
      ✓ it counts                                                    40/40
    score 40/40
    ");
}

#[test]
fn exit_zero_is_for_what_the_student_did_and_nothing_else() {
    let wrong = Submission::new(&answering("41"));
    let zero = wrong.graded().arg("--exit-zero").run().exits(0);
    assert_eq!(zero.stdout, wrong.graded().run().exits(1).stdout);
    Submission::new(&answering("\"42\""))
        .graded()
        .arg("--exit-zero")
        .run()
        .exits(0)
        .reports("not graded");
    grade(["nothing", "--exit-zero", "--course"])
        .arg(course())
        .run()
        .exits(2);
    wrong
        .graded()
        .arg("--exit-zero")
        .env("PATH", "/nowhere")
        .run()
        .exits(5);
}

#[test]
fn json_is_alone_on_standard_output_and_the_same_in_every_run() {
    let loud = "println!(\"{{\\\"status\\\": \\\"passed\\\"}}\"); eprintln!(\"noise\"); 41";
    for (lib, code) in [
        (reference(), 0),
        (answering(loud), 1),
        (answering("\"42\""), 3),
        (String::new(), 3),
    ] {
        let submission = Submission::new(&lib);
        let runs = [(); 2].map(|()| {
            submission
                .graded()
                .args(["--format", "json"])
                .run()
                .exits(code)
                .only_reports()
        });
        assert_eq!(runs[0].stdout, runs[1].stdout);
        let verdict = runs[0].json();
        assert_eq!(
            (&verdict["schema"], &verdict["exercise"]),
            (&"grade.verdict/1".into(), &"probe".into())
        );
        assert!(verdict.get("timings").is_none());
    }
}

#[test]
fn json_says_nothing_on_standard_output_when_there_is_no_verdict() {
    let ran = grade(["probe", "--format", "json", "--path", "nowhere", "--course"])
        .arg(course())
        .run()
        .exits(2);
    ran.only_says("error: no submission at nowhere: there is nothing");
}

#[test]
fn quiet_shows_no_progress_while_something_is_built() {
    let submission = Submission::new(&reference());
    let cache = crate::bench::cache_copy(crate::bench::kits);
    submission
        .graded()
        .arg("--quiet")
        .cache(cache.path())
        .run()
        .exits(0)
        .only_reports();
}

mod colour {
    use super::*;

    const ESCAPE: char = '\u{1b}';

    #[test]
    fn stays_out_of_files_and_pipes_unless_it_is_asked_for() {
        let submission = Submission::new(&answering("41"));
        let plain = submission.graded().run().exits(1).stdout;
        assert!(!plain.contains(ESCAPE));
        assert_eq!(
            submission
                .graded()
                .args(["--color", "never"])
                .run()
                .exits(1)
                .stdout,
            plain
        );
        // The option overrules the variable.
        let colored = submission
            .graded()
            .args(["--color", "always"])
            .env("NO_COLOR", "1")
            .run()
            .exits(1)
            .stdout;
        assert!(colored.contains(ESCAPE));
        assert_eq!(anstream::adapter::strip_str(&colored).to_string(), plain);
        let json = submission
            .graded()
            .args(["--color", "always", "--format", "json"])
            .run()
            .exits(1)
            .stdout;
        assert!(!json.contains(ESCAPE));
    }

    #[test]
    fn is_for_terminals_without_no_color() {
        let submission = Submission::new(&answering("41"));
        assert!(on_a_terminal(&submission, &[], None).contains(ESCAPE));
        assert!(!on_a_terminal(&submission, &[], Some("1")).contains(ESCAPE));
        assert!(
            on_a_terminal(&submission, &[], Some("")).contains(ESCAPE),
            "an empty NO_COLOR is none"
        );
        assert!(!on_a_terminal(&submission, &["--color", "never"], None).contains(ESCAPE));
        assert!(on_a_terminal(&submission, &["--color", "always"], Some("1")).contains(ESCAPE));
    }

    /// What is written to standard output when that is a terminal.
    fn on_a_terminal(
        submission: &Submission,
        arguments: &[&str],
        no_color: Option<&str>,
    ) -> String {
        use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
        let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).unwrap();
        grantpt(&ours).unwrap();
        unlockpt(&ours).unwrap();
        let name = ptsname(&ours, Vec::new()).unwrap().into_string().unwrap();
        let theirs: OwnedFd = File::options()
            .read(true)
            .write(true)
            .open(name)
            .unwrap()
            .into();
        let temporary = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_grade"));
        command
            .args(["probe", "--quiet", "--course"])
            .arg(course())
            .arg("--path")
            .arg(submission.path())
            .args(arguments)
            .env("GRADE_CACHE", shared_cache())
            .env("TMPDIR", temporary.path())
            .env_remove("NO_COLOR")
            .envs(no_color.map(|value| ("NO_COLOR", value)))
            .stdin(Stdio::null())
            .stdout(theirs);
        let mut child = command.spawn().unwrap();
        // Our copy of their end; without it the last writer's end is the end of what can be read.
        drop(command);
        let mut text = Vec::new();
        // Linux answers EIO where a closed pipe answers the end.
        let _ = File::from(ours).read_to_end(&mut text);
        assert_eq!(child.wait().unwrap().code(), Some(1));
        String::from_utf8(text).unwrap()
    }
}
