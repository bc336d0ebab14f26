use lab::contract;

contract! {
    crate web_crawler;
    use web::{Client, FetchError, Limits, Outcome, Page};

    /// Fetches all pages at once.
    async fn fetch_all(client: &Client, urls: &[String]) -> Vec<Result<Page, FetchError>>;
    /// Fetches every page that links lead to.
    async fn crawl(client: &Client, start: &str, limits: &Limits) -> BTreeMap<String, Outcome>;
}
