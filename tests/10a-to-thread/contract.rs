//! The API of 10a-to-thread.

lab::contract! {
    crate to_thread;

    async fn to_thread(job: impl FnOnce() -> u32 + Send + 'static) -> Result<u32, String>;

    struct Pool {
        fn new(threads: usize) -> Self;
        async fn run(&self, job: impl FnOnce() -> u32 + Send + 'static) -> Result<u32, String>;
    }
}
