//! passes
//! What tokio's files and folders can do, the disk's can, at 1 ms for each operation.
use std::os::fd::{AsFd, AsRawFd};
use std::time::{Duration, SystemTime};
use tokio::fs::{self, DirBuilder, File, FileTimes};
use tokio::io::AsyncReadExt;

pub async fn scenario() -> u64 {
    let mut deep = DirBuilder::default();
    deep.recursive(true).mode(0o700);
    deep.create("a/b").await.unwrap();
    DirBuilder::new().create("a/b").await.unwrap_err();

    fs::write("a/note.txt", "x").await.unwrap();
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1);
    let longer_ago = SystemTime::UNIX_EPOCH;
    let mut file = File::options().read(true).write(true).open("a/note.txt").await.unwrap();
    file.set_modified(long_ago).await.unwrap();
    assert_eq!(file.metadata().await.unwrap().modified().unwrap(), long_ago);
    let times = FileTimes::new().set_modified(longer_ago).set_accessed(long_ago);
    file.set_times(times.clone()).await.unwrap();
    let metadata = file.metadata().await.unwrap();
    assert_eq!(metadata.modified().unwrap(), longer_ago);
    assert_eq!(metadata.accessed().unwrap(), long_ago);

    let twin = file.as_fd().try_clone_to_owned().unwrap();
    assert_ne!(twin.as_raw_fd(), file.as_raw_fd());
    let mut text = String::new();
    File::from(twin).read_to_string(&mut text).await.unwrap();
    let twin = file.as_fd().try_clone_to_owned().unwrap();
    File::from(std::fs::File::from(twin)).read_to_string(&mut text).await.unwrap();
    // Both read on where the other stopped: it is one open file.
    assert_eq!(text, "x");
    assert_eq!(file.read(&mut [0]).await.unwrap(), 0);

    let mut folder = fs::read_dir("a").await.unwrap();
    let next = std::future::poll_fn(|cx| folder.poll_next_entry(cx)).await;
    let next = next.unwrap().unwrap();
    assert_eq!(next.file_name(), "b");
    assert_ne!(next.ino(), folder.next_entry().await.unwrap().unwrap().ino());

    assert_ne!(tokio::io::stdout().as_raw_fd(), tokio::io::stderr().as_fd().as_raw_fd());
    assert_ne!(tokio::io::stdin().as_raw_fd(), tokio::io::stdout().as_fd().as_raw_fd());
    7
}
