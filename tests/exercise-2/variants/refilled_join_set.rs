//! A right answer: never more than `max_open` tasks; each that ends makes room for the next.
//! After an error it starts no more, and lets the files that are open come to their end.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

use bytes::BytesMut;
use tokio::fs::File;
use tokio::io::AsyncReadExt;
use tokio::task::JoinSet;

/// What was counted in one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stats {
    pub lines: usize,
    pub words: usize,
    pub bytes: u64,
}

pub async fn process_files(paths: &[PathBuf], max_open: usize) -> Vec<io::Result<Stats>> {
    let mut left = paths.iter().cloned().enumerate();
    let mut running = JoinSet::new();
    let mut answers = Vec::with_capacity(paths.len());
    loop {
        while running.len() < max_open
            && let Some((index, path)) = left.next()
        {
            running.spawn(async move { (index, stats_of(path).await) });
        }
        match running.join_next().await {
            Some(done) => answers.push(done.expect("counting does not panic")),
            None => break,
        }
    }
    answers.sort_by_key(|(index, _)| *index);
    answers.into_iter().map(|(_, stats)| stats).collect()
}

pub async fn word_totals(paths: &[PathBuf], max_open: usize) -> io::Result<BTreeMap<String, u64>> {
    let mut left = paths.iter().cloned();
    let mut running = JoinSet::new();
    let mut totals = Ok(BTreeMap::new());
    loop {
        while totals.is_ok()
            && running.len() < max_open
            && let Some(path) = left.next()
        {
            running.spawn(totals_of(path));
        }
        let Some(done) = running.join_next().await else {
            return totals;
        };
        match (&mut totals, done.expect("counting does not panic")) {
            (Ok(totals), Ok(file)) => {
                for (word, count) in file {
                    *totals.entry(word).or_default() += count;
                }
            }
            (Ok(_), Err(first)) => totals = Err(first),
            (Err(_), _) => {}
        }
    }
}

async fn stats_of(path: PathBuf) -> io::Result<Stats> {
    let mut file = File::open(path).await?;
    let mut piece = BytesMut::with_capacity(8 * 1024);
    let mut stats = Stats::default();
    let mut last = None;
    while file.read_buf(&mut piece).await? > 0 {
        stats.bytes += piece.len() as u64;
        for byte in &piece {
            stats.lines += usize::from(*byte == b'\n');
            let starts = last.is_none_or(|last: u8| last.is_ascii_whitespace());
            stats.words += usize::from(starts && !byte.is_ascii_whitespace());
            last = Some(*byte);
        }
        piece.clear();
    }
    if last.is_some_and(|last| last != b'\n') {
        stats.lines += 1;
    }
    Ok(stats)
}

async fn totals_of(path: PathBuf) -> io::Result<BTreeMap<String, u64>> {
    let mut file = File::open(path).await?;
    let mut unread = BytesMut::with_capacity(8 * 1024);
    let mut totals = BTreeMap::new();
    let mut count = |word: &[u8]| {
        if !word.is_empty() {
            let key = String::from_utf8_lossy(word).into_owned();
            *totals.entry(key).or_default() += 1;
        }
    };
    loop {
        unread.reserve(8 * 1024);
        if file.read_buf(&mut unread).await? == 0 {
            break;
        }
        while let Some(end) = unread.iter().position(u8::is_ascii_whitespace) {
            count(&unread.split_to(end + 1)[..end]);
        }
    }
    count(&unread);
    Ok(totals)
}
