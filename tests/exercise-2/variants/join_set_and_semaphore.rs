//! A right answer: a task for every file, and a semaphore that lets `max_open` of them work.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use tokio::fs::File;
use tokio::io::AsyncReadExt;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// What was counted in one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stats {
    pub lines: usize,
    pub words: usize,
    pub bytes: u64,
}

pub async fn process_files(paths: &[PathBuf], max_open: usize) -> Vec<io::Result<Stats>> {
    let slots = Arc::new(Semaphore::new(max_open));
    let mut tasks = JoinSet::new();
    for (index, path) in paths.iter().cloned().enumerate() {
        let slots = Arc::clone(&slots);
        tasks.spawn(async move {
            let _slot = slots.acquire_owned().await.expect("nobody closes it");
            // The file is a local of `stats_of`: it is closed before the slot is given back.
            (index, stats_of(path).await)
        });
    }
    let mut answers: Vec<Option<io::Result<Stats>>> = paths.iter().map(|_| None).collect();
    while let Some(done) = tasks.join_next().await {
        let (index, stats) = done.expect("counting does not panic");
        answers[index] = Some(stats);
    }
    answers.into_iter().flatten().collect()
}

pub async fn word_totals(paths: &[PathBuf], max_open: usize) -> io::Result<BTreeMap<String, u64>> {
    let slots = Arc::new(Semaphore::new(max_open));
    let mut tasks = JoinSet::new();
    for path in paths.iter().cloned() {
        let slots = Arc::clone(&slots);
        tasks.spawn(async move {
            let _slot = slots.acquire_owned().await.expect("nobody closes it");
            totals_of(path).await
        });
    }
    let mut totals = BTreeMap::new();
    while let Some(done) = tasks.join_next().await {
        match done.expect("counting does not panic") {
            Ok(file) => {
                for (word, count) in file {
                    *totals.entry(word).or_insert(0) += count;
                }
            }
            Err(error) => {
                tasks.shutdown().await;
                return Err(error);
            }
        }
    }
    Ok(totals)
}

async fn stats_of(path: PathBuf) -> io::Result<Stats> {
    let mut file = File::open(path).await?;
    let mut buffer = [0; 4096];
    let mut stats = Stats::default();
    let (mut in_word, mut in_line) = (false, false);
    loop {
        let read = file.read(&mut buffer).await?;
        if read == 0 {
            break;
        }
        stats.bytes += read as u64;
        for byte in &buffer[..read] {
            in_line = *byte != b'\n';
            if !in_line {
                stats.lines += 1;
            }
            let was_in_word = in_word;
            in_word = !byte.is_ascii_whitespace();
            if in_word && !was_in_word {
                stats.words += 1;
            }
        }
    }
    if in_line {
        stats.lines += 1;
    }
    Ok(stats)
}

async fn totals_of(path: PathBuf) -> io::Result<BTreeMap<String, u64>> {
    let mut file = File::open(path).await?;
    let mut buffer = [0; 4096];
    let mut totals = BTreeMap::new();
    let mut word = Vec::new();
    loop {
        let read = file.read(&mut buffer).await?;
        // At the end of the file, a last whitespace finishes a last word.
        let piece = if read == 0 { b"\n" } else { &buffer[..read] };
        for byte in piece {
            if !byte.is_ascii_whitespace() {
                word.push(*byte);
            } else if !word.is_empty() {
                let key = String::from_utf8_lossy(&word).into_owned();
                *totals.entry(key).or_insert(0) += 1;
                word.clear();
            }
        }
        if read == 0 {
            return Ok(totals);
        }
    }
}
