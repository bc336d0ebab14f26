//! passes
//! looks like: too-sequential
//! Real HTTP bytes in virtual time: everything overlaps, and every connection is used again.
use futures::future::join_all;
use web::{Client, Error};

async fn length(client: &Client, url: &str) -> Result<usize, Error> {
    Ok(client.get(url).send().await?.bytes().await?.len())
}

pub async fn fetch_all(client: &Client, urls: &[String]) -> Vec<Result<usize, Error>> {
    join_all(urls.iter().map(|url| length(client, url))).await
}
