//! What a drive costs, what one more schedule does, and what a call does that the lab has in its hands and finds nothing in.
//!
//! `cargo bench --bench schedules` prints, for each check of exercise-3's reference answer, microseconds of real time for
//! one more schedule with its judgement (at most 50 are aimed at), and milliseconds for its first drive, process and sandbox
//! included. Then nanoseconds for a call in a drive and in a program of its own, both compiled the same way. A busy machine
//! slows all of it: ratios count.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// Turns of which the median counts.
const TURNS: usize = 3;
/// Seeded schedules that one more is told from.
const FEW: u32 = 64;
const MANY: u32 = 1088;
/// Calls that one more is told from. No drive ends by their count.
const CALLS: u32 = 50_000;

/// What a submission does over and over.
const BODIES: [(&str, &str); 5] = [
    ("nothing", "std::hint::black_box(n);"),
    (
        "Instant::now",
        "std::hint::black_box(std::time::Instant::now());",
    ),
    (
        "Mutex::lock",
        "*LOCK.lock().unwrap() += std::hint::black_box(1);",
    ),
    (
        "HashMap::new",
        "std::hint::black_box(std::collections::HashMap::<u32, u32>::new());",
    ),
    ("Box::new", "std::hint::black_box(Box::new(n));"),
];

fn main() {
    // `cargo test` runs benches with `--test`: nothing is measured then.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    schedules(root);
    calls(root);
}

fn schedules(root: &Path) {
    let reference = root.join("solutions/exercise-3");
    let whole = verdict(root, "exercise-3", &reference, &["--schedules=0"]);
    println!("{:45} {:>14} {:>12}", "check", "one more, µs", "first, ms");
    let mut all = Vec::new();
    for check in whole["checks"].as_array().expect("checks were driven") {
        let check = check["name"].as_str().expect("a check has a name");
        let driven = |schedules: u32| {
            let schedules = format!("--schedules={schedules}");
            let arguments = ["--check", check, &schedules];
            median_of(|| driving(&verdict(root, "exercise-3", &reference, &arguments)))
        };
        let first = driven(0);
        let one_more = (driven(MANY) - driven(FEW)) / f64::from(MANY - FEW);
        all.push(one_more);
        println!("{check:45} {:>14.0} {first:>12.1}", one_more * 1000.0);
    }
    let mean = all.iter().sum::<f64>() / f64::from(u32::try_from(all.len()).expect("few checks"));
    println!("{:45} {:>14.0}", "all, on average", mean * 1000.0);
}

fn calls(root: &Path) {
    let course = root.join("tests/grader/programs/course");
    println!("{:45} {:>14} {:>12}", "call", "in a drive, ns", "alone, ns");
    for (name, body) in BODIES {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let submission = |calls: u32| {
            let path = folder.path().join(calls.to_string());
            fs::create_dir_all(path.join("src")).expect("a writable folder");
            fs::write(path.join("src/lib.rs"), source(body, calls)).expect("a writable folder");
            path
        };
        let (none, all) = (submission(0), submission(CALLS));
        let of_one = |ms: f64| ms * 1_000_000.0 / f64::from(CALLS);
        let driven = |path: &PathBuf| {
            let course = course.to_str().expect("UTF-8");
            let arguments = ["--course", course, "--schedules=0"];
            median_of(|| driving(&verdict(root, "program", path, &arguments)))
        };
        // The plain drive, and the one at another date.
        let in_a_drive = of_one((driven(&all) - driven(&none)) / 2.0);
        let alone = of_one(alone(folder.path(), &all) - self::alone(folder.path(), &none));
        println!("{name:45} {in_a_drive:>14.0} {alone:>12.0}");
    }
}

fn source(body: &str, calls: u32) -> String {
    format!(
        "#![allow(unused)]\nstatic LOCK: std::sync::Mutex<u32> = std::sync::Mutex::new(0);\n\
         pub fn program() -> u64 {{ for n in 0..{calls}_u32 {{ {body} }} 0 }}\n"
    )
}

/// Milliseconds of a program that does what a submission does, and nothing else.
fn alone(folder: &Path, submission: &Path) -> f64 {
    let program = folder.join("alone");
    let main = folder.join("alone.rs");
    let library = submission.join("src/lib.rs");
    let text = format!(
        "#[path = \"{}\"] mod submission;\nfn main() {{ submission::program(); }}\n",
        library.display()
    );
    fs::write(&main, text).expect("a writable folder");
    let compiled = Command::new("rustc")
        .args(["--edition=2024", "-Copt-level=0", "-o"])
        .arg(&program)
        .arg(&main)
        .status()
        .expect("rustc can be started");
    assert!(compiled.success());
    median_of(|| {
        let began = Instant::now();
        let ended = Command::new(&program).status().expect("it can be started");
        assert!(ended.success());
        began.elapsed().as_secs_f64() * 1000.0
    })
}

fn verdict(root: &Path, exercise: &str, path: &Path, arguments: &[&str]) -> serde_json::Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_grade"));
    if !arguments.contains(&"--course") {
        command.arg("--course").arg(root);
    }
    let output = command
        .args([exercise, "--timings", "--format=json", "--quiet", "--path"])
        .arg(path)
        .args(arguments)
        .output()
        .expect("grade can be started");
    let verdict: serde_json::Value =
        serde_json::from_slice(&output.stdout).expect("grade prints a verdict");
    assert_eq!(verdict["status"], "passed", "{verdict}");
    verdict
}

/// Milliseconds that driving and judging took.
fn driving(verdict: &serde_json::Value) -> f64 {
    let stages = verdict["timings"]
        .as_array()
        .expect("timings were asked for");
    let driving = stages
        .iter()
        .find(|stage| stage["stage"] == "drive and judge");
    driving
        .and_then(|stage| stage["ms"].as_f64())
        .expect("it was driven")
}

fn median_of(measure: impl Fn() -> f64) -> f64 {
    let mut all: Vec<_> = (0..TURNS).map(|_| measure()).collect();
    all.sort_by(f64::total_cmp);
    all[TURNS / 2]
}
