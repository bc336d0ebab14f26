//! What counts of what was handed in, and what is refused of it, wherever it came from.

use std::collections::HashMap;

use crate::diagnostic::Diagnostic;

/// The most files, and bytes in one and in all, that a submission may have.
pub const MAX_FILES: usize = 500;
pub const MAX_FILE: u64 = 1 << 20;
pub const MAX_BYTES: u64 = 8 << 20;
/// Folders below `src/`, one in the other.
pub const MAX_DEPTH: usize = 32;
/// The longest path below the crate, in bytes.
const MAX_PATH: usize = 512;
/// How many reasons for a refusal are told.
const MAX_REFUSED: usize = 10;

/// A link could lead to what is none of the submission.
pub const SYMBOLIC: &str = "{} is a symbolic link: only plain files and folders are graded";

#[derive(Debug, Default)]
pub struct Gathered {
    /// Paths below the crate, in order.
    pub files: Vec<(String, Vec<u8>)>,
    pub manifest: Option<toml::Table>,
    pub refused: Vec<Diagnostic>,
    bytes: u64,
    /// The paths so far, as a system sees them that does not tell capitals.
    folded: HashMap<String, String>,
}

/// Whether this is the name of a file of Rust code, as rustc has it.
pub fn is_source(path: &str) -> bool {
    path.strip_suffix("rs")
        .is_some_and(|stem| stem.ends_with('.'))
}

/// Whether the file at this path below the crate is code that counts.
pub fn is_code(path: &str) -> bool {
    path.starts_with("src/") && is_source(path) && path != "src/main.rs"
}

impl Gathered {
    /// Takes a file in, or refuses it.
    pub fn add(&mut self, path: &str, bytes: Vec<u8>) {
        self.bytes += bytes.len() as u64;
        let name = shown(path);
        if let Some(other) = self.folded.insert(path.to_lowercase(), path.to_owned()) {
            self.refuse(if other == path {
                format!("{name} is there twice")
            } else {
                format!("{name} and {} differ in capitals only", shown(&other))
            });
        } else if bytes.len() as u64 > MAX_FILE {
            self.refuse(format!("{name} is larger than {} KiB", MAX_FILE >> 10));
        } else if path.len() > MAX_PATH || path.chars().any(char::is_control) {
            self.refuse(format!("{name} is no name for a file of code"));
        } else if self.bytes > MAX_BYTES {
            let most = MAX_BYTES >> 20;
            self.refuse(format!("the submission is larger than {most} MiB"));
        } else if self.files.len() == MAX_FILES {
            self.refuse(format!("the submission has more than {MAX_FILES} files"));
        } else {
            self.files.push((path.to_owned(), bytes));
        }
    }

    /// Whether there is room for more.
    pub fn is_full(&self) -> bool {
        self.bytes > MAX_BYTES || self.files.len() > MAX_FILES || self.refused.len() >= MAX_REFUSED
    }

    pub fn refuse(&mut self, message: String) {
        let is_new = !self.refused.iter().any(|said| said.message == message);
        if self.refused.len() < MAX_REFUSED && is_new {
            self.refused.push(Diagnostic::own(message, None));
        }
    }

    /// Puts the files in order. Archives can have a file where others have the folder around them.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        self.files.sort();
        let around = |path: &str| {
            let ends = path.match_indices('/');
            ends.map(|(end, _)| path[..end].to_lowercase())
                .find_map(|folder| self.folded.get(&folder))
                .cloned()
        };
        let both = self.files.iter().find_map(|(path, _)| around(path));
        if let Some(both) = both {
            self.refuse(format!("{} is a file and a folder", shown(&both)));
        }
        self
    }
}

/// A name for a message: without what a terminal would obey, and not too long.
pub fn shown(name: &str) -> String {
    let plain = |c: char| if c.is_control() { '\u{FFFD}' } else { c };
    name.chars().take(120).map(plain).collect()
}
