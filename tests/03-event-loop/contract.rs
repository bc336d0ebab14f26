//! The API of 03-event-loop.

lab::contract! {
    crate event_loop;
    use tokio::runtime::Handle;
    use tokio::task::JoinHandle;

    struct AlreadyRunning;
    struct NotRunning;

    fn run<T>(main: impl Future<Output = T>) -> Result<T, AlreadyRunning>;
    fn run_threaded<T>(main: impl Future<Output = T>) -> Result<T, AlreadyRunning>;
    fn current_loop() -> Result<Handle, NotRunning>;
    fn start(
        work: impl Future<Output = u64> + Send + 'static,
    ) -> Result<JoinHandle<u64>, NotRunning>;
    fn program(jobs: Vec<(String, Duration)>);
}
