//! The API of 12b-many-errors.

lab::contract! {
    crate many_errors;
    use tokio::task::JoinHandle;

    enum Outcome {
        Success(u32),
        Error(String),
        Panic(String),
        Cancelled,
    }

    fn start_all<F>(jobs: Vec<F>) -> Vec<JoinHandle<Result<u32, String>>>
    where
        F: Future<Output = Result<u32, String>> + Send + 'static;

    async fn outcomes(tasks: Vec<JoinHandle<Result<u32, String>>>) -> Vec<Outcome>;

    async fn report(names: &[String], tasks: Vec<JoinHandle<Result<u32, String>>>) -> usize;
}
