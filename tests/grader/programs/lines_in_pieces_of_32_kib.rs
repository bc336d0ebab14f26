//! passes
//! looks like: holds-too-much
//! A large buffer is no large part of a file.
use std::io;
use std::path::Path;
use tokio::fs::File;
use tokio::io::AsyncReadExt;

pub async fn longest_line(path: &Path) -> io::Result<usize> {
    let mut file = File::open(path).await?;
    let mut buffer = vec![0; 32 * 1024];
    let (mut length, mut longest) = (0, 0);
    loop {
        let read = file.read(&mut buffer).await?;
        if read == 0 {
            return Ok(longest.max(length));
        }
        for byte in &buffer[..read] {
            length = if *byte == b'\n' { 0 } else { length + 1 };
            longest = longest.max(length);
        }
    }
}
