//! The API of 07a-async-resource.

lab::contract! {
    crate async_resource;

    enum Exit {
        Done,
        Failed(String),
        Panicked,
        Cancelled,
    }

    async fn using<T: Send + 'static>(
        acquire: impl AsyncFnOnce() -> Result<u32, String>,
        body: impl AsyncFnOnce(u32) -> Result<T, String>,
        release: impl FnMut(u32, Exit) -> (impl Future<Output = ()> + Send + 'static) + Send + 'static,
    ) -> Result<T, String>;

    async fn using_all<T: Send + 'static>(
        names: Vec<String>,
        acquire: impl AsyncFn(String) -> Result<u32, String>,
        body: impl AsyncFnOnce(Vec<u32>) -> Result<T, String>,
        release: impl FnMut(u32, Exit) -> (impl Future<Output = ()> + Send + 'static) + Send + 'static,
    ) -> Result<T, String>;
}
