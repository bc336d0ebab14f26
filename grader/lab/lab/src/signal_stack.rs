//! Room for what runs when the stack is full: std's handler of a stack overflow prints, and what it prints
//! goes through the recorder. std gives a thread as little as the processor's registers need, which is too
//! little for that on some processors.
#![expect(
    unsafe_code,
    reason = "the stack for signals is set through the system's own call"
)]

use std::ffi::c_void;
use std::ptr;

/// In bytes.
const SIZE: usize = 128 * 1024;

/// A stack for signals of this thread, until it is dropped.
#[derive(Debug)]
pub struct SignalStack(Box<[u8]>);

impl SignalStack {
    pub fn new() -> Self {
        let mut stack = Self(vec![0; SIZE].into_boxed_slice());
        set(stack.0.as_mut_ptr().cast(), 0);
        stack
    }
}

impl Drop for SignalStack {
    fn drop(&mut self) {
        set(ptr::null_mut(), libc::SS_DISABLE);
    }
}

fn set(start: *mut c_void, flags: libc::c_int) {
    let stack = libc::stack_t {
        ss_sp: start,
        ss_flags: flags,
        ss_size: SIZE,
    };
    // SAFETY: the memory is this thread's for as long as it is set, and nobody asks for the old one: std
    // gives that back to the system when the thread ends.
    unsafe { libc::sigaltstack(&raw const stack, ptr::null_mut()) };
}
