//! Randomness of the system, the same in every drive: `HashMap` order follows from it.
#![expect(
    unsafe_code,
    reason = "this is libc's function, called with its pointers"
)]

use std::sync::atomic::{AtomicU64, Ordering};

use libc::{c_uint, c_void, size_t, ssize_t};

use super::hidden;
use crate::recorder::{Role, role};

static DRAWN: AtomicU64 = AtomicU64::new(0);

pub fn reset() {
    DRAWN.store(0, Ordering::Relaxed);
}

#[unsafe(no_mangle)]
unsafe extern "C" fn getrandom(buffer: *mut c_void, length: size_t, flags: c_uint) -> ssize_t {
    if role() == Role::Outside {
        let real =
            hidden!(c"getrandom" as unsafe extern "C" fn(*mut c_void, size_t, c_uint) -> ssize_t);
        // SAFETY: passed on as it came.
        return unsafe { real(buffer, length, flags) };
    }
    for at in 0..length {
        // SAFETY: the caller gives room for `length` bytes.
        unsafe { buffer.cast::<u8>().add(at).write(next_byte()) };
    }
    ssize_t::try_from(length).unwrap_or(ssize_t::MAX)
}

/// `SplitMix64`, a byte a step.
fn next_byte() -> u8 {
    const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut z = DRAWN
        .fetch_add(1, Ordering::Relaxed)
        .wrapping_add(1)
        .wrapping_mul(STEP);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (z >> 56) as u8
}
