//! Runs a drive to its end: the driver's return, a deadlock, or the virtual limit.
//!
//! A timer far in the future ends a deadlock at once, since the paused clock jumps to it. Two of
//! them tell a deadlock from a drive that only takes too long: when the second is reached with
//! nothing polled since the first, no timer was set.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use futures::task::AtomicWaker;
use tokio::time::{Instant, sleep_until};
use trace::frame::Stop;
use trace::peaks::LIMITS;
use trace::{Halt, Kind, Place};

use crate::recorder::{self, Socket, halt, inside, record};
use crate::task::Task;
use crate::{drive, schedule, stuck};

/// How far away the second timer is; tokio's longest timer is a little over two years.
const FAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// Polls since the clock last moved, and where it stood.
static POLLS: AtomicU64 = AtomicU64::new(0);
static POLLED_AT: AtomicU64 = AtomicU64::new(0);
/// The most of them at an instant that is past.
static MOST_POLLS: AtomicU64 = AtomicU64::new(0);
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
    recorder::look_at_the_clock();
    let now = recorder::now_ns();
    crate::interpose::new_poll();
    if POLLED_AT.swap(now, Ordering::Relaxed) != now {
        let polls = POLLS.swap(0, Ordering::Relaxed);
        MOST_POLLS.fetch_max(polls, Ordering::Relaxed);
    }
    POLLS.fetch_add(1, Ordering::Relaxed) >= LIMITS.polls
}

/// The most polls at one instant so far.
pub fn most_polls() -> u64 {
    MOST_POLLS
        .load(Ordering::Relaxed)
        .max(POLLS.load(Ordering::Relaxed))
}

/// Ends a drive whose clock stands still, because a task at `place` is polled over and over.
pub fn livelock(place: Place) -> ! {
    halt(Halt::Livelock {
        polls: LIMITS.polls,
        place,
    })
}

/// What ends a drive, beside its driver, in virtual milliseconds.
#[derive(Debug, Clone, Copy)]
pub struct Ends {
    /// After which a driver that has not returned never will.
    pub limit_ms: u64,
    /// How long the clock runs on after it returned.
    pub grace_ms: u64,
    /// Where it is only to be asked.
    pub stop: Option<Stop>,
}

/// Runs `root` to its end and closes the record.
pub async fn to_the_end<F: Future<Output = ()>>(root: Task<F>, record_to: Socket, ends: Ends) {
    let Ends {
        limit_ms,
        grace_ms,
        stop,
    } = ends;
    POLLS.store(0, Ordering::Relaxed);
    MOST_POLLS.store(0, Ordering::Relaxed);
    POLLED_AT.store(0, Ordering::Relaxed);
    OVERTIME.store(0, Ordering::Relaxed);
    inside(|| recorder::begin(record_to));
    // Dropping the handle leaves it running.
    drop(stop.map(|stop| drive::in_background(stops(stop))));
    let mut root = Root::new(root);
    let limit = Instant::now() + Duration::from_millis(limit_ms);
    LIMIT.set(Some(limit));
    if !returns_before(&mut root, limit).await {
        after_the_limit(&mut root, limit + FAR, limit_ms).await;
    }
    record(Kind::Returned);
    tokio::time::sleep(Duration::from_millis(grace_ms)).await;
    recorder::look_at_the_clock();
    crate::interpose::flush_output();
    recorder::finish();
}

/// Stops the drive at an instant, to be asked.
async fn stops(stop: Stop) {
    tokio::time::sleep(Duration::from_millis(stop.at_ms)).await;
    settled().await;
    recorder::look_at_the_clock();
    stuck::asked(stop.first)
}

/// Waits until nothing else can run at this instant.
async fn settled() {
    // More turns than the runtime takes between two looks at what block_on polls.
    const QUIET_TURNS: u32 = 200;
    let mut seen = POLLS.load(Ordering::Relaxed);
    let mut quiet = 0;
    poll_fn(|cx| {
        let polls = POLLS.load(Ordering::Relaxed);
        quiet = if polls == seen { quiet + 1 } else { 0 };
        seen = polls;
        if quiet > QUIET_TURNS {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// Polls `root` until it returns (true) or the clock reaches `deadline` (false).
async fn returns_before<F: Future<Output = ()>>(root: &mut Root<F>, deadline: Instant) -> bool {
    let mut deadline = pin!(sleep_until(deadline));
    poll_fn(|cx| match root.poll(cx) {
        Poll::Ready(()) => Poll::Ready(true),
        Poll::Pending => deadline.as_mut().poll(cx).map(|()| false),
    })
    .await
}

/// The limit has passed. Whatever is woken from here on shows that something still ticks; when
/// the clock gets to `far` without, nothing had set a timer.
async fn after_the_limit<F: Future<Output = ()>>(
    root: &mut Root<F>,
    far: Instant,
    limit_ms: u64,
) -> ! {
    schedule::stop();
    OVERTIME.store(limit_ms, Ordering::Relaxed);
    let mut deadline = pin!(sleep_until(far));
    poll_fn(|cx| {
        if root.is_woken(cx) {
            halt(Halt::NeverFinishes { limit_ms });
        }
        deadline.as_mut().poll(cx)
    })
    .await;
    OVERTIME.store(0, Ordering::Relaxed);
    stuck::deadlock()
}

/// The root beside the lab's own timers, with a waker of its own: it is polled when it was woken, and not
/// when one of the timers was, so that a wake-up that it lost stays lost.
struct Root<F> {
    task: Pin<Box<Task<F>>>,
    woken: Arc<Woken>,
}

struct Woken {
    root: AtomicBool,
    runtime: AtomicWaker,
}

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.root.store(true, Ordering::Release);
        self.runtime.wake();
    }
}

impl<F: Future<Output = ()>> Root<F> {
    fn new(task: Task<F>) -> Self {
        let woken = Woken {
            root: AtomicBool::new(true),
            runtime: AtomicWaker::new(),
        };
        Self {
            task: Box::pin(task),
            woken: Arc::new(woken),
        }
    }

    /// Whether the root was woken since it was last asked; if not, `cx` is woken when it is.
    fn is_woken(&self, cx: &Context<'_>) -> bool {
        self.woken.runtime.register(cx.waker());
        self.woken.root.swap(false, Ordering::Acquire)
    }

    fn poll(&mut self, cx: &Context<'_>) -> Poll<()> {
        if !self.is_woken(cx) {
            return Poll::Pending;
        }
        let waker = Waker::from(self.woken.clone());
        self.task.as_mut().poll(&mut Context::from_waker(&waker))
    }
}
