//! The API of 09a-http-fetch.

lab::contract! {
    crate http_fetch;
    use web::{Bytes, Client, Error, Site};

    struct Summary {
        pages: usize,
        bytes: usize,
        failed: usize,
    }

    async fn fetch(session: &Client, url: &str) -> Result<Bytes, Error>;
    async fn fetch_all(session: &Client, urls: &[String]) -> Vec<Result<Bytes, Error>>;
    async fn run(site: &Site, lists: &[Vec<String>]) -> Summary;
}
