//! The states have names, and one sleep is used again and again with `reset`.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures::stream::Stream;
use tokio::time::{Instant, Sleep, sleep_until};

const WAIT: Duration = Duration::from_millis(100);

pub struct AsyncRange(i64, i64);

pub struct Numbers {
    current: i64,
    end: i64,
    state: State,
    timer: Option<Pin<Box<Sleep>>>,
}

enum State {
    Idle,
    Waiting,
    Ended,
}

impl AsyncRange {
    pub fn new(start: i64, end: i64) -> Self {
        Self(start, end)
    }

    pub fn iter(&self) -> Numbers {
        Numbers {
            current: self.0,
            end: self.1,
            state: State::Idle,
            timer: None,
        }
    }
}

impl Stream for Numbers {
    type Item = i64;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<i64>> {
        let this = self.get_mut();
        loop {
            match this.state {
                State::Ended => return Poll::Ready(None),
                State::Idle if this.current >= this.end => this.state = State::Ended,
                State::Idle => {
                    let until = Instant::now() + WAIT;
                    match &mut this.timer {
                        Some(timer) => timer.as_mut().reset(until),
                        None => this.timer = Some(Box::pin(sleep_until(until))),
                    }
                    this.state = State::Waiting;
                }
                State::Waiting => {
                    let timer = this.timer.as_mut().expect("a wait has a timer");
                    if timer.as_mut().poll(cx).is_pending() {
                        return Poll::Pending;
                    }
                    this.state = State::Idle;
                    this.current += 1;
                    return Poll::Ready(Some(this.current - 1));
                }
            }
        }
    }
}
