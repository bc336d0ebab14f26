//! Where in the submission the running code is: return addresses inside the adapter library, which
//! holds the submission's code, as offsets from its start. The grader resolves them to lines.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::ffi::c_void;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, TryLockError};

use backtrace::Frame;
use trace::Place;

/// The most frames kept; deeper ones are the driver's.
const MAX_FRAMES: usize = 48;
/// No adapter is larger, in bytes.
const MAX_LIBRARY: usize = 1 << 30;

static ADAPTER: AtomicUsize = AtomicUsize::new(0);

/// Which addresses are in the adapter library: the loader looks through all symbols of a library
/// to say so, and a place can be wanted for every call of a service.
static IN_ADAPTER: Mutex<BTreeMap<usize, bool>> = Mutex::new(BTreeMap::new());

thread_local! {
    /// The stack's address at which the calls of interest begin; 0 for all of them.
    static OUTERMOST: Cell<usize> = const { Cell::new(0) };
}

/// Remembers where the adapter library was loaded; `symbol` is any address in it.
pub fn remember_adapter(symbol: *const c_void) {
    ADAPTER.store(library_of(symbol as usize).unwrap_or(0), Ordering::Relaxed);
}

/// Whether the adapter library was loaded at `base`.
pub fn is_adapter(base: usize) -> bool {
    adapter() == Some(base)
}

/// Whether a path from a source location is a file of the submission.
pub fn is_submission(file: &str) -> bool {
    file.starts_with("src/")
}

/// The calls of the submission that led here, innermost first.
pub fn here() -> Place {
    let Some(adapter) = adapter() else {
        return Place::Unknown;
    };
    let mut frames = Vec::new();
    calls(|frame| {
        frames.extend(offset(adapter, frame.ip() as usize));
        frames.len() < MAX_FRAMES
    });
    known(frames)
}

/// These return addresses, those that are the submission's.
pub fn of(addresses: impl Iterator<Item = usize>) -> Place {
    let Some(adapter) = adapter() else {
        return Place::Unknown;
    };
    let offsets = addresses.filter_map(|address| offset(adapter, address));
    known(offsets.take(MAX_FRAMES).collect())
}

/// Whether any word is an address in the adapter.
pub fn is_in_adapter(word: usize) -> bool {
    adapter().is_some_and(|adapter| {
        // Whatever else it may be, the loader need not be asked about most.
        let is_near = (adapter..adapter + MAX_LIBRARY).contains(&word);
        is_near && offset(adapter, word).is_some()
    })
}

fn adapter() -> Option<usize> {
    Some(ADAPTER.load(Ordering::Relaxed)).filter(|base| *base != 0)
}

/// A return address as an offset into the adapter; none where it is in another library.
fn offset(adapter: usize, address: usize) -> Option<u64> {
    // A return address is one past the call that it belongs to.
    is_in_library(adapter, address).then(|| (address - adapter) as u64 - 1)
}

fn known(frames: Vec<u64>) -> Place {
    if frames.is_empty() {
        Place::Unknown
    } else {
        Place::Frames(frames)
    }
}

/// Whether an address is in the adapter library, which begins at `base`. A signal may ask while the thread that it
/// stopped has the answers.
fn is_in_library(base: usize, address: usize) -> bool {
    let look = || library_of(address) == Some(base);
    match IN_ADAPTER.try_lock() {
        Ok(mut known) => *known.entry(address).or_insert_with(look),
        Err(TryLockError::Poisoned(known)) => {
            *known.into_inner().entry(address).or_insert_with(look)
        }
        Err(TryLockError::WouldBlock) => look(),
    }
}

/// Runs `work`; within it, no call outside it leads anywhere.
pub fn outermost<R>(work: impl FnOnce() -> R) -> R {
    let here = 0_u8;
    let before = OUTERMOST.replace(std::ptr::from_ref(&here).addr());
    let answer = work();
    OUTERMOST.set(before);
    answer
}

/// The calls that led here, innermost first, until `look` has seen enough.
pub fn calls(mut look: impl FnMut(&Frame) -> bool) {
    let outermost = OUTERMOST.get();
    backtrace::trace(|frame| {
        let is_outside = outermost > 0 && frame.sp().addr() > outermost;
        !is_outside && look(frame)
    });
}

#[expect(unsafe_code, reason = "the loader is asked through its C interface")]
fn library_of(address: usize) -> Option<usize> {
    let mut info = std::mem::MaybeUninit::<libc::Dl_info>::zeroed();
    // SAFETY: dladdr takes any address and writes the whole of `info` when it answers non-zero.
    unsafe {
        (libc::dladdr(address as *const c_void, info.as_mut_ptr()) != 0)
            .then(|| info.assume_init().dli_fbase as usize)
    }
}
