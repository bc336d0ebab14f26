//! caught-by: follows_redirects_up_to_five
//! finding: wrong-output
//!
//! The line has the URL where the page was found, and not the one that was asked for.

use futures::future::join_all;
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
    join_all(urls.iter().map(|url| fetch(session, url))).await
}

pub async fn run(site: &Site, lists: &[Vec<String>]) -> Summary {
    let session = Client::builder(site).redirects(5).build();
    let mut summary = Summary::default();
    for urls in lists {
        let answers = urls.iter().map(async |url| {
            let response = session.get(url).send().await?;
            let found = response.url().to_owned();
            Ok::<_, Error>((found, response.bytes().await?))
        });
        for answer in join_all(answers).await {
            match answer {
                Ok((found, body)) => {
                    println!("{found}: {} bytes", body.len());
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
