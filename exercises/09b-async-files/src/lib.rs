//! Files: written, read back, added to and copied, so that nobody ever sees half of one.
//!
//! What each function must do is in `README.md`.

// The bodies below use none of their arguments yet. Remove this line once they do.
#![allow(unused_variables)]

use std::io;
use std::path::{Path, PathBuf};

/// Makes `text` all that the file holds, whether or not it was there before.
pub async fn write_file(path: &Path, text: &str) -> io::Result<()> {
    todo!("write_file")
}

/// The text of a file.
pub async fn read_file(path: &Path) -> io::Result<String> {
    todo!("read_file")
}

/// Adds `text` at the end of a file, which need not be there before.
pub async fn append_file(path: &Path, text: &str) -> io::Result<()> {
    todo!("append_file")
}

/// Makes the bytes of `from` all that `to` holds; gives how many there are.
pub async fn copy_file(from: &Path, to: &Path) -> io::Result<u64> {
    todo!("copy_file")
}

/// Copies each first file to the second, all at the same time. The answers have the order of `pairs`.
pub async fn copy_all(pairs: &[(PathBuf, PathBuf)]) -> Vec<io::Result<u64>> {
    todo!("copy_all")
}
