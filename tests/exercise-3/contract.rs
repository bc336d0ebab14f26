//! The API of exercise-3.

lab::contract! {
    crate rate_limiter;

    struct RateLimiter {
        fn new(limit: u32, window: Duration) -> Self;
        async fn acquire(&self);
        fn try_acquire(&self) -> bool;
    }

    async fn rate_limited<F, T>(limiter: &RateLimiter, jobs: Vec<F>) -> Vec<T>
    where
        F: Future<Output = T> + Send + 'static,
        T: Send + 'static;
}
