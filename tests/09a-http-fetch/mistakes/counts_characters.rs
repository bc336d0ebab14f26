//! caught-by: prints_a_line_for_each_page
//! finding: wrong-output
//!
//! What the lesson does: the length of a text in characters, called bytes.

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
        let answers = fetch_all(&session, urls).await;
        for (url, answer) in urls.iter().zip(answers) {
            match answer {
                Ok(body) => {
                    let text = String::from_utf8_lossy(&body);
                    println!("{url}: {} bytes", text.chars().count());
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
