//! caught-by: copies_every_byte
//! finding: wrong-value
//!
//! One `read` is taken to fill its buffer, and a file to fit one.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use futures::future::join_all;
use tokio::fs::{self, File};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

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
    let mut source = File::open(from).await?;
    let mut piece = vec![0; 256];
    let read = source.read(&mut piece).await?;
    let beside = beside(to);
    let copied = fs::write(&beside, &piece[..read]).await;
    put_in_place(&beside, to, copied.map(|()| read as u64)).await
}

pub async fn copy_all(pairs: &[(PathBuf, PathBuf)]) -> Vec<io::Result<u64>> {
    join_all(pairs.iter().map(|(from, to)| copy_file(from, to))).await
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
