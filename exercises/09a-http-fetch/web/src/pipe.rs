//! The two ends of a connection: bytes in memory, and the site's side of them, which has its turns
//! whenever the client's side is polled.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};

use hyper::rt::{Read, ReadBufCursor, Write};
use tokio::io::{AsyncRead, AsyncWrite, DuplexStream, ReadBuf};

/// How many bytes one side can send before the other has read, in bytes.
const ROOM: usize = 64 * 1024;
/// What is read at a time, in bytes.
const PIECE: usize = 8 * 1024;

/// The site's side of a connection, until it hangs up.
type Serving = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The client's end.
pub(crate) struct ClientEnd {
    bytes: DuplexStream,
    broken: Broken,
    serving: Option<Serving>,
}

/// The site's end.
pub(crate) struct SiteEnd(DuplexStream);

/// Whether the site broke the connection: what its client reads behind what was sent is an error.
#[derive(Debug, Clone, Default)]
pub(crate) struct Broken(Arc<AtomicBool>);

impl Broken {
    pub fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// A connection, whose other end is served by what `serve` makes.
pub(crate) fn connected<F>(serve: impl FnOnce(SiteEnd, Broken) -> F) -> ClientEnd
where
    F: Future<Output = ()> + Send + 'static,
{
    let (ours, theirs) = tokio::io::duplex(ROOM);
    let broken = Broken::default();
    ClientEnd {
        bytes: ours,
        serving: Some(Box::pin(serve(SiteEnd(theirs), broken.clone()))),
        broken,
    }
}

impl ClientEnd {
    /// The site's turn.
    fn serve(&mut self, cx: &mut Context<'_>) {
        let over = self.serving.as_mut().map(|site| site.as_mut().poll(cx));
        if over.is_some_and(|over| over.is_ready()) {
            self.serving = None;
        }
    }
}

impl Read for ClientEnd {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        self.serve(cx);
        let read = read(&mut self.bytes, cx, into);
        let nothing = !matches!(read, Poll::Ready(Ok(bytes)) if bytes > 0);
        if nothing && self.broken.0.load(Ordering::Relaxed) {
            return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
        }
        read.map_ok(|_| ())
    }
}

impl Write for ClientEnd {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.bytes).poll_write(cx, bytes);
        self.serve(cx);
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.bytes).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.bytes).poll_shutdown(cx)
    }
}

impl Read for SiteEnd {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        read(&mut self.0, cx, into).map_ok(|_| ())
    }
}

impl Write for SiteEnd {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}

/// tokio's stream, read into hyper's buffer; how many bytes.
fn read(
    from: &mut DuplexStream,
    cx: &mut Context<'_>,
    mut into: ReadBufCursor<'_>,
) -> Poll<io::Result<usize>> {
    let mut piece = [0; PIECE];
    let room = into.remaining().min(PIECE);
    let mut piece = ReadBuf::new(&mut piece[..room]);
    ready!(Pin::new(from).poll_read(cx, &mut piece))?;
    into.put_slice(piece.filled());
    Poll::Ready(Ok(piece.filled().len()))
}
