//! What happens to a student's file processing. No expected value is in here.
//!
//! Each call is noted as `called`, with the files' names, and as `returned`, with what came of it.
//! Files of different calls in one drive have different names.

use std::collections::BTreeMap;
use std::future::Future;
use std::io::{self, ErrorKind};
use std::ops::Range;
use std::path::PathBuf;

use contract::{Stats, process_files, word_totals};
use lab::disk::Disk;
use lab::serde::Serialize;
use lab::{Lab, drive};

mod contents;

use contents::{ADDED_UP, AMONG_BROKEN, COUNTED};

lab::driver!(contract);

/// Bytes per virtual millisecond of a disk on which reading shows.
const SLOW: u64 = 64;
/// The same, of one that has a huge file read within some 250 ms.
const FAST: u64 = 4096;
/// A line with words of one to four bytes a character. It has 37 bytes, an odd number, so that
/// pieces of any usual size end inside a word, and inside a character, somewhere.
const LINE: &str = "grüße from €uros€€ naïve q7\n";
/// How often a huge file holds it: a little over 1 MiB.
const LINES: usize = 28_340;
/// A peak of heap is noted in steps of so many bytes, so that the snapshot outlives small changes in
/// what tokio and std allocate.
const STEP: u64 = 16 * 1024;
/// Answers, or words, are noted up to this many, and a word up to so many characters: a note has to
/// fit a frame of the trace, whatever a student's code returns.
const NOTED: usize = 400;
const NOTED_KEY: usize = 60;

fn disk(lab: &Lab, bytes_per_ms: u64) -> Disk {
    lab.disk().open_ms(5).bytes_per_ms(bytes_per_ms)
}

/// `bytes` bytes of lines that are one word of 15 letters each.
fn text(bytes: usize) -> Vec<u8> {
    let line = b"0123456789abcde\n".iter().copied();
    line.cycle().take(bytes).collect()
}

/// Files `a00.txt`, `a01.txt`… (where `call` is `a`) of these many bytes.
fn numbered(disk: &Disk, call: char, sizes: &[usize]) -> Vec<PathBuf> {
    let files = sizes.iter().enumerate();
    files
        .map(|(n, bytes)| disk.put(&format!("{call}{n:02}.txt"), text(*bytes)))
        .collect()
}

async fn process(lab: &Lab, paths: &[PathBuf], max_open: usize) {
    call(lab, paths, max_open, process_files(paths, max_open), counts).await;
}

async fn add_up(lab: &Lab, paths: &[PathBuf], max_open: usize) {
    call(lab, paths, max_open, word_totals(paths, max_open), totals).await;
}

/// One call of the student's, from `called` to `returned`.
async fn call<T, D: Serialize>(
    lab: &Lab,
    paths: &[PathBuf],
    max_open: usize,
    calling: impl Future<Output = T>,
    as_data: impl Fn(T) -> D,
) {
    let names: Vec<_> = paths
        .iter()
        .filter_map(|path| path.file_name()?.to_str())
        .collect();
    lab.note("max_open", max_open);
    lab.note("called", names);
    let output = calling.await;
    lab.note("returned", as_data(output));
}

/// Notes the most heap that `call` had at a time; the driver's own part of it is small.
async fn measured(lab: &Lab, call: impl Future<Output = ()>) {
    let ((), peak) = lab.heap_peak(call).await;
    lab.note("heap", peak.map(|bytes| bytes / STEP * STEP));
}

/// Answers as data: of an error, its kind.
fn counts(answers: Vec<io::Result<Stats>>) -> Vec<Result<Stats, String>> {
    answers.into_iter().take(NOTED).map(kind_of_error).collect()
}

/// Totals as data, a list of words and counts.
fn totals(totals: io::Result<BTreeMap<String, u64>>) -> Result<Vec<(String, u64)>, String> {
    let cut = |word: String| word.chars().take(NOTED_KEY).collect();
    let words = |totals: BTreeMap<String, u64>| {
        let words = totals.into_iter().take(NOTED);
        words.map(|(word, count)| (cut(word), count)).collect()
    };
    kind_of_error(totals.map(words))
}

fn kind_of_error<T>(result: io::Result<T>) -> Result<T, String> {
    result.map_err(|error| format!("{:?}", error.kind()))
}

/// Small files, each for one rule of counting, and then no files at all.
#[drive]
async fn counts_lines_words_and_bytes(lab: Lab) {
    let disk = disk(&lab, SLOW);
    let paths = COUNTED.map(|(name, contents)| disk.put(name, contents));
    process(&lab, &paths, 4).await;
    process(&lab, &[], 4).await;
}

/// Six files at once; the last is the shortest, and the names are not sorted.
#[drive]
async fn keeps_input_order(lab: Lab) {
    let disk = disk(&lab, SLOW);
    let names = ["delta", "alpha", "echo", "bravo", "foxtrot", "charlie"];
    let sizes = [3840, 3200, 2560, 1920, 1280, 640];
    let files = names.iter().zip(sizes);
    let paths: Vec<_> = files
        .map(|(name, bytes)| disk.put(&format!("{name}.txt"), text(bytes)))
        .collect();
    process(&lab, &paths, 6).await;
}

/// Eight files that take 105 ms each, and room for eight.
#[drive]
async fn files_overlap(lab: Lab) {
    let paths = numbered(&disk(&lab, SLOW), 'a', &[6400; 8]);
    process(&lab, &paths, 8).await;
}

/// Files of four sizes, three at a time; then one at a time.
#[drive]
async fn never_more_than_max_open(lab: Lab) {
    let disk = disk(&lab, SLOW);
    let sizes = [640, 1280, 1920, 2560];
    process(&lab, &numbered(&disk, 'a', &sizes.repeat(3)), 3).await;
    process(&lab, &numbered(&disk, 'b', &sizes), 1).await;
}

/// One long file and nine short ones.
const UNEVEN: [usize; 10] = [6400, 640, 640, 640, 640, 640, 640, 640, 640, 640];

/// A long file before many short ones; then files that are all alike.
#[drive]
async fn uses_every_slot(lab: Lab) {
    let disk = disk(&lab, SLOW);
    process(&lab, &numbered(&disk, 'a', &UNEVEN), 3).await;
    process(&lab, &numbered(&disk, 'b', &[640; 8]), 4).await;
}

/// Three files fail, and two are not UTF-8; a slot lost on each that fails leaves none.
#[drive]
async fn one_bad_file_harms_no_other(lab: Lab) {
    let disk = disk(&lab, SLOW);
    let mut paths = AMONG_BROKEN
        .map(|(name, contents)| disk.put(name, contents))
        .to_vec();
    paths.insert(1, disk.path("missing.txt"));
    disk.fail_open("locked.txt", ErrorKind::PermissionDenied);
    disk.fail_read("torn.txt", 640, ErrorKind::TimedOut);
    process(&lab, &paths, 2).await;
}

/// A huge file of many lines.
fn huge(disk: &Disk) -> PathBuf {
    disk.put("huge.txt", LINE.repeat(LINES))
}

/// A huge file of one line.
fn huge_line(disk: &Disk) -> PathBuf {
    disk.put("huge_line.txt", LINE.replace('\n', " ").repeat(LINES))
}

/// `first`, and behind it small files with these numbers.
fn with_small_files(disk: &Disk, first: PathBuf, small: Range<usize>) -> Vec<PathBuf> {
    let small = small.map(|n| disk.put(&format!("small{n}.txt"), text(8192)));
    std::iter::once(first).chain(small).collect()
}

#[drive(schedules = plain)]
async fn huge_file_in_pieces(lab: Lab) {
    let disk = disk(&lab, FAST);
    let paths = with_small_files(&disk, huge(&disk), 0..8);
    measured(&lab, process(&lab, &paths, 2)).await;
}

#[drive(schedules = plain)]
async fn huge_line_in_pieces(lab: Lab) {
    let disk = disk(&lab, FAST);
    let paths = with_small_files(&disk, huge_line(&disk), 0..8);
    measured(&lab, process(&lab, &paths, 2)).await;
}

/// A few files, two at a time.
#[drive]
async fn never_blocks_the_executor(lab: Lab) {
    let paths = numbered(&disk(&lab, SLOW), 'a', &[640; 4]);
    process(&lab, &paths, 2).await;
}

/// Small files whose words add up, and then no files at all.
#[drive]
async fn totals_whole_words(lab: Lab) {
    let disk = disk(&lab, SLOW);
    let paths = ADDED_UP.map(|(name, contents)| disk.put(name, contents));
    add_up(&lab, &paths, 3).await;
    add_up(&lab, &[], 3).await;
}

/// A long file before many short ones.
#[drive]
async fn totals_keep_to_max_open(lab: Lab) {
    let paths = numbered(&disk(&lab, SLOW), 'a', &UNEVEN);
    add_up(&lab, &paths, 3).await;
}

/// A huge file of many lines, then one of a single line, each before two small ones.
#[drive(schedules = plain)]
async fn totals_of_a_huge_file(lab: Lab) {
    let disk = disk(&lab, FAST);
    let paths = with_small_files(&disk, huge(&disk), 0..2);
    measured(&lab, add_up(&lab, &paths, 2)).await;
    let paths = with_small_files(&disk, huge_line(&disk), 2..4);
    measured(&lab, add_up(&lab, &paths, 2)).await;
}

/// Two files that break off, the later one of the list first; a file that breaks off before one
/// that is missing; a file that may not be opened.
#[drive]
async fn first_error_in_time(lab: Lab) {
    let disk = disk(&lab, SLOW);
    disk.fail_read("a01.txt", 1920, ErrorKind::TimedOut);
    disk.fail_read("a02.txt", 640, ErrorKind::ConnectionReset);
    add_up(&lab, &numbered(&disk, 'a', &[6400, 3200, 3200, 64]), 4).await;

    disk.fail_read("b00.txt", 640, ErrorKind::TimedOut);
    let mut paths = numbered(&disk, 'b', &[3200, 640]);
    paths.push(disk.path("missing.txt"));
    add_up(&lab, &paths, 3).await;

    disk.fail_open("c01.txt", ErrorKind::PermissionDenied);
    add_up(&lab, &numbered(&disk, 'c', &[640, 64, 640]), 1).await;
}

/// The fifth of twelve files breaks off, and then time goes on: what was left behind shows.
#[drive]
async fn stops_at_the_first_error(lab: Lab) {
    let disk = disk(&lab, SLOW);
    disk.fail_read("a04.txt", 64, ErrorKind::TimedOut);
    add_up(&lab, &numbered(&disk, 'a', &[640; 12]), 3).await;
    lab.sleep(500).await;
}
