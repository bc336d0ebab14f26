//! A task for each page, which comes back with its place.

use tokio::task::JoinSet;
use web::{Bytes, Client, Error, Site};

#[derive(Debug, Default)]
pub struct Summary {
    pub pages: usize,
    pub bytes: usize,
    pub failed: usize,
}

pub async fn fetch(session: &Client, url: &str) -> Result<Bytes, Error> {
    let response = session.get(url).send().await?;
    response.bytes().await
}

pub async fn fetch_all(session: &Client, urls: &[String]) -> Vec<Result<Bytes, Error>> {
    let mut tasks = JoinSet::new();
    for (place, url) in urls.iter().cloned().enumerate() {
        let session = session.clone();
        tasks.spawn(async move { (place, fetch(&session, &url).await) });
    }
    let mut answers = tasks.join_all().await;
    answers.sort_by_key(|(place, _)| *place);
    answers.into_iter().map(|(_, answer)| answer).collect()
}

pub async fn run(site: &Site, lists: &[Vec<String>]) -> Summary {
    let session = Client::builder(site).redirects(5).build();
    let mut summary = Summary::default();
    for urls in lists {
        let mut lines = String::new();
        for (url, answer) in urls.iter().zip(fetch_all(&session, urls).await) {
            let line = match answer {
                Ok(body) => {
                    summary.pages += 1;
                    summary.bytes += body.len();
                    format!("{url}: {} bytes\n", body.len())
                }
                Err(error) => {
                    summary.failed += 1;
                    format!("{error}\n")
                }
            };
            lines.push_str(&line);
        }
        print!("{lines}");
    }
    summary
}
