//! caught-by: fetches_all_at_once
//! finding: too-sequential
//!
//! A limit that nobody asked for.

use futures::stream::{self, StreamExt};
use web::{Bytes, Client, Error, Site};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    pub pages: usize,
    pub bytes: usize,
    pub failed: usize,
}

pub async fn fetch(session: &Client, url: &str) -> Result<Bytes, Error> {
    session.get(url).send().await?.bytes().await
}

pub async fn fetch_all(session: &Client, urls: &[String]) -> Vec<Result<Bytes, Error>> {
    let fetches = urls.iter().map(|url| fetch(session, url));
    stream::iter(fetches).buffered(10).collect().await
}

pub async fn run(site: &Site, lists: &[Vec<String>]) -> Summary {
    let session = Client::builder(site).redirects(5).build();
    let mut summary = Summary::default();
    for urls in lists {
        let answers = fetch_all(&session, urls).await;
        for (url, answer) in urls.iter().zip(answers) {
            match answer {
                Ok(body) => {
                    println!("{url}: {} bytes", body.len());
                    summary.pages += 1;
                    summary.bytes += body.len();
                }
                Err(error) => {
                    println!("{error}");
                    summary.failed += 1;
                }
            }
        }
    }
    summary
}
