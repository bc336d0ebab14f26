//! Pieces of bodies by hand, and each line as soon as its turn has come.

use std::io::{Write, stdout};

use bytes::BytesMut;
use futures::stream::{self, FuturesOrdered, StreamExt};
use web::{Bytes, Client, Error, Site};

pub struct Summary {
    pub pages: usize,
    pub bytes: usize,
    pub failed: usize,
}

pub async fn fetch(session: &Client, url: &str) -> Result<Bytes, Error> {
    let mut response = session.get(url).send().await?;
    let mut body = BytesMut::new();
    while let Some(piece) = response.chunk().await? {
        body.extend_from_slice(&piece);
    }
    Ok(body.freeze())
}

pub async fn fetch_all(session: &Client, urls: &[String]) -> Vec<Result<Bytes, Error>> {
    let fetches: FuturesOrdered<_> = urls.iter().map(|url| fetch(session, url)).collect();
    fetches.collect().await
}

pub async fn run(site: &Site, lists: &[Vec<String>]) -> Summary {
    let session = Client::builder(site).redirects(5).build();
    let (mut pages, mut bytes, mut failed) = (0, 0, 0);
    for urls in lists {
        let fetches = urls.iter().map(|url| fetch(&session, url));
        let mut answers = stream::iter(fetches)
            .buffered(urls.len().max(1))
            .zip(stream::iter(urls));
        while let Some((answer, url)) = answers.next().await {
            match answer {
                Ok(body) => {
                    pages += 1;
                    bytes += body.len();
                    writeln!(stdout(), "{url}: {} bytes", body.len()).unwrap();
                }
                Err(error) => {
                    failed += 1;
                    writeln!(stdout(), "{error}").unwrap();
                }
            }
        }
    }
    Summary {
        pages,
        bytes,
        failed,
    }
}
