//! Intake: what a student hands in becomes a submission. Only its `.rs` files below `src/` count, from a folder, a
//! `.tar`, a `.tar.gz` or a `.zip`; nothing is ever unpacked or written to, and no link is followed.

mod archive;
mod find;
mod folder;
mod gather;

use std::path::Path;

use trace::finding::At;

use crate::diagnostic::Diagnostic;
use crate::error::Result;
use gather::Gathered;

pub use find::{begun, find};

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

/// What became of what was handed in.
#[derive(Debug)]
pub enum Intake {
    Accepted(Submission),
    /// It cannot be graded; why, in the student's terms.
    Refused {
        digest: String,
        diagnostics: Vec<Diagnostic>,
    },
}

/// Takes in the crate at `path`: a folder or an archive.
///
/// # Errors
/// When it cannot be read.
pub fn take(path: &Path) -> Result<Intake> {
    Ok(judge(match archive::Kind::of(path) {
        Some(kind) => archive::gather(path, kind)?,
        None => folder::gather(path)?,
    }))
}

/// Takes in an archive that is in memory; none where the bytes are no archive.
pub fn take_archive(bytes: &[u8]) -> Option<Intake> {
    let kind = archive::Kind::by_magic(bytes)?;
    Some(judge(archive::gather_bytes(bytes, kind)))
}

fn judge(gathered: Gathered) -> Intake {
    let Gathered {
        files,
        manifest,
        mut refused,
        ..
    } = gathered;
    let digest = digest(&files);
    let mut texts = Vec::new();
    for (path, bytes) in files {
        match String::from_utf8(bytes) {
            Ok(text) => texts.push((path, text)),
            Err(error) => refused.push(no_text(path, &error)),
        }
    }
    let is_empty = texts.iter().all(|(_, text)| text.trim().is_empty());
    if is_empty && refused.is_empty() {
        refused.push(Diagnostic::own(
            "the crate is empty: src/lib.rs has no code",
            None,
        ));
    }
    if !refused.is_empty() {
        return Intake::Refused {
            digest,
            diagnostics: refused,
        };
    }
    let dependencies = manifest
        .as_ref()
        .and_then(|m| m.get("dependencies")?.as_table());
    let asks_for = dependencies.map_or_else(Vec::new, |d| {
        d.keys().map(|k| k.replace('-', "_")).collect()
    });
    Intake::Accepted(Submission {
        files: texts,
        asks_for,
        digest,
    })
}

fn no_text(path: String, error: &std::string::FromUtf8Error) -> Diagnostic {
    let good = error.utf8_error().valid_up_to();
    let line = error.as_bytes()[..good]
        .split(|byte| *byte == b'\n')
        .count();
    let message = format!("{path} is not UTF-8: the byte at {good} begins no character");
    let at = At {
        file: path,
        line: u32::try_from(line).unwrap_or(u32::MAX),
    };
    Diagnostic::own(message, Some(at)).help("save the file as UTF-8")
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
