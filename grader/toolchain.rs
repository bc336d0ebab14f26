//! The Rust toolchain that submissions are compiled with, and the C linker that it needs.
//!
//! `rustc` is asked for from outside any student's folder, because rustup's shim obeys a
//! `rust-toolchain.toml` there; from then on only the toolchain's own binaries are run. The answer
//! is remembered in the cache until rustup's settings or the binary change.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, UNIX_EPOCH};

use semver::Version;
use serde::{Deserialize, Serialize};

use crate::cache::Cache;
use crate::error::{Error, Result};
use crate::process;

/// The oldest rustc that the kit builds with and was tested on.
pub const OLDEST: Version = Version::new(1, 95, 0);

/// Where the toolchain is remembered, below the cache.
pub const REMEMBERED: &str = "toolchain.json";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Toolchain {
    pub sysroot: PathBuf,
    /// `rustc -vV`, whole.
    pub verbose_version: String,
    pub version: Version,
    /// The target triple it compiles for.
    pub host: String,
    /// The C compiler that links, by absolute path.
    pub linker: PathBuf,
    witness: Witness,
}

/// What must be unchanged for a remembered toolchain to be the one `rustc` means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Witness {
    rustc_on_path: PathBuf,
    environment: Vec<(String, OsString)>,
    /// Path, size and time of change in nanoseconds.
    files: Vec<(PathBuf, u64, u128)>,
}

impl Toolchain {
    /// Finds the toolchain that `rustc` means on this machine.
    ///
    /// # Errors
    /// When there is none, it is older than [`OLDEST`], or there is no C linker.
    pub fn find(cache: &Cache) -> Result<Self> {
        let on_path = on_path("rustc").ok_or_else(|| {
            Error::grader("no `rustc` on the PATH").hint("install Rust: https://rustup.rs")
        })?;
        let remembered = cache.root().join(REMEMBERED);
        if let Some(toolchain) = recall(&remembered, &on_path) {
            return Ok(toolchain);
        }
        let toolchain = Self::ask(&on_path)?;
        if let Ok(text) = serde_json::to_vec(&toolchain) {
            // A read-only cache is as good: it is asked again next time.
            let _ = write_whole(&remembered, &text);
        }
        Ok(toolchain)
    }

    fn ask(on_path: &Path) -> Result<Self> {
        let sysroot = PathBuf::from(ask(on_path, &["--print", "sysroot"])?);
        let rustc = sysroot.join("bin/rustc");
        let verbose_version = ask(&rustc, &["-vV"])?;
        let field = |name: &str| {
            verbose_version
                .lines()
                .find_map(|line| line.strip_prefix(name))
                .map(str::trim)
        };
        let version = field("release:")
            .and_then(|v| Version::parse(v).ok())
            .ok_or_else(|| {
                Error::grader(format!("{} does not say its version", rustc.display()))
            })?;
        let host = field("host:").unwrap_or_default().to_owned();
        if is_too_old(&version) {
            return Err(Error::grader(format!(
                "rustc {version} is older than {OLDEST}, the oldest that grades"
            ))
            .hint("rustup update stable"));
        }
        let linker = linker()?;
        let witness = Witness::of(on_path, &[rustc.clone(), linker.clone()]);
        Ok(Self {
            sysroot,
            verbose_version,
            version,
            host,
            linker,
            witness,
        })
    }

    pub fn rustc(&self) -> PathBuf {
        self.sysroot.join("bin/rustc")
    }

    /// Its own cargo, else the one on the PATH.
    pub fn cargo(&self) -> PathBuf {
        let own = self.sysroot.join("bin/cargo");
        if own.is_file() {
            own
        } else {
            PathBuf::from("cargo")
        }
    }

    /// Where its standard library's dynamic form is.
    pub fn libraries(&self) -> PathBuf {
        self.sysroot
            .join("lib/rustlib")
            .join(&self.host)
            .join("lib")
    }

    /// Where rustc and its linker find their own libraries; without `/proc` they cannot tell where they are.
    pub fn own_libraries(&self) -> PathBuf {
        self.sysroot.join("lib")
    }

    /// The linker that comes with it, where it does.
    pub fn linker_in_sysroot(&self) -> Option<PathBuf> {
        let lld = self
            .sysroot
            .join("lib/rustlib")
            .join(&self.host)
            .join("bin/rust-lld");
        lld.is_file().then_some(lld)
    }

    /// A rustc with nothing of the user's or the submission's environment.
    pub fn command(&self) -> Command {
        let mut command = Command::new(self.rustc());
        command
            .env_clear()
            .env("LC_ALL", "C")
            .env("PATH", "/usr/bin:/bin")
            .current_dir("/");
        command
    }
}

/// A nightly of the oldest is new enough, although it sorts before the release.
fn is_too_old(version: &Version) -> bool {
    (version.major, version.minor) < (OLDEST.major, OLDEST.minor)
}

fn ask(rustc: &Path, arguments: &[&str]) -> Result<String> {
    let failed = |why: String| {
        Error::grader(format!("{} cannot be used: {why}", rustc.display()))
            .hint("`rustup show` says which toolchains there are")
    };
    let mut command = Command::new(rustc);
    command.args(arguments).current_dir("/");
    let answer = process::run(&mut command, Duration::from_secs(30), 1 << 20)
        .map_err(|error| failed(error.to_string()))?;
    if !answer.exit.success() {
        return Err(failed(
            String::from_utf8_lossy(&answer.stderr).trim().to_owned(),
        ));
    }
    Ok(String::from_utf8_lossy(&answer.stdout).trim().to_owned())
}

fn linker() -> Result<PathBuf> {
    ["cc", "gcc", "clang"]
        .into_iter()
        .find_map(on_path)
        .ok_or_else(|| {
            Error::grader("no C linker: none of `cc`, `gcc` and `clang` is on the PATH")
                .hint("on Debian and Ubuntu: sudo apt install gcc; on Fedora: sudo dnf install gcc")
        })
}

fn on_path(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

fn recall(remembered: &Path, on_path: &Path) -> Option<Toolchain> {
    let toolchain: Toolchain = serde_json::from_slice(&fs::read(remembered).ok()?).ok()?;
    let now = Witness::of(on_path, &[toolchain.rustc(), linker().ok()?]);
    (now == toolchain.witness && !is_too_old(&toolchain.version)).then_some(toolchain)
}

impl Witness {
    fn of(rustc_on_path: &Path, binaries: &[PathBuf]) -> Self {
        let names = ["RUSTUP_HOME", "RUSTUP_TOOLCHAIN", "HOME"];
        let environment = names
            .into_iter()
            .filter_map(|name| Some((name.to_owned(), env::var_os(name)?)))
            .collect();
        let rustup = env::var_os("RUSTUP_HOME").map_or_else(
            || PathBuf::from(env::var_os("HOME").unwrap_or_default()).join(".rustup"),
            PathBuf::from,
        );
        let mut files = binaries.to_vec();
        files.push(rustc_on_path.to_owned());
        files.push(rustup.join("settings.toml"));
        let files = files.into_iter().filter_map(|path| {
            let metadata = fs::metadata(&path).ok()?;
            let changed = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
            Some((path, metadata.len(), changed.as_nanos()))
        });
        Self {
            rustc_on_path: rustc_on_path.to_owned(),
            environment,
            files: files.collect(),
        }
    }
}

/// Writes a file so that a reader sees the old one or the new one, whole.
fn write_whole(path: &Path, text: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    std::io::Write::write_all(&mut file, text)?;
    file.persist(path)?;
    Ok(())
}
