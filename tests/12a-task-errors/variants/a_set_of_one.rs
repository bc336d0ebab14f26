//! A `JoinError` turns into a `TaskError` by `?`; the job is in a `JoinSet` of one.

use tokio::task::{AbortHandle, JoinError, JoinHandle, JoinSet};

/// How a task ended, when it gave no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaskError {
    /// It returned an `Err` with this text.
    Failed(String),
    /// It panicked with this message.
    Panicked(String),
    /// It was cancelled before it was done.
    Cancelled,
}

impl From<JoinError> for TaskError {
    fn from(error: JoinError) -> Self {
        let Ok(payload) = error.try_into_panic() else {
            return Self::Cancelled;
        };
        Self::Panicked(if let Some(text) = payload.downcast_ref::<&'static str>() {
            (*text).to_owned()
        } else if let Some(text) = payload.downcast_ref::<String>() {
            text.clone()
        } else {
            "unknown".to_owned()
        })
    }
}

pub async fn caught(task: JoinHandle<Result<u32, String>>) -> Result<u32, TaskError> {
    task.await?.map_err(TaskError::Failed)
}

pub async fn passed_on(mut task: JoinHandle<Result<u32, String>>) -> Result<u32, String> {
    let ended = (&mut task).await;
    ended.unwrap_or_else(|error| match error.try_into_panic() {
        Ok(payload) => std::panic::resume_unwind(payload),
        Err(error) => {
            assert!(error.is_cancelled());
            Err("cancelled".to_owned())
        }
    })
}

pub fn in_background<F>(name: &str, job: F) -> AbortHandle
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    let mut jobs = JoinSet::new();
    let handle = jobs.spawn(job);
    let name = name.to_owned();
    tokio::spawn(async move {
        while let Some(ended) = jobs.join_next().await {
            let told = match ended.map_err(TaskError::from) {
                Ok(Ok(_)) => continue,
                Ok(Err(text)) => format!("error {text}"),
                Err(TaskError::Panicked(text)) => format!("panic {text}"),
                Err(_) => "cancelled".to_owned(),
            };
            println!("{name}: {told}");
        }
    });
    handle
}
