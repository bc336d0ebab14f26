//! What is not disclosed of a check is in no output.

use std::fs;
use std::path::Path;

use crate::bench::{Ran, Submission, answering, course_copy, grade};

/// Every output there is of a wrong answer, in one text: report, JSON, timelines, and traces that are kept.
fn everything_told(course: &Path, more: &[&str]) -> String {
    let submission = Submission::new(&answering("41"));
    let folder = tempfile::tempdir().unwrap();
    let trace = folder.path().join("trace");
    let run = |arguments: &[&str]| -> Ran {
        grade(["probe", "--course"])
            .arg(course)
            .arg("--path")
            .arg(submission.path())
            .args(arguments)
            .args(more)
            .run()
            .exits(1)
    };
    let mut told = run(&[]).stdout;
    let json = run(&["--format", "json"]).json();
    told.push_str(&json["checks"].to_string());
    told.push_str(&run(&["--timeline"]).stdout);
    told.push_str(&run(&["--trace", trace.to_str().unwrap()]).stdout);
    let events = fs::read_to_string(&trace).unwrap();
    told.extend(events.lines().filter(|line| line.contains("\"note\"")));
    told
}

/// The wrong check's: what was expected, what came, how to drive it again, the hint.
const WORDS: [&str; 4] = ["42", "41", "--check it_answers", "what is six by nine?"];

#[track_caller]
fn tells(course: &Path, more: &[&str], words: &[&str]) {
    let told = everything_told(course, more);
    for word in WORDS {
        assert_eq!(
            told.contains(word),
            words.contains(&word),
            "{word:?} in\n{told}"
        );
    }
}

#[test]
fn each_level_tells_less_in_every_output() {
    let course = course_copy();
    tells(course.path(), &[], &WORDS);
    tells(course.path(), &["--disclosure", "got"], &WORDS[1..]);
    tells(course.path(), &["--disclosure", "hint"], &WORDS[3..]);
    tells(course.path(), &["--disclosure", "nothing"], &[]);
}

#[test]
fn the_strictest_of_check_exercise_course_and_command_line_wins() {
    let course = course_copy();
    let settings = course.path().join("tests/probe/exercise.toml");
    let open = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, format!("disclosure = \"got\"\n{open}")).unwrap();
    tells(course.path(), &[], &WORDS[1..]);
    tells(course.path(), &["--disclosure", "hint"], &WORDS[3..]);
    let of_check = format!("{open}\n[disclosures]\nit_answers = \"hint\"\n");
    fs::write(&settings, of_check).unwrap();
    tells(course.path(), &["--disclosure", "got"], &WORDS[3..]);
    fs::write(
        course.path().join("grade.toml"),
        "disclosure = \"nothing\"\n",
    )
    .unwrap();
    tells(course.path(), &["--disclosure", "everything"], &[]);
}
