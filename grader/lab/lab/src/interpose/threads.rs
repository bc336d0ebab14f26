//! Threads that the submission starts: the lab does not step them, so no verdict can rest on them.
#![expect(
    unsafe_code,
    reason = "this is libc's function, called with its pointers"
)]

use std::sync::atomic::{AtomicBool, Ordering};

use libc::{c_int, c_void, pthread_attr_t, pthread_t};
use trace::Kind;

use super::hidden;
use crate::recorder::{inside, record, watching};

/// Whether this process has such a thread, or had one.
static ANY: AtomicBool = AtomicBool::new(false);

/// Whether the submission started a thread: what its tasks do when they are asked rests on the real clock then.
pub fn any() -> bool {
    ANY.load(Ordering::Relaxed)
}

type Main = extern "C" fn(*mut c_void) -> *mut c_void;

#[unsafe(no_mangle)]
unsafe extern "C" fn pthread_create(
    thread: *mut pthread_t,
    attributes: *const pthread_attr_t,
    main: Main,
    argument: *mut c_void,
) -> c_int {
    if watching() {
        ANY.store(true, Ordering::Relaxed);
        record(Kind::Thread {
            place: inside(crate::place::here),
        });
    }
    let real = hidden!(
        c"pthread_create"
            as unsafe extern "C" fn(
                *mut pthread_t,
                *const pthread_attr_t,
                Main,
                *mut c_void,
            ) -> c_int
    );
    // SAFETY: passed on as it came.
    unsafe { real(thread, attributes, main, argument) }
}
