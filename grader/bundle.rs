//! A prebuilt course: kit, drivers and judges as they were compiled, and no sources. It is good for the toolchain and
//! the `grade` that it was made with, which it names.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::cache;
use crate::error::{Error, Result};
use crate::kit::{self, Kit};
use crate::prebuild::Prebuilt;
use crate::toolchain::Toolchain;

/// The file that makes a folder a prebuilt course.
pub const NAME: &str = "bundle.json";
const SCHEMA: &str = "grade.bundle/1";
/// Where its kit is.
pub const KIT: &str = "kit";
/// Where each exercise's folder of drivers and judges is.
pub const PREBUILT: &str = "prebuilt";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    pub schema: String,
    /// The version of `grade` that made it.
    pub grade: String,
    /// blake3 of what that builds kits from.
    pub grade_digest: String,
    /// `rustc -vV`, whole.
    pub toolchain: String,
    /// blake3 of the manifest of its kit.
    pub kit: String,
    /// By id.
    pub exercises: BTreeMap<String, Recorded>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recorded {
    /// blake3 of the manifest of what was built.
    pub prebuilt: String,
    /// What a drive rests on, as traces name it.
    pub driver_digest: String,
}

/// A prebuilt course, in its folder.
#[derive(Debug, Clone)]
pub struct Bundle {
    root: PathBuf,
    manifest: Manifest,
}

/// What stands for the hidden half of one of its exercises.
#[derive(Debug, Clone)]
pub struct Held {
    pub root: PathBuf,
    /// The crate that the contract asks for.
    pub krate: String,
    /// blake3 of all that decides.
    pub digest: String,
    pub driver_digest: String,
}

impl Manifest {
    /// Of what is built with this kit.
    pub fn of(toolchain: &Toolchain, kit: String, exercises: BTreeMap<String, Recorded>) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            grade: env!("CARGO_PKG_VERSION").to_owned(),
            grade_digest: kit::sources_digest(),
            toolchain: toolchain.verbose_version.clone(),
            kit,
            exercises,
        }
    }
}

impl Bundle {
    /// The prebuilt course in `root`, if it is one.
    ///
    /// # Errors
    /// When it is of another `grade`, or its manifest is no such thing.
    pub fn read(root: &Path) -> Result<Option<Self>> {
        let path = root.join(NAME);
        if path.symlink_metadata().is_err() {
            return Ok(None);
        }
        let bytes = fs::read(&path).map_err(|e| Error::io("read", &path, &e))?;
        let manifest: Manifest = serde_json::from_slice(&bytes)
            .map_err(|e| Error::usage(format!("{} is wrong: {e}", path.display())))?;
        let bundle = Self {
            root: root.to_owned(),
            manifest,
        };
        if bundle.manifest.schema != SCHEMA {
            return Err(bundle.refused(&format!("is no {SCHEMA}")));
        }
        if bundle.manifest.grade_digest != kit::sources_digest() {
            let by = format!("was made by another grade {}", bundle.manifest.grade);
            return Err(bundle.refused(&by));
        }
        Ok(Some(bundle))
    }

    fn refused(&self, why: &str) -> Error {
        let sentence = format!("the prebuilt course {} {why}", self.root.display());
        Error::usage(sentence).hint("make it again with this one: grade export prebuilt -o DIR")
    }

    /// That something needs what it does not have.
    pub fn has_no_sources(&self) -> Error {
        let sentence = format!(
            "{} is a prebuilt course: it has no sources, and no answers",
            self.root.display()
        );
        Error::usage(sentence).hint("name the course that it was made from with --course DIR")
    }

    /// Its kit, if it was built with this toolchain.
    ///
    /// # Errors
    /// When it was built with another, or is not what was built.
    pub fn kit(&self, toolchain: &Toolchain) -> Result<Kit> {
        if self.manifest.toolchain != toolchain.verbose_version {
            let line = |text: &str| text.lines().next().unwrap_or_default().to_owned();
            let sentence = format!(
                "the prebuilt course {} is for {} on {}, and this is {} on {}",
                self.root.display(),
                line(&self.manifest.toolchain),
                host(&self.manifest.toolchain),
                line(&toolchain.verbose_version),
                toolchain.host,
            );
            return Err(Error::usage(sentence)
                .hint("install that toolchain, or make the course again with this one"));
        }
        let kit = self.whole(&self.root.join(KIT), &self.manifest.kit)?;
        Kit::at(kit)
    }

    /// What stands for the hidden half of an exercise.
    ///
    /// # Errors
    /// When it has no such exercise, or it is not what was built.
    pub fn held(&self, id: &str) -> Result<Held> {
        let recorded = self.manifest.exercises.get(id).ok_or_else(|| {
            self.refused(&format!("has settings of {id}, and nothing that was built"))
        })?;
        let root = self.whole(&self.root.join(PREBUILT).join(id), &recorded.prebuilt)?;
        let facts = Prebuilt::at(root.clone())?.facts;
        Ok(Held {
            root,
            krate: facts.krate,
            digest: facts.digest,
            driver_digest: recorded.driver_digest.clone(),
        })
    }

    fn whole(&self, folder: &Path, recorded: &str) -> Result<PathBuf> {
        let is_the_one = cache::identity(folder).is_ok_and(|found| found == recorded);
        if is_the_one && cache::is_as_recorded(folder) {
            return Ok(folder.to_owned());
        }
        Err(self.refused(&format!(
            "is not whole: {} is not what was made",
            folder.display()
        )))
    }
}

/// What `rustc -vV` says that it compiles for.
fn host(verbose_version: &str) -> &str {
    let host = verbose_version
        .lines()
        .find_map(|line| line.strip_prefix("host: "));
    host.unwrap_or("another machine")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_the_file_is_no_prebuilt_course() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Bundle::read(folder.path()).unwrap().is_none());
    }

    #[test]
    fn one_of_another_grade_is_refused_in_a_sentence() {
        let folder = tempfile::tempdir().unwrap();
        let manifest = Manifest {
            schema: SCHEMA.to_owned(),
            grade: "0.0.1".to_owned(),
            grade_digest: "another".to_owned(),
            toolchain: "rustc 1.95.0".to_owned(),
            kit: String::new(),
            exercises: BTreeMap::new(),
        };
        let text = serde_json::to_vec(&manifest).unwrap();
        fs::write(folder.path().join(NAME), text).unwrap();
        let error = Bundle::read(folder.path()).unwrap_err().to_string();
        assert!(error.contains("was made by another grade 0.0.1"), "{error}");
    }
}
