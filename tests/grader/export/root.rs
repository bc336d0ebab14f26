//! The root of a platform's container: bare, without network, with the toolchain where the set-up step installs it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::bench::{is_root, make_executable, not_checked};

const BARE_ROOT: &str = include_str!("bare_root.sh");

/// What workflows of Classroom 50 say of a submission; nobody else reads it.
const VARIABLES: [&str; 8] = [
    "CLASSROOM=cs",
    "ASSIGNMENT=probe",
    "ASSIGNMENT_TYPE=individual",
    "OWNER=ada",
    "SUBMISSION_TAG=submit/1",
    "COMMIT_URL=https://c.test",
    "RELEASE_URL=https://r.test",
    "REVIEW_URL=https://v.test",
];

pub struct Root {
    pub folder: TempDir,
    /// Where the set-up step installs toolchains.
    pub rustup: &'static str,
    pub user: &'static str,
    pub mode: &'static str,
}

impl Root {
    pub fn new() -> Self {
        let root = Self {
            folder: tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap(),
            rustup: "usr/local/rustup",
            user: "root",
            mode: "rw",
        };
        let readable = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        fs::set_permissions(root.folder.path(), readable).unwrap();
        root
    }

    pub fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    pub fn put(&self, to: &str, text: &str) {
        fs::create_dir_all(self.path(to).parent().unwrap()).unwrap();
        fs::write(self.path(to), text).unwrap();
    }

    /// Puts another program there, whose script this is.
    pub fn replace(&self, program: &str, script: &str) {
        fs::remove_file(self.path(program)).unwrap();
        self.put(program, script);
        make_executable(&self.path(program));
    }

    /// Runs an entry script without network.
    pub fn run(&self, entry: &[String]) -> Output {
        Command::new("unshare")
            .args(["--mount", "--net", "--pid", "--fork", "env", "-i"])
            .args(["HOME=/root", "PATH=/usr/sbin:/usr/bin:/sbin:/bin"])
            .args(VARIABLES)
            .args(["sh", "-c", BARE_ROOT, "sh"])
            .arg(self.folder.path())
            .arg(rustc(&["--print", "sysroot"]))
            .arg(format!("{}/toolchains/{}", self.rustup, toolchain()))
            .args([self.user, self.mode])
            .args(entry)
            .output()
            .unwrap()
    }
}

/// Roots are mounted: not everybody may.
pub fn may_have_roots(test: &str) -> bool {
    if !is_root() {
        not_checked(test, "it has to run as root");
    }
    is_root()
}

fn rustc(arguments: &[&str]) -> String {
    let output = Command::new("rustc").args(arguments).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// `VERSION-HOST`, as rustup names it.
fn toolchain() -> String {
    let said = rustc(&["-vV"]);
    let field = |name| {
        said.lines()
            .find_map(|line| line.strip_prefix(name))
            .unwrap()
    };
    format!("{}-{}", field("release: "), field("host: "))
}

/// Whether there is a Python in every root.
pub fn has_python() -> bool {
    Path::new("/usr/bin/python3").exists()
}
