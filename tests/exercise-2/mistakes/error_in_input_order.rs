//! caught-by: first_error_in_time
//! finding: wrong-value
//!
//! The results are looked through in input order, so that the first error of the list is
//! returned, not the first in time.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use futures::stream::{self, StreamExt};
use tokio::fs::File;
use tokio::io::AsyncReadExt;

/// What was counted in one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stats {
    pub lines: usize,
    pub words: usize,
    pub bytes: u64,
}

pub async fn process_files(paths: &[PathBuf], max_open: usize) -> Vec<io::Result<Stats>> {
    let mut answers: Vec<_> = stream::iter(paths.iter().enumerate())
        .map(|(index, path)| async move { (index, stats_of(path).await) })
        .buffer_unordered(max_open)
        .collect()
        .await;
    answers.sort_by_key(|(index, _)| *index);
    answers.into_iter().map(|(_, stats)| stats).collect()
}

pub async fn word_totals(paths: &[PathBuf], max_open: usize) -> io::Result<BTreeMap<String, u64>> {
    let mut files: Vec<_> = stream::iter(paths.iter().enumerate())
        .map(|(index, path)| async move { (index, totals_of(path).await) })
        .buffer_unordered(max_open)
        .collect()
        .await;
    files.sort_by_key(|(index, _)| *index);
    let mut totals = BTreeMap::new();
    for (_, file) in files {
        for (word, count) in file? {
            *totals.entry(word).or_default() += count;
        }
    }
    Ok(totals)
}

async fn stats_of(path: &Path) -> io::Result<Stats> {
    let mut file = File::open(path).await?;
    let mut piece = vec![0; 8 * 1024];
    let mut stats = Stats::default();
    let mut last = b'\n';
    loop {
        let read = file.read(&mut piece).await?;
        if read == 0 {
            break;
        }
        stats.bytes += read as u64;
        for byte in &piece[..read] {
            if *byte == b'\n' {
                stats.lines += 1;
            }
            if last.is_ascii_whitespace() && !byte.is_ascii_whitespace() {
                stats.words += 1;
            }
            last = *byte;
        }
    }
    if last != b'\n' {
        stats.lines += 1;
    }
    Ok(stats)
}

async fn totals_of(path: &Path) -> io::Result<BTreeMap<String, u64>> {
    let mut file = File::open(path).await?;
    let mut piece = vec![0; 8 * 1024];
    let mut totals = BTreeMap::new();
    let mut word = Vec::new();
    loop {
        let read = file.read(&mut piece).await?;
        if read == 0 {
            break;
        }
        for byte in &piece[..read] {
            if byte.is_ascii_whitespace() {
                count_word(&mut totals, &mut word);
            } else {
                word.push(*byte);
            }
        }
    }
    count_word(&mut totals, &mut word);
    Ok(totals)
}

fn count_word(totals: &mut BTreeMap<String, u64>, word: &mut Vec<u8>) {
    if !word.is_empty() {
        let key = String::from_utf8_lossy(word).into_owned();
        *totals.entry(key).or_default() += 1;
        word.clear();
    }
}
