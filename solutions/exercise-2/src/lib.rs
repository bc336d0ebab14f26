//! Exercise 2: read many files at once, but never too many.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use futures::TryStreamExt;
use futures::stream::{self, StreamExt};
use tokio::fs::File;
use tokio::io::AsyncReadExt;

/// How many bytes of a file are held at a time.
const PIECE: usize = 16 * 1024;

/// What was counted in one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stats {
    /// How many `\n` there are, plus one if the last line has none.
    pub lines: usize,
    /// How many runs of bytes there are that are not ASCII whitespace.
    pub words: usize,
    /// The size of the file.
    pub bytes: u64,
}

/// Counts every file of `paths`, with `max_open` of them open at a time.
///
/// The answer at index `i` belongs to `paths[i]`. A file that cannot be read gives its own error
/// there and harms no other. `max_open` is at least 1.
pub async fn process_files(paths: &[PathBuf], max_open: usize) -> Vec<io::Result<Stats>> {
    // `buffered` would hand the answers out in input order by itself, but a finished file keeps
    // its place there until all before it are finished. So: any order now, sorted afterwards.
    let mut answers: Vec<_> = stream::iter(paths.iter().enumerate())
        .map(|(index, path)| async move { (index, stats_of(path).await) })
        .buffer_unordered(max_open)
        .collect()
        .await;
    answers.sort_unstable_by_key(|(index, _)| *index);
    answers.into_iter().map(|(_, stats)| stats).collect()
}

/// Counts how often each word occurs in all files of `paths` together, with `max_open` of them
/// open at a time.
///
/// # Errors
///
/// The error that came first in time. From then on no file is opened, and when this returns,
/// nothing that it started still runs.
pub async fn word_totals(paths: &[PathBuf], max_open: usize) -> io::Result<BTreeMap<String, u64>> {
    let mut files = stream::iter(paths)
        .map(|path| totals_of(path))
        .buffer_unordered(max_open);
    let mut totals = BTreeMap::new();
    // No file is a task of its own: when `?` returns early, dropping `files` drops them all.
    while let Some(file) = files.try_next().await? {
        for (word, count) in file {
            *totals.entry(word).or_default() += count;
        }
    }
    Ok(totals)
}

async fn stats_of(path: &Path) -> io::Result<Stats> {
    let mut stats = Stats::default();
    let mut last = b'\n';
    for_each_piece(path, |piece| {
        for &byte in piece {
            stats.lines += usize::from(byte == b'\n');
            // A word is counted where it starts, so that it may go on in the next piece.
            stats.words += usize::from(last.is_ascii_whitespace() && !byte.is_ascii_whitespace());
            stats.bytes += 1;
            last = byte;
        }
    })
    .await?;
    stats.lines += usize::from(last != b'\n');
    Ok(stats)
}

async fn totals_of(path: &Path) -> io::Result<BTreeMap<String, u64>> {
    let mut totals = BTreeMap::new();
    let mut word = Vec::new();
    for_each_piece(path, |piece| {
        for &byte in piece {
            if byte.is_ascii_whitespace() {
                count_word(&mut totals, &mut word);
            } else {
                word.push(byte);
            }
        }
    })
    .await?;
    count_word(&mut totals, &mut word);
    Ok(totals)
}

/// Counts `word`, if there is one, and empties it for the next.
fn count_word(totals: &mut BTreeMap<String, u64>, word: &mut Vec<u8>) {
    if !word.is_empty() {
        let key = String::from_utf8_lossy(word).into_owned();
        *totals.entry(key).or_default() += 1;
        word.clear();
    }
}

/// Shows `visit` the bytes of a file in order, a piece at a time, and closes the file.
async fn for_each_piece(path: &Path, mut visit: impl FnMut(&[u8])) -> io::Result<()> {
    let mut file = File::open(path).await?;
    let mut piece = vec![0; PIECE];
    loop {
        match file.read(&mut piece).await? {
            0 => return Ok(()),
            read => visit(&piece[..read]),
        }
    }
}
