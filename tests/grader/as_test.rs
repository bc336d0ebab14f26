//! `--as-test`: a failed check becomes a paused test of the student's own crate. It fails there under plain cargo, on
//! unmodified tokio, with the finding's sentence, and passes when the crate has a right answer.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::bench::{copy_folder, grade};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Mistakes whose failure plain tokio shows, in each of the ways in which a test can see one.
const SHOWN: [(&str, &str); 11] = [
    ("04-spawn", "sleeps_the_thread"),
    ("05a-gather", "awaited_in_turn"),
    ("05a-gather", "as_they_complete"),
    ("11a-semaphore", "one_too_many"),
    ("11a-semaphore", "hands_over_to_one_who_left"),
    ("exercise-1", "no_limit"),
    ("exercise-1", "first_found_depth"),
    ("exercise-3", "fixed_window"),
    ("exercise-3", "keeper_outlives_the_limiter"),
    ("exercise-3", "lost_ticket_stops_the_queue"),
    ("exercise-3", "spins_with_yield_now"),
];

/// A student's crate: a copy of what the exercise hands out, in a folder of its own.
struct Crate {
    exercise: &'static str,
    folder: tempfile::TempDir,
}

impl Crate {
    fn new(exercise: &'static str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let handed_out = Path::new(ROOT).join("exercises").join(exercise);
        copy_folder(&handed_out, folder.path(), &|from, to| {
            let is_built = from.components().any(|part| part.as_os_str() == "target");
            if is_built {
                Ok(())
            } else {
                fs::copy(from, to).map(drop)
            }
        });
        let lock = folder.path().join("Cargo.lock");
        fs::copy(Path::new(ROOT).join("Cargo.lock"), lock).unwrap();
        for own in ["tests", "examples"] {
            let _ = fs::remove_dir_all(folder.path().join(own));
        }
        fs::create_dir(folder.path().join("tests")).unwrap();
        Self { exercise, folder }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Has this mistake as its answer; answers with the check that catches it.
    fn has_mistake(&self, name: &str) -> String {
        let mistakes = Path::new(ROOT)
            .join("tests")
            .join(self.exercise)
            .join("mistakes");
        let text = fs::read_to_string(mistakes.join(format!("{name}.rs"))).unwrap();
        fs::write(self.path().join("src/lib.rs"), &text).unwrap();
        let caught = text
            .lines()
            .find_map(|line| line.strip_prefix("//! caught-by: "));
        caught.expect("a mistake names its check").to_owned()
    }

    fn has_the_reference(&self) {
        let reference = Path::new(ROOT)
            .join("solutions")
            .join(self.exercise)
            .join("src");
        copy_folder(&reference, &self.path().join("src"), &|from, to| {
            // A copy of the file would be as old as the file, and cargo would build nothing.
            fs::write(to, fs::read(from)?)
        });
    }

    /// What `grade` writes for this check, and the sentence of what it found.
    fn as_test(&self, check: &str) -> (String, String) {
        let graded = |more: &[&str]| {
            let common = [self.exercise, "--check", check, "--path"];
            grade(common).arg(self.path()).args(more).run().exits(1)
        };
        let verdict = graded(&["--format", "json"]).json();
        let finding = &verdict["checks"][0]["findings"][0];
        let sentence = finding["message"].as_str().unwrap().to_owned();
        (graded(&["--as-test"]).stdout, sentence)
    }

    /// `cargo test`, as a student runs it; whether it succeeded, and what it said.
    fn tests(&self, arguments: &[&str]) -> (bool, String) {
        let output = Command::new(env!("CARGO"))
            .arg("test")
            .args(arguments)
            .current_dir(self.path())
            .env("CARGO_TARGET_DIR", target())
            .env_remove("RUSTFLAGS")
            .env_remove("RUST_BACKTRACE")
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].concat();
        (
            output.status.success(),
            String::from_utf8_lossy(&said).into_owned(),
        )
    }
}

/// Shared with the other crates that are built on plain tokio.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("plain-tokio")
}

#[test]
fn a_failure_is_a_test_that_fails_with_its_sentence_and_passes_with_the_reference() {
    let mut crates = BTreeMap::new();
    for (exercise, mistake) in SHOWN {
        let krate = crates
            .entry(exercise)
            .or_insert_with(|| Crate::new(exercise));
        let check = krate.has_mistake(mistake);
        let (test, sentence) = krate.as_test(&check);
        // Two mistakes of one check are two tests.
        let name = format!("{mistake}_{check}");
        fs::write(krate.path().join(format!("tests/{name}.rs")), test).unwrap();
        let (passes, said) = krate.tests(&["--test", &name]);
        assert!(!passes, "{exercise} {mistake} passes:\n{said}");
        assert!(
            said.contains(&sentence),
            "{exercise} {mistake} fails without {sentence:?}:\n{said}"
        );
    }
    for (exercise, krate) in crates {
        krate.has_the_reference();
        let (passes, said) = krate.tests(&["--tests"]);
        assert!(passes, "{exercise}, right:\n{said}");
    }
}

#[test]
fn what_plain_tokio_cannot_show_is_refused_with_the_reason() {
    for (exercise, mistake, why) in [
        (
            "04-spawn",
            "starts_when_it_is_awaited",
            "plain tokio cannot show this `wrong-output`: a test cannot read what is printed from it",
        ),
        (
            "exercise-2",
            "limits_opening_only",
            "plain tokio cannot show this `unbounded`: on a real disk nothing takes virtual time",
        ),
    ] {
        let krate = Crate::new(exercise);
        let check = krate.has_mistake(mistake);
        let refused = grade([exercise, "--check", &check, "--as-test", "--path"])
            .arg(krate.path())
            .run()
            .exits(2)
            .says(why);
        assert_eq!(refused.stdout, "");
    }
}

#[test]
fn a_check_that_is_told_less_of_becomes_no_test() {
    let krate = Crate::new("05a-gather");
    let check = krate.has_mistake("awaited_in_turn");
    for told in ["got", "hint", "nothing"] {
        let common = ["05a-gather", "--check", &check, "--as-test"];
        let refused = grade(common)
            .args(["--disclosure", told, "--path"])
            .arg(krate.path())
            .run()
            .exits(2)
            .says("the course tells less of");
        assert_eq!(refused.stdout, "");
    }
}

#[test]
fn a_check_that_passes_has_no_counterexample() {
    let krate = Crate::new("05a-gather");
    krate.has_the_reference();
    let common = ["05a-gather", "--check", "fetches_overlap", "--as-test"];
    grade(common)
        .arg("--path")
        .arg(krate.path())
        .run()
        .exits(2)
        .says("`fetches_overlap` did not fail: there is no counterexample");
}
