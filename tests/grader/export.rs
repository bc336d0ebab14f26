//! `grade export`: what it writes, and what it refuses to.

mod folders;
mod image;
mod platforms;
mod root;

use std::path::PathBuf;
use std::sync::OnceLock;

use tempfile::TempDir;

use crate::bench::{course, grade};

/// Everything that can be exported, written once.
fn exported(what: &str) -> PathBuf {
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        for what in [
            "gradescope",
            "prairielearn",
            "exercism",
            "classroom50",
            "student",
            "prebuilt",
        ] {
            grade(["export", what, "probe", "--course"])
                .arg(course())
                .arg("-o")
                .arg(folder.path().join(what))
                .run()
                .exits(0);
        }
        folder
    });
    folder.path().join(what)
}
