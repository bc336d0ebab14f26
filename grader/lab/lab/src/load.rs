//! Loads the adapter library, which joins the submission to the driver's contract.

use std::ffi::{CStr, CString, c_void};
use std::path::Path;

/// Loads `library` and asks it for its table.
///
/// # Errors
/// What the loader says, when it cannot load the library or finds no table in it.
#[expect(
    unsafe_code,
    reason = "code compiled at run time can only be reached through the loader"
)]
pub fn adapter<Api>(library: &Path) -> Result<Api, String> {
    let path = CString::new(library.as_os_str().as_encoded_bytes()).map_err(|e| e.to_string())?;
    // SAFETY: the library was linked against this very kit; it is never unloaded.
    let symbol = unsafe {
        let handle = libc::dlopen(path.as_ptr(), libc::RTLD_NOW | libc::RTLD_LOCAL);
        if handle.is_null() {
            return Err(last_error());
        }
        libc::dlsym(handle, c"grade_api".as_ptr())
    };
    if symbol.is_null() {
        return Err(last_error());
    }
    crate::place::remember_adapter(symbol);
    crate::interpose::loaded();
    // SAFETY: the adapter's one exported function, written by the same version of the contract's
    // macro and compiled by the same rustc against the same crate, has this type.
    let grade_api = unsafe { std::mem::transmute::<*mut c_void, fn() -> Api>(symbol) };
    Ok(grade_api())
}

#[expect(unsafe_code, reason = "the loader's errors come as C strings")]
fn last_error() -> String {
    // SAFETY: dlerror answers null or a string that lives until this thread's next call to it.
    unsafe {
        let message = libc::dlerror();
        if message.is_null() {
            "the adapter library has no table".to_owned()
        } else {
            CStr::from_ptr(message).to_string_lossy().into_owned()
        }
    }
}
