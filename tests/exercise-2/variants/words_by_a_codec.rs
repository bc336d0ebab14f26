//! A right answer: the file goes through a codec, and an unordered set of futures is kept full.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use bytes::{Buf, Bytes, BytesMut};
use futures::stream::{FuturesUnordered, StreamExt};
use tokio::fs::OpenOptions;
use tokio_util::codec::{BytesCodec, Decoder, FramedRead};

/// What was counted in one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stats {
    pub lines: usize,
    pub words: usize,
    pub bytes: u64,
}

/// Cuts bytes into words.
struct Words;

impl Decoder for Words {
    type Item = Bytes;
    type Error = io::Error;

    fn decode(&mut self, unread: &mut BytesMut) -> io::Result<Option<Bytes>> {
        let start = unread.iter().position(|byte| !byte.is_ascii_whitespace());
        unread.advance(start.unwrap_or(unread.len()));
        let end = unread.iter().position(u8::is_ascii_whitespace);
        Ok(end.map(|end| unread.split_to(end).freeze()))
    }

    fn decode_eof(&mut self, unread: &mut BytesMut) -> io::Result<Option<Bytes>> {
        let word = self.decode(unread)?;
        let rest = || (!unread.is_empty()).then(|| unread.split().freeze());
        Ok(word.or_else(rest))
    }
}

pub async fn process_files(paths: &[PathBuf], max_open: usize) -> Vec<io::Result<Stats>> {
    let numbered = async |index: usize, path: &Path| (index, stats_of(path).await);
    let mut left = paths.iter().enumerate();
    let mut reading = FuturesUnordered::new();
    for (index, path) in left.by_ref().take(max_open) {
        reading.push(numbered(index, path));
    }
    let mut answers = BTreeMap::new();
    while let Some((index, stats)) = reading.next().await {
        answers.insert(index, stats);
        if let Some((index, path)) = left.next() {
            reading.push(numbered(index, path));
        }
    }
    answers.into_values().collect()
}

pub async fn word_totals(paths: &[PathBuf], max_open: usize) -> io::Result<BTreeMap<String, u64>> {
    let mut left = paths.iter();
    let mut reading: FuturesUnordered<_> = left.by_ref().take(max_open).map(totals_of).collect();
    let mut totals = BTreeMap::new();
    while let Some(file) = reading.next().await {
        for (word, count) in file? {
            *totals.entry(word).or_default() += count;
        }
        reading.extend(left.next().map(totals_of));
    }
    Ok(totals)
}

async fn stats_of(path: &Path) -> io::Result<Stats> {
    let file = OpenOptions::new().read(true).open(path).await?;
    let mut pieces = FramedRead::new(file, BytesCodec::new());
    let mut stats = Stats::default();
    let mut last = b'\n';
    while let Some(piece) = pieces.next().await {
        for byte in piece? {
            stats.lines += usize::from(byte == b'\n');
            stats.words += usize::from(last.is_ascii_whitespace() && !byte.is_ascii_whitespace());
            stats.bytes += 1;
            last = byte;
        }
    }
    stats.lines += usize::from(last != b'\n');
    Ok(stats)
}

async fn totals_of(path: &PathBuf) -> io::Result<BTreeMap<String, u64>> {
    let file = OpenOptions::new().read(true).open(path).await?;
    let mut words = FramedRead::new(file, Words);
    let mut totals = BTreeMap::new();
    while let Some(word) = words.next().await {
        let key = String::from_utf8_lossy(&word?).into_owned();
        *totals.entry(key).or_default() += 1;
    }
    Ok(totals)
}
