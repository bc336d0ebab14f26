//! A first look at your answer: `cargo test`. The grader checks more than this.

use std::io::ErrorKind;
use std::path::PathBuf;

use file_processing::{Stats, process_files, word_totals};

/// Writes the files into a fresh folder, which goes away with the first value returned.
fn files<const N: usize>(files: [(&str, &[u8]); N]) -> (tempfile::TempDir, [PathBuf; N]) {
    let folder = tempfile::tempdir().expect("a folder for the test's files");
    let paths = files.map(|(name, bytes)| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("a file of the test");
        path
    });
    (folder, paths)
}

#[tokio::test]
async fn each_file_gets_its_own_counts_in_input_order() {
    let (_folder, paths) = files([
        ("long.txt", b"one two\nthree\n"),
        ("empty.txt", b""),
        ("unfinished.txt", b"four\nfive"),
    ]);
    let answers = process_files(&paths, 2).await;
    let answers: Vec<Stats> = answers.into_iter().map(Result::unwrap).collect();
    let stats = |lines, words, bytes| Stats {
        lines,
        words,
        bytes,
    };
    assert_eq!(answers, [stats(2, 3, 14), stats(0, 0, 0), stats(2, 2, 9)]);
}

#[tokio::test]
async fn a_missing_file_harms_no_other() {
    let (folder, [here]) = files([("here.txt", b"here\n")]);
    let answers = process_files(&[folder.path().join("missing.txt"), here], 2).await;
    let missing = answers[0].as_ref().expect_err("nobody wrote missing.txt");
    assert_eq!(missing.kind(), ErrorKind::NotFound);
    assert_eq!(answers[1].as_ref().expect("here.txt is fine").words, 1);
}

#[tokio::test]
async fn words_are_added_up_over_all_files() {
    let (_folder, paths) = files([("a.txt", b"the cat\nThe end"), ("b.txt", b"the end\n")]);
    let totals = word_totals(&paths, 2).await.expect("both files are fine");
    let totals: Vec<(&str, u64)> = totals.iter().map(|(word, n)| (word.as_str(), *n)).collect();
    assert_eq!(totals, [("The", 1), ("cat", 1), ("end", 2), ("the", 2)]);
}
