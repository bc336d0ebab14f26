//! A right answer: `max_open` workers, each taking the next file from a shared counter.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures::future::{join_all, try_join_all};
use tokio::fs::File;
use tokio::io::{AsyncBufReadExt, BufReader};

/// What was counted in one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stats {
    pub lines: usize,
    pub words: usize,
    pub bytes: u64,
}

pub async fn process_files(paths: &[PathBuf], max_open: usize) -> Vec<io::Result<Stats>> {
    let next = AtomicUsize::new(0);
    let workers = (0..max_open.min(paths.len())).map(|_| async {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(path) = paths.get(index) else {
                return done;
            };
            done.push((index, stats_of(path).await));
        }
    });
    let answers: BTreeMap<usize, io::Result<Stats>> =
        join_all(workers).await.into_iter().flatten().collect();
    answers.into_values().collect()
}

pub async fn word_totals(paths: &[PathBuf], max_open: usize) -> io::Result<BTreeMap<String, u64>> {
    let totals = Mutex::new(BTreeMap::new());
    let queue = Mutex::new(paths.iter());
    let workers = (0..max_open.min(paths.len())).map(|_| async {
        loop {
            let Some(path) = queue.lock().expect("no worker panics").next() else {
                return io::Result::Ok(());
            };
            add_totals(path, &totals).await?;
        }
    });
    try_join_all(workers).await?;
    Ok(totals.into_inner().expect("no worker panics"))
}

async fn stats_of(path: &Path) -> io::Result<Stats> {
    let mut reader = BufReader::new(File::open(path).await?);
    let mut stats = Stats::default();
    let mut before = b'\n';
    loop {
        let piece = reader.fill_buf().await?;
        let Some(last) = piece.last().copied() else {
            break;
        };
        stats.lines += piece.iter().filter(|byte| **byte == b'\n').count();
        stats.words += std::iter::once(&before)
            .chain(piece)
            .zip(piece)
            .filter(|(left, right)| left.is_ascii_whitespace() && !right.is_ascii_whitespace())
            .count();
        stats.bytes += piece.len() as u64;
        before = last;
        let used = piece.len();
        reader.consume(used);
    }
    if before != b'\n' {
        stats.lines += 1;
    }
    Ok(stats)
}

/// Adds to the shared totals as it goes: after an error nobody looks at them.
async fn add_totals(path: &Path, totals: &Mutex<BTreeMap<String, u64>>) -> io::Result<()> {
    let add = |word: &[u8]| {
        let key = String::from_utf8_lossy(word).into_owned();
        *totals
            .lock()
            .expect("no worker panics")
            .entry(key)
            .or_default() += 1;
    };
    let mut reader = BufReader::new(File::open(path).await?);
    let mut broken_off: Vec<u8> = Vec::new();
    loop {
        let piece = reader.fill_buf().await?;
        if piece.is_empty() {
            break;
        }
        let mut parts = piece.split(u8::is_ascii_whitespace);
        broken_off.extend(parts.next().unwrap_or_default());
        for part in parts {
            if !broken_off.is_empty() {
                add(&broken_off);
            }
            broken_off.clear();
            broken_off.extend(part);
        }
        let used = piece.len();
        reader.consume(used);
    }
    if !broken_off.is_empty() {
        add(&broken_off);
    }
    Ok(())
}
