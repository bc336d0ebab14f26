//! Waits on a futex: a std lock, channel, condition variable or `park` that would stop the runtime's
//! thread. One that no other thread of the drive can end halts the drive; one with a time limit
//! takes that much virtual time. An uncontended lock asks nothing of the system: it is not seen.
#![expect(
    unsafe_code,
    reason = "this is libc's function, called with its pointers"
)]
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::many_single_char_names,
    reason = "a system call's arguments are machine words, whatever they stand for"
)]

use std::time::Duration;

use libc::{c_int, c_long, timespec};
use trace::{Halt, Kind, Place};

use super::{clock, hidden};
use crate::recorder::{self, Role, halt, inside, record, role, watching};
use crate::stuck::{self, Futex};
use crate::{blocking, leaf};

/// What a blocked wait is called; the frames say which lock or channel it was.
pub const BY: &str = "a std lock, channel or park";

#[unsafe(no_mangle)]
unsafe extern "C" fn syscall(
    number: c_long,
    a: c_long,
    b: c_long,
    c: c_long,
    d: c_long,
    e: c_long,
    f: c_long,
) -> c_long {
    if number == libc::SYS_futex && role() != Role::Outside {
        let operation = c_int::try_from(b).unwrap_or(0) & 0x7f;
        if is_wait(operation) && watching() {
            // SAFETY: a futex wait names an aligned u32 that the caller keeps alive.
            let word =
                unsafe { std::ptr::with_exposed_provenance::<u32>(a as usize).read_volatile() };
            if word == c as u32 {
                let limit = limit(operation, std::ptr::with_exposed_provenance(d as usize));
                return wait(a as usize, word, limit);
            }
        }
        if operation == libc::FUTEX_WAKE {
            let count = usize::try_from(c).unwrap_or(usize::MAX);
            let woken = blocking::wake(a as usize, count);
            if woken > 0 {
                return c_long::try_from(woken).unwrap_or(c_long::MAX);
            }
        }
    }
    let real = hidden!(
        c"syscall"
            as unsafe extern "C" fn(
                c_long,
                c_long,
                c_long,
                c_long,
                c_long,
                c_long,
                c_long,
            ) -> c_long
    );
    // SAFETY: passed on as it came.
    unsafe { real(number, a, b, c, d, e, f) }
}

fn is_wait(operation: c_int) -> bool {
    operation == libc::FUTEX_WAIT || operation == libc::FUTEX_WAIT_BITSET
}

/// How long a wait may last from now on; none is for good.
fn limit(operation: c_int, limit: *const timespec) -> Option<Duration> {
    if limit.is_null() {
        return None;
    }
    // SAFETY: not null, so it is the caller's timespec.
    let limit = unsafe { &*limit };
    let limit = Duration::new(
        u64::try_from(limit.tv_sec).unwrap_or(0),
        u32::try_from(limit.tv_nsec).unwrap_or(0),
    );
    if operation == libc::FUTEX_WAIT {
        return Some(limit);
    }
    // A bitset's deadline is on the monotonic clock, as `clock_gettime` answers it.
    Some(limit.saturating_sub(clock::now(libc::CLOCK_MONOTONIC)))
}

/// A job hands its turn back; the executor cannot, and of the drive only jobs run while it waits.
fn wait(address: usize, seen: u32, limit: Option<Duration>) -> c_long {
    if role() == Role::Job {
        return wait_in_a_job(address, limit);
    }
    let place = inside(crate::place::here);
    let futex = Futex { address, seen };
    let began = recorder::now_ns();
    let woken =
        !stuck::is_asking() && blocking::meanwhile(limit, clock::advance, || futex.is_changed());
    let so_far = Duration::from_nanos(recorder::now_ns() - began);
    let held = if woken { Some(so_far) } else { limit };
    let Some(held) = held else {
        stopped(futex, place)
    };
    record(Kind::Blocked {
        by: BY.to_owned(),
        ms: u64::try_from(held.as_millis()).unwrap_or(u64::MAX),
        place,
    });
    if woken {
        return 0;
    }
    clock::advance(held.saturating_sub(so_far));
    timed_out()
}

/// A job's runtime stands still with it, if it polls one's tasks.
fn wait_in_a_job(address: usize, limit: Option<Duration>) -> c_long {
    let place = recorder::is_polling().then(|| inside(crate::place::here));
    let began = recorder::now_ns();
    let woken = blocking::wait(address, limit);
    if let Some(place) = place {
        record(Kind::Blocked {
            by: BY.to_owned(),
            ms: (recorder::now_ns() - began) / 1_000_000,
            place,
        });
    }
    if woken { 0 } else { timed_out() }
}

/// Nothing will end this wait.
fn stopped(futex: Futex, place: Place) -> ! {
    match inside(leaf::blocked) {
        Some((by, true)) => stuck::locked(by, place, futex),
        told => halt(Halt::Stopped {
            by: told.map_or(BY, |(by, _)| by).to_owned(),
            place,
        }),
    }
}

fn timed_out() -> c_long {
    // SAFETY: errno is this thread's own.
    unsafe { *libc::__errno_location() = libc::ETIMEDOUT };
    -1
}
