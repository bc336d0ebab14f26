//! Files: written, read back, added to and copied, so that nobody ever sees half of one.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use futures::future::join_all;
use tokio::fs::{self, File};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// Makes `text` all that the file holds, whether or not it was there before.
///
/// # Errors
///
/// Those of writing it; the file is then as it was.
pub async fn write_file(path: &Path, text: &str) -> io::Result<()> {
    let beside = beside(path);
    let mut file = File::create_new(&beside).await?;
    let written = async {
        file.write_all(text.as_bytes()).await?;
        // Without it, `Ok` would say no more than that tokio has taken the bytes.
        file.flush().await
    }
    .await;
    drop(file);
    put_in_place(&beside, path, written).await
}

/// The text of a file.
///
/// # Errors
///
/// Those of reading it; `InvalidData` when it is not UTF-8.
pub async fn read_file(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    let mut file = File::open(path).await?;
    file.read_to_string(&mut text).await?;
    Ok(text)
}

/// Adds `text` at the end of a file, which need not be there before.
///
/// # Errors
///
/// Those of writing it; a part of `text` may be there then.
pub async fn append_file(path: &Path, text: &str) -> io::Result<()> {
    let mut options = File::options();
    options.append(true).create(true);
    let mut file = options.open(path).await?;
    file.write_all(text.as_bytes()).await?;
    file.flush().await
}

/// Makes the bytes of `from` all that `to` holds; gives how many there are.
///
/// # Errors
///
/// Those of reading the one and writing the other, which is then as it was.
pub async fn copy_file(from: &Path, to: &Path) -> io::Result<u64> {
    let mut source = File::open(from).await?;
    let beside = beside(to);
    let mut file = File::create_new(&beside).await?;
    let copied = async {
        let bytes = tokio::io::copy(&mut source, &mut file).await?;
        file.flush().await?;
        Ok(bytes)
    }
    .await;
    drop(file);
    put_in_place(&beside, to, copied).await
}

/// Copies each first file to the second, all at the same time. The answers have the order of `pairs`.
pub async fn copy_all(pairs: &[(PathBuf, PathBuf)]) -> Vec<io::Result<u64>> {
    join_all(pairs.iter().map(|(from, to)| copy_file(from, to))).await
}

/// A name in the same folder that no other call uses: a file is moved in one step only within a file
/// system, and two calls may write the same file.
fn beside(path: &Path) -> PathBuf {
    static CALLS: AtomicU64 = AtomicU64::new(0);
    let call = CALLS.fetch_add(1, Ordering::Relaxed);
    let mut name = path.file_name().map_or_else(OsString::new, OsString::from);
    name.push(format!(".{}-{call}.new", std::process::id()));
    path.with_file_name(name)
}

/// Moves what is written whole to where it belongs, and removes what is not.
async fn put_in_place<T>(beside: &Path, path: &Path, written: io::Result<T>) -> io::Result<T> {
    let placed = match written {
        Ok(answer) => fs::rename(beside, path).await.map(|()| answer),
        Err(error) => Err(error),
    };
    if placed.is_err() {
        // Whether or not that succeeds: the first error is the one to tell of.
        let _ = fs::remove_file(beside).await;
    }
    placed
}
