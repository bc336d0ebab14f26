//! Where an export goes: a new folder, which appears whole or not at all.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use tempfile::TempDir;

use crate::error::{Error, Result};
use crate::interrupt;

/// Makes the folder `into` by writing beside it first.
///
/// # Errors
/// When something is there already, and those of `write`.
pub fn put(into: &Path, write: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let parent = free(into)?;
    let signals = interrupt::hold_back();
    let whole = beside(parent)?;
    let _removed = signals.remove(whole.path());
    let made = whole.path().join("export");
    fs::create_dir(&made).map_err(|e| Error::io("make", &made, &e))?;
    write(&made)?;
    fs::rename(&made, into).map_err(|e| Error::io("write", into, &e))
}

/// The folder above a new one.
///
/// # Errors
/// When something is at its place already, or there is no folder above it that can be written.
pub fn free(into: &Path) -> Result<&Path> {
    if into.symlink_metadata().is_ok() {
        return Err(Error::usage(format!(
            "{} is there already; nothing was written",
            into.display()
        ))
        .hint("name a new folder with -o DIR"));
    }
    let parent = into.parent().filter(|p| !p.as_os_str().is_empty());
    let parent = parent.unwrap_or(Path::new("."));
    if !parent.is_dir() {
        let sentence = format!("there is no folder {} to write to", parent.display());
        return Err(Error::usage(sentence));
    }
    beside(parent)?;
    Ok(parent)
}

fn beside(parent: &Path) -> Result<TempDir> {
    tempfile::Builder::new()
        .prefix(".grade-export-")
        .tempdir_in(parent)
        .map_err(|error| {
            let why = std::io::Error::from(error.kind());
            Error::usage(format!("{} cannot be written: {why}", parent.display()))
                .hint("name a folder in another with -o DIR")
        })
}

/// Writes a file, and the folders above it.
///
/// # Errors
/// When it cannot be written.
pub fn text(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|e| Error::io("make", folder, &e))?;
    }
    fs::write(path, text).map_err(|e| Error::io("write", path, &e))
}

/// Writes a script.
///
/// # Errors
/// When it cannot be written.
pub fn script(path: &Path, script: &str) -> Result<()> {
    text(path, script)?;
    make_executable(path)
}

/// As `chmod 755` does.
///
/// # Errors
/// When it cannot be done.
pub fn make_executable(path: &Path) -> Result<()> {
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
        .map_err(|e| Error::io("make executable", path, &e))
}

/// Copies a folder without what is unwanted, by its name; all of it can be read by everybody.
///
/// # Errors
/// When something cannot be read or written.
pub fn copy(from: &Path, to: &Path, unwanted: &[&str]) -> Result<()> {
    fs::create_dir_all(to).map_err(|e| Error::io("make", to, &e))?;
    let entries = fs::read_dir(from).map_err(|e| Error::io("read", from, &e))?;
    for entry in entries.flatten() {
        let path = entry.path();
        if unwanted.iter().any(|name| entry.file_name() == *name) {
            continue;
        }
        if path.is_dir() {
            copy(&path, &to.join(entry.file_name()), unwanted)?;
        } else {
            copy_file(&path, to)?;
        }
    }
    Ok(())
}

/// Copies a file into a folder; everybody can read it, and run it if its owner can.
///
/// # Errors
/// When it cannot be read or written.
pub fn copy_file(from: &Path, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).map_err(|e| Error::io("make", folder, &e))?;
    let copied = folder.join(from.file_name().unwrap_or_default());
    fs::copy(from, &copied).map_err(|e| Error::io("copy", from, &e))?;
    let mode = fs::metadata(&copied).map_or(0o644, |of| of.permissions().mode());
    let mode = if mode & 0o100 == 0 { 0o644 } else { 0o755 };
    fs::set_permissions(&copied, fs::Permissions::from_mode(mode))
        .map_err(|e| Error::io("write", &copied, &e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fails_half_way_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let into = folder.path().join("out");
        let failed = put(&into, |folder| {
            text(&folder.join("half"), "half")?;
            Err(Error::grader("no more"))
        });
        assert_eq!(failed.unwrap_err(), Error::grader("no more"));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn what_is_there_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let error = put(folder.path(), |_| unreachable!()).unwrap_err();
        assert!(error.to_string().contains("is there already"), "{error}");
    }
}
