//! A folder that holds no submission.

use super::graded;
use crate::bench::{Submission, answering, reference};

fn told(submission: &Submission, sentence: &str) {
    let sentence = sentence.replace("HERE", &submission.path().display().to_string());
    submission.graded().run().exits(2).only_says(&sentence);
}

#[test]
fn without_a_submission_says_where_it_was_looked_for() {
    let empty = Submission::empty();
    graded("probe").from(empty.path()).run().exits(2).only_says(
        "error: no submission here: none of ./probe, ./exercises/probe and . has a src/lib.rs\n\
         hint: `grade start probe` writes the starter, `--path DIR` names another folder",
    );
}

#[test]
fn is_found_by_the_exercise_in_exercises_or_here() {
    for place in ["probe", "exercises/probe", "."] {
        let folder = Submission::empty().with(&format!("{place}/src/lib.rs"), reference());
        graded("probe")
            .from(folder.path())
            .watch(folder.path())
            .run()
            .exits(0)
            .reports("score 100/100");
    }
}

#[test]
fn that_is_missing_is_named() {
    graded("probe")
        .args(["--path", "no/such/folder"])
        .run()
        .exits(2)
        .only_says("error: no submission at no/such/folder: there is nothing");
}

#[test]
fn that_is_a_file_is_asked_for_as_a_folder() {
    let submission = Submission::new(&reference());
    graded("probe")
        .from(submission.path())
        .args(["--path", "src/lib.rs"])
        .run()
        .exits(2)
        .only_says(
            "error: src/lib.rs is a file; a submission is a folder with src/lib.rs, a .zip or a .tar.gz\n\
         hint: name the folder that holds `src`",
        );
}

#[test]
fn without_src_lib_rs_is_told_so() {
    told(
        &Submission::empty().with("README.md", "soon"),
        "error: HERE has no src/lib.rs\nhint: a submission is a crate: its code is in src/lib.rs",
    );
}

#[test]
fn with_lib_rs_beside_src_is_told_where_it_belongs() {
    told(
        &Submission::empty()
            .with("lib.rs", reference())
            .with("src/other.rs", ""),
        "error: HERE has no src/lib.rs\nhint: there is a lib.rs beside it: it belongs into src/",
    );
}

#[test]
fn with_a_program_is_told_that_an_exercise_is_a_library() {
    told(
        &Submission::empty().with("src/main.rs", "fn main() {}"),
        "error: HERE has no src/lib.rs\n\
         hint: there is a src/main.rs: an exercise is a library, so its code belongs into src/lib.rs",
    );
}

#[test]
fn whose_src_lib_rs_is_a_folder_is_told_so() {
    told(
        &Submission::empty().with("src/lib.rs/mod.rs", reference()),
        "error: HERE/src/lib.rs is a folder; it should be a file",
    );
}

#[test]
fn of_another_exercise_is_refused_by_name() {
    told(
        &Submission::new(&reference()).with("Cargo.toml", "[package]\nname = \"rate_limiter\"\n"),
        "error: HERE is the package `rate_limiter`, and probe wants `probe`\n\
         hint: name the exercise that this folder is for, or another folder with `--path DIR`",
    );
}

#[test]
fn may_have_a_manifest_that_no_cargo_would_take() {
    for manifest in ["[package", "", "[package]\nname = 7\n", "\u{0}"] {
        let submission = Submission::new(&reference()).with("Cargo.toml", manifest);
        submission.graded().run().exits(0).reports("score 100/100");
    }
}

#[test]
fn may_lie_under_any_name() {
    let outer = Submission::empty().with(
        "über alles = 'a b'/$HOME/src/lib.rs",
        answering("compile_error!(\"so\")"),
    );
    let folder = outer.path().join("über alles = 'a b'/$HOME");
    graded("probe")
        .arg("--path")
        .arg(folder)
        .run()
        .exits(3)
        .reports("--> src/lib.rs:22:5");
}
