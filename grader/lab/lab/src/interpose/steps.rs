//! Steps of a submission that was compiled to count them: wherever its code goes on from one straight piece to
//! another it calls the function below, with that edge's own address. A submission is driven so to find out where a
//! poll goes round that never comes back; what it is graded by calls nothing.
#![expect(unsafe_code, reason = "a compiler's pass calls these by their names")]

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use trace::{Halt, Place};

use crate::place;
use crate::recorder::{halt, inside, watching};

/// Steps of one poll before anything is looked at: whatever comes before a loop is over by then.
const PASSED_OVER: u64 = 20_000_000;
/// Steps that are looked at then.
const LOOKED_AT: u64 = 20_000_000;

/// Steps in this poll.
static STEPS: AtomicU64 = AtomicU64::new(0);
/// How far out on the stack it came, as an address: a call's frame lies below its caller's.
static OUTERMOST: AtomicUsize = AtomicUsize::new(0);
/// The first edge, as they lie in memory, of those passed out there.
static EDGE: AtomicUsize = AtomicUsize::new(0);
/// How often that was passed.
static TIMES: AtomicU64 = AtomicU64::new(0);
/// Where in the submission it is.
static PLACE: Mutex<Place> = Mutex::new(Place::Unknown);

pub fn new_poll() {
    STEPS.store(0, Ordering::Relaxed);
    OUTERMOST.store(0, Ordering::Relaxed);
}

#[unsafe(no_mangle)]
extern "C" fn __sanitizer_cov_trace_pc_guard_init(_: *mut u32, _: *mut u32) {}

#[unsafe(no_mangle)]
extern "C" fn __sanitizer_cov_trace_pc_guard(edge: *mut u32) {
    // One thread of a drive runs at a time.
    let steps = STEPS.load(Ordering::Relaxed) + 1;
    STEPS.store(steps, Ordering::Relaxed);
    if steps > PASSED_OVER {
        look(steps, edge.addr());
    }
}

#[inline(never)]
fn look(steps: u64, edge: usize) {
    if !watching() {
        return;
    }
    let here = 0_u8;
    let depth = std::ptr::from_ref(&here).addr();
    let outermost = OUTERMOST.load(Ordering::Relaxed);
    let known = EDGE.load(Ordering::Relaxed);
    if (depth, known) == (outermost, edge) {
        TIMES.fetch_add(1, Ordering::Relaxed);
    } else if depth > outermost || (depth == outermost && edge < known) {
        OUTERMOST.store(depth, Ordering::Relaxed);
        EDGE.store(edge, Ordering::Relaxed);
        TIMES.store(1, Ordering::Relaxed);
        inside(|| {
            if let Ok(mut place) = PLACE.lock() {
                *place = place::here();
            }
        });
    }
    if steps >= PASSED_OVER + LOOKED_AT {
        let place = inside(|| PLACE.lock().map_or(Place::Unknown, |place| place.clone()));
        halt(Halt::GoesRound {
            steps: LOOKED_AT,
            times: TIMES.load(Ordering::Relaxed),
            place,
        });
    }
}
