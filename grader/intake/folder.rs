//! Gathers a submission from a folder. Every folder and file is opened from the one above it, and none through a
//! link, so that nothing else can be put in its place meanwhile.

use std::fs::{self, File};
use std::io::Read;
use std::os::fd::OwnedFd;
use std::path::Path;

use rustix::fs::{CWD, Dir, FileType, Mode, OFlags, fstat, openat};
use rustix::io::Errno;

use super::find::reason;
use super::gather::{Gathered, MAX_DEPTH, MAX_FILE, SYMBOLIC, is_code, shown};
use crate::error::{Error, Result};

/// Gathers the crate in `folder`.
///
/// # Errors
/// When it cannot be read.
pub fn gather(folder: &Path) -> Result<Gathered> {
    let mut walk = Walk {
        root: folder,
        into: Gathered::default(),
    };
    walk.into.manifest = manifest(folder);
    let crate_folder = open(CWD, folder, true).map_err(|e| unreadable(folder, e))?;
    match open(&crate_folder, "src", false) {
        Ok(source) => walk.folder(&source, "src", 0)?,
        Err(Errno::LOOP | Errno::NOTDIR) if folder.join("src").is_symlink() => {
            walk.into.refuse(SYMBOLIC.replace("{}", "src"));
        }
        Err(Errno::NOENT) => walk.file(&crate_folder, "lib.rs", "src/lib.rs")?,
        Err(error) => return Err(unreadable(&folder.join("src"), error)),
    }
    Ok(walk.into.sorted())
}

/// The crate's manifest, read as data; none where there is no plain one.
pub fn manifest(folder: &Path) -> Option<toml::Table> {
    let path = folder.join("Cargo.toml");
    let metadata = fs::symlink_metadata(&path).ok()?;
    if !metadata.is_file() || metadata.len() > MAX_FILE {
        return None;
    }
    toml::from_str(&fs::read_to_string(path).ok()?).ok()
}

/// Opens a folder; the last part of its path is no link unless `follows`.
fn open(at: impl std::os::fd::AsFd, path: impl rustix::path::Arg, follows: bool) -> Opened {
    let mut flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    flags.set(OFlags::NOFOLLOW, !follows);
    openat(at, path, flags, Mode::empty())
}

type Opened = std::result::Result<OwnedFd, Errno>;

fn unreadable(path: &Path, error: Errno) -> Error {
    Error::usage(format!(
        "{} cannot be read: {}",
        path.display(),
        reason(&error.into())
    ))
}

struct Walk<'a> {
    root: &'a Path,
    into: Gathered,
}

impl Walk<'_> {
    /// Gathers what is in an open folder, which is `name` below the crate.
    fn folder(&mut self, folder: &OwnedFd, name: &str, depth: usize) -> Result<()> {
        if depth > MAX_DEPTH {
            self.into
                .refuse(format!("{} lies {MAX_DEPTH} folders deep", shown(name)));
            return Ok(());
        }
        let failed = |e| unreadable(&self.root.join(name), e);
        let mut names = Vec::new();
        for entry in Dir::read_from(folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            if let Ok(name) = entry.file_name().to_str() {
                names.push(name.to_owned());
            }
        }
        names.sort();
        for entry in names.iter().filter(|entry| *entry != "." && *entry != "..") {
            if !self.into.is_full() {
                self.entry(folder, entry, &format!("{name}/{entry}"), depth)?;
            }
        }
        Ok(())
    }

    fn entry(&mut self, folder: &OwnedFd, entry: &str, below: &str, depth: usize) -> Result<()> {
        let failed = |e| unreadable(&self.root.join(below), e);
        let found = rustix::fs::statat(folder, entry, rustix::fs::AtFlags::SYMLINK_NOFOLLOW)
            .map_err(failed)?;
        match FileType::from_raw_mode(found.st_mode) {
            FileType::Directory => {
                let inner = open(folder, entry, false).map_err(failed)?;
                self.folder(&inner, below, depth + 1)?;
            }
            FileType::RegularFile if is_code(below) => self.file(folder, entry, below)?,
            // An editor's lock on a file that is being edited begins with a dot.
            FileType::RegularFile => {}
            _ if entry.starts_with('.') => {}
            FileType::Symlink if is_code(below) || self.root.join(below).is_dir() => {
                self.into.refuse(SYMBOLIC.replace("{}", &shown(below)));
            }
            FileType::Symlink => {}
            _ if is_code(below) => {
                self.into
                    .refuse(format!("{} is not a regular file", shown(below)));
            }
            _ => {}
        }
        Ok(())
    }

    fn file(&mut self, folder: &OwnedFd, entry: &str, below: &str) -> Result<()> {
        let failed = |e: Errno| unreadable(&self.root.join(below), e);
        // A pipe that took the file's place is not waited for.
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file = match openat(folder, entry, flags, Mode::empty()) {
            Err(Errno::LOOP) => {
                self.into.refuse(SYMBOLIC.replace("{}", &shown(below)));
                return Ok(());
            }
            other => other.map_err(failed)?,
        };
        let kind = FileType::from_raw_mode(fstat(&file).map_err(failed)?.st_mode);
        if kind != FileType::RegularFile {
            self.into
                .refuse(format!("{} is not a regular file", shown(below)));
            return Ok(());
        }
        let mut bytes = Vec::new();
        File::from(file)
            .take(MAX_FILE + 1)
            .read_to_end(&mut bytes)
            .map_err(|e| failed(Errno::from_io_error(&e).unwrap_or(Errno::IO)))?;
        self.into.add(below, bytes);
        Ok(())
    }
}
