//! The length of what is at each URL, over real HTTP.

lab::contract! {
    crate fetch;
    use web::{Client, Error};

    async fn fetch_all(client: &Client, urls: &[String]) -> Vec<Result<usize, Error>>;
}
