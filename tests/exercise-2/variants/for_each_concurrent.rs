//! A right answer: `for_each_concurrent`, which fills a place kept for each file.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::{Path, PathBuf};

use futures::stream::{self, StreamExt, TryStreamExt};
use tokio::fs::File;
use tokio_util::io::ReaderStream;

/// What was counted in one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stats {
    pub lines: usize,
    pub words: usize,
    pub bytes: u64,
}

pub async fn process_files(paths: &[PathBuf], max_open: usize) -> Vec<io::Result<Stats>> {
    let mut answers: Vec<io::Result<Stats>> = Vec::new();
    answers.resize_with(paths.len(), || Ok(Stats::default()));
    stream::iter(paths.iter().zip(&mut answers))
        .for_each_concurrent(max_open, |(path, answer)| async move {
            *answer = stats_of(path).await;
        })
        .await;
    answers
}

pub async fn word_totals(paths: &[PathBuf], max_open: usize) -> io::Result<BTreeMap<String, u64>> {
    let totals = RefCell::new(BTreeMap::new());
    stream::iter(paths.iter().map(io::Result::Ok))
        .try_for_each_concurrent(max_open, async |path: &PathBuf| {
            for (word, count) in totals_of(path).await? {
                let word = String::from_utf8_lossy(&word).into_owned();
                *totals.borrow_mut().entry(word).or_default() += count;
            }
            Ok(())
        })
        .await?;
    Ok(totals.into_inner())
}

async fn stats_of(path: &Path) -> io::Result<Stats> {
    let pieces = ReaderStream::new(File::open(path).await?);
    let (stats, last) = pieces
        .try_fold(
            (Stats::default(), b' '),
            async |(mut stats, mut last), piece| {
                for byte in &piece {
                    if *byte == b'\n' {
                        stats.lines += 1;
                    }
                    if last.is_ascii_whitespace() && !byte.is_ascii_whitespace() {
                        stats.words += 1;
                    }
                    last = *byte;
                }
                stats.bytes += piece.len() as u64;
                Ok((stats, last))
            },
        )
        .await?;
    let unfinished = stats.bytes > 0 && last != b'\n';
    Ok(Stats {
        lines: stats.lines + usize::from(unfinished),
        ..stats
    })
}

async fn totals_of(path: &Path) -> io::Result<HashMap<Vec<u8>, u64>> {
    let mut pieces = ReaderStream::with_capacity(File::open(path).await?, 32 * 1024);
    let mut totals = HashMap::new();
    let mut word = Vec::new();
    while let Some(piece) = pieces.try_next().await? {
        for byte in piece {
            if !byte.is_ascii_whitespace() {
                word.push(byte);
            } else if !word.is_empty() {
                *totals.entry(std::mem::take(&mut word)).or_default() += 1;
            }
        }
    }
    if !word.is_empty() {
        *totals.entry(word).or_default() += 1;
    }
    Ok(totals)
}
