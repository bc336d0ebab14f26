//! Where a kit is compiled: the sources that `grade` carries, laid out for cargo.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::disk_space;
use crate::error::{Error, Result};
use crate::process;
use crate::toolchain::Toolchain;

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/files.rs"));
}

/// Flags of every crate in the kit.
const RUSTFLAGS: &str = "--cfg tokio_unstable";
/// Settings of the build.
const PROFILE: [(&str, &str); 6] = [
    ("CARGO_PROFILE_DEV_DEBUG", "0"),
    ("CARGO_PROFILE_DEV_OPT_LEVEL", "3"),
    ("CARGO_PROFILE_DEV_DEBUG_ASSERTIONS", "false"),
    ("CARGO_PROFILE_DEV_OVERFLOW_CHECKS", "false"),
    ("CARGO_PROFILE_DEV_STRIP", "debuginfo"),
    ("CARGO_INCREMENTAL", "0"),
];
/// Downloading and compiling some ninety crates on a slow machine.
const LIMIT: Duration = Duration::from_secs(45 * 60);

/// Where a kit is compiled.
pub struct Workshop {
    sources: PathBuf,
    target: PathBuf,
    /// Held where the folder outlives a build: two do not compile there at once.
    kept: Option<File>,
}

impl Workshop {
    /// Below `into`; or in `GRADE_KIT_TARGET`, where whoever works on the lab keeps what is compiled between
    /// kits.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn open(into: &Path) -> Result<Self> {
        let kept = std::env::var_os("GRADE_KIT_TARGET").map(std::path::absolute);
        let kept = kept.and_then(std::io::Result::ok);
        let folder = kept.as_deref().unwrap_or(into);
        let sources = folder.join("source");
        fs::create_dir_all(&sources).map_err(|e| Error::io("make", &sources, &e))?;
        let lock = |folder: &Path| File::open(folder).and_then(|lock| lock.lock().map(|()| lock));
        let lock = kept
            .as_deref()
            .map(|kept| lock(kept).map_err(|e| Error::io("lock", kept, &e)));
        let workshop = Self {
            target: folder.join("target"),
            kept: lock.transpose()?,
            sources,
        };
        workshop.lay_out()?;
        Ok(workshop)
    }

    /// What decides how it compiles, beside the toolchain: part of a kit's key.
    pub fn settings() -> impl Iterator<Item = &'static str> {
        let profile = PROFILE.iter().flat_map(|(name, value)| [*name, *value]);
        let sources = embedded::FILES
            .iter()
            .flat_map(|(path, text)| [*path, *text]);
        [RUSTFLAGS].into_iter().chain(profile).chain(sources)
    }

    /// The version of the facade, which is that of the tokio behind it.
    ///
    /// # Panics
    /// Never: the facade's manifest is embedded, and has one.
    pub fn tokio_version() -> String {
        let manifest = embedded::FILES
            .iter()
            .find(|(path, _)| *path == "grader/lab/tokio/Cargo.toml");
        let manifest = manifest.and_then(|(_, text)| text.parse::<toml::Table>().ok());
        let version = manifest
            .as_ref()
            .and_then(|table| table.get("package")?.get("version")?.as_str());
        version.expect("the facade has a version").to_owned()
    }

    /// Writes the embedded sources: only what has changed, since cargo goes by the time of writing.
    fn lay_out(&self) -> Result<()> {
        let known: BTreeSet<_> = embedded::FILES
            .iter()
            .map(|(path, _)| self.sources.join(path))
            .collect();
        remove_unknown(&self.sources.join("grader/lab"), &known)?;
        for (path, text) in embedded::FILES {
            let text = if *path == "Cargo.toml" {
                workspace(text)?
            } else {
                (*text).to_owned()
            };
            let path = self.sources.join(path);
            if fs::read_to_string(&path).is_ok_and(|written| written == text) {
                continue;
            }
            let folder = path.parent().unwrap_or(&self.sources);
            fs::create_dir_all(folder).map_err(|e| Error::io("make", folder, &e))?;
            fs::write(&path, text).map_err(|e| Error::io("write", &path, &e))?;
        }
        Ok(())
    }

    /// Compiles a package, with these flags for its own crate; answers what cargo says about artifacts.
    ///
    /// # Errors
    /// When cargo fails: no network on the first run, a full disk.
    pub fn compile(&self, toolchain: &Toolchain, package: &str, flags: &[&str]) -> Result<Vec<u8>> {
        let mut command = Command::new(toolchain.cargo());
        command
            .args([
                "rustc",
                "--quiet",
                "--lib",
                "--message-format=json-render-diagnostics",
                "-p",
                package,
                "--",
            ])
            .args(flags)
            .current_dir(&self.sources)
            .env("CARGO_TARGET_DIR", &self.target)
            .env("RUSTC", toolchain.rustc())
            .env("RUSTFLAGS", RUSTFLAGS)
            .envs(PROFILE)
            .stdin(Stdio::null());
        // Empty, they overrule the user's configuration too.
        for name in ["RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER"] {
            command.env(name, "");
        }
        for name in ["CARGO_ENCODED_RUSTFLAGS", "CARGO_BUILD_TARGET"] {
            command.env_remove(name);
        }
        let built = process::run(&mut command, LIMIT, 64 << 20)
            .map_err(|e| Error::grader(format!("cargo cannot be started: {e}")))?;
        if built.exit.success() {
            return Ok(built.stdout);
        }
        let said = String::from_utf8_lossy(&built.stderr);
        let mut error = Error::grader(format!(
            "the kit did not build; cargo said:\n{}",
            said.trim()
        ));
        let offline = [
            "failed to download",
            "failed to get",
            "Could not resolve",
            "offline mode",
        ];
        if said.contains("No space left on device") {
            error = error.hint(disk_space::HINT);
        } else if offline.iter().any(|sign| said.contains(sign)) {
            error = error.hint("the first run downloads the kit's crates: it needs the network");
        }
        Err(error)
    }

    /// Removes what was only for this build.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn clear(&self) -> Result<()> {
        let used_up = [&self.sources, &self.target];
        for folder in used_up
            .into_iter()
            .filter(|folder| self.kept.is_none() && folder.exists())
        {
            fs::remove_dir_all(folder).map_err(|e| Error::io("remove", folder, &e))?;
        }
        Ok(())
    }
}

/// The manifest of a workspace of only the lab's crates, with the lints they inherit.
fn workspace(manifest: &str) -> Result<String> {
    let wrong =
        |e: &dyn std::fmt::Display| Error::grader(format!("the embedded manifest is wrong: {e}"));
    let mut manifest: toml::Table = toml::from_str(manifest).map_err(|e| wrong(&e))?;
    let Some(toml::Value::Table(mut workspace)) = manifest.remove("workspace") else {
        return Err(wrong(&"it has no workspace"));
    };
    workspace.retain(|key, _| ["lints", "resolver"].contains(&key));
    workspace.insert("members".to_owned(), vec!["grader/lab/*"].into());
    let workspace = toml::Table::from_iter([("workspace".to_owned(), workspace.into())]);
    toml::to_string(&workspace).map_err(|e| wrong(&e))
}

/// Removes the files below `folder` that are not `known`: a module that has become a folder would be two.
fn remove_unknown(folder: &Path, known: &BTreeSet<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            remove_unknown(&path, known)?;
            // Only one that is empty goes.
            let _ = fs::remove_dir(&path);
        } else if !known.contains(&path) {
            fs::remove_file(&path).map_err(|e| Error::io("remove", &path, &e))?;
        }
    }
    Ok(())
}
