//! Everything of an exercise that decides, as it is read from a course's folder.

use std::fs;
use std::path::{Path, PathBuf};

use crate::course::Exercise;
use crate::error::{Error, Result};

/// Folders of an exercise's tests that no compilation reads.
const NOT_COMPILED: [&str; 3] = ["mistakes", "variants", "snapshots"];

/// Everything that decides, read once.
pub struct Sources {
    /// `contract.rs`, `driver.rs`, `judge.rs` and what they are made of.
    pub tests: Vec<(PathBuf, Vec<u8>)>,
    pub digest: String,
}

impl Sources {
    pub fn read(exercise: &Exercise) -> Result<Self> {
        let all = sources(exercise)?;
        let mut hasher = blake3::Hasher::new();
        for (path, bytes) in &all {
            for part in [path.to_string_lossy().as_bytes(), bytes] {
                hasher.update(&(part.len() as u64).to_le_bytes());
                hasher.update(part);
            }
        }
        let digest = hasher.finalize().to_hex().to_string();
        let mut tests = Vec::new();
        files(&exercise.tests, Path::new(""), &NOT_COMPILED, &mut tests)?;
        Ok(Self { tests, digest })
    }
}

/// blake3 of all that decides, as a verdict's `exercise_digest` has it.
///
/// # Errors
/// When it cannot be read.
pub fn digest(exercise: &Exercise) -> Result<String> {
    if let Some(held) = &exercise.held {
        return Ok(held.digest.clone());
    }
    Sources::read(exercise).map(|sources| sources.digest)
}

/// Every file that decides, by its path below the exercise's tests or below the folder of its handed crates.
///
/// # Errors
/// When one cannot be read.
pub fn sources(exercise: &Exercise) -> Result<Vec<(PathBuf, Vec<u8>)>> {
    let mut all = Vec::new();
    files(&exercise.tests, Path::new(""), &NOT_COMPILED, &mut all)?;
    for name in &exercise.settings.handed {
        files(
            &exercise.starter.join(name),
            Path::new(name),
            &["target"],
            &mut all,
        )?;
    }
    Ok(all)
}

/// The sources below `folder`, but for what is in a folder named in `without`, in the order of their names.
///
/// # Errors
/// When one cannot be read.
pub fn files(
    folder: &Path,
    below: &Path,
    without: &[&str],
    into: &mut Vec<(PathBuf, Vec<u8>)>,
) -> Result<()> {
    let entries = fs::read_dir(folder).map_err(|e| Error::io("read", folder, &e))?;
    let mut entries: Vec<_> = entries.flatten().collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let (path, name) = (entry.path(), entry.file_name());
        if path.is_dir() {
            if !without.iter().any(|other| name == *other) {
                files(&path, &below.join(name), without, into)?;
            }
        } else if path.extension().is_some_and(|e| e == "rs" || e == "toml") {
            let bytes = fs::read(&path).map_err(|e| Error::io("read", &path, &e))?;
            into.push((below.join(name), bytes));
        }
    }
    Ok(())
}
