//! Readers, writers and in-memory pipes. The standard streams are written at once: a line that is
//! printed is an event of the trace.

use std::io::{self, Read, Write};
#[cfg(unix)]
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, RawFd};
use std::pin::Pin;
use std::task::{Context, Poll};

pub use real::io::{
    AsyncBufRead, AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncSeek, AsyncSeekExt, AsyncWrite,
    AsyncWriteExt, BufReader, BufStream, BufWriter, Chain, DuplexStream, Empty, Error, ErrorKind,
    Interest, Join, Lines, ReadBuf, ReadHalf, Ready, Repeat, Result, SeekFrom, SimplexStream, Sink,
    Split, Take, WriteHalf, copy, copy_bidirectional, copy_bidirectional_with_sizes, copy_buf,
    duplex, empty, join, repeat, simplex, sink, split,
};

macro_rules! descriptor {
    ($Name:ident) => {
        #[cfg(unix)]
        impl AsFd for $Name {
            fn as_fd(&self) -> BorrowedFd<'_> {
                self.0.as_fd()
            }
        }

        #[cfg(unix)]
        impl AsRawFd for $Name {
            fn as_raw_fd(&self) -> RawFd {
                self.0.as_raw_fd()
            }
        }
    };
}

macro_rules! writer {
    ($(#[$doc:meta])* $Name:ident, $open:ident) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $Name(io::$Name);

        pub fn $open() -> $Name {
            $Name(io::$open())
        }

        impl AsyncWrite for $Name {
            fn poll_write(
                mut self: Pin<&mut Self>,
                _: &mut Context<'_>,
                bytes: &[u8],
            ) -> Poll<io::Result<usize>> {
                Poll::Ready(self.0.write(bytes))
            }

            fn poll_flush(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
                Poll::Ready(self.0.flush())
            }

            fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
                self.poll_flush(cx)
            }
        }

        descriptor!($Name);
    };
}

writer! {
    /// Standard output.
    Stdout, stdout
}
writer! {
    /// Standard error.
    Stderr, stderr
}

/// Standard input: in a drive, always at its end.
#[derive(Debug)]
pub struct Stdin(io::Stdin);

descriptor!(Stdin);

pub fn stdin() -> Stdin {
    Stdin(io::stdin())
}

impl AsyncRead for Stdin {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let read = self.0.read(buffer.initialize_unfilled())?;
        buffer.advance(read);
        Poll::Ready(Ok(()))
    }
}
