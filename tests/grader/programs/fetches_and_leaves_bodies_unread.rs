//! fails: wrong-value
//! says: connections came about
//! A response that is not read to its end takes its connection with it: the next round needs new ones.
use futures::future::join_all;
use web::{Client, Error};

async fn length(client: &Client, url: &str) -> Result<usize, Error> {
    let mut response = client.get(url).send().await?;
    let announced = usize::try_from(response.content_length().unwrap_or(0)).unwrap();
    let mut length = 0;
    while length < announced {
        length += response.chunk().await?.map_or(0, |piece| piece.len());
    }
    Ok(length)
}

pub async fn fetch_all(client: &Client, urls: &[String]) -> Vec<Result<usize, Error>> {
    join_all(urls.iter().map(|url| length(client, url))).await
}
