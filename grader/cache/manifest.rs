//! The manifest of an entry: what was built, so that it is known when it is whole.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// The file that makes an entry whole; written last.
pub const NAME: &str = "manifest.json";

/// What an entry holds.
#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    files: Vec<Recorded>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Recorded {
    path: PathBuf,
    bytes: u64,
    blake3: String,
}

/// How closely an entry is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    Sizes,
    Contents,
}

/// What tells an entry from every other that was ever built, one of the same name included.
///
/// # Errors
/// When the entry cannot be read.
pub fn identity(entry: &Path) -> Result<String> {
    let manifest = entry.join(NAME);
    hash(&manifest).map_err(|e| Error::io("read", &manifest, &e))
}

pub fn is_whole(path: &Path, depth: Depth) -> bool {
    let Some(manifest) = fs::read(path.join(NAME))
        .ok()
        .and_then(|bytes| serde_json::from_slice::<Manifest>(&bytes).ok())
    else {
        return false;
    };
    manifest.files.iter().all(|file| {
        let path = path.join(&file.path);
        match depth {
            Depth::Sizes => fs::metadata(path).is_ok_and(|metadata| metadata.len() == file.bytes),
            Depth::Contents => hash(&path).is_ok_and(|hash| hash == file.blake3),
        }
    })
}

fn hash(path: &Path) -> io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(path)?)?;
    Ok(hasher.finalize().to_hex().to_string())
}

/// Writes the manifest of everything below `root`.
pub fn record(root: &Path) -> Result<()> {
    let mut files = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(|e| Error::io("read", &folder, &e))? {
            let path = entry.map_err(|e| Error::io("read", &folder, &e))?.path();
            let metadata = fs::symlink_metadata(&path).map_err(|e| Error::io("read", &path, &e))?;
            if metadata.is_dir() {
                folders.push(path);
            } else {
                let blake3 = hash(&path).map_err(|e| Error::io("read", &path, &e))?;
                let below = path.strip_prefix(root).unwrap_or(&path).to_owned();
                files.push(Recorded {
                    path: below,
                    bytes: metadata.len(),
                    blake3,
                });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let manifest = root.join(NAME);
    let text = serde_json::to_vec(&Manifest { files }).expect("a manifest has a JSON form");
    fs::write(&manifest, text).map_err(|e| Error::io("write", &manifest, &e))
}
