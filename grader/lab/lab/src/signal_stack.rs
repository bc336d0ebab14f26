//! Room for what runs when the stack is full: std's handler of a stack overflow prints and aborts, and
//! both come by the recorder. std gives a thread as little as the processor's registers need, which is
//! too little for that on some processors.
#![expect(
    unsafe_code,
    reason = "the stack for signals is set through the system's own call"
)]

use std::ffi::c_void;
use std::ptr;
use std::sync::Mutex;

/// In bytes.
const SIZE: usize = 128 * 1024;

/// Stacks that no thread uses now.
static SPARE: Mutex<Vec<Box<[u8]>>> = Mutex::new(Vec::new());

/// A stack for signals of this thread, until it is dropped.
#[derive(Debug)]
pub struct SignalStack(Box<[u8]>);

impl SignalStack {
    pub fn new() -> Self {
        let spare = SPARE.lock().ok().and_then(|mut spare| spare.pop());
        let mut stack = Self(spare.unwrap_or_else(|| vec![0; SIZE].into_boxed_slice()));
        set(stack.0.as_mut_ptr().cast(), 0);
        stack
    }
}

impl Drop for SignalStack {
    fn drop(&mut self) {
        set(ptr::null_mut(), libc::SS_DISABLE);
        if let Ok(mut spare) = SPARE.lock() {
            spare.push(std::mem::take(&mut self.0));
        }
    }
}

/// Whether this thread runs on it now: its own stack is full, and whatever it was doing when that happened,
/// with whatever lock, is not over. Nothing may be allocated then.
pub fn is_in_use() -> bool {
    let mut stack = std::mem::MaybeUninit::<libc::stack_t>::zeroed();
    // SAFETY: nothing is set; what is written is read when it was.
    unsafe {
        libc::sigaltstack(ptr::null(), stack.as_mut_ptr()) == 0
            && stack.assume_init().ss_flags & libc::SS_ONSTACK != 0
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
