//! The API of 06a-wait-for.

lab::contract! {
    crate wait_for;

    struct TimedOut {
        limit: Duration,
    }

    async fn wait_for<F, T>(operation: F, limit: Option<Duration>) -> Result<T, TimedOut>
    where
        F: Future<Output = T> + Send + 'static,
        T: Send + 'static;
    async fn wait_but_let_run<F>(operation: F, limit: Duration) -> Result<u32, TimedOut>
    where
        F: Future<Output = u32> + Send + 'static;
    async fn attempts(
        number: u32,
        limit: Duration,
        operation: impl AsyncFn(u32) -> u32,
    ) -> Result<u32, TimedOut>;
    async fn report<F>(operation: F, limit: Duration)
    where
        F: Future<Output = String> + Send + 'static;
}
