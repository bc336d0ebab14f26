//! What the drivers call: `glue.rs`, which calls the submission. A contract lends no object to a closure, and what
//! the submission lends is its own to choose.

lab::contract! {
    crate scoped_resource;

    async fn with_resource<T: Send + 'static>(
        acquire: impl AsyncFnOnce() -> String,
        release: impl FnOnce(String, u32) -> (impl Future<Output = ()> + Send + 'static) + Send + 'static,
        body: impl AsyncFnOnce(String) -> T,
        tickets: u32,
    ) -> (T, Vec<u32>);
}
