//! One task only: the job's panic is caught within it, and a guard tells of its drop.

use std::any::Any;
use std::panic::{AssertUnwindSafe, panic_any, resume_unwind};

use futures::FutureExt;
use tokio::task::{AbortHandle, JoinHandle};

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

pub async fn caught(task: JoinHandle<Result<u32, String>>) -> Result<u32, TaskError> {
    match task.await {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(text)) => Err(TaskError::Failed(text)),
        Err(error) if error.is_panic() => Err(TaskError::Panicked(text_of(error.into_panic()))),
        Err(_) => Err(TaskError::Cancelled),
    }
}

fn text_of(payload: Box<dyn Any + Send>) -> String {
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => match payload.downcast::<&'static str>() {
            Ok(text) => (*text).to_owned(),
            Err(_) => "unknown".to_owned(),
        },
    }
}

pub async fn passed_on(task: JoinHandle<Result<u32, String>>) -> Result<u32, String> {
    task.await.unwrap_or_else(|error| {
        if error.is_cancelled() {
            Err("cancelled".to_owned())
        } else {
            resume_unwind(error.into_panic())
        }
    })
}

/// Tells of a drop, unless somebody has told of another end.
struct Teller {
    name: String,
    told: bool,
}

impl Teller {
    fn tell(mut self, ended: std::thread::Result<Result<u32, String>>) {
        self.told = true;
        match ended {
            Ok(Ok(_)) => {}
            Ok(Err(text)) => println!("{}: error {text}", self.name),
            Err(payload) => println!("{}: panic {}", self.name, text_of(payload)),
        }
    }
}

impl Drop for Teller {
    fn drop(&mut self) {
        if !self.told {
            println!("{}: cancelled", self.name);
        }
    }
}

pub fn in_background<F>(name: &str, job: F) -> AbortHandle
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    let teller = Teller {
        name: name.to_owned(),
        told: false,
    };
    let task = tokio::spawn(async move {
        let ended = AssertUnwindSafe(job).catch_unwind().await;
        teller.tell(ended);
    });
    task.abort_handle()
}
