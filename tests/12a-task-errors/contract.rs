//! The API of 12a-task-errors.

lab::contract! {
    crate task_errors;
    use tokio::task::{AbortHandle, JoinHandle};

    enum TaskError {
        Failed(String),
        Panicked(String),
        Cancelled,
    }

    async fn caught(task: JoinHandle<Result<u32, String>>) -> Result<u32, TaskError>;
    async fn passed_on(task: JoinHandle<Result<u32, String>>) -> Result<u32, String>;
    fn in_background<F>(name: &str, job: F) -> AbortHandle
    where
        F: Future<Output = Result<u32, String>> + Send + 'static;
}
