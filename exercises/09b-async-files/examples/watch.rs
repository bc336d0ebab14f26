//! Watch a file while it is being written: `cargo run --example watch`.

use std::path::Path;
use std::time::{Duration, Instant};

use async_files::{append_file, copy_file, read_file, write_file};

const LINE: &str = "nobody sees half of this\n";

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let folder = std::env::temp_dir().join(format!("async_files-{}", std::process::id()));
    tokio::fs::create_dir(&folder).await?;
    let written = watch(&folder).await;
    tokio::fs::remove_dir_all(&folder).await?;
    written
}

async fn watch(folder: &Path) -> std::io::Result<()> {
    let path = folder.join("watched.txt");
    write_file(&path, "old\n").await?;
    let text = LINE.repeat(2_000_000);
    let began = Instant::now();
    let writing = async {
        let written = write_file(&path, &text).await;
        println!("{:4} ms  written", began.elapsed().as_millis());
        written
    };
    let looking = async {
        let mut seen = 0;
        while seen < text.len() as u64 && began.elapsed() < Duration::from_secs(5) {
            // Looking at its length reads nothing.
            let sees = tokio::fs::metadata(&path)
                .await
                .map_or(0, |file| file.len());
            if sees != seen {
                println!(
                    "{:4} ms  the file has {sees} bytes",
                    began.elapsed().as_millis()
                );
                seen = sees;
            }
        }
    };
    let (written, ()) = tokio::join!(writing, looking);
    written?;

    append_file(&path, "and this is its end\n").await?;
    let copy = folder.join("copy.txt");
    println!("copied: {} bytes", copy_file(&path, &copy).await?);
    println!("read back: {} bytes", read_file(&copy).await?.len());
    Ok(())
}
