//! A simulated service: calls that take virtual time, each recorded from begin to end.

use std::future::Future;
use std::time::Duration;

use trace::{Closing, Kind};

use crate::recorder::{new_call, record};

/// A named service. A call counts as in flight from the first poll of its future until the future
/// is done or dropped.
#[derive(Debug, Clone)]
pub struct Service {
    name: String,
}

impl Service {
    pub(crate) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
        }
    }

    /// One call, `label`led for the judge, that is answered after `latency_ms` virtual milliseconds
    /// with `answer`. An `Err` is recorded as failed, as its `Debug` form.
    ///
    /// # Errors
    /// Those that `answer` holds.
    pub async fn call<T, E: std::fmt::Debug>(
        &self,
        label: &str,
        latency_ms: u64,
        answer: Result<T, E>,
    ) -> Result<T, E> {
        let call = self.begin(label);
        if latency_ms > 0 {
            tokio::time::sleep(Duration::from_millis(latency_ms)).await;
        }
        match &answer {
            Ok(_) => call.close(Closing::Answered),
            Err(error) => {
                call.failed(&format!("{error:?}"));
                call.close(Closing::Failed);
            }
        }
        answer
    }

    /// A call that is never answered.
    pub async fn hang<T>(&self, label: &str) -> T {
        let _call = self.begin(label);
        std::future::pending().await
    }

    /// Records that a call began, for services that time it themselves.
    pub fn begin(&self, label: &str) -> Call {
        let number = new_call();
        record(Kind::Began {
            call: number,
            service: self.name.clone(),
            label: label.to_owned(),
        });
        Call {
            number,
            closed: false,
        }
    }

    /// `future` as a call.
    pub async fn observe<T>(&self, label: &str, future: impl Future<Output = T>) -> T {
        let call = self.begin(label);
        let output = future.await;
        call.close(Closing::Answered);
        output
    }
}

/// A call in flight; dropped unclosed, it is recorded as dropped.
#[derive(Debug)]
pub struct Call {
    number: u32,
    closed: bool,
}

impl Call {
    /// Records an error in this call; it stays in flight.
    pub fn failed(&self, error: &str) {
        record(Kind::Failed {
            call: self.number,
            error: error.to_owned(),
        });
    }

    /// The call is over.
    pub fn close(mut self, how: Closing) {
        self.closed = true;
        record(Kind::Closed {
            call: self.number,
            how,
        });
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        if !self.closed {
            record(Kind::Closed {
                call: self.number,
                how: Closing::Dropped,
            });
        }
    }
}
