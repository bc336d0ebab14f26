//! fails: holds-too-much
//! Read line by line, and kept line by line.
use std::io;
use std::path::Path;
use tokio::fs::File;
use tokio::io::{AsyncBufReadExt, BufReader};

pub async fn longest_line(path: &Path) -> io::Result<usize> {
    let mut lines = BufReader::new(File::open(path).await?).lines();
    let mut all = Vec::new();
    while let Some(line) = lines.next_line().await? {
        all.push(line);
    }
    Ok(all.iter().map(String::len).max().unwrap_or(0))
}
