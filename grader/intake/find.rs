//! Where a student's work on an exercise is.

use std::fs;
use std::path::{Path, PathBuf};

use super::archive;
use super::folder::manifest;
use crate::course::Exercise;
use crate::error::{Error, Result};

/// Finds the folder with a student's work on `exercise`: `path` if it is given, else the first of
/// `./ID`, `./exercises/ID` and `.` that holds `src/lib.rs`.
///
/// # Errors
/// When there is none, or it is the work on another exercise.
pub fn find(exercise: &Exercise, krate: &str, path: Option<&Path>) -> Result<PathBuf> {
    let found = path.map_or_else(|| here(exercise), given)?;
    match package(&found) {
        Some(name) if name.replace('-', "_") != krate => Err(Error::usage(format!(
            "{} is the package `{name}`, and {} wants `{krate}`",
            found.display(),
            exercise.id
        ))
        .hint("name the exercise that this folder is for, or another folder with `--path DIR`")),
        _ => Ok(found),
    }
}

fn here(exercise: &Exercise) -> Result<PathBuf> {
    let id = &exercise.id;
    let folders = [
        PathBuf::from(id),
        Path::new("exercises").join(id),
        PathBuf::from("."),
    ];
    let found = folders
        .into_iter()
        .find(|folder| folder.join("src/lib.rs").is_file());
    found.ok_or_else(|| {
        Error::usage(format!(
            "no submission here: none of ./{id}, ./exercises/{id} and . has a src/lib.rs"
        ))
        .hint(format!(
            "`grade start {id}` writes the starter, `--path DIR` names another folder"
        ))
    })
}

/// The work on `exercise` that is in the working folder, if there is some: `./ID`, `./exercises/ID`, or the folder itself
/// where its package is the exercise's.
pub fn begun(exercise: &Exercise, krate: &str) -> Option<PathBuf> {
    let is_work = |folder: &PathBuf| folder.join("src/lib.rs").is_file();
    let of_package = |folder: &PathBuf| package(folder).map(|name| name.replace('-', "_") == krate);
    let named = [
        PathBuf::from(&exercise.id),
        Path::new("exercises").join(&exercise.id),
    ];
    let mut named = named.into_iter();
    let found = named.find(|folder| is_work(folder) && of_package(folder) != Some(false));
    found.or_else(|| {
        let here = PathBuf::from(".");
        (is_work(&here) && of_package(&here) == Some(true)).then_some(here)
    })
}

fn given(path: &Path) -> Result<PathBuf> {
    let metadata = fs::metadata(path).map_err(|error| {
        Error::usage(format!(
            "no submission at {}: {}",
            path.display(),
            reason(&error)
        ))
    })?;
    if archive::Kind::of(path).is_some() {
        return Ok(path.to_owned());
    }
    if !metadata.is_dir() {
        return Err(Error::usage(format!(
            "{} is a file; a submission is a folder with src/lib.rs, a .zip or a .tar.gz",
            path.display()
        ))
        .hint("name the folder that holds `src`"));
    }
    let lib = path.join("src/lib.rs");
    if fs::metadata(&lib).is_ok_and(|metadata| metadata.is_dir()) {
        return Err(Error::usage(format!(
            "{} is a folder; it should be a file",
            lib.display()
        )));
    }
    let is_lone = path.join("lib.rs").is_file() && fs::symlink_metadata(path.join("src")).is_err();
    if fs::symlink_metadata(&lib).is_err() && !is_lone {
        let hint = if path.join("lib.rs").is_file() {
            "there is a lib.rs beside it: it belongs into src/"
        } else if path.join("src/main.rs").is_file() {
            "there is a src/main.rs: an exercise is a library, so its code belongs into src/lib.rs"
        } else {
            "a submission is a crate: its code is in src/lib.rs"
        };
        return Err(Error::usage(format!("{} has no src/lib.rs", path.display())).hint(hint));
    }
    Ok(path.to_owned())
}

pub fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is nothing".to_owned(),
        _ => error.to_string(),
    }
}

/// The package's name, from its `Cargo.toml`, read as data.
fn package(folder: &Path) -> Option<String> {
    let name = manifest(folder)?
        .get("package")?
        .get("name")?
        .as_str()?
        .to_owned();
    Some(name)
}
