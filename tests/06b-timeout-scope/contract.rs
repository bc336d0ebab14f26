//! The API of 06b-timeout-scope.

lab::contract! {
    crate timeout_scope;

    struct Expired {
        deadline: String,
    }

    struct Deadline {
        fn after(name: &str, limit: Duration) -> Self;
        fn within(&self, name: &str, limit: Duration) -> Self;
        fn left(&self) -> Duration;
    }

    async fn run<T>(deadline: &Deadline, step: impl Future<Output = T>) -> Result<T, Expired>;
    async fn steps(
        deadline: &Deadline,
        number: u32,
        step: impl AsyncFn(u32, Duration) -> u32,
    ) -> Result<Vec<u32>, Expired>;
    async fn or_else(
        deadline: &Deadline,
        limit: Duration,
        first: impl Future<Output = String>,
        second: impl Future<Output = String>,
    ) -> Result<String, Expired>;
}
