//! passes
//! looks like: never-awaited
//! What is made in one place and polled in another, or by a combinator, is awaited.
use futures::future::join_all;

pub async fn scenario() -> u64 {
    let later: Vec<_> = ["a", "b"].map(|name| tokio::fs::write(name, "x")).into();
    let read = async {
        let mut found = Vec::new();
        for name in ["a", "b"] {
            found.push(tokio::fs::try_exists(name));
        }
        join_all(found).await
    };
    join_all(later).await;
    read.await;
    1
}
