//! tokio's whole-file functions, a task for each copy, and errors that are sorted out with `?` in a block.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::fs::{self, OpenOptions};
use tokio::io::AsyncWriteExt;
use tokio::task::JoinSet;

static DRAFTS: AtomicUsize = AtomicUsize::new(1);

fn draft_of(path: &Path) -> PathBuf {
    let number = DRAFTS.fetch_add(1, Ordering::SeqCst);
    path.with_file_name(format!(".draft-{number}"))
}

pub async fn write_file(path: &Path, text: &str) -> io::Result<()> {
    let draft = draft_of(path);
    let result: io::Result<()> = async {
        fs::write(&draft, text).await?;
        fs::rename(&draft, path).await
    }
    .await;
    if result.is_err() {
        fs::remove_file(&draft).await.ok();
    }
    result
}

pub async fn read_file(path: &Path) -> io::Result<String> {
    fs::read_to_string(path).await
}

pub async fn append_file(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .append(true)
        .create(true)
        .open(path)
        .await?;
    file.write_all(text.as_bytes()).await?;
    file.sync_all().await
}

pub async fn copy_file(from: &Path, to: &Path) -> io::Result<u64> {
    let draft = draft_of(to);
    let result: io::Result<u64> = async {
        let bytes = fs::copy(from, &draft).await?;
        fs::rename(&draft, to).await?;
        Ok(bytes)
    }
    .await;
    if result.is_err() {
        fs::remove_file(&draft).await.ok();
    }
    result
}

pub async fn copy_all(pairs: &[(PathBuf, PathBuf)]) -> Vec<io::Result<u64>> {
    let mut copies = JoinSet::new();
    for (index, (from, to)) in pairs.iter().cloned().enumerate() {
        copies.spawn(async move { (index, copy_file(&from, &to).await) });
    }
    let mut answers: Vec<_> = pairs.iter().map(|_| Ok(0)).collect();
    while let Some(copied) = copies.join_next().await {
        let (index, answer) = copied.expect("a copy does not panic");
        answers[index] = answer;
    }
    answers
}
