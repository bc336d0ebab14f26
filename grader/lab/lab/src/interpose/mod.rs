//! What the submission asks of libc, answered by the lab: sleeping, clocks, randomness, standard
//! output, files, threads, waiting, leaving.
//!
//! A symbol defined in the kit's library wins over libc's for all code of the process, so every
//! function here asks first whether the drive is [`watching`](crate::recorder::watching) this
//! thread, and passes the call on when it is not. Linux with glibc only; elsewhere nothing is
//! interposed, and the grader lists all of it under `not_checked`.

#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod clock;
#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod files;
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub mod heap;
#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod ids;
#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod leaving;
#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod output;
#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod random;
mod steps;
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub mod threads;
#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod tokios_clock;
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub mod waiting;

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub mod heap {
    pub fn start() {}
    pub fn stop() -> Option<u64> {
        None
    }
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub mod threads {
    pub fn any() -> bool {
        false
    }
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub mod waiting {
    pub const BY: &str = "a wait that is not seen here";
}

use std::io::Write;

/// Starts a drive: every stream of random bytes and every counter from its beginning.
/// std's clocks start at another date than usual if `shifted`.
pub fn reset(shifted: bool) {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        random::reset();
        clock::reset(shifted);
    }
    #[cfg(not(all(target_os = "linux", target_env = "gnu")))]
    let _ = shifted;
    let _ = heap::stop();
}

/// A poll begins: what is counted for one poll starts at nothing.
pub fn new_poll() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    clock::new_poll();
    steps::new_poll();
}

/// The submission is loaded, and none of it runs yet: what it calls is counted from here on.
pub fn loaded() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    tokios_clock::count_reads();
}

/// The most reads of clocks in one poll so far.
pub fn most_reads() -> u64 {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    return clock::most_reads();
    #[cfg(not(all(target_os = "linux", target_env = "gnu")))]
    0
}

/// Writes out what std's standard output still holds.
pub fn flush_output() {
    let _ = std::io::stdout().flush();
}

/// Leaves the process now; nothing of the submission runs any more.
#[expect(unsafe_code, reason = "std's exit runs the submission's destructors")]
pub fn leave(code: i32) -> ! {
    // SAFETY: _exit takes any code and does not return.
    unsafe { libc::_exit(code) }
}

/// The definition that the interposed one hides, looked up once.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
macro_rules! hidden {
    ($name:literal as $type:ty) => {{
        static FOUND: std::sync::atomic::AtomicPtr<libc::c_void> =
            std::sync::atomic::AtomicPtr::new(std::ptr::null_mut());
        let mut found = FOUND.load(std::sync::atomic::Ordering::Relaxed);
        if found.is_null() {
            // SAFETY: a NUL-terminated name; libc defines every function interposed here.
            found = unsafe { libc::dlsym(libc::RTLD_NEXT, $name.as_ptr()) };
            FOUND.store(found, std::sync::atomic::Ordering::Relaxed);
        }
        // SAFETY: the type is the one that libc declares this function with.
        unsafe { std::mem::transmute::<*mut libc::c_void, $type>(found) }
    }};
}
#[cfg(all(target_os = "linux", target_env = "gnu"))]
use hidden;
