//! The tests' own course, and students' folders.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::{Grade, Ran, copy_folder, grade};

/// The course of these tests: one exercise, `probe`.
pub fn course() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/grader/course"))
}

/// A copy of that course which a test may change.
pub fn course_copy() -> TempDir {
    let copy = tempfile::tempdir().unwrap();
    copy_folder(course(), copy.path(), &|from, to| {
        fs::copy(from, to).map(drop)
    });
    copy
}

/// The reference answer of `probe`.
pub fn reference() -> String {
    fs::read_to_string(course().join("solutions/probe/src/lib.rs")).unwrap()
}

/// The reference answer with another body of `answer`.
pub fn answering(body: &str) -> String {
    let reference = reference();
    let answer = reference.replace("    42\n", &format!("    {body}\n"));
    assert_ne!(
        answer, reference,
        "the reference answers something else now"
    );
    answer
}

/// A student's folder.
pub struct Submission {
    folder: TempDir,
}

impl Submission {
    /// A folder with nothing in it.
    pub fn empty() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// A crate of one file.
    pub fn new(lib: &str) -> Self {
        Self::empty().with("src/lib.rs", lib)
    }

    /// … and one file more.
    pub fn with(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// `grade probe` of it.
    pub fn graded(&self) -> Grade {
        grade(["probe", "--course"])
            .arg(course())
            .arg("--path")
            .arg(self.path())
            .watch(self.path())
    }

    /// Grades it: it is refused before any check runs.
    #[track_caller]
    pub fn is_rejected(&self) -> Ran {
        self.graded()
            .run()
            .exits(3)
            .reports("not graded: no check ran")
    }
}
