//! fails: too-sequential
//! Each request waits for the response before it.
use web::{Client, Error};

async fn length(client: &Client, url: &str) -> Result<usize, Error> {
    Ok(client.get(url).send().await?.bytes().await?.len())
}

pub async fn fetch_all(client: &Client, urls: &[String]) -> Vec<Result<usize, Error>> {
    let mut lengths = Vec::new();
    for url in urls {
        lengths.push(length(client, url).await);
    }
    lengths
}
