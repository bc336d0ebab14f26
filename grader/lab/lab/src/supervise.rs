//! Runs a drive to its end: the driver's return, a deadlock, or the virtual limit.
//!
//! A timer far in the future ends a deadlock at once, since the paused clock jumps to it. Two of
//! them tell a deadlock from a drive that only takes too long: when the second is reached with
//! nothing polled since the first, no timer was set.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::os::unix::net::UnixStream;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::Poll;
use std::time::Duration;

use tokio::time::{Instant, sleep_until};
use trace::frame::Nonce;
use trace::{Halt, Kind, Place};

use crate::recorder::{self, halt, inside, record};
use crate::stuck;
use crate::task::Task;

/// Polls without the clock moving, past which a drive is a livelock.
pub const LIVELOCK_POLLS: u64 = 1_000_000;

/// How far away the second timer is; tokio's longest timer is a little over two years.
const FAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// Polls since the clock last moved, and where it stood.
static POLLS: AtomicU64 = AtomicU64::new(0);
static POLLED_AT: AtomicU64 = AtomicU64::new(0);
/// The virtual limit, once it has passed; 0 before.
static OVERTIME: AtomicU64 = AtomicU64::new(0);

thread_local! {
    /// When the virtual limit is reached.
    static LIMIT: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// When the virtual limit is reached, or now where there is none.
pub fn limit() -> Instant {
    LIMIT.get().unwrap_or_else(Instant::now)
}

/// Whether the virtual limit has passed.
pub fn is_overtime() -> bool {
    OVERTIME.load(Ordering::Relaxed) > 0
}

/// Counts a poll of `task`; whether it is one too many at an instant.
pub fn count_poll(task: u32) -> bool {
    let limit_ms = OVERTIME.load(Ordering::Relaxed);
    if task != 0 && limit_ms > 0 {
        halt(Halt::NeverFinishes { limit_ms });
    }
    let now = recorder::now_ns();
    crate::interpose::new_poll();
    if POLLED_AT.swap(now, Ordering::Relaxed) != now {
        POLLS.store(0, Ordering::Relaxed);
    }
    POLLS.fetch_add(1, Ordering::Relaxed) >= LIVELOCK_POLLS
}

/// Ends a drive whose clock stands still, because a task at `place` is polled over and over.
pub fn livelock(place: Place) -> ! {
    halt(Halt::Livelock {
        polls: LIVELOCK_POLLS,
        place,
    })
}

/// Runs `root` to its end and closes the record.
pub async fn to_the_end<F: Future<Output = ()>>(
    root: Task<F>,
    socket: UnixStream,
    nonce: Nonce,
    limit_ms: u64,
    grace_ms: u64,
) {
    POLLS.store(0, Ordering::Relaxed);
    POLLED_AT.store(0, Ordering::Relaxed);
    OVERTIME.store(0, Ordering::Relaxed);
    inside(|| recorder::begin(socket, nonce));
    let mut root = Box::pin(root);
    let limit = Instant::now() + Duration::from_millis(limit_ms);
    LIMIT.set(Some(limit));
    if !returns_before(root.as_mut(), limit).await {
        after_the_limit(root.as_mut(), limit + FAR, limit_ms).await;
    }
    record(Kind::Returned);
    tokio::time::sleep(Duration::from_millis(grace_ms)).await;
    crate::interpose::flush_output();
    recorder::finish();
}

/// Polls `root` until it returns (true) or the clock reaches `deadline` (false).
async fn returns_before<F: Future<Output = ()>>(
    mut root: Pin<&mut Task<F>>,
    deadline: Instant,
) -> bool {
    let mut deadline = pin!(sleep_until(deadline));
    poll_fn(|cx| match root.as_mut().poll(cx) {
        Poll::Ready(()) => Poll::Ready(true),
        Poll::Pending => deadline.as_mut().poll(cx).map(|()| false),
    })
    .await
}

/// The limit has passed. Whatever is polled from here on shows that something still ticks; when
/// the clock gets to `far` without, nothing had set a timer.
async fn after_the_limit<F: Future<Output = ()>>(
    mut root: Pin<&mut Task<F>>,
    far: Instant,
    limit_ms: u64,
) -> ! {
    let mut deadline = pin!(sleep_until(far));
    let mut woken = 0;
    poll_fn(|cx| {
        let returned = root.as_mut().poll(cx).is_ready();
        OVERTIME.store(limit_ms, Ordering::Relaxed);
        if deadline.as_mut().poll(cx).is_ready() {
            return Poll::Ready(());
        }
        woken += 1;
        if returned || woken > 1 {
            halt(Halt::NeverFinishes { limit_ms });
        }
        Poll::Pending
    })
    .await;
    OVERTIME.store(0, Ordering::Relaxed);
    stuck::deadlock()
}
