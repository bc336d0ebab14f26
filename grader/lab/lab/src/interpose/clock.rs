//! std's clocks and sleeps, in virtual time.
#![expect(
    unsafe_code,
    reason = "these are libc's functions, called with its pointers"
)]

use std::future::Future;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Waker};
use std::time::Duration;

use libc::{c_int, clockid_t, timespec};
use trace::peaks::LIMITS;
use trace::{Halt, Kind};

use super::hidden;
use crate::recorder::{self, Role, halt, inside, record, role, watching};

/// What `Instant` starts from: a machine that has been up for some days.
const UPTIME: Duration = Duration::from_secs(1_000_000);
/// What `SystemTime` starts from: 2030-01-01, 00:00 UTC.
const EPOCH: Duration = Duration::from_secs(1_893_456_000);
/// How much later both start in a drive with another epoch: another year, day of the week, hour and second.
const OTHER: Duration = Duration::from_secs(50_003_217);

static IS_OTHER: AtomicBool = AtomicBool::new(false);
/// Reads in this poll, and the most in one that is over.
static READS: AtomicU64 = AtomicU64::new(0);
static MOST_READS: AtomicU64 = AtomicU64::new(0);
/// Time that was slept through and is no whole millisecond yet. tokio's clock moves in whole ones, so
/// that its timers stay where they are in life; std's clocks show the rest too.
static OWED_NS: AtomicU64 = AtomicU64::new(0);

pub fn reset(shifted: bool) {
    IS_OTHER.store(shifted, Ordering::Relaxed);
    OWED_NS.store(0, Ordering::Relaxed);
    READS.store(0, Ordering::Relaxed);
    MOST_READS.store(0, Ordering::Relaxed);
}

pub fn new_poll() {
    let reads = READS.swap(0, Ordering::Relaxed);
    MOST_READS.fetch_max(reads, Ordering::Relaxed);
}

/// The most reads in one poll so far.
pub fn most_reads() -> u64 {
    MOST_READS
        .load(Ordering::Relaxed)
        .max(READS.load(Ordering::Relaxed))
}

#[unsafe(no_mangle)]
unsafe extern "C" fn clock_gettime(clock: clockid_t, answer: *mut timespec) -> c_int {
    if role() == Role::Outside {
        let real =
            hidden!(c"clock_gettime" as unsafe extern "C" fn(clockid_t, *mut timespec) -> c_int);
        // SAFETY: passed on as it came.
        return unsafe { real(clock, answer) };
    }
    count_read();
    // SAFETY: the caller gives room for one timespec.
    unsafe { answer.write(to_timespec(now(clock))) };
    0
}

/// A clock is read: where the submission does nothing else in a poll, the drive ends.
pub fn count_read() {
    if watching() && READS.fetch_add(1, Ordering::Relaxed) >= LIMITS.clock_reads {
        halt(Halt::Spinning {
            reads: LIMITS.clock_reads,
            place: inside(crate::place::here),
        });
    }
}

/// What a clock shows.
pub fn now(clock: clockid_t) -> Duration {
    start(clock) + Duration::from_nanos(recorder::now_ns() + OWED_NS.load(Ordering::Relaxed))
}

/// What a clock shows when the drive begins.
fn start(clock: clockid_t) -> Duration {
    let usual = match clock {
        libc::CLOCK_REALTIME | libc::CLOCK_REALTIME_COARSE | libc::CLOCK_TAI => EPOCH,
        _ => UPTIME,
    };
    if IS_OTHER.load(Ordering::Relaxed) {
        usual + OTHER
    } else {
        usual
    }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn clock_nanosleep(
    clock: clockid_t,
    flags: c_int,
    request: *const timespec,
    rest: *mut timespec,
) -> c_int {
    if !watching() {
        let real = hidden!(
            c"clock_nanosleep"
                as unsafe extern "C" fn(clockid_t, c_int, *const timespec, *mut timespec) -> c_int
        );
        // SAFETY: passed on as it came.
        return unsafe { real(clock, flags, request, rest) };
    }
    // SAFETY: the caller gives one timespec.
    let request = from_timespec(unsafe { &*request });
    let length = if flags & libc::TIMER_ABSTIME == 0 {
        request
    } else {
        request.saturating_sub(now(clock))
    };
    sleep(length);
    0
}

#[unsafe(no_mangle)]
unsafe extern "C" fn nanosleep(request: *const timespec, rest: *mut timespec) -> c_int {
    if !watching() {
        let real =
            hidden!(c"nanosleep" as unsafe extern "C" fn(*const timespec, *mut timespec) -> c_int);
        // SAFETY: passed on as it came.
        return unsafe { real(request, rest) };
    }
    // SAFETY: the caller gives one timespec.
    sleep(from_timespec(unsafe { &*request }));
    0
}

/// A blocking sleep: a job's own virtual time, or time that the whole runtime stands still.
fn sleep(length: Duration) {
    let is_job = role() == Role::Job;
    if !is_job || recorder::is_polling() {
        let ms = u64::try_from(length.as_millis()).unwrap_or(u64::MAX);
        record(Kind::Blocked {
            by: "std::thread::sleep".to_owned(),
            ms,
            place: inside(crate::place::here),
        });
    }
    if is_job {
        crate::blocking::sleep(length);
    } else {
        advance(length);
    }
}

/// Moves the paused clock, from inside a poll: timers that fall due meanwhile fire late, as in life.
pub fn advance(length: Duration) {
    let owed = Duration::from_nanos(OWED_NS.load(Ordering::Relaxed)) + length;
    OWED_NS.store(
        u64::from(owed.subsec_nanos() % 1_000_000),
        Ordering::Relaxed,
    );
    let length = Duration::from_millis(u64::try_from(owed.as_millis()).unwrap_or(u64::MAX));
    inside(|| {
        if tokio::runtime::Handle::try_current().is_ok() {
            // The clock moves in the first poll; what follows only yields.
            let advance = pin!(tokio::time::advance(length));
            let _ = advance.poll(&mut Context::from_waker(Waker::noop()));
        }
    });
    recorder::look_at_the_clock();
}

fn from_timespec(time: &timespec) -> Duration {
    Duration::new(
        u64::try_from(time.tv_sec).unwrap_or(0),
        u32::try_from(time.tv_nsec).unwrap_or(0),
    )
}

fn to_timespec(time: Duration) -> timespec {
    timespec {
        tv_sec: i64::try_from(time.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: i64::from(time.subsec_nanos()),
    }
}
