//! The API of exercise-1.

lab::contract! {
    crate web_crawler;
    use web::{Client, FetchError, Limits, Outcome, Page};

    async fn fetch_all(client: &Client, urls: &[String]) -> Vec<Result<Page, FetchError>>;
    async fn crawl(client: &Client, start: &str, limits: &Limits) -> BTreeMap<String, Outcome>;
}
