//! Counts this crate's own files, and one that does not exist: `cargo run --example watch`.

use std::cmp::Reverse;
use std::path::{Path, PathBuf};

use file_processing::{process_files, word_totals};

const FILES: [&str; 5] = [
    "Cargo.toml",
    "src/lib.rs",
    "examples/watch.rs",
    "tests/first.rs",
    "no-such-file.txt",
];

#[tokio::main]
async fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let paths: Vec<PathBuf> = FILES.iter().map(|name| folder.join(name)).collect();

    println!("  lines   words   bytes");
    for (name, stats) in FILES.iter().zip(process_files(&paths, 2).await) {
        match stats {
            Ok(stats) => println!(
                "{:7} {:7} {:7}  {name}",
                stats.lines, stats.words, stats.bytes
            ),
            Err(error) => println!("      -       -       -  {name}: {error}"),
        }
    }

    println!("\nthe most frequent words:");
    match word_totals(&paths[..4], 2).await {
        Ok(totals) => {
            let mut totals: Vec<_> = totals.into_iter().collect();
            totals.sort_by_key(|(_, count)| Reverse(*count));
            for (word, count) in totals.into_iter().take(5) {
                println!("{count:7}  {word}");
            }
        }
        Err(error) => println!("        {error}"),
    }

    match word_totals(&paths, 2).await {
        Ok(_) => println!("\nthe missing file went unnoticed: that is not right"),
        Err(error) => println!("\nwith the missing file: {error}"),
    }
}
