//! The body of a site's reply on its way: piece by piece, each at its time.

use std::collections::VecDeque;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep_until};

use crate::pipe::Broken;
use crate::reply::{Fault, Reply};
use crate::watch::Watched;

/// How long a piece takes, in milliseconds, where a body comes at a speed.
const PIECE_MS: u64 = 10;

/// A body on its way.
pub(crate) struct Sent {
    /// What is still to be sent, and when it is due.
    pieces: VecDeque<(Instant, Bytes)>,
    /// Bytes that were announced and not sent yet.
    left: u64,
    fault: Option<Fault>,
    broken: Broken,
    waits: Pin<Box<Sleep>>,
    /// What was sent is on its way: a fault must not overtake it.
    is_flushed: bool,
    request: Box<dyn Watched>,
}

impl Sent {
    /// The body of `reply`, whose head is sent now.
    pub fn new(reply: &Reply, broken: Broken, mut request: Box<dyn Watched>) -> Self {
        let now = Instant::now();
        let sent = match reply.fault {
            Some(Fault::ClosedAfter(bytes) | Fault::ResetAfter(bytes)) => {
                reply.body.slice(..bytes.min(reply.body.len()))
            }
            _ => reply.body.clone(),
        };
        if reply.body.is_empty() {
            request.answered();
        }
        Self {
            pieces: pieces(sent, reply.bytes_per_ms, now),
            left: reply.body.len() as u64,
            fault: reply.fault,
            broken,
            waits: Box::pin(sleep_until(now)),
            is_flushed: false,
            request,
        }
    }

    /// What is sent when no piece is left.
    fn end(&mut self, cx: &Context<'_>) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let (why, kind) = match self.fault {
            None => return Poll::Ready(None),
            Some(Fault::ResetAfter(_)) => ("connection reset", io::ErrorKind::ConnectionReset),
            Some(_) => ("connection closed", io::ErrorKind::UnexpectedEof),
        };
        if !self.is_flushed {
            self.is_flushed = true;
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        self.request.failed(why);
        if kind == io::ErrorKind::ConnectionReset {
            self.broken.set();
        }
        Poll::Ready(Some(Err(kind.into())))
    }
}

/// A body in pieces, and when the last byte of each has come.
fn pieces(body: Bytes, bytes_per_ms: Option<u64>, now: Instant) -> VecDeque<(Instant, Bytes)> {
    let Some(bytes_per_ms) = bytes_per_ms else {
        return [(now, body)]
            .into_iter()
            .filter(|(_, body)| !body.is_empty())
            .collect();
    };
    let size = usize::try_from(bytes_per_ms * PIECE_MS).unwrap_or(usize::MAX);
    let starts = (0..body.len()).step_by(size);
    let piece = |start: usize| {
        let end = body.len().min(start.saturating_add(size));
        let due = Duration::from_millis((end as u64).div_ceil(bytes_per_ms));
        (now + due, body.slice(start..end))
    };
    starts.map(piece).collect()
}

impl Body for Sent {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let this = &mut *self;
        let Some((due, _)) = this.pieces.front() else {
            return this.end(cx);
        };
        if *due > this.waits.deadline() {
            this.waits.as_mut().reset(*due);
        }
        ready!(this.waits.as_mut().poll(cx));
        let (_, piece) = this.pieces.pop_front().expect("there is a first one");
        this.left -= piece.len() as u64;
        if this.left == 0 {
            this.request.answered();
        }
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
