//! The API of 05b-gather-outcomes.

lab::contract! {
    crate gather_outcomes;

    async fn outcomes<F>(jobs: Vec<F>) -> Vec<Result<u32, String>>
    where
        F: Future<Output = Result<u32, String>> + Send + 'static;
    async fn or_run_on<F>(jobs: Vec<F>) -> Result<Vec<u32>, String>
    where
        F: Future<Output = Result<u32, String>> + Send + 'static;
    async fn or_cancel<F>(jobs: Vec<F>) -> Result<Vec<u32>, String>
    where
        F: Future<Output = Result<u32, String>> + Send + 'static;
    async fn summary<F>(jobs: Vec<F>)
    where
        F: Future<Output = Result<u32, String>> + Send + 'static;
}
