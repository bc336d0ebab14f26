//! The same source gets the same bytes, whatever else the machine does.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crate::bench::grade;

/// Each; 1,000 of exercise-3 were run by hand for the figure in README.
const RUNS: usize = 6;

/// What is on tokio's clock alone, what is on files, and what is on blocking threads.
const EXERCISES: [&str; 3] = ["exercise-3", "exercise-2", "10a-to-thread"];

/// The verdict, and every trace that it rests on.
fn report(exercise: &str) -> (String, String) {
    let solution = Path::new(env!("CARGO_MANIFEST_DIR")).join("solutions");
    let traces = tempfile::NamedTempFile::new().unwrap();
    let ran = grade([exercise, "--format", "json", "--trace"])
        .arg(traces.path())
        .arg("--path")
        .arg(solution.join(exercise))
        .run()
        .exits(0);
    (ran.stdout, std::fs::read_to_string(traces.path()).unwrap())
}

fn reports(outputs: &mut BTreeSet<(String, String)>) {
    for exercise in EXERCISES {
        for _ in 0..RUNS {
            outputs.insert(report(exercise));
        }
    }
}

#[test]
fn idle_or_busy_there_is_one_distinct_output_and_one_trace_a_check() {
    let mut outputs = BTreeSet::new();
    reports(&mut outputs);
    let busy = AtomicBool::new(true);
    thread::scope(|scope| {
        let cores = thread::available_parallelism().map_or(2, std::num::NonZero::get);
        for _ in 0..cores {
            scope.spawn(|| {
                while busy.load(Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
            });
        }
        reports(&mut outputs);
        busy.store(false, Ordering::Relaxed);
    });
    assert_eq!(outputs.len(), EXERCISES.len());
}
