//! The kit: the crates a submission may use, built once per toolchain with cargo, from the sources
//! that `grade` carries and the versions its lock file pins.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use semver::Version;
use serde::{Deserialize, Serialize};

use crate::cache::{self, Cache};
use crate::disk_space;
use crate::error::{Error, Result};
use crate::progress::Progress;
use crate::toolchain::Toolchain;
use crate::workshop::Workshop;

/// What a submission may use, by the name it writes; `tokio` is the facade.
pub const SUBMISSION_CRATES: [&str; 8] = [
    "tokio",
    "futures",
    "tokio_stream",
    "tokio_util",
    "async_stream",
    "bytes",
    "thiserror",
    "anyhow",
];
/// What handed crates may use beside those: a submission gets what they make of it.
const HANDED_CRATES: [&str; 3] = ["http", "http_body_util", "hyper"];
/// What drivers may use beside those.
const DRIVER_CRATES: [&str; 4] = ["lab", "serde", "serde_json", "tokio_test"];
/// What judges are built on.
const JUDGE_CRATES: [&str; 3] = ["judge", "serde", "serde_json"];

/// What a kit takes on the disk, in bytes; its build takes some more.
const ROOM: u64 = 256 << 20;
/// The file that says where each crate is.
const CRATES: &str = "crates.json";

/// A built kit.
#[derive(Debug, Clone)]
pub struct Kit {
    /// Which build it is. Another build of the same sources is another kit: what was compiled against
    /// the one does not fit the other.
    pub build: String,
    root: PathBuf,
    crates: Crates,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Crates {
    /// File names in `deps`, by crate name.
    files: BTreeMap<String, String>,
}

/// The version of tokio that the kit has, as a manifest asks for it.
pub fn tokio_version() -> String {
    Workshop::tokio_version()
}

impl Kit {
    /// The kit of this toolchain, built if it is not in the cache.
    ///
    /// # Errors
    /// When it cannot be built: no network on the first run, a full disk.
    pub fn ready(cache: &Cache, toolchain: &Toolchain, progress: &Progress) -> Result<Self> {
        let name = format!("kit-{}", key(toolchain));
        let ready = || cache.entry(&name, |into| build(into, toolchain, progress));
        let mut root = ready()?;
        if crates(&root).is_none() && !cache.is_intact() {
            root = ready()?;
        }
        Self::at(root)
    }

    /// A kit that was copied into a prebuilt course.
    ///
    /// # Errors
    /// When it is not there.
    pub fn at(root: PathBuf) -> Result<Self> {
        let crates = crates(&root)
            .ok_or_else(|| Error::grader(format!("the kit has no {CRATES}: {}", root.display())))?;
        Ok(Self {
            build: cache::identity(&root)?,
            root,
            crates,
        })
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where its libraries are.
    pub fn libraries(&self) -> PathBuf {
        self.root.join("deps")
    }

    /// The kit's one dynamic library.
    pub fn library(&self) -> PathBuf {
        self.libraries().join("libkit.so")
    }

    /// A crate's compiled form.
    ///
    /// # Panics
    /// When the kit has no such crate; its build made sure of those below.
    fn file(&self, name: &str) -> PathBuf {
        self.libraries().join(&self.crates.files[name])
    }

    /// What makes rustc see the kit's crates that a submission may name.
    pub fn for_submission(&self) -> Vec<String> {
        self.externs(&SUBMISSION_CRATES)
    }

    /// … that a handed crate may name.
    pub fn for_handed(&self) -> Vec<String> {
        let mut arguments = self.for_submission();
        arguments.extend(self.externs(&HANDED_CRATES));
        arguments
    }

    /// … that a driver, contract or adapter may name.
    pub fn for_driver(&self) -> Vec<String> {
        let mut arguments = self.externs(&SUBMISSION_CRATES);
        arguments.extend(self.externs(&DRIVER_CRATES));
        arguments.push(format!("--extern=kit={}", self.library().display()));
        arguments.push("-Cprefer-dynamic".to_owned());
        arguments
    }

    /// … that a judge may name.
    pub fn for_judge(&self) -> Vec<String> {
        self.externs(&JUDGE_CRATES)
    }

    fn externs(&self, names: &[&str]) -> Vec<String> {
        let mut arguments: Vec<_> = names
            .iter()
            .map(|name| format!("--extern={name}={}", self.file(name).display()))
            .collect();
        // What they depend on is found here, and cannot be named.
        arguments.push(format!("-Ldependency={}", self.libraries().display()));
        arguments
    }
}

fn crates(kit: &Path) -> Option<Crates> {
    serde_json::from_slice(&fs::read(kit.join(CRATES)).ok()?).ok()
}

/// What `grade` builds kits from: its version and the sources that it carries.
pub fn sources_digest() -> String {
    let mut hasher = blake3::Hasher::new();
    for text in Workshop::settings().chain([env!("CARGO_PKG_VERSION")]) {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}

fn key(toolchain: &Toolchain) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut part = |text: &str| {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    };
    part(env!("CARGO_PKG_VERSION"));
    part(&toolchain.verbose_version);
    part(&toolchain.linker.to_string_lossy());
    Workshop::settings().for_each(part);
    hasher.finalize().to_hex()[..16].to_owned()
}

fn build(into: &Path, toolchain: &Toolchain, progress: &Progress) -> Result<()> {
    let _shown = progress
        .long("building the kit (once per toolchain: tokio and the crates a submission may use)");
    if let Some(left) = disk_space::left(into).filter(|left| *left < ROOM) {
        let sentence = format!(
            "the disk of the cache is full: {} MB are left, and the kit takes {}",
            left >> 20,
            ROOM >> 20
        );
        return Err(Error::grader(sentence).hint(disk_space::HINT));
    }
    let workshop = Workshop::open(into)?;
    let mut crates = Crates::default();
    for (package, flags) in [
        ("grade-kit", &["-Cprefer-dynamic"][..]),
        ("grade-judge", &[]),
    ] {
        let messages = workshop.compile(toolchain, package, flags)?;
        collect(&messages, &into.join("deps"), &mut crates)?;
    }
    for name in SUBMISSION_CRATES
        .iter()
        .chain(&HANDED_CRATES)
        .chain(&DRIVER_CRATES)
        .chain(&JUDGE_CRATES)
    {
        if !crates.files.contains_key(*name) {
            return Err(Error::grader(format!("the kit was built without `{name}`")));
        }
    }
    let path = into.join(CRATES);
    let text = serde_json::to_vec(&crates).expect("names have a JSON form");
    fs::write(&path, text).map_err(|e| Error::io("write", &path, &e))?;
    workshop.clear()
}

/// One line of cargo's `--message-format=json`.
#[derive(Deserialize)]
struct Message {
    reason: String,
    #[serde(default)]
    package_id: String,
    target: Option<Target>,
    #[serde(default)]
    filenames: Vec<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
}

/// Which of two crates of one name is meant: the lab's own (the `tokio` facade over real tokio), else
/// the newest version, which is the one that the kit itself depends on.
fn rank(package_id: &str) -> (bool, Option<Version>) {
    let version = package_id
        .rsplit(['@', '#'])
        .next()
        .and_then(|version| Version::parse(version).ok());
    (package_id.starts_with("path+"), version)
}

/// Copies every library that cargo made, and remembers the files of the crates that can be named.
fn collect(messages: &[u8], deps: &Path, crates: &mut Crates) -> Result<()> {
    fs::create_dir_all(deps).map_err(|e| Error::io("make", deps, &e))?;
    let mut ranks: BTreeMap<String, (bool, Option<Version>)> = BTreeMap::new();
    for line in messages
        .split(|byte| *byte == b'\n')
        .filter(|line| line.starts_with(b"{"))
    {
        let Ok(message) = serde_json::from_slice::<Message>(line) else {
            continue;
        };
        let Some(target) = message
            .target
            .filter(|_| message.reason == "compiler-artifact")
        else {
            continue;
        };
        for file in message.filenames {
            let extension = file
                .extension()
                .and_then(|e| e.to_str())
                .unwrap_or_default();
            if !["rlib", "so", "dylib"].contains(&extension) {
                continue;
            }
            let name = file.file_name().unwrap_or_default();
            let copied = deps.join(name);
            if !copied.exists() {
                fs::copy(&file, &copied).map_err(|e| Error::io("write", &copied, &e))?;
            }
            let usable = extension == "rlib" || target.kind.iter().any(|kind| kind == "dylib");
            if usable {
                let krate = target.name.replace('-', "_");
                let rank = rank(&message.package_id);
                if ranks.get(&krate).is_none_or(|other| *other < rank) {
                    ranks.insert(krate.clone(), rank);
                    crates
                        .files
                        .insert(krate, name.to_string_lossy().into_owned());
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn the_facade_is_the_tokio_that_a_submission_gets() {
        let facade = rank("path+file:///somewhere/grader/lab/tokio#grade-tokio@1.54.1");
        let real = rank("registry+https://github.com/rust-lang/crates.io-index#tokio@1.54.1");
        assert!(facade > real);
    }

    #[test]
    fn of_two_versions_the_newer_is_meant() {
        let of = |version: &str| {
            rank(&format!(
                "registry+https://github.com/rust-lang/crates.io-index#thiserror@{version}"
            ))
        };
        assert!(of("2.0.21") > of("1.0.69"));
    }
}
