//! `grade start`: a folder of the student's own that builds by itself.

use std::fs;
use std::process::Command;

use crate::bench::{Submission, course, grade, names};

fn start() -> crate::bench::Grade {
    grade(["start", "probe", "--course"]).arg(course())
}

#[test]
fn the_starter_builds_on_plain_cargo_without_a_network_and_is_graded_where_it_is() {
    let home = Submission::empty();
    let ran = start().from(home.path()).run().exits(0);
    insta::with_settings!({filters => vec![(r"--course \S+", "--course COURSE")]}, {
        insta::assert_snapshot!(ran.stdout, @"
        probe · Probe is in probe
          read  probe/README.md
          then  grade probe --path probe --course COURSE
        ");
    });
    let into = home.path().join("probe");
    assert_eq!(names(&into), ["Cargo.toml", "README.md", "src"]);
    let built = Command::new(env!("CARGO"))
        .args(["build", "--offline", "--quiet"])
        .current_dir(&into)
        .env("CARGO_TARGET_DIR", home.path().join("target"))
        .env_remove("RUSTFLAGS")
        .output()
        .unwrap();
    assert!(
        built.status.success(),
        "{}",
        String::from_utf8_lossy(&built.stderr)
    );
    let graded = grade(["probe", "--path", "probe", "--course"])
        .arg(course())
        .from(home.path())
        .watch(&into);
    graded.run().exits(1).reports("not yet implemented: answer");
}

#[test]
fn the_folder_may_be_named_and_be_there_when_it_is_empty() {
    let home = Submission::empty().with("empty/.keep", "");
    fs::remove_file(home.path().join("empty/.keep")).unwrap();
    for (into, from) in [("a/new/one", "."), ("empty", "."), (".", "here")] {
        let from = home.path().join(from);
        fs::create_dir_all(&from).unwrap();
        start()
            .arg(into)
            .from(&from)
            .run()
            .exits(0)
            .reports(&format!(" is in {into}\n"));
        assert_eq!(names(&from.join(into)), ["Cargo.toml", "README.md", "src"]);
    }
}

#[test]
fn a_folder_with_something_in_it_is_left_as_it_is() {
    let home = Submission::new("mine");
    let refused = start().arg(home.path()).watch(home.path()).run().exits(2);
    refused.says(" has something in it already; nothing was written\nhint: name another folder: grade start probe DIR");
    start()
        .arg("src/lib.rs")
        .from(home.path())
        .watch(home.path())
        .run()
        .exits(2)
        .says("src/lib.rs cannot be used: Not a directory");
}

#[test]
fn what_cargo_made_in_the_course_stays_there() {
    let course = crate::bench::course_copy();
    let starter = course.path().join("exercises/probe");
    for made in ["target/debug", "inner/target/debug"] {
        fs::create_dir_all(starter.join(made)).unwrap();
    }
    fs::write(starter.join("Cargo.lock"), "").unwrap();
    let home = Submission::empty();
    grade(["start", "probe", "--course"])
        .arg(course.path())
        .from(home.path())
        .run()
        .exits(0);
    assert_eq!(
        names(&home.path().join("probe")),
        ["Cargo.toml", "README.md", "inner", "src"]
    );
    assert_eq!(names(&home.path().join("probe/inner")), [""; 0]);
}

#[test]
fn an_exercise_that_is_nearly_one_is_asked_about() {
    grade(["start", "porbe", "--course"])
        .arg(course())
        .run()
        .exits(2)
        .only_says("error: there is no exercise `porbe`\nhint: did you mean `probe`?");
}
