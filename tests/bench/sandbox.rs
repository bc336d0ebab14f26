//! What the sandbox costs: `grade exercise-3` with every layer that this machine has, against none.
//!
//! `cargo bench --bench sandbox` prints milliseconds for a compile (putting the sandbox up and taking it down
//! included; at most 25 are aimed at) and for a check (at most 3). Both ways are run in turns, so that a busy machine
//! slows both; medians count.

use std::path::Path;
use std::process::Command;

/// Turns that count; one more goes before them, to warm up.
const TURNS: usize = 15;
const LAYERS: &str = "landlock,seccomp,user-namespace,pid-namespace,mount-namespace,net-namespace,ipc-namespace,unprivileged-user,cgroup";

fn main() {
    // `cargo test` runs benches with `--test`: nothing is measured then.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let (mut up, mut compile, mut check) = (Vec::new(), Vec::new(), Vec::new());
    for turn in 0..=TURNS {
        let whole = Stages::of(&[]);
        let without = format!("--without-layers={LAYERS}");
        let bare = Stages::of(&[&without, "--allow-weak-isolation"]);
        if turn > 0 {
            up.push(whole.sandbox);
            compile.push(whole.sandbox + whole.compile - bare.compile);
            check.push((whole.drive - bare.drive) / whole.checks);
        }
    }
    println!(
        "putting the sandbox up and taking it down: {:5.1} ms",
        median(up)
    );
    println!(
        "sandbox, for a compile, that included:     {:5.1} ms",
        median(compile)
    );
    println!(
        "sandbox, for a check:                      {:5.1} ms",
        median(check)
    );
}

/// Milliseconds of one run.
struct Stages {
    sandbox: f64,
    compile: f64,
    drive: f64,
    checks: f64,
}

impl Stages {
    fn of(arguments: &[&str]) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let output = Command::new(env!("CARGO_BIN_EXE_grade"))
            .args(["exercise-3", "--timings", "--format=json", "--path"])
            .arg(root.join("solutions/exercise-3"))
            .args(arguments)
            .output()
            .expect("grade can be started");
        let verdict: serde_json::Value =
            serde_json::from_slice(&output.stdout).expect("grade prints a verdict");
        assert_eq!(verdict["status"], "passed", "{verdict}");
        let stages = verdict["timings"]
            .as_array()
            .expect("timings were asked for");
        let ms = |names: &[&str]| -> f64 {
            let of = |stage: &&serde_json::Value| names.iter().any(|name| stage["stage"] == *name);
            stages
                .iter()
                .filter(of)
                .filter_map(|stage| stage["ms"].as_f64())
                .sum()
        };
        let checks = verdict["checks"]
            .as_array()
            .expect("checks were driven")
            .len();
        Self {
            sandbox: ms(&["sandbox", "sandbox's end"]),
            compile: ms(&["rustc", "link"]),
            drive: ms(&["drive and judge"]),
            checks: f64::from(u32::try_from(checks).expect("a few")),
        }
    }
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}
