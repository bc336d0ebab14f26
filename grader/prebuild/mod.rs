//! The hidden half of an exercise, compiled once and cached by content: the crates it hands out, its
//! contract, its driver, its judge, and the source of the adapter that joins a submission to it.

mod builder;
mod sources;

use std::fs;
use std::path::{Path, PathBuf};

use builder::{Builder, FLAGS};
use sources::Sources;

use crate::cache::Cache;
use crate::course::Exercise;
use crate::error::{Error, Result};
use crate::facts::Facts;
use crate::kit::Kit;
use crate::progress::Progress;
use crate::toolchain::Toolchain;

pub use sources::{digest, sources};

/// The file that says what was prebuilt.
const FACTS: &str = "exercise.json";
/// The folder of programs that must not compile.
const PROGRAMS: &str = "programs";
/// A prebuilt exercise.
#[derive(Debug, Clone)]
pub struct Prebuilt {
    root: PathBuf,
    pub facts: Facts,
}

impl Prebuilt {
    /// The prebuilt exercise, built if it is not in the cache.
    ///
    /// # Errors
    /// When the exercise itself is wrong: its contract, driver or judge does not compile.
    pub fn ready(
        cache: &Cache,
        toolchain: &Toolchain,
        kit: &Kit,
        exercise: &Exercise,
        progress: &Progress,
    ) -> Result<Self> {
        if let Some(held) = &exercise.held {
            return Self::at(held.root.clone());
        }
        let sources = Sources::read(exercise)?;
        let key = &blake3::hash(format!("{}{FLAGS:?}{}", kit.build, sources.digest).as_bytes())
            .to_hex()[..16];
        let name = format!("{}-{key}", exercise.id);
        let root = cache.entry(&name, |into| {
            let _shown =
                progress.long(&format!("building the driver and judge of {}", exercise.id));
            Builder {
                into,
                toolchain,
                kit,
                exercise,
                sources: &sources,
            }
            .build()
        })?;
        Self::at(root)
    }

    /// What was prebuilt in this folder.
    ///
    /// # Errors
    /// When nothing was.
    pub fn at(root: PathBuf) -> Result<Self> {
        let path = root.join(FACTS);
        let facts = fs::read(&path)
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .ok_or_else(|| Error::grader(format!("{} cannot be read", path.display())))?;
        Ok(Self { root, facts })
    }

    /// What it was built from, by the name that it has in the cache.
    pub fn key(&self) -> String {
        let name = self.root.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }

    pub fn driver(&self) -> PathBuf {
        self.root.join("driver")
    }

    pub fn judge(&self) -> PathBuf {
        self.root.join("judge")
    }

    pub fn adapter_source(&self) -> PathBuf {
        self.root.join("adapter.rs")
    }

    pub fn contract(&self) -> PathBuf {
        self.root.join("libcontract.rlib")
    }

    /// Where its programs are that must not compile, each with its twin.
    pub fn programs(&self) -> PathBuf {
        self.root.join("source").join(PROGRAMS)
    }

    /// Where its handed crates' library is.
    pub fn libraries(&self) -> &Path {
        &self.root
    }

    /// Its handed crates, each as it is.
    pub fn handed_libraries(&self) -> Vec<PathBuf> {
        let of = |name: &String| self.root.join(format!("lib{name}.rlib"));
        self.facts.handed.iter().map(of).collect()
    }

    /// The dynamic library around all of them, if there are any.
    pub fn handed_library(&self) -> Option<PathBuf> {
        (!self.facts.handed.is_empty()).then(|| self.root.join("libhanded.so"))
    }

    /// What makes rustc see the handed crates.
    pub fn handed(&self) -> Vec<String> {
        handed(&self.root, &self.facts.handed)
    }
}

fn handed(root: &Path, names: &[String]) -> Vec<String> {
    let extern_of = |name: &String| {
        format!(
            "--extern={name}={}",
            root.join(format!("lib{name}.rlib")).display()
        )
    };
    let mut arguments: Vec<_> = names.iter().map(extern_of).collect();
    if !names.is_empty() {
        // A contract that mentions them is itself a crate that depends on them.
        arguments.push(format!("-Ldependency={}", root.display()));
    }
    arguments
}

/// Where a driver finds its libraries.
pub fn library_path(toolchain: &Toolchain, kit: &Kit, prebuilt: &Path) -> std::ffi::OsString {
    let folders = [kit.libraries(), toolchain.libraries(), prebuilt.to_owned()];
    std::env::join_paths(folders).expect("the cache's path has no colon")
}
