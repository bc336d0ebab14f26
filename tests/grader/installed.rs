//! An installed `grade`: the program alone, in any folder.

use std::fs;
use std::path::{Path, PathBuf};

use crate::bench::{Submission, installed, names};

/// The program, alone in a folder.
fn install(home: &Path) -> PathBuf {
    let program = home.join("bin/grade");
    fs::create_dir_all(home.join("bin")).unwrap();
    fs::copy(env!("CARGO_BIN_EXE_grade"), &program).unwrap();
    program
}

#[test]
fn it_has_the_course_with_it() {
    let home = Submission::empty();
    let program = install(home.path());
    let run = |arguments: &[&str]| installed(&program).args(arguments).from(home.path());
    run(&["list"]).run().exits(0).reports("04-spawn");
    run(&["start", "04-spawn"]).run().exits(0);
    let starter = home.path().join("04-spawn");
    assert!(names(&starter).contains(&"README.md".to_owned()));
    run(&["04-spawn", "--path", "04-spawn"])
        .watch(&starter)
        .run()
        .exits(1)
        .reports("not yet implemented");
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/solutions/04-spawn/src/lib.rs");
    fs::copy(source, starter.join("src/lib.rs")).unwrap();
    run(&["04-spawn", "--path", "04-spawn"])
        .run()
        .has_full_marks();
}
