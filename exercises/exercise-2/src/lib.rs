//! Exercise 2: read many files at once, but never too many. `README.md` has the whole task.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

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
    todo!("count {} files, {max_open} at a time", paths.len())
}

/// Counts how often each word occurs in all files of `paths` together, with `max_open` of them
/// open at a time.
///
/// # Errors
///
/// The error that came first in time. From then on no file is opened, and when this returns,
/// nothing that it started still runs.
pub async fn word_totals(paths: &[PathBuf], max_open: usize) -> io::Result<BTreeMap<String, u64>> {
    todo!(
        "add up the words of {} files, {max_open} at a time",
        paths.len()
    )
}
