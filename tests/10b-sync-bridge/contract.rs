//! The API of 10b-sync-bridge.

lab::contract! {
    crate sync_bridge;

    struct InsideRuntime;

    #[send]
    struct Bridge {
        fn new() -> io::Result<Self>;
        fn run<T>(&self, future: impl Future<Output = T>) -> Result<T, InsideRuntime>;
        async fn call<T: Send + 'static>(
            &self,
            callback: impl FnOnce() -> T + Send + 'static,
        ) -> T;
    }
}
