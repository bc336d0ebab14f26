//! A client's connection, driven by whoever has it.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Empty;
use hyper::body::{Body, Incoming};
use hyper::client::conn::http1;

use crate::pipe::ClientEnd;

/// A connection on which one request at a time can be sent.
pub(crate) struct Connection {
    requests: http1::SendRequest<Empty<Bytes>>,
    bytes: Pin<Box<http1::Connection<ClientEnd, Empty<Bytes>>>>,
    is_over: bool,
}

impl Connection {
    /// # Errors
    /// hyper's own.
    pub async fn over(end: ClientEnd) -> hyper::Result<Self> {
        let (requests, bytes) = http1::handshake(end).await?;
        Ok(Self {
            requests,
            bytes: Box::pin(bytes),
            is_over: false,
        })
    }

    /// Whether a request can be sent.
    pub async fn is_free(&mut self) -> bool {
        self.turn().await;
        self.requests.is_ready()
    }

    /// Lets bytes come and go that are there to do so.
    async fn turn(&mut self) {
        poll_fn(|cx| {
            self.drive(cx);
            Poll::Ready(())
        })
        .await;
    }

    fn drive(&mut self, cx: &mut Context<'_>) {
        if !self.is_over {
            // How it ended comes out where the response is awaited.
            self.is_over = self.bytes.as_mut().poll(cx).is_ready();
        }
    }

    /// Sends a request; answers the head of the response.
    ///
    /// # Errors
    /// hyper's own.
    pub async fn send(
        &mut self,
        request: Request<Empty<Bytes>>,
    ) -> hyper::Result<Response<Incoming>> {
        let mut response = pin!(self.requests.send_request(request));
        poll_fn(|cx| {
            self.drive(cx);
            response.as_mut().poll(cx)
        })
        .await
    }

    /// The next piece of a response's body; none at its end.
    ///
    /// # Errors
    /// hyper's own.
    pub async fn piece(&mut self, body: &mut Incoming) -> hyper::Result<Option<Bytes>> {
        poll_fn(|cx| {
            loop {
                self.drive(cx);
                match Pin::new(&mut *body).poll_frame(cx) {
                    Poll::Pending => return Poll::Pending,
                    Poll::Ready(None) => return Poll::Ready(Ok(None)),
                    Poll::Ready(Some(Err(error))) => return Poll::Ready(Err(error)),
                    Poll::Ready(Some(Ok(frame))) => {
                        // Trailers are no part of the body.
                        if let Ok(piece) = frame.into_data() {
                            return Poll::Ready(Ok(Some(piece)));
                        }
                    }
                }
            }
        })
        .await
    }
}
