//! The API of 11a-semaphore.

lab::contract! {
    crate limited_calls;

    struct Gate {
        fn new(limit: usize) -> Self;
        async fn pass<T: Send + 'static>(&self, work: impl Future<Output = T>) -> T;
    }

    async fn run_all(
        count: usize,
        limit: usize,
        call: impl AsyncFn(usize) -> Result<String, String>,
    ) -> Vec<Result<String, String>>;
}
