//! What is written to the standard streams: lines become events.
#![expect(
    unsafe_code,
    reason = "these are libc's functions, called with its pointers"
)]

use libc::{c_int, c_void, iovec, size_t, ssize_t};
use trace::Stream;

use super::hidden;
use crate::recorder::{self, watching};
use crate::signal_stack;

fn stream(fd: c_int) -> Option<Stream> {
    match fd {
        libc::STDOUT_FILENO => Some(Stream::Stdout),
        libc::STDERR_FILENO => Some(Stream::Stderr),
        _ => None,
    }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn write(fd: c_int, bytes: *const c_void, length: size_t) -> ssize_t {
    if let Some(stream) = stream(fd)
        && watching()
    {
        if signal_stack::is_in_use() {
            // What std says of a stack overflow; the recorder tells of it in its own way.
            return ssize_t::try_from(length).unwrap_or(ssize_t::MAX);
        }
        // SAFETY: the caller gives `length` bytes.
        let bytes = unsafe { std::slice::from_raw_parts(bytes.cast::<u8>(), length) };
        recorder::printed(stream, bytes);
        return ssize_t::try_from(length).unwrap_or(ssize_t::MAX);
    }
    let real = hidden!(c"write" as unsafe extern "C" fn(c_int, *const c_void, size_t) -> ssize_t);
    // SAFETY: passed on as it came.
    unsafe { real(fd, bytes, length) }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn writev(fd: c_int, parts: *const iovec, count: c_int) -> ssize_t {
    if let Some(stream) = stream(fd)
        && watching()
    {
        let mut written = 0;
        for at in 0..usize::try_from(count).unwrap_or(0) {
            // SAFETY: the caller gives `count` parts, each a pointer and its length.
            let bytes = unsafe {
                let part = &*parts.add(at);
                if part.iov_len == 0 {
                    continue;
                }
                std::slice::from_raw_parts(part.iov_base.cast::<u8>(), part.iov_len)
            };
            recorder::printed(stream, bytes);
            written += ssize_t::try_from(bytes.len()).unwrap_or(0);
        }
        return written;
    }
    let real = hidden!(c"writev" as unsafe extern "C" fn(c_int, *const iovec, c_int) -> ssize_t);
    // SAFETY: passed on as it came.
    unsafe { real(fd, parts, count) }
}
