use lab::contract;

contract! {
    crate rate_limiter;

    /// Admits at most `limit` callers in any `window`.
    struct RateLimiter {
        /// Panics when either is zero.
        fn new(limit: u32, window: Duration) -> Self;
        /// Returns when the caller is admitted.
        async fn acquire(&self);
        fn try_acquire(&self) -> bool;
    }

    async fn rate_limited<F, T>(limiter: &RateLimiter, jobs: Vec<F>) -> Vec<T>
    where
        F: Future<Output = T> + Send + 'static,
        T: Send + 'static;
}
