//! Intake: a student's folder becomes a submission. Only its `.rs` files below `src/` count; the
//! folder is never written to.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use trace::finding::At;

use crate::course::Exercise;
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};

/// The most files, and bytes in one and in all, that a submission may have.
const MAX_FILES: usize = 500;
const MAX_FILE: u64 = 1 << 20;
const MAX_BYTES: u64 = 8 << 20;
/// Folders below `src/`, one in the other.
const MAX_DEPTH: usize = 32;

/// A link could lead to what is none of the submission.
const SYMBOLIC: &str = "{} is a symbolic link: only plain files and folders are graded";

/// A student's crate: its `.rs` files, and nothing else counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// Paths below the crate, `src/lib.rs` among them, in order, with their text.
    pub files: Vec<(String, String)>,
    /// Crates that its `Cargo.toml` asks for, for messages only.
    pub asks_for: Vec<String>,
    /// blake3 of the files.
    pub digest: String,
}

/// What became of a folder.
#[derive(Debug)]
pub enum Intake {
    Accepted(Submission),
    /// It cannot be graded; why, in the student's terms.
    Refused {
        digest: String,
        diagnostics: Vec<Diagnostic>,
    },
}

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

fn given(path: &Path) -> Result<PathBuf> {
    let metadata = fs::metadata(path).map_err(|error| {
        Error::usage(format!(
            "no submission at {}: {}",
            path.display(),
            reason(&error)
        ))
    })?;
    if !metadata.is_dir() {
        return Err(Error::usage(format!(
            "{} is a file; a submission is a folder with src/lib.rs",
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
    if fs::symlink_metadata(&lib).is_err() {
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

fn reason(error: &std::io::Error) -> String {
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

fn manifest(folder: &Path) -> Option<toml::Table> {
    let path = folder.join("Cargo.toml");
    let metadata = fs::symlink_metadata(&path).ok()?;
    if !metadata.is_file() || metadata.len() > MAX_FILE {
        return None;
    }
    toml::from_str(&fs::read_to_string(path).ok()?).ok()
}

/// Takes in the crate in `folder`.
///
/// # Errors
/// When the folder cannot be read.
pub fn take(folder: &Path) -> Result<Intake> {
    let mut taking = Taking {
        files: Vec::new(),
        bytes: 0,
        refused: Vec::new(),
    };
    let source = folder.join("src");
    if source.is_symlink() {
        taking.refuse(SYMBOLIC.replace("{}", "src"));
    } else {
        taking.folder(&source, "src", 0)?;
    }
    taking.files.sort();
    let digest = digest(&taking.files);
    let files =
        taking
            .files
            .into_iter()
            .filter_map(|(path, bytes)| match String::from_utf8(bytes) {
                Ok(text) => Some((path, text)),
                Err(error) => {
                    let good = error.utf8_error().valid_up_to();
                    let line = error.as_bytes()[..good]
                        .split(|byte| *byte == b'\n')
                        .count();
                    let message =
                        format!("{path} is not UTF-8: the byte at {good} begins no character");
                    let at = At {
                        file: path,
                        line: u32::try_from(line).unwrap_or(u32::MAX),
                    };
                    taking
                        .refused
                        .push(Diagnostic::own(message, Some(at)).help("save the file as UTF-8"));
                    None
                }
            });
    let files: Vec<_> = files.collect();
    if files.iter().all(|(_, text)| text.trim().is_empty()) && taking.refused.is_empty() {
        taking.refused.push(Diagnostic::own(
            "the crate is empty: src/lib.rs has no code",
            None,
        ));
    }
    if !taking.refused.is_empty() {
        return Ok(Intake::Refused {
            digest,
            diagnostics: taking.refused,
        });
    }
    let dependencies = manifest(folder).and_then(|m| m.get("dependencies")?.as_table().cloned());
    let asks_for = dependencies.map_or_else(Vec::new, |d| {
        d.keys().map(|k| k.replace('-', "_")).collect()
    });
    Ok(Intake::Accepted(Submission {
        files,
        asks_for,
        digest,
    }))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Error {
    Error::usage(format!(
        "{} cannot be read: {}",
        path.display(),
        reason(error)
    ))
}

struct Taking {
    files: Vec<(String, Vec<u8>)>,
    bytes: u64,
    refused: Vec<Diagnostic>,
}

impl Taking {
    fn folder(&mut self, folder: &Path, name: &str, depth: usize) -> Result<()> {
        if depth > MAX_DEPTH {
            self.refuse(format!("{name} lies {MAX_DEPTH} folders deep"));
            return Ok(());
        }
        let entries = fs::read_dir(folder).map_err(|e| unreadable(folder, &e))?;
        for entry in entries {
            let entry = entry.map_err(|e| unreadable(folder, &e))?;
            let path = entry.path();
            let Ok(file_name) = entry.file_name().into_string() else {
                continue;
            };
            let below = format!("{name}/{file_name}");
            let kind = entry.file_type().map_err(|e| unreadable(&path, &e))?;
            let is_code = path.extension().is_some_and(|e| e == "rs") && below != "src/main.rs";
            if kind.is_dir() {
                self.folder(&path, &below, depth + 1)?;
            } else if kind.is_file() {
                if is_code {
                    self.file(&path, below)?;
                }
            } else if file_name.starts_with('.') {
                // An editor's lock on a file that is being edited.
            } else if kind.is_symlink() && (is_code || path.is_dir()) {
                self.refuse(SYMBOLIC.replace("{}", &below));
            } else if is_code {
                self.refuse(format!("{below} is not a regular file"));
            }
        }
        Ok(())
    }

    fn file(&mut self, path: &Path, below: String) -> Result<()> {
        let file = fs::File::open(path).map_err(|e| unreadable(path, &e))?;
        let mut bytes = Vec::new();
        file.take(MAX_FILE + 1)
            .read_to_end(&mut bytes)
            .map_err(|e| unreadable(path, &e))?;
        self.bytes += bytes.len() as u64;
        if bytes.len() as u64 > MAX_FILE {
            self.refuse(format!("{below} is larger than {} KiB", MAX_FILE >> 10));
        } else if self.bytes > MAX_BYTES {
            self.refuse(format!(
                "the submission is larger than {} MiB",
                MAX_BYTES >> 20
            ));
        } else if self.files.len() == MAX_FILES {
            self.refuse(format!("the submission has more than {MAX_FILES} files"));
        } else {
            self.files.push((below, bytes));
        }
        Ok(())
    }

    fn refuse(&mut self, message: String) {
        if self.refused.len() < 10 && !self.refused.iter().any(|said| said.message == message) {
            self.refused.push(Diagnostic::own(message, None));
        }
    }
}

fn digest(files: &[(String, Vec<u8>)]) -> String {
    let mut hasher = blake3::Hasher::new();
    for (path, bytes) in files {
        for part in [path.as_bytes(), bytes] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
    }
    hasher.finalize().to_hex().to_string()
}
