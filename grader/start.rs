//! `grade start`: a starter, in a folder of the student's own.

use std::fs;
use std::io;
use std::path::Path;

use crate::course::Exercise;
use crate::error::{Error, Result};

/// Writes the starter of `exercise` and its handed crates into `into`, which must not be there or be
/// empty; answers what to say, with `course` as it was named on the command line. A new folder appears
/// whole or not at all.
///
/// # Errors
/// When `into` has something in it, or cannot be written.
pub fn write(exercise: &Exercise, into: &Path, course: Option<&Path>) -> Result<String> {
    let is_there = is_empty(exercise, into)?;
    let parent = into
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    // An empty folder that is there may be the one that a shell stands in: it stays the one it is.
    let beside = if is_there { into } else { parent };
    fs::create_dir_all(beside).map_err(|e| Error::io("make", beside, &e))?;
    let signals = crate::interrupt::hold_back();
    let whole = tempfile::Builder::new()
        .prefix(".grade-start-")
        .tempdir_in(beside)
        .map_err(|e| Error::io("write to", beside, &e))?;
    let _signal = signals.remove(whole.path());
    let made = whole.path().join("starter");
    copy(&exercise.starter, &made)?;
    if is_there {
        for entry in fs::read_dir(&made)
            .map_err(|e| Error::io("read", &made, &e))?
            .flatten()
        {
            let name = into.join(entry.file_name());
            fs::rename(entry.path(), &name).map_err(|e| Error::io("write", &name, &e))?;
        }
    } else {
        fs::rename(&made, into).map_err(|e| Error::io("write", into, &e))?;
    }
    Ok(said(exercise, into, course))
}

/// Whether there is an empty folder to write to, or (false) nothing yet.
fn is_empty(exercise: &Exercise, into: &Path) -> Result<bool> {
    match fs::read_dir(into).map(|mut entries| entries.next().is_some()) {
        Ok(true) => Err(Error::usage(format!(
            "{} has something in it already; nothing was written",
            into.display()
        ))
        .hint(format!(
            "name another folder: grade start {} DIR",
            exercise.id
        ))),
        Ok(false) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Error::usage(format!(
            "{} cannot be used: {error}",
            into.display()
        ))),
    }
}

fn said(exercise: &Exercise, into: &Path, course: Option<&Path>) -> String {
    let (id, title, folder) = (&exercise.id, &exercise.settings.title, into.display());
    let read = into.join("README.md");
    let course = course.map_or_else(String::new, |course| {
        format!(" --course {}", course.display())
    });
    format!(
        "{id} · {title} is in {folder}\n  read  {}\n  then  grade {id} --path {folder}{course}\n",
        read.display(),
    )
}

/// What cargo leaves in a folder.
pub const NOT_THE_AUTHORS: [&str; 2] = ["target", "Cargo.lock"];

/// Copies a folder of plain files, without what cargo made in it.
fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).map_err(|e| Error::io("make", to, &e))?;
    for entry in fs::read_dir(from)
        .map_err(|e| Error::io("read", from, &e))?
        .flatten()
    {
        let (path, name) = (entry.path(), entry.file_name());
        if NOT_THE_AUTHORS.iter().any(|made| name == *made) {
            continue;
        }
        if path.is_dir() {
            copy(&path, &to.join(name))?;
        } else {
            fs::copy(&path, to.join(name)).map_err(|e| Error::io("copy", &path, &e))?;
        }
    }
    Ok(())
}
