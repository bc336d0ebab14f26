//! Many pages in one session.

use futures::future::join_all;
use web::{Bytes, Client, Error, Site};

/// How many redirects a session of [`run`] follows.
const REDIRECTS: usize = 5;

/// What came of all lists together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many pages came whole.
    pub pages: usize,
    /// How long they are together.
    pub bytes: usize,
    /// How many URLs gave an error.
    pub failed: usize,
}

/// Fetches one page: every byte of its body, whatever its status.
pub async fn fetch(session: &Client, url: &str) -> Result<Bytes, Error> {
    session.get(url).send().await?.bytes().await
}

/// Fetches all pages at the same time; the answers have the order of `urls`.
pub async fn fetch_all(session: &Client, urls: &[String]) -> Vec<Result<Bytes, Error>> {
    join_all(urls.iter().map(|url| fetch(session, url))).await
}

/// Fetches list after list in one session, and prints a line for each URL.
pub async fn run(site: &Site, lists: &[Vec<String>]) -> Summary {
    let session = Client::builder(site).redirects(REDIRECTS).build();
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
