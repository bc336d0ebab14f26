//! A simulated service: calls that take time, each recorded from begin to end.

use std::fmt::Debug;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::record::Record;

#[derive(Debug, Clone)]
pub struct Service {
    record: Record,
    name: Arc<str>,
}

impl Service {
    pub(crate) fn new(record: Record, name: &str) -> Self {
        Self {
            record,
            name: name.into(),
        }
    }

    pub fn capacity(self, calls: usize) -> Limited {
        Limited {
            service: self,
            capacity: calls,
            in_flight: Arc::default(),
        }
    }

    pub fn call<T, E: Debug>(
        &self,
        label: &str,
        latency_ms: u64,
        answer: Result<T, E>,
    ) -> impl Future<Output = Result<T, E>> + use<T, E> {
        let (service, label) = (self.clone(), label.to_owned());
        async move { service.begin(&label).answered(latency_ms, answer).await }
    }

    pub fn hang<T>(&self, label: &str) -> impl Future<Output = T> + use<T> {
        let (service, label) = (self.clone(), label.to_owned());
        async move {
            let _call = service.begin(&label);
            std::future::pending().await
        }
    }

    pub fn begin(&self, label: &str) -> Call {
        let call = Call {
            record: self.record.clone(),
            named: format!("{} {label}", self.name),
            closed: false,
        };
        call.tell("began");
        call
    }

    pub fn observe<F: Future>(
        &self,
        label: &str,
        future: F,
    ) -> impl Future<Output = F::Output> + use<F> {
        let (service, label) = (self.clone(), label.to_owned());
        async move {
            let call = service.begin(&label);
            let output = future.await;
            call.close(Closing::Answered);
            output
        }
    }
}

#[derive(Debug, Clone)]
pub struct Limited {
    service: Service,
    capacity: usize,
    in_flight: Arc<AtomicUsize>,
}

impl Limited {
    pub fn call<T, E: Debug>(
        &self,
        label: &str,
        latency_ms: u64,
        answer: Result<T, E>,
        rejection: E,
    ) -> impl Future<Output = Result<T, E>> + use<T, E> {
        let (limited, label) = (self.clone(), label.to_owned());
        async move {
            let call = limited.service.begin(&label);
            let room = Room(limited.in_flight.clone());
            if room.0.fetch_add(1, Ordering::SeqCst) >= limited.capacity {
                return call.answered(0, Err(rejection)).await;
            }
            call.answered(latency_ms, answer).await
        }
    }
}

#[derive(Debug)]
struct Room(Arc<AtomicUsize>);

impl Drop for Room {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

#[derive(Debug)]
pub struct Call {
    record: Record,
    /// By service and label: which of two is numbered first within a millisecond is `select!`'s to choose.
    named: String,
    closed: bool,
}

/// As the trace has it.
#[derive(Debug, Clone, Copy)]
pub enum Closing {
    Answered,
    Failed,
    Dropped,
}

impl Call {
    pub fn failed(&self, error: &str) {
        self.tell(&format!("met an error: {error}"));
    }

    async fn answered<T, E: Debug>(self, latency_ms: u64, answer: Result<T, E>) -> Result<T, E> {
        if latency_ms > 0 {
            tokio::time::sleep(Duration::from_millis(latency_ms)).await;
        }
        match &answer {
            Ok(_) => self.close(Closing::Answered),
            Err(error) => {
                self.failed(&format!("{error:?}"));
                self.close(Closing::Failed);
            }
        }
        answer
    }

    pub fn close(mut self, how: Closing) {
        self.closed = true;
        self.over(how);
    }

    fn over(&self, how: Closing) {
        self.tell(match how {
            Closing::Answered => "was answered",
            Closing::Failed => "failed",
            Closing::Dropped => "was dropped",
        });
    }

    fn tell(&self, what: &str) {
        self.record.add(format!("{} {what}", self.named));
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        if !self.closed {
            self.over(Closing::Dropped);
        }
    }
}
