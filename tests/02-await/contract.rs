//! The API of 02-await.

lab::contract! {
    crate await_basics;
    use tokio::sync::oneshot::Receiver;

    fn fetch_data(
        key: &str,
        get: impl Fn(&str) -> impl Future<Output = u32>,
    ) -> impl Future<Output = u32>;
    async fn show(keys: &[&str], get: impl Fn(&str) -> impl Future<Output = u32>);
    async fn refresh(
        key: &str,
        known: u32,
        get: impl Fn(&str) -> impl Future<Output = u32>,
        put: impl Fn(u32) -> impl Future<Output = ()>,
    ) -> u32;
    fn promise(value: u32, after: Duration) -> Receiver<u32>;
    async fn answer(promise: Receiver<u32>) -> Option<u32>;
}
