use std::fmt::Debug;
use std::future::{Future, pending};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

#[derive(Debug, Clone)]
pub struct Service {
    pub(super) lab: super::Lab,
    pub(super) name: Arc<str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closing {
    Answered,
    Failed,
    Dropped,
}

/// A call in flight.
#[derive(Debug)]
pub struct Call {
    lab: super::Lab,
    name: String,
    closed: bool,
}

impl Service {
    pub fn capacity(self, calls: usize) -> Limited {
        Limited(self, calls, Arc::default())
    }

    pub fn begin(&self, label: &str) -> Call {
        let name = format!("{} {label}", self.name);
        self.lab.see(format!("{name} begins"));
        Call {
            lab: self.lab.clone(),
            name,
            closed: false,
        }
    }

    pub fn call<T, E: Debug>(
        &self,
        label: &str,
        latency_ms: u64,
        answer: Result<T, E>,
    ) -> impl Future<Output = Result<T, E>> + use<T, E> {
        let (service, label) = (self.clone(), label.to_owned());
        async move {
            let call = service.begin(&label);
            if latency_ms > 0 {
                service.lab.sleep(latency_ms).await;
            }
            call.answered(answer)
        }
    }

    pub fn hang<T>(&self, label: &str) -> impl Future<Output = T> + use<T> {
        let (service, label) = (self.clone(), label.to_owned());
        async move {
            let _call = service.begin(&label);
            pending().await
        }
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

/// A service that turns callers away when it is full.
#[derive(Debug, Clone)]
pub struct Limited(Service, usize, Arc<AtomicUsize>);

struct Room(Arc<AtomicUsize>);

impl Drop for Room {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
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
            let call = limited.0.begin(&label);
            let _room = Room(limited.2.clone());
            if limited.2.fetch_add(1, Ordering::Relaxed) >= limited.1 {
                return call.answered(Err(rejection));
            }
            if latency_ms > 0 {
                limited.0.lab.sleep(latency_ms).await;
            }
            call.answered(answer)
        }
    }
}

impl Call {
    pub fn failed(&self, error: &str) {
        self.lab.see(format!("{} meets {error}", self.name));
    }

    pub fn close(mut self, how: Closing) {
        self.end(how);
    }

    fn answered<T, E: Debug>(self, answer: Result<T, E>) -> Result<T, E> {
        match &answer {
            Ok(_) => self.close(Closing::Answered),
            Err(error) => {
                self.failed(&format!("{error:?}"));
                self.close(Closing::Failed);
            }
        }
        answer
    }

    fn end(&mut self, how: Closing) {
        self.closed = true;
        let how = match how {
            Closing::Answered => "answered",
            Closing::Failed => "failed",
            Closing::Dropped => "dropped",
        };
        self.lab.see(format!("{} is {how}", self.name));
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        if !self.closed {
            self.end(Closing::Dropped);
        }
    }
}
