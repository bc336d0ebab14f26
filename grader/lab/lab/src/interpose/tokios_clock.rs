//! Reads of tokio's clock. Under the drive's paused clock they ask nothing of libc, so they are counted where the
//! submission's library calls them: through its table of addresses, in which the lab's functions are put instead.
#![expect(
    unsafe_code,
    reason = "the loader's table of a library is memory like any other"
)]

use std::ffi::{c_int, c_void};
use std::time::Duration;

use libc::{dl_phdr_info, size_t};
use tokio::time::Instant;

use super::clock::count_read;
use crate::place;
use crate::recorder::inside;

fn now() -> Instant {
    count_read();
    inside(Instant::now)
}

fn elapsed(since: &Instant) -> Duration {
    count_read();
    inside(|| since.elapsed())
}

/// What is called, and what shall be.
fn instead() -> [(usize, usize); 2] {
    [
        (
            (Instant::now as *const ()).expose_provenance(),
            (now as *const ()).expose_provenance(),
        ),
        (
            (Instant::elapsed as *const ()).expose_provenance(),
            (elapsed as *const ()).expose_provenance(),
        ),
    ]
}

/// Counts what the adapter library reads of tokio's clock from here on. Where the system does not let its table be
/// written to, nothing is counted, and a loop that does nothing else ends with the time of its drive.
pub fn count_reads() {
    // SAFETY: the loader gives `look` what it has the type for, once for each library.
    unsafe { libc::dl_iterate_phdr(Some(look), std::ptr::null_mut()) };
}

unsafe extern "C" fn look(library: *mut dl_phdr_info, _: size_t, _: *mut c_void) -> c_int {
    // SAFETY: the loader's description of a library, and as many headers as it says.
    let (base, headers) = unsafe {
        let library = &*library;
        let headers = std::slice::from_raw_parts(library.dlpi_phdr, library.dlpi_phnum.into());
        (address(library.dlpi_addr), headers)
    };
    if !place::is_adapter(base) {
        return 0;
    }
    // SAFETY: it only answers a number.
    let page = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
    let Ok(page) = usize::try_from(page) else {
        return 1;
    };
    let constant = headers
        .iter()
        .find(|part| part.p_type == libc::PT_GNU_RELRO);
    let constant = constant.map(|part| {
        let begin = base + address(part.p_vaddr);
        // As the loader does: whole pages only.
        let end = begin + address(part.p_memsz);
        (begin / page * page, end / page * page)
    });
    let is_writable = constant.is_none_or(|part| protect(part, libc::PROT_READ | libc::PROT_WRITE));
    for part in headers {
        if is_writable && part.p_type == libc::PT_LOAD && part.p_flags & libc::PF_W != 0 {
            let begin = base + address(part.p_vaddr);
            replace(begin, begin + address(part.p_memsz));
        }
    }
    if let Some(part) = constant {
        protect(part, libc::PROT_READ);
    }
    1
}

/// Puts the lab's functions in place of tokio's wherever their addresses stand.
fn replace(begin: usize, end: usize) {
    let instead = instead();
    let word = size_of::<usize>();
    for at in (begin.next_multiple_of(word)..=end.saturating_sub(word)).step_by(word) {
        let at = std::ptr::with_exposed_provenance_mut::<usize>(at);
        // SAFETY: the words lie in a part of the library that is mapped and can be written to, and none of
        // its code runs yet.
        unsafe {
            let found = at.read_volatile();
            if let Some((_, ours)) = instead.iter().find(|(theirs, _)| *theirs == found) {
                at.write_volatile(*ours);
            }
        }
    }
}

fn protect((begin, end): (usize, usize), how: c_int) -> bool {
    let at = std::ptr::with_exposed_provenance_mut::<c_void>(begin);
    // SAFETY: these pages are the library's own, and it may always read them.
    end <= begin || unsafe { libc::mprotect(at, end - begin, how) == 0 }
}

fn address(number: u64) -> usize {
    usize::try_from(number).expect("an address fits a word")
}
