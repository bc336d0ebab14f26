//! passes
//! looks like: never-awaited
//! A branch of `select!` that is never polled is no mistake where another time it is.
use std::time::Duration;

pub async fn scenario() -> u64 {
    for ready in [true, false] {
        tokio::select! {
            biased;
            () = tokio::time::sleep(Duration::ZERO), if ready => {}
            written = tokio::fs::write("note.txt", "x") => written.unwrap(),
        }
    }
    1
}
