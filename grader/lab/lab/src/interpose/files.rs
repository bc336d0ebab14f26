//! std's file calls on the runtime's thread: each holds it for as long as the disk takes.
#![expect(
    unsafe_code,
    reason = "these are libc's functions, called with its pointers"
)]

use std::ffi::CStr;

use libc::{c_char, c_int, c_void, mode_t};
use trace::Kind;

use super::hidden;
use crate::recorder::{self, Role, inside, record, role, watching};

/// Records that `path` was reached through std. The system's own files are not the disk: std
/// itself reads them to count processors.
fn noticed(path: *const c_char) {
    let holds_up = role() == Role::Executor || recorder::is_polling();
    if !watching() || !holds_up || path.is_null() {
        return;
    }
    inside(|| {
        // SAFETY: libc's file functions take NUL-terminated paths.
        let path = unsafe { CStr::from_ptr(path) }.to_bytes();
        if [b"/proc".as_slice(), b"/sys", b"/dev"]
            .iter()
            .any(|system| path.starts_with(system))
        {
            return;
        }
        record(Kind::Blocked {
            by: "std::fs".to_owned(),
            ms: 0,
            place: crate::place::here(),
        });
    });
}

macro_rules! path_calls {
    ($($name:literal $function:ident($($rest:ident: $type:ty),*) -> $answer:ty;)*) => {$(
        #[unsafe(no_mangle)]
        unsafe extern "C" fn $function(path: *const c_char, $($rest: $type),*) -> $answer {
            noticed(path);
            let real = hidden!(
                $name as unsafe extern "C" fn(*const c_char, $($type),*) -> $answer
            );
            // SAFETY: passed on as it came.
            unsafe { real(path, $($rest),*) }
        }
    )*};
}

path_calls! {
    c"open" open(flags: c_int, mode: mode_t) -> c_int;
    c"open64" open64(flags: c_int, mode: mode_t) -> c_int;
    c"opendir" opendir() -> *mut c_void;
    c"mkdir" mkdir(mode: mode_t) -> c_int;
    c"unlink" unlink() -> c_int;
    c"rename" rename(to: *const c_char) -> c_int;
}
