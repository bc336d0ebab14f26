//! Every function reads all bytes and has one other write them whole, under the first name that is free;
//! appending replaces the file too.

use std::io;
use std::path::{Path, PathBuf};

use futures::stream::{FuturesUnordered, StreamExt};
use tokio::fs::{self, File};
use tokio::io::{AsyncWriteExt, BufWriter};

pub async fn write_file(path: &Path, text: &str) -> io::Result<()> {
    replace(path, text.as_bytes()).await
}

pub async fn read_file(path: &Path) -> io::Result<String> {
    let bytes = fs::read(path).await?;
    String::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

pub async fn append_file(path: &Path, text: &str) -> io::Result<()> {
    let mut bytes = match fs::read(path).await {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(error),
    };
    bytes.extend_from_slice(text.as_bytes());
    replace(path, &bytes).await
}

pub async fn copy_file(from: &Path, to: &Path) -> io::Result<u64> {
    let bytes = fs::read(from).await?;
    replace(to, &bytes).await?;
    Ok(bytes.len() as u64)
}

pub async fn copy_all(pairs: &[(PathBuf, PathBuf)]) -> Vec<io::Result<u64>> {
    let copies = pairs.iter().enumerate();
    let mut copies: FuturesUnordered<_> = copies
        .map(|(place, (from, to))| async move { (place, copy_file(from, to).await) })
        .collect();
    let mut answers: Vec<Option<io::Result<u64>>> = pairs.iter().map(|_| None).collect();
    while let Some((place, answer)) = copies.next().await {
        answers[place] = Some(answer);
    }
    answers.into_iter().flatten().collect()
}

async fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let (name, file) = new_file_in(path.parent().unwrap_or(Path::new("."))).await?;
    let written = write_all(file, bytes).await;
    match written {
        Ok(()) => fs::rename(&name, path).await,
        Err(error) => {
            fs::remove_file(&name).await?;
            Err(error)
        }
    }
}

async fn new_file_in(folder: &Path) -> io::Result<(PathBuf, File)> {
    for number in 0..1000 {
        let name = folder.join(format!("~{number}"));
        match File::create_new(&name).await {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            file => return Ok((name, file?)),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

async fn write_all(file: File, bytes: &[u8]) -> io::Result<()> {
    let mut file = BufWriter::new(file);
    file.write_all(bytes).await?;
    file.shutdown().await
}
