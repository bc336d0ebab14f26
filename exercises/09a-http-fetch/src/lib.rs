//! Exercise 09a: many pages in one session. `README.md` says what is asked for; `web` is the web.

use web::{Bytes, Client, Error, Site};

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
    todo!("send a request for {url} with {session:?}, and read what comes")
}

/// Fetches all pages at the same time; the answers have the order of `urls`.
pub async fn fetch_all(session: &Client, urls: &[String]) -> Vec<Result<Bytes, Error>> {
    todo!("fetch {urls:?} with {session:?}")
}

/// Fetches list after list in one session, and prints a line for each URL.
pub async fn run(site: &Site, lists: &[Vec<String>]) -> Summary {
    todo!("fetch {lists:?} from {site:?}")
}
