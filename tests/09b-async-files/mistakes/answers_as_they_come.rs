//! caught-by: each_copy_answers_for_itself
//! finding: wrong-order
//!
//! A `FuturesUnordered` gives the answer of the copy that is done first.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use futures::stream::{FuturesUnordered, StreamExt};
use tokio::fs::{self, File};
use tokio::io::AsyncWriteExt;

pub async fn write_file(path: &Path, text: &str) -> io::Result<()> {
    let beside = beside(path);
    let written = fs::write(&beside, text).await;
    put_in_place(&beside, path, written).await
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
    let beside = beside(to);
    let copied = fs::copy(from, &beside).await;
    put_in_place(&beside, to, copied).await
}

pub async fn copy_all(pairs: &[(PathBuf, PathBuf)]) -> Vec<io::Result<u64>> {
    let copies: FuturesUnordered<_> = pairs.iter().map(|(from, to)| copy_file(from, to)).collect();
    copies.collect().await
}

fn beside(path: &Path) -> PathBuf {
    static CALLS: AtomicU64 = AtomicU64::new(0);
    let call = CALLS.fetch_add(1, Ordering::Relaxed);
    let mut name = path.file_name().map_or_else(OsString::new, OsString::from);
    name.push(format!(".{call}.new"));
    path.with_file_name(name)
}

async fn put_in_place<T>(beside: &Path, path: &Path, written: io::Result<T>) -> io::Result<T> {
    let placed = match written {
        Ok(answer) => fs::rename(beside, path).await.map(|()| answer),
        Err(error) => Err(error),
    };
    if placed.is_err() {
        let _ = fs::remove_file(beside).await;
    }
    placed
}
