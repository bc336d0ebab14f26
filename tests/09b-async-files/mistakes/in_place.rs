//! caught-by: nobody_sees_half_a_file
//! finding: wrong-value
//!
//! The old text goes when the file is created, and the new one comes piece by piece: in between, whoever
//! looks finds a part.

use std::io;
use std::path::{Path, PathBuf};

use futures::future::join_all;
use tokio::fs::{self, File};
use tokio::io::AsyncWriteExt;

pub async fn write_file(path: &Path, text: &str) -> io::Result<()> {
    fs::write(path, text).await
}

pub async fn read_file(path: &Path) -> io::Result<String> {
    fs::read_to_string(path).await
}

pub async fn append_file(path: &Path, text: &str) -> io::Result<()> {
    let mut options = File::options();
    let mut file = options.append(true).create(true).open(path).await?;
    file.write_all(text.as_bytes()).await?;
    file.flush().await
}

pub async fn copy_file(from: &Path, to: &Path) -> io::Result<u64> {
    let mut source = File::open(from).await?;
    let mut target = File::create(to).await?;
    let bytes = tokio::io::copy(&mut source, &mut target).await?;
    target.flush().await?;
    Ok(bytes)
}

pub async fn copy_all(pairs: &[(PathBuf, PathBuf)]) -> Vec<io::Result<u64>> {
    join_all(pairs.iter().map(|(from, to)| copy_file(from, to))).await
}
