//! passes
//! looks like: holds-too-much
//! One buffer, emptied for every line.
use std::io;
use std::path::Path;
use tokio::fs::File;
use tokio::io::{AsyncBufReadExt, BufReader};

pub async fn longest_line(path: &Path) -> io::Result<usize> {
    let mut file = BufReader::new(File::open(path).await?);
    let (mut line, mut longest) = (Vec::new(), 0);
    while file.read_until(b'\n', &mut line).await? > 0 {
        longest = longest.max(line.strip_suffix(b"\n").unwrap_or(&line).len());
        line.clear();
    }
    Ok(longest)
}
