//! What happens to a rate limiter. No expected value is in here.
//!
//! A check is made of scenes, which run one after another. A `control` is a scene without the thing
//! that its check is about: what the same limiter does there is held against nobody.

mod scene;

use std::iter::{once, repeat_n};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use contract::RateLimiter;
use lab::{Lab, drive};

use scene::{Caller, Scene};

lab::driver!(contract);

/// Single callers: on a new limiter, on one that was left alone, and after a rest.
#[drive]
async fn first_caller_does_not_wait(lab: Lab) {
    let new = Scene::begin(&lab, "new", 5, 1000);
    new.callers_at([0]).await;
    let rested = Scene::begin(&lab, "rested", 5, 1000);
    rested.callers_at([730]).await;
    let again = Scene::begin(&lab, "again", 5, 1000);
    again.callers_at([0, 2530]).await;
}

/// Crowds that come all at once, late in a window, or one by one. A limiter that is only slow gets
/// to the end of it too.
#[drive(virtual_limit_ms = 1_000_000)]
async fn no_window_admits_more_than_the_limit(lab: Lab) {
    let burst = Scene::begin(&lab, "burst", 10, 1000);
    burst.callers_at([0; 35]).await;
    let edge = Scene::begin(&lab, "edge", 10, 1000);
    edge.callers_at(once(0).chain([930; 34])).await;
    // Where admissions come at fixed ticks, the third caller is a little late for its tick.
    let late_tick = Scene::begin(&lab, "late tick", 10, 1000);
    let crowd = [1307; 20];
    late_tick
        .callers_at([0, 1203, 1306].into_iter().chain(crowd))
        .await;
    let trickle = Scene::begin(&lab, "trickle", 10, 1000);
    trickle.callers_at((0..40).map(|n| 37 * n)).await;
    let one = Scene::begin(&lab, "one", 1, 50);
    one.callers_at([0; 5]).await;
}

/// Callers that are always there in time.
#[drive]
async fn admissions_come_in_time(lab: Lab) {
    let burst = Scene::begin(&lab, "burst", 10, 1000);
    burst.callers_at([0; 31]).await;
    let staggered = Scene::begin(&lab, "staggered", 10, 1000);
    staggered.callers_at((0..26).map(|n| 97 * n)).await;
    let twice = Scene::begin(&lab, "twice", 10, 1000);
    let (first, second) = (repeat_n(0, 12), repeat_n(3050, 12));
    twice.callers_at(first.chain(second)).await;
    let one = Scene::begin(&lab, "one", 1, 250);
    one.callers_at([0; 4]).await;
}

/// Newcomers join a queue, no two in one millisecond.
#[drive]
async fn callers_are_admitted_in_order(lab: Lab) {
    let queue = Scene::begin(&lab, "queue", 2, 200);
    let times_ms = [
        0, 7, 31, 58, 73, 112, 139, 166, 204, 211, 237, 304, 331, 405,
    ];
    queue.callers_at(times_ms).await;
}

/// Callers give up: the head of the queue with two behind it, everybody who waits, and a dozen one
/// by one.
#[drive]
async fn a_dropped_caller_takes_no_permit(lab: Lab) {
    let control = Scene::begin(&lab, "some leave: control", 2, 200);
    control.callers_at((0..10).map(|n| 3 * n)).await;
    let some_leave = Scene::begin(&lab, "some leave", 2, 200);
    let callers = (0..10).map(|n| match n {
        2..=4 => Caller::at(3 * n).gives_up_at(150),
        _ => Caller::at(3 * n),
    });
    some_leave.callers(callers).await;

    let late = [Caller::at(430); 2];
    let control = Scene::begin(&lab, "all leave: control", 2, 200);
    control
        .callers([Caller::at(0); 2].into_iter().chain(late))
        .await;
    let all_leave = Scene::begin(&lab, "all leave", 2, 200);
    let leave = [Caller::at(0).gives_up_at(150); 6];
    let callers = [Caller::at(0); 2].into_iter().chain(leave).chain(late);
    all_leave.callers(callers).await;

    let control = Scene::begin(&lab, "impatient: control", 1, 300);
    control.callers_at([0, 170]).await;
    let impatient = Scene::begin(&lab, "impatient", 1, 300);
    let leave = (0..12).map(|n| Caller::at(10 + 13 * n).gives_up_at(22 + 13 * n));
    let callers = once(Caller::at(0)).chain(leave).chain([Caller::at(170)]);
    impatient.callers(callers).await;
}

/// A crowd at once, and crowds after long rests.
#[drive]
async fn idle_time_saves_nothing_up(lab: Lab) {
    let control = Scene::begin(&lab, "control", 5, 500);
    control.callers_at([0; 16]).await;
    let rested = Scene::begin(&lab, "rested", 5, 500);
    rested
        .callers_at([5030; 16].into_iter().chain([11030; 16]))
        .await;
}

/// Tries while others wait, tries as fast as they go, and tries on an idle limiter.
#[drive]
async fn try_acquire_never_waits(lab: Lab) {
    let control = Scene::begin(&lab, "waited: control", 3, 300);
    control.tries_and_callers_at([0, 1250], [20; 4]).await;
    let waited = Scene::begin(&lab, "waited", 3, 300);
    waited
        .tries_and_callers_at([0, 50, 150, 250, 1250], [20; 4])
        .await;

    let control = Scene::begin(&lab, "greedy: control", 3, 300);
    control.callers_at(repeat_n(0, 6).chain([20; 4])).await;
    let greedy = Scene::begin(&lab, "greedy", 3, 300);
    greedy.tries_and_callers_at([0; 6], [20; 4]).await;

    let left = Scene::begin(&lab, "left", 1, 100);
    left.callers([Caller::at(0), Caller::at(10).gives_up_at(50)])
        .await;
    left.tries_at([230]).await;
    let rested = Scene::begin(&lab, "rested", 3, 300);
    rested.tries_at([1130]).await;
}

/// A heart beats while a crowd waits.
#[drive]
async fn other_work_goes_on(lab: Lab) {
    let beat = Scene::begin(&lab, "beat", 10, 1000);
    let _heartbeat = lab.heartbeat(10);
    beat.callers_at([0; 21]).await;
}

/// Jobs that last longer than all admissions take, the first the longest: alone, behind callers on
/// the same limiter, and none at all.
#[drive]
async fn jobs_overlap_and_keep_their_order(lab: Lab) {
    let control = Scene::begin(&lab, "alone: control", 5, 500);
    control.callers_at([0; 12]).await;
    let alone = Scene::begin(&lab, "alone", 5, 500);
    alone.jobs_at(0, (0..12).map(|n| 3013 - 200 * n)).await;

    let control = Scene::begin(&lab, "shared: control", 5, 500);
    control.callers_at(repeat_n(0, 3).chain([10; 6])).await;
    let shared = Scene::begin(&lab, "shared", 5, 500);
    let callers = shared.clone();
    let callers = lab.spawn(async move { callers.callers_at([0; 3]).await });
    shared.jobs_at(10, (0..6).map(|n| 1203 - 100 * n)).await;
    callers.join().await;

    let empty = Scene::begin(&lab, "empty", 5, 500);
    empty.jobs_at(0, []).await;
}

/// A limiter goes when it was used, when it never was, when some of its callers gave up, and when it
/// limited jobs.
#[drive]
async fn nothing_outlives_the_limiter(lab: Lab) {
    let used = Scene::begin(&lab, "used", 5, 500);
    used.callers_at([0; 8]).await;
    used.end().await;
    let unused = Scene::begin(&lab, "unused", 5, 500);
    unused.end().await;
    let left = Scene::begin(&lab, "left", 5, 500);
    let leave = [Caller::at(0).gives_up_at(130); 3];
    left.callers([Caller::at(0); 5].into_iter().chain(leave))
        .await;
    left.end().await;
    let jobs = Scene::begin(&lab, "jobs", 5, 500);
    jobs.jobs_at(0, (0..4).map(|n| 103 * n + 3)).await;
    jobs.end().await;
}

/// Limiters that make no sense, and the smallest one that does.
#[drive]
#[expect(clippy::unused_async, reason = "a drive is an `async fn`")]
async fn zero_is_refused(lab: Lab) {
    for (limit, window_ms) in [(0, 1000), (3, 0)] {
        let window = Duration::from_millis(window_ms);
        let made = catch_unwind(AssertUnwindSafe(|| RateLimiter::new(limit, window)));
        lab.note("made", (limit, window_ms, made.is_ok()));
    }
    // Nobody catches this one's panic: whoever panics at everything has refused nothing.
    drop(RateLimiter::new(1, Duration::from_millis(1)));
}
