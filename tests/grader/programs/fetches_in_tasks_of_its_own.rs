//! passes
//! A task for each page, and pieces as they come.
use web::{Client, Error};

async fn length(client: Client, url: String) -> Result<usize, Error> {
    let mut response = client.get(url).send().await?;
    let mut length = 0;
    while let Some(piece) = response.chunk().await? {
        length += piece.len();
    }
    Ok(length)
}

pub async fn fetch_all(client: &Client, urls: &[String]) -> Vec<Result<usize, Error>> {
    let task = |url: &String| tokio::spawn(length(client.clone(), url.clone()));
    let tasks: Vec<_> = urls.iter().map(task).collect();
    let mut lengths = Vec::new();
    for task in tasks {
        lengths.push(task.await.unwrap());
    }
    lengths
}
