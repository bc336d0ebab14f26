//! The C allocator, counted while a measurement is under way. Rust's `System` allocator is
//! malloc, calloc, realloc, `posix_memalign` and free.
#![expect(
    unsafe_code,
    reason = "these are libc's functions, called with its pointers"
)]

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use libc::{c_int, c_void, size_t};

use crate::recorder::watching;
use crate::swallowed;

static COUNTING: AtomicBool = AtomicBool::new(false);
static HELD: AtomicI64 = AtomicI64::new(0);
static PEAK: AtomicI64 = AtomicI64::new(0);

pub fn start() {
    HELD.store(0, Ordering::Relaxed);
    PEAK.store(0, Ordering::Relaxed);
    COUNTING.store(true, Ordering::Relaxed);
}

/// The most bytes held at a time since [`start`].
#[expect(clippy::unnecessary_wraps, reason = "other platforms cannot tell")]
pub fn stop() -> Option<u64> {
    COUNTING.store(false, Ordering::Relaxed);
    Some(u64::try_from(PEAK.load(Ordering::Relaxed)).unwrap_or(0))
}

unsafe extern "C" {
    fn __libc_malloc(size: size_t) -> *mut c_void;
    fn __libc_calloc(count: size_t, size: size_t) -> *mut c_void;
    fn __libc_realloc(pointer: *mut c_void, size: size_t) -> *mut c_void;
    fn __libc_memalign(alignment: size_t, size: size_t) -> *mut c_void;
    fn __libc_free(pointer: *mut c_void);
}

fn counting() -> bool {
    COUNTING.load(Ordering::Relaxed) && watching()
}

fn count(bytes: i64) {
    let held = HELD.fetch_add(bytes, Ordering::Relaxed) + bytes;
    PEAK.fetch_max(held, Ordering::Relaxed);
}

fn size_of(pointer: *mut c_void) -> i64 {
    // SAFETY: null, or what one of the functions below answered.
    i64::try_from(unsafe { libc::malloc_usable_size(pointer) }).unwrap_or(0)
}

fn counted(pointer: *mut c_void) -> *mut c_void {
    if counting() {
        count(size_of(pointer));
    }
    pointer
}

#[unsafe(no_mangle)]
unsafe extern "C" fn malloc(size: size_t) -> *mut c_void {
    // SAFETY: passed on as it came; so are all below.
    counted(unsafe { __libc_malloc(size) })
}

#[unsafe(no_mangle)]
unsafe extern "C" fn calloc(number: size_t, size: size_t) -> *mut c_void {
    // SAFETY: as above.
    counted(unsafe { __libc_calloc(number, size) })
}

#[unsafe(no_mangle)]
unsafe extern "C" fn realloc(pointer: *mut c_void, size: size_t) -> *mut c_void {
    let before = if counting() { size_of(pointer) } else { 0 };
    // SAFETY: as above.
    let moved = unsafe { __libc_realloc(pointer, size) };
    if counting() && !moved.is_null() {
        count(size_of(moved) - before);
    }
    moved
}

#[unsafe(no_mangle)]
unsafe extern "C" fn posix_memalign(
    answer: *mut *mut c_void,
    alignment: size_t,
    size: size_t,
) -> c_int {
    if !alignment.is_power_of_two() || !alignment.is_multiple_of(size_of_pointer()) {
        return libc::EINVAL;
    }
    // SAFETY: the alignment was checked; the caller gives room for one pointer.
    let pointer = counted(unsafe { __libc_memalign(alignment, size) });
    if pointer.is_null() {
        return libc::ENOMEM;
    }
    // SAFETY: as above.
    unsafe { answer.write(pointer) };
    0
}

const fn size_of_pointer() -> usize {
    std::mem::size_of::<*mut c_void>()
}

#[unsafe(no_mangle)]
unsafe extern "C" fn aligned_alloc(alignment: size_t, size: size_t) -> *mut c_void {
    // SAFETY: as above.
    counted(unsafe { __libc_memalign(alignment, size) })
}

#[unsafe(no_mangle)]
unsafe extern "C" fn free(pointer: *mut c_void) {
    if counting() && !pointer.is_null() {
        count(-size_of(pointer));
    }
    if swallowed::is_following() && !pointer.is_null() {
        swallowed::freed(pointer.addr());
    }
    // SAFETY: as above.
    unsafe { __libc_free(pointer) }
}
