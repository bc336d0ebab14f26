//! The API of 04-spawn.

lab::contract! {
    crate spawn_tasks;
    use tokio::task::JoinHandle;

    async fn task(name: String, wait: Duration) -> String;
    fn start(name: &str, wait: Duration) -> JoinHandle<String>;
    async fn run(
        first: (&str, Duration),
        second: (&str, Duration),
        meanwhile: impl AsyncFn(),
    ) -> (String, String);
}
