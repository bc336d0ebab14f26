//! Where attacks are graded: a course with short limits, and for a user without privilege a toolchain, a cache and a
//! `grade` that it can read.

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::case::Case;
use super::prey::Prey;
use crate::bench::{Ran, copy_folder, course_copy, names, shared_cache};

/// The user that owns nothing.
const NOBODY: u32 = 65534;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum User {
    Own,
    Nobody,
}

pub struct Stage {
    user: User,
    course: TempDir,
    program: PathBuf,
    cache: PathBuf,
    path: String,
    folder: TempDir,
}

impl Stage {
    pub fn new(user: User) -> Self {
        let course = course_copy();
        adds(&course, "callbacks");
        let settings = course.path().join("tests/probe/exercise.toml");
        let text = fs::read_to_string(&settings).unwrap();
        let limits = "[limits]\nwall_ms = 4000\ncompile_ms = 6000\n";
        fs::write(&settings, format!("{text}\n{limits}")).unwrap();
        let folder = tempfile::Builder::new()
            .prefix("grade-stage-")
            .tempdir_in(env!("CARGO_TARGET_TMPDIR"))
            .unwrap();
        let mut stage = Self {
            user,
            course,
            program: PathBuf::from(env!("CARGO_BIN_EXE_grade")),
            cache: shared_cache().to_owned(),
            path: std::env::var("PATH").unwrap(),
            folder,
        };
        if user == User::Nobody {
            stage.open_up();
        }
        stage
    }

    /// With the exercise whose driver makes system calls itself.
    pub fn with_calls(self) -> Self {
        adds(&self.course, "calls");
        self
    }

    /// Grades an answer to that exercise.
    pub fn grades_calls(&self, more: &[&str]) -> Ran {
        let lib = "pub async fn answer() -> u32 {\n    42\n}\n".to_owned();
        self.run("calls", &[("src/lib.rs".to_owned(), lib)], "", more)
    }

    /// Makes all that a run needs readable for another user: hard links where that is possible.
    fn open_up(&mut self) {
        // Every folder on the way has to let it pass.
        let reachable = std::env::temp_dir();
        self.folder = tempfile::Builder::new()
            .prefix("grade-stage-")
            .tempdir_in(&reachable)
            .unwrap();
        let root = self.folder.path().to_owned();
        let link = |from: &Path, to: &Path| {
            fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(drop))
        };
        let answer = Command::new("rustc")
            .args(["--print", "sysroot"])
            .output()
            .unwrap();
        let sysroot = PathBuf::from(String::from_utf8(answer.stdout).unwrap().trim());
        for part in ["bin", "lib"] {
            copy_folder(
                &sysroot.join(part),
                &root.join("toolchain").join(part),
                &link,
            );
        }
        self.path = format!(
            "{}:/usr/local/bin:/usr/bin:/bin",
            root.join("toolchain/bin").display()
        );
        self.program = root.join("grade");
        link(Path::new(env!("CARGO_BIN_EXE_grade")), &self.program).unwrap();
        let cache = root.join("cache");
        fs::create_dir_all(&cache).unwrap();
        // What other tests build there meanwhile comes and goes.
        let wanted = |name: &str| {
            let kinds = ["kit-", "probe-"];
            kinds.iter().any(|kind| name.starts_with(kind)) && !name.contains(".building-")
        };
        for name in names(&self.cache).iter().filter(|name| wanted(name)) {
            let from = self.cache.join(name);
            if from.is_dir() {
                copy_folder(&from, &cache.join(name), &|from, to| {
                    fs::copy(from, to).map(drop)
                });
            }
        }
        give(&cache);
        fs::set_permissions(&cache, fs::Permissions::from_mode(0o700)).unwrap();
        self.cache = cache;
        for folder in [root.as_path(), self.course.path()] {
            fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
        }
    }

    /// Grades an attack, with these arguments beside the usual ones.
    pub fn grades(&self, case: &Case, prey: &Prey, more: &[&str]) -> Ran {
        let secret = format!("{} is a secret", prey.secret());
        self.run(case.exercise, &case.aimed_at(prey), &secret, more)
    }

    fn run(&self, exercise: &str, files: &[(String, String)], secret: &str, more: &[&str]) -> Ran {
        let (work, temporary) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        for (path, text) in files {
            let path = work.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let mut command = Command::new(&self.program);
        command
            .args([
                "run",
                exercise,
                "--format=json",
                "--schedules=2",
                "--quiet",
                "--course",
            ])
            .arg(self.course.path())
            .arg("--path")
            .arg(work.path())
            .args(more)
            .env_clear()
            .env("PATH", &self.path)
            .env("HOME", self.folder.path())
            .env("TMPDIR", temporary.path())
            .env("GRADE_CACHE", &self.cache)
            .env("GRADE_SECRET", secret)
            .current_dir("/")
            .stdin(Stdio::null());
        if self.user == User::Own {
            for name in ["RUSTUP_HOME", "CARGO_HOME", "RUSTUP_TOOLCHAIN", "HOME"] {
                if let Some(value) = std::env::var_os(name) {
                    command.env(name, value);
                }
            }
        } else {
            give(temporary.path());
            fs::set_permissions(work.path(), fs::Permissions::from_mode(0o755)).unwrap();
            command.uid(NOBODY).gid(NOBODY);
        }
        let output = command.output().unwrap();
        let mut ran = Ran {
            code: output.status.code(),
            signal: None,
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        };
        let left = names(temporary.path());
        if !left.is_empty() {
            ran.code = None;
            ran.stderr.push_str("left in the temporary directory: ");
            ran.stderr.push_str(&left.join(", "));
        }
        ran
    }
}

/// Adds one of the suite's own exercises to a course.
fn adds(course: &TempDir, exercise: &str) {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/grader/hostile")
        .join(exercise);
    let copy = |from: &Path, to: &Path| fs::copy(from, to).map(drop);
    copy_folder(&own, &course.path().join("tests").join(exercise), &copy);
}

/// Gives a folder and all that is in it to nobody.
fn give(path: &Path) {
    chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
    if path.is_dir() && !path.is_symlink() {
        for entry in fs::read_dir(path).unwrap() {
            give(&entry.unwrap().path());
        }
    }
}
