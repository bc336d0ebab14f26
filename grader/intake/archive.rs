//! Gathers a submission from a `.tar`, a `.tar.gz` or a `.zip`. Nothing is unpacked to a disk.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;

use flate2::read::GzDecoder;

use super::gather::{
    Gathered, MAX_BYTES, MAX_DEPTH, MAX_FILE, SYMBOLIC, is_code, is_source, shown,
};
use crate::error::{Error, Result};

/// The largest archive, and the most that it may unpack to, in bytes.
const MAX_ARCHIVE: u64 = 64 << 20;
const MAX_UNPACKED: u64 = 256 << 20;
/// How many times its own size an archive may unpack to, where that is more than [`MAX_BYTES`]. Source code packs to
/// a tenth at best.
const MAX_RATIO: u64 = 100;
/// Entries of an archive.
const MAX_ENTRIES: usize = 10_000;

/// How an archive is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Tar,
    TarGz,
    Zip,
}

impl Kind {
    /// What the file at `path` is; none where it is no archive, or no file.
    pub fn of(path: &Path) -> Option<Self> {
        if !path.is_file() {
            return None;
        }
        let mut beginning = Vec::new();
        let file = File::open(path).ok()?;
        file.take(512).read_to_end(&mut beginning).ok()?;
        Self::by_magic(&beginning)
    }

    pub fn by_magic(beginning: &[u8]) -> Option<Self> {
        if beginning.starts_with(&[0x1F, 0x8B]) {
            Some(Self::TarGz)
        } else if beginning.starts_with(b"PK\x03\x04") || beginning.starts_with(b"PK\x05\x06") {
            Some(Self::Zip)
        } else {
            (beginning.get(257..262)? == b"ustar").then_some(Self::Tar)
        }
    }
}

/// Gathers the archive at `path`.
///
/// # Errors
/// When the file cannot be read.
pub fn gather(path: &Path, kind: Kind) -> Result<Gathered> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(MAX_ARCHIVE + 1).read_to_end(&mut bytes))
        .map_err(|e| Error::io("read", path, &e))?;
    if bytes.len() as u64 > MAX_ARCHIVE {
        let mut refused = Gathered::default();
        let most = MAX_ARCHIVE >> 20;
        refused.refuse(format!("the archive is larger than {most} MiB"));
        return Ok(refused);
    }
    Ok(gather_bytes(&bytes, kind))
}

/// Gathers an archive that is in memory.
pub fn gather_bytes(bytes: &[u8], kind: Kind) -> Gathered {
    let mut unpacked = Unpacked {
        most: MAX_UNPACKED.min(MAX_BYTES.max(MAX_RATIO * bytes.len() as u64)),
        ..Unpacked::default()
    };
    let read = match kind {
        Kind::Tar => unpacked.tar(bytes),
        Kind::TarGz => unpacked.tar(GzDecoder::new(bytes)),
        Kind::Zip => unpacked.zip(bytes),
    };
    if let Err(error) = read {
        let why = shown(&error.to_string());
        unpacked
            .into
            .refuse(format!("the archive cannot be read: {why}"));
    }
    unpacked.rooted().sorted()
}

/// What an archive holds, before it is known where in it the crate begins.
#[derive(Debug, Default)]
struct Unpacked {
    /// The most that may come out of the archive, in bytes.
    most: u64,
    /// Code and manifests, by their names in the archive.
    found: Vec<(String, Vec<u8>)>,
    names: HashSet<String>,
    entries: usize,
    bytes: u64,
    into: Gathered,
}

/// What an entry is, beside a plain file or folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entry {
    File,
    Folder,
    Symbolic,
    Hard,
    Other,
}

impl Unpacked {
    fn tar(&mut self, packed: impl Read) -> io::Result<()> {
        let limited = Limited {
            inner: packed,
            left: self.most,
        };
        let mut archive = tar::Archive::new(limited);
        for entry in archive.entries()? {
            let mut entry = entry?;
            let kind = entry.header().entry_type();
            if kind.is_pax_global_extensions() {
                continue;
            }
            let kind = match kind {
                tar::EntryType::Regular | tar::EntryType::Continuous => Entry::File,
                tar::EntryType::Directory => Entry::Folder,
                tar::EntryType::Symlink => Entry::Symbolic,
                tar::EntryType::Link => Entry::Hard,
                _ => Entry::Other,
            };
            let name = entry.path_bytes().into_owned();
            if self.takes(&name, kind) {
                self.read(&name, &mut entry)?;
            }
            if self.is_over() {
                break;
            }
        }
        Ok(())
    }

    fn zip(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes))?;
        // An index has each name once; the list of the archive itself may not.
        let start = usize::try_from(archive.central_directory_start()).unwrap_or(usize::MAX);
        let listed = listed(bytes.get(start..).unwrap_or_default());
        if listed != archive.len() {
            self.into
                .refuse("the archive has two entries of one name".to_owned());
        }
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index)?;
            let kind = match entry.unix_mode().map(|mode| mode & 0o170_000) {
                Some(0o120_000) => Entry::Symbolic,
                _ if entry.is_dir() => Entry::Folder,
                None | Some(0 | 0o100_000) => Entry::File,
                Some(_) => Entry::Other,
            };
            let name = entry.name_raw().to_vec();
            if entry.size() > MAX_BYTES.max(MAX_RATIO * entry.compressed_size()) {
                self.into.refuse(BOMB.to_owned());
            } else if self.takes(&name, kind) {
                self.read(&name, &mut entry)?;
            }
            if self.is_over() {
                break;
            }
        }
        Ok(())
    }

    /// Looks at an entry's name and kind: whether it is a file that is wanted. What no archive of a crate has is refused.
    fn takes(&mut self, name: &[u8], kind: Entry) -> bool {
        self.entries += 1;
        let Ok(name) = str::from_utf8(name) else {
            self.into
                .refuse("the archive has a name that is not UTF-8".to_owned());
            return false;
        };
        let said = shown(name);
        let why = reason(name);
        let name = plain(name);
        if let Some(why) = why {
            self.into.refuse(format!("{said} {why}"));
            return false;
        }
        let refused = match kind {
            Entry::File | Entry::Folder => None,
            Entry::Symbolic => Some(SYMBOLIC.replace("{}", &said)),
            Entry::Hard => Some(format!(
                "{said} is a hard link: only plain files are graded"
            )),
            Entry::Other => Some(format!("{said} is not a regular file")),
        };
        if let Some(why) = refused {
            self.into.refuse(why);
            return false;
        }
        if kind == Entry::File && !self.names.insert(name.clone()) {
            self.into.refuse(format!("{said} is there twice"));
            return false;
        }
        let last = name.rsplit('/').next().unwrap_or_default();
        kind == Entry::File && (is_source(&name) || last == "Cargo.toml")
    }

    fn read(&mut self, name: &[u8], entry: &mut impl Read) -> io::Result<()> {
        let mut bytes = Vec::new();
        entry.take(MAX_FILE + 1).read_to_end(&mut bytes)?;
        self.bytes += bytes.len() as u64;
        let name = plain(str::from_utf8(name).unwrap_or_default());
        self.found.push((name, bytes));
        Ok(())
    }

    /// Whether enough was seen: the rest of the archive is not read.
    fn is_over(&mut self) -> bool {
        if self.entries > MAX_ENTRIES {
            self.into
                .refuse(format!("the archive has more than {MAX_ENTRIES} entries"));
        } else if self.bytes > 4 * MAX_BYTES {
            let most = MAX_BYTES >> 20;
            self.into
                .refuse(format!("the submission is larger than {most} MiB"));
        } else {
            return self.into.is_full();
        }
        true
    }

    /// Finds where the crate begins: at the top, or in the one folder that encloses it.
    fn rooted(self) -> Gathered {
        let Self {
            found, mut into, ..
        } = self;
        let has = |name: String| found.iter().any(|(path, _)| *path == name);
        let mut tops: Vec<_> = found
            .iter()
            .filter_map(|(path, _)| path.split_once('/').map(|(top, _)| format!("{top}/")))
            .collect();
        tops.sort();
        tops.dedup();
        let roots = std::iter::once(String::new()).chain(tops);
        let (root, is_lone) = roots
            .map(|root| {
                let is_lone = !has(format!("{root}src/lib.rs"));
                (root, is_lone)
            })
            .find(|(root, is_lone)| !is_lone || has(format!("{root}lib.rs")))
            .unwrap_or_default();
        for (path, bytes) in found {
            let Some(below) = path.strip_prefix(&root) else {
                continue;
            };
            if below == "Cargo.toml" {
                into.manifest = str::from_utf8(&bytes)
                    .ok()
                    .and_then(|text| toml::from_str(text).ok());
            } else if is_lone && below == "lib.rs" {
                into.add("src/lib.rs", bytes);
            } else if !is_lone && is_code(below) && !into.is_full() {
                into.add(below, bytes);
            }
        }
        if into.files.is_empty() && into.refused.is_empty() {
            into.refuse("the archive has no src/lib.rs".to_owned());
        }
        into
    }
}

const BOMB: &str = "the archive unpacks to far more than its own size";

/// Reads no more than a bomb would give.
struct Limited<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::Error::other(BOMB));
        }
        let most = usize::try_from(self.left)
            .unwrap_or(usize::MAX)
            .min(buffer.len());
        let read = self.inner.read(&mut buffer[..most])?;
        self.left -= read as u64;
        Ok(read)
    }
}

/// A name as a system takes it: `./src//lib.rs` is `src/lib.rs`.
fn plain(name: &str) -> String {
    let parts = name.split('/').filter(|part| !matches!(*part, "" | "."));
    parts.collect::<Vec<_>>().join("/")
}

/// What is wrong with a name, in words that follow it.
fn reason(name: &str) -> Option<&'static str> {
    let mut parts = name.trim_end_matches('/').split('/');
    if name.starts_with('/') || name.get(1..2) == Some(":") {
        Some("is an absolute path")
    } else if parts.clone().any(|part| part == "..") {
        Some("leads out of the archive")
    } else if name.contains(['\\', '\0']) || parts.any(|part| part.len() > 255) {
        Some("is no name for a file")
    } else if name.split('/').count() > MAX_DEPTH {
        Some("lies too many folders deep")
    } else {
        None
    }
}

/// How many entries a zip's own list has: each is 46 bytes and three texts.
fn listed(mut list: &[u8]) -> usize {
    let mut count = 0;
    while list.starts_with(b"PK\x01\x02") && list.len() >= 46 {
        let length = |at: usize| usize::from(u16::from_le_bytes([list[at], list[at + 1]]));
        let whole = 46 + length(28) + length(30) + length(32);
        list = list.get(whole..).unwrap_or_default();
        count += 1;
    }
    count
}

#[cfg(test)]
mod tests;
