//! What a verdict says of isolation, and when a machine that cannot isolate is refused.
#![cfg(target_os = "linux")]

use crate::bench::{grade, reference_graded};

#[test]
fn the_doctor_and_a_verdict_name_the_same_layers() {
    let doctor = grade(["doctor"]).run().exits(0).only_reports();
    let ticked: Vec<_> = doctor
        .stdout
        .lines()
        .filter_map(|line| line.trim().strip_prefix("✓ "))
        .collect();
    let verdict = reference_graded()
        .args(["--format", "json"])
        .run()
        .exits(0)
        .json();
    let layers: Vec<_> = verdict["isolation"]
        .as_array()
        .unwrap()
        .iter()
        .map(|layer| layer.as_str().unwrap())
        .collect();
    assert_eq!(ticked, layers);
    assert!(layers.contains(&"seccomp"), "{layers:?}");
}

#[test]
fn a_required_layer_that_is_missing_is_refused_by_name() {
    let refused = "error: this machine does not offer what --require asks for: landlock\n\
                   hint: `grade doctor` says what is missing, and why";
    reference_graded()
        .args([
            "--require",
            "landlock,seccomp",
            "--without-layers",
            "landlock",
        ])
        .run()
        .exits(2)
        .only_says(refused);
    reference_graded()
        .args(["--require", "seccomp"])
        .run()
        .exits(0);
    let doctor = grade([
        "doctor",
        "--require",
        "landlock",
        "--without-layers",
        "landlock",
    ])
    .run()
    .exits(2)
    .says(refused);
    assert!(doctor.stdout.contains("✗ landlock"), "{doctor}");
}

#[test]
fn weak_isolation_is_refused_unless_it_is_allowed_and_then_told() {
    let weak = ["--without-layers", "landlock,mount-namespace"];
    reference_graded()
        .args(weak)
        .run()
        .exits(2)
        .says("error: this machine cannot isolate a submission");
    reference_graded()
        .args(weak)
        .arg("--allow-weak-isolation")
        .run()
        .exits(0)
        .says("warning: weak isolation: the submission's code could open files");
}
