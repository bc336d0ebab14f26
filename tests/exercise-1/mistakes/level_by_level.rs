//! caught-by: fills_every_free_place
//! finding: underused
//! Waits for all pages of one depth before it asks for the first of the next. While the slowest of
//! a level answers, places stay empty though pages are known.

use std::collections::{BTreeMap, BTreeSet};

use futures::{
    future::join_all,
    stream::{self, StreamExt},
};
use tokio::time::timeout;
use web::{Client, FetchError, Limits, Outcome, Page};

pub async fn fetch_all(client: &Client, urls: &[String]) -> Vec<Result<Page, FetchError>> {
    join_all(urls.iter().map(|url| client.get(url))).await
}

pub async fn crawl(client: &Client, start: &str, limits: &Limits) -> BTreeMap<String, Outcome> {
    let start = page_of(start);
    let root: String = start.split_inclusive('/').take(3).collect();
    let mut outcomes = BTreeMap::new();
    let mut level = BTreeSet::from([start.to_owned()]);
    for _depth in 0..=limits.max_depth {
        let answers: Vec<_> = stream::iter(level)
            .map(async |url| {
                let answer = timeout(limits.timeout, client.get(&url)).await;
                (url, answer)
            })
            .buffer_unordered(limits.max_in_flight)
            .collect()
            .await;
        let mut next = BTreeSet::new();
        for (url, answer) in answers {
            let outcome = match answer {
                Ok(Ok(page)) => {
                    let links = page.links();
                    let ours = links.iter().filter(|link| link.starts_with(&root));
                    next.extend(ours.map(|link| page_of(link).to_owned()));
                    Outcome::Fetched {
                        status: page.status,
                        links: links.len(),
                    }
                }
                Ok(Err(error)) => Outcome::Failed(error),
                Err(_) => Outcome::TimedOut,
            };
            outcomes.insert(url, outcome);
        }
        next.retain(|url| !outcomes.contains_key(url));
        level = next;
    }
    outcomes
}

fn page_of(url: &str) -> &str {
    url.split('#').next().unwrap_or(url)
}
