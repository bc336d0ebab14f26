//! A run of `grade`, before and while it runs.

use std::ffi::OsStr;
use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use super::cache::kit_target;
use super::{Ran, course, names, shared_cache, tree, until_within};

/// Longer than anything takes that ends at all, the build of a kit left out.
pub const LIMIT: Duration = Duration::from_secs(300);
/// As long as `grade` gives the build of a kit.
const KIT_LIMIT: Duration = Duration::from_secs(45 * 60);

/// A run of `grade` to be.
pub struct Grade {
    command: Command,
    /// Which of its two streams nobody reads.
    unread: [bool; 2],
    temporary: Option<PathBuf>,
    watched: Vec<PathBuf>,
    limit: Duration,
}

/// `grade` with these arguments, the shared cache, and nothing in the environment that changes what it does.
pub fn grade<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Grade {
    unprepared().cache(shared_cache()).args(arguments)
}

/// `grade` of the reference answer.
pub fn reference_graded() -> Grade {
    grade([""; 0]).on_the_reference()
}

pub fn unprepared() -> Grade {
    program(Path::new(env!("CARGO_BIN_EXE_grade")))
}

/// `grade` as it lies elsewhere, and knows of no checkout.
pub fn installed(at: &Path) -> Grade {
    program(at)
        .cache(shared_cache())
        .without("CARGO_MANIFEST_DIR")
}

fn program(at: &Path) -> Grade {
    let mut command = Command::new(at);
    for name in [
        "NO_COLOR",
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "RUSTFLAGS",
        "RUST_BACKTRACE",
    ] {
        command.env_remove(name);
    }
    for (name, _) in grade::config::VARIABLES {
        command.env_remove(name);
    }
    command
        .env("GRADE_KIT_TARGET", kit_target())
        .stdin(Stdio::null());
    Grade {
        command,
        unread: [false; 2],
        temporary: None,
        watched: Vec::new(),
        limit: LIMIT,
    }
}

impl Grade {
    /// … grading the reference answer of `probe`.
    pub fn on_the_reference(self) -> Self {
        let solution = course().join("solutions/probe");
        self.args(["probe", "--course"])
            .arg(course())
            .arg("--path")
            .arg(solution)
    }

    /// With time enough to build a kit.
    pub fn with_time_for_a_kit(mut self) -> Self {
        self.limit = KIT_LIMIT;
        self
    }

    pub fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.command.arg(argument);
        self
    }

    pub fn args<S: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = S>) -> Self {
        self.command.args(arguments);
        self
    }

    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    pub fn without(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    pub fn cache(self, cache: &Path) -> Self {
        self.env("GRADE_CACHE", cache)
    }

    /// From this folder.
    pub fn from(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// With this temporary directory, whatever is in it afterwards.
    pub fn temporary(mut self, folder: &Path) -> Self {
        self.temporary = Some(folder.to_owned());
        self
    }

    /// With nobody who reads the report.
    pub fn unread_report(mut self) -> Self {
        self.unread[0] = true;
        self
    }

    /// With nobody who reads standard error.
    pub fn unread_errors(mut self) -> Self {
        self.unread[1] = true;
        self
    }

    /// The run may not write to this folder.
    pub fn watch(mut self, folder: &Path) -> Self {
        self.watched.push(folder.to_owned());
        self
    }

    /// Runs a shell script in its place, started through `way`; the command is the script's `"$@"`.
    pub fn in_shell(self, script: &str, way: &[&str]) -> Self {
        let mut shell = Command::new(way[0]);
        shell
            .args(&way[1..])
            .args(["sh", "-euc", script, "sh"])
            .arg(self.command.get_program())
            .args(self.command.get_args());
        for (name, value) in self.command.get_envs() {
            match value {
                Some(value) => shell.env(name, value),
                None => shell.env_remove(name),
            };
        }
        if let Some(folder) = self.command.get_current_dir() {
            shell.current_dir(folder);
        }
        shell.stdin(Stdio::null());
        Self {
            command: shell,
            ..self
        }
    }

    /// Starts it.
    pub fn start(mut self) -> Started {
        let own = self
            .temporary
            .is_none()
            .then(|| tempfile::tempdir().unwrap());
        let temporary = own.as_ref().map_or_else(
            || self.temporary.clone().unwrap(),
            |own| own.path().to_owned(),
        );
        let watched = self
            .watched
            .into_iter()
            .map(|folder| (tree(&folder), folder))
            .collect();
        self.command
            .env("TMPDIR", &temporary)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = self.command.spawn().unwrap();
        // What is not collected is closed: a pipe without a reader.
        let stdout = child.stdout.take().filter(|_| !self.unread[0]).map(collect);
        let stderr = child.stderr.take().filter(|_| !self.unread[1]).map(collect);
        Started {
            child,
            stdout,
            stderr,
            temporary,
            own,
            watched,
            deadline: Instant::now() + self.limit,
        }
    }

    /// Runs it to its end.
    #[track_caller]
    pub fn run(self) -> Ran {
        self.start().ends()
    }
}

fn collect(mut stream: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        String::from_utf8(bytes).expect("grade writes UTF-8")
    })
}

/// A `grade` that runs; it goes when the test does.
pub struct Started {
    child: Child,
    stdout: Option<thread::JoinHandle<String>>,
    stderr: Option<thread::JoinHandle<String>>,
    /// Its temporary directory.
    pub temporary: PathBuf,
    own: Option<TempDir>,
    watched: Vec<(String, PathBuf)>,
    deadline: Instant,
}

impl Started {
    pub fn send(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    /// Waits for its end, and looks at what it left.
    #[track_caller]
    pub fn ends(mut self) -> Ran {
        let limit = self.deadline.saturating_duration_since(Instant::now());
        let status = until_within(limit, "the end of grade", || self.child.try_wait().unwrap());
        let text = |stream: Option<thread::JoinHandle<String>>| {
            stream.map_or_else(String::new, |s| s.join().unwrap())
        };
        let ran = Ran {
            code: status.code(),
            signal: status.signal(),
            stdout: text(self.stdout.take()),
            stderr: text(self.stderr.take()),
        };
        if self.own.is_some() {
            assert_eq!(
                names(&self.temporary),
                [""; 0],
                "left in the temporary directory by {ran:?}"
            );
        }
        for (before, folder) in &self.watched {
            assert_eq!(tree(folder), *before, "{} was written to", folder.display());
        }
        ran
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
