//! The API of 05a-gather.

lab::contract! {
    crate gather;

    async fn fetch_all(urls: &[&str], fetch: impl AsyncFn(&str) -> String) -> Vec<String>;
    async fn gather<F, T>(futures: Vec<F>) -> Vec<T>
    where
        F: Future<Output = T> + Send + 'static,
        T: Send + 'static;
    async fn both(
        text: impl Future<Output = String>,
        number: impl Future<Output = u64>,
    ) -> (String, u64);
    async fn report(urls: &[&str], fetch: impl AsyncFn(&str) -> String);
}
