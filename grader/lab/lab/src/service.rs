//! A simulated service: calls that take virtual time, each recorded from begin to end.

use std::fmt::Debug;
use std::future::{Future, poll_fn};
use std::panic::Location;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;
use std::time::Duration;

pub use trace::Closing;
use trace::Kind;

use crate::made::made_below;
use crate::recorder::{inside, new_call, record};

/// A named service. A call counts as in flight from the first poll of its future until the future
/// is done or dropped. A future that the submission had made and never polled shows in the trace.
#[derive(Debug, Clone)]
pub struct Service {
    name: Arc<str>,
}

impl Service {
    pub(crate) fn new(name: &str) -> Self {
        Self { name: name.into() }
    }

    /// The service, answering at most this many calls at a time.
    pub fn capacity(self, calls: usize) -> Limited {
        Limited {
            service: self,
            capacity: calls,
            in_flight: Arc::default(),
        }
    }

    /// One call, `label`led for the judge, that is answered after `latency_ms` virtual milliseconds
    /// with `answer`. An `Err` is recorded as failed, as its `Debug` form.
    ///
    /// # Errors
    /// Those that `answer` holds.
    #[track_caller]
    pub fn call<T, E: Debug>(
        &self,
        label: &str,
        latency_ms: u64,
        answer: Result<T, E>,
    ) -> impl Future<Output = Result<T, E>> + use<T, E> {
        self.made(label, Location::caller(), async move |call| {
            call.answered(latency_ms, answer).await
        })
    }

    /// A call that is never answered.
    #[track_caller]
    pub fn hang<T>(&self, label: &str) -> impl Future<Output = T> + use<T> {
        self.made(label, Location::caller(), async move |_call| {
            // As a call that is under way does: it keeps the waker of whoever waits for it.
            let mut waits = None;
            poll_fn(|cx| {
                inside(|| waits = Some(cx.waker().clone()));
                Poll::Pending
            })
            .await
        })
    }

    /// A future that begins a call when it is polled, and goes on with `work`.
    fn made<W: AsyncFnOnce(Call) -> T, T>(
        &self,
        label: &str,
        caller: &Location<'_>,
        work: W,
    ) -> impl Future<Output = T> + use<T, W> {
        let (service, label) = inside(|| (self.clone(), label.to_owned()));
        made_below(&self.name, caller, async move {
            let call = service.begin(&label);
            inside(|| drop(label));
            work(call).await
        })
    }

    /// Records that a call began, for services that time it themselves.
    pub fn begin(&self, label: &str) -> Call {
        let number = new_call();
        record(Kind::Began {
            call: number,
            service: self.name.to_string(),
            label: label.to_owned(),
        });
        Call {
            number,
            closed: false,
        }
    }

    /// `future` as a call.
    #[track_caller]
    pub fn observe<F: Future>(
        &self,
        label: &str,
        future: F,
    ) -> impl Future<Output = F::Output> + use<F> {
        self.made(label, Location::caller(), async move |call| {
            let output = future.await;
            call.close(Closing::Answered);
            output
        })
    }
}

/// A service that turns callers away when it is full. Clones are one service.
#[derive(Debug, Clone)]
pub struct Limited {
    service: Service,
    capacity: usize,
    in_flight: Arc<AtomicUsize>,
}

impl Limited {
    /// As [`Service::call`]; but a call that begins when as many as there is room for are in flight
    /// is answered at once with `rejection`, and recorded as failed. The judge sees it begin and end
    /// at that instant, one more than the capacity.
    ///
    /// # Errors
    /// Those that `answer` holds, and `rejection`.
    #[track_caller]
    pub fn call<T, E: Debug>(
        &self,
        label: &str,
        latency_ms: u64,
        answer: Result<T, E>,
        rejection: E,
    ) -> impl Future<Output = Result<T, E>> + use<T, E> {
        let (in_flight, capacity) = (self.in_flight.clone(), self.capacity);
        self.service
            .made(label, Location::caller(), async move |call| {
                let Some(_room) = Room::take(in_flight, capacity) else {
                    return call.answered(0, Err(rejection)).await;
                };
                call.answered(latency_ms, answer).await
            })
    }
}

/// One call's share of a capacity.
#[derive(Debug)]
struct Room(Arc<AtomicUsize>);

impl Room {
    fn take(in_flight: Arc<AtomicUsize>, capacity: usize) -> Option<Self> {
        let room = in_flight.load(Ordering::Relaxed) < capacity;
        room.then(|| {
            in_flight.fetch_add(1, Ordering::Relaxed);
            Self(in_flight)
        })
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
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

    /// Answers after `latency_ms` virtual milliseconds; the call is over then.
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

#[cfg(test)]
mod tests {
    use tokio::time::{Duration, advance};
    use tokio_test::{assert_pending, assert_ready_eq, task};

    use super::Service;

    #[tokio::test(start_paused = true)]
    async fn a_full_service_turns_callers_away_at_once() {
        let desk = Service::new("desk").capacity(2);
        let call = || task::spawn(desk.call("", 30, Ok(7), "busy"));
        let (mut first, mut second, mut third) = (call(), call(), call());
        assert_pending!(first.poll());
        assert_pending!(second.poll());
        assert_ready_eq!(third.poll(), Err("busy"));
        advance(Duration::from_millis(30)).await;
        assert_ready_eq!(first.poll(), Ok(7));
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_gives_its_room_back_when_it_ends_and_when_it_is_dropped() {
        let desk = Service::new("desk").capacity(1);
        let call = || task::spawn(desk.clone().call("", 30, Ok(7), "busy"));
        let mut answered = call();
        assert_pending!(answered.poll());
        advance(Duration::from_millis(30)).await;
        assert_ready_eq!(answered.poll(), Ok(7));
        let mut dropped = call();
        assert_pending!(dropped.poll());
        assert_ready_eq!(call().poll(), Err("busy"));
        drop(dropped);
        assert_pending!(call().poll());
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_that_nobody_polls_takes_no_room() {
        let desk = Service::new("desk").capacity(1);
        let _made = desk.call("", 30, Ok(7), "busy");
        assert_pending!(task::spawn(desk.call("", 30, Ok(8), "busy")).poll());
    }
}
