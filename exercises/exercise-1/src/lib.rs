//! Exercise 1: a web crawler. `README.md` says what is asked for; `web` is the web to crawl.

use std::collections::BTreeMap;

use web::{Client, FetchError, Limits, Outcome, Page};

/// Fetches all of `urls` at once.
///
/// The result at each place is the one for the URL at that place, whichever came first, and a
/// request that fails leaves the others alone.
pub async fn fetch_all(client: &Client, urls: &[String]) -> Vec<Result<Page, FetchError>> {
    todo!("fetch {urls:?} with {client:?}")
}

/// Crawls the site of `start` and says what became of each page.
///
/// The keys are absolute URLs without fragment.
pub async fn crawl(client: &Client, start: &str, limits: &Limits) -> BTreeMap<String, Outcome> {
    todo!("crawl from {start} with {client:?}, within {limits:?}")
}
