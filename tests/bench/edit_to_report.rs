//! From an edited submission to the printed report, in ratios of one run.
//!
//! `cargo bench` prints: `grade exercise-3` against a warm `cargo test` of the same eleven checks
//! written as ordinary paused-time tests (aim: at most 0.6), and against the rustc calls it makes
//! (aim: at most 1.4). Both are measured in turns, after an edit each, so that a busy machine slows
//! both; the median of the turns' ratios counts.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

/// Turns that count; one more goes before them, to warm up.
const TURNS: usize = 15;

fn main() {
    // `cargo test` runs benches with `--test`: nothing is measured then.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().expect("a temporary folder");
    let project = Project::new(root, folder.path());
    let mut against_cargo = Vec::new();
    let mut against_rustc = Vec::new();
    for turn in 0..=TURNS {
        project.edit(turn);
        let (graded, rustc) = project.grade();
        project.edit(turn + 1000);
        let tested = project.cargo_test();
        if turn > 0 {
            against_cargo.push(graded.as_secs_f64() / tested.as_secs_f64());
            against_rustc.push(graded.as_secs_f64() / rustc.as_secs_f64());
            eprintln!(
                "turn {turn}: grade {} ms, its rustc calls {} ms, cargo test {} ms",
                graded.as_millis(),
                rustc.as_millis(),
                tested.as_millis()
            );
        }
    }
    println!(
        "edit to report / warm cargo test of the same checks: {:.2}",
        median(against_cargo)
    );
    println!(
        "edit to report / the rustc calls it makes:           {:.2}",
        median(against_rustc)
    );
}

fn median(mut ratios: Vec<f64>) -> f64 {
    ratios.sort_by(f64::total_cmp);
    ratios[ratios.len() / 2]
}

/// The reference answer as a student's crate, with the same checks as its tests.
struct Project {
    folder: PathBuf,
    source: String,
}

impl Project {
    fn new(root: &Path, folder: &Path) -> Self {
        let solution = root.join("solutions/exercise-3");
        for below in ["src", "tests"] {
            fs::create_dir_all(folder.join(below)).expect("a writable folder");
        }
        fs::copy(solution.join("Cargo.toml"), folder.join("Cargo.toml")).expect("the manifest");
        fs::copy(
            root.join("tests/bench/checks.rs"),
            folder.join("tests/checks.rs"),
        )
        .expect("the checks");
        let source = fs::read_to_string(solution.join("src/lib.rs")).expect("the reference answer");
        Self {
            folder: folder.to_owned(),
            source,
        }
    }

    /// Changes a line of code, not only a comment.
    fn edit(&self, turn: usize) {
        let edited = format!("{}\npub const EDIT: usize = {turn};\n", self.source);
        fs::write(self.folder.join("src/lib.rs"), edited).expect("a writable folder");
    }

    /// Time to the printed report, and of it, from the first rustc's start to the last one's end.
    fn grade(&self) -> (Duration, Duration) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_grade"));
        command
            .args(["exercise-3", "--timings", "--format", "json", "--path"])
            .arg(&self.folder);
        let (took, output) = timed(&mut command);
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a report");
        assert_eq!(report["status"], "passed", "{report}");
        let stages = report["timings"].as_array().expect("timings");
        let rustc = stages
            .iter()
            .find(|stage| stage["stage"] == "rustc")
            .expect("a rustc stage");
        (
            took,
            Duration::from_secs_f64(rustc["ms"].as_f64().expect("a number") / 1000.0),
        )
    }

    fn cargo_test(&self) -> Duration {
        let mut command = Command::new(env!("CARGO"));
        command
            .args(["test", "--quiet", "--test", "checks"])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .env_remove("RUSTFLAGS");
        timed(&mut command).0
    }
}

fn timed(command: &mut Command) -> (Duration, Output) {
    let began = Instant::now();
    let output = command.output().expect("the program starts");
    let took = began.elapsed();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    (took, output)
}
