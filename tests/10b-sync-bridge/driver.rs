//! What happens to a bridge. No expected value is in here.

mod scene;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use lab::{Lab, drive};
use tokio::runtime::Handle;

use scene::{Work, asks, bridge, leaves_a_task, outside};

lab::driver!(contract);

/// Sync code that wants several answers, one of a future that borrows, and one of a future that panics.
#[drive]
#[expect(clippy::needless_pass_by_value, reason = "a drive is given its lab")]
fn sync_code_gets_its_answer(lab: Lab) {
    let bridge = bridge();
    for name in ["first", "second", "third"] {
        Work::new(&lab, name).runs(&lab, "in sync code", &bridge);
    }
    let mut seen = Vec::new();
    let borrows = Work::new(&lab, "borrows");
    borrows.noted(&lab, "`run` of a future that borrows", || {
        let done = bridge.run(async {
            let value = borrows.done(&lab).await;
            seen.push(value);
        });
        done.ok().and_then(|()| seen.pop())
    });
    let panics = bridge.run(async { "what a future says" });
    lab.note("said", panics.ok());
    let caught = catch_unwind(AssertUnwindSafe(|| {
        bridge.run(async { resume_unwind(Box::new("out of luck")) })
    }));
    let caught = caught.map(|told: Result<(), _>| told.is_ok());
    let payload = caught.map_err(|payload| payload.downcast_ref::<&str>().map(ToString::to_string));
    lab.note("panicked", payload);
    Work::new(&lab, "next").runs(&lab, "after a future that panicked", &bridge);
}

/// A task that one call spawns and a later one awaits, on another thread, and which runtime each call is in.
#[drive]
async fn one_runtime_serves_all_calls(lab: Lab) {
    let bridge = Arc::new(bridge());
    let work = Work::new(&lab, "spawned");
    let pause_ms = lab.draw("pause", 50, 10..=90);
    lab.note("spawned", work.value);
    let (thread, first) = (lab.clone(), bridge.clone());
    let spawns = move || {
        first.run(async {
            let clock = thread.clone();
            let task = tokio::spawn(async move { work.done(&clock).await });
            // It has begun before this call is over.
            thread.sleep(1).await;
            (task, Handle::current().id())
        })
    };
    let Ok((task, first)) = lab.outside(spawns).await else {
        return;
    };
    lab.sleep(pause_ms).await;
    let awaits = move || bridge.run(async { (task.await.ok(), Handle::current().id()) });
    if let Ok((value, second)) = lab.outside(awaits).await {
        lab.note("awaited", value);
        lab.note("same", first == second);
    }
}

/// Several threads at a time, the first the slowest.
#[drive]
async fn callers_do_not_wait_for_each_other(lab: Lab) {
    let bridge = Arc::new(bridge());
    let callers = lab.draw("callers", 3, 2..=5);
    let calls = (0..callers).map(|n| {
        let work = Work::taking(&lab, &format!("caller {n}"), 600 - 100 * n);
        let (lab, bridge) = (lab.clone(), bridge.clone());
        async move {
            let thread = lab.clone();
            lab.outside(move || work.runs(&thread, "on several threads", &bridge))
                .await;
        }
    });
    lab.all(calls).await;
    outside(&lab, bridge, |_, bridge| drop(bridge)).await;
}

/// Async code asks: the driver's own, a future that the bridge runs, a task of its runtime, and a future that
/// a callback waits for, if it may. Then sync code does.
#[drive]
async fn inside_a_runtime_it_says_so(lab: Lab) {
    let bridge = Arc::new(bridge());
    asks(&lab, "in a runtime of somebody else's", &bridge);
    outside(&lab, bridge.clone(), |lab, bridge| {
        let _ = bridge.run(async { asks(&lab, "in a future that it runs", &bridge) });
    })
    .await;
    outside(&lab, bridge.clone(), |lab, bridge| {
        let shared = bridge.clone();
        let _ = bridge.run(async {
            let task = tokio::spawn(async move {
                asks(&lab, "in a task of its runtime", &shared);
            });
            let _ = task.await;
        });
    })
    .await;
    let (thread, inner) = (lab.clone(), bridge.clone());
    let waits = move || {
        let place = "in a future that a callback waits for";
        let _ = inner.run(async { asks(&thread, place, &inner) });
    };
    bridge.call(waits).await;
    outside(&lab, bridge, |lab, bridge| {
        Work::new(&lab, "plain").runs(&lab, "in sync code", &bridge);
    })
    .await;
}

/// Callbacks that block for a while, all at once, and one that waits for the bridge, twice.
#[drive]
async fn a_callback_may_wait(lab: Lab) {
    let bridge = Arc::new(bridge());
    let callbacks = lab.draw("callbacks", 3, 2..=5);
    let blocks = (0..callbacks).map(|n| {
        let work = Work::taking(&lab, &format!("callback {n}"), 600 - 100 * n);
        let (lab, bridge) = (lab.clone(), bridge.clone());
        async move {
            work.begins(&lab, "`call` of a callback that blocks");
            let (value, takes) = (work.value, Duration::from_millis(work.takes_ms));
            let blocks = move || {
                thread::sleep(takes);
                value
            };
            let value = bridge.call(blocks).await;
            work.ends(&lab, Some(value));
        }
    });
    lab.all(blocks).await;
    let waits = Work::new(&lab, "callback that waits");
    let (thread, inner, value) = (lab.clone(), bridge.clone(), waits.value);
    let callback = move || {
        for name in ["once", "again"] {
            Work::new(&thread, name).runs(&thread, "in a callback", &inner);
        }
        value
    };
    lab.note("gives", value);
    lab.note("given", bridge.call(callback).await);
    outside(&lab, bridge, |_, bridge| drop(bridge)).await;
}

/// Bridges that go in async code, in sync code, and without ever being used.
#[drive]
async fn goes_quietly_wherever_it_is_dropped(lab: Lab) {
    // Off every runtime: where the clock is the real one, what is dropped has its time too.
    let pause = || lab.outside(|| thread::sleep(Duration::from_millis(500)));
    let used = Arc::new(bridge());
    outside(&lab, used.clone(), |lab, used| leaves_a_task(&lab, &used)).await;
    lab.note("dropped", "async code");
    drop(used);
    pause().await;
    let used = Arc::new(bridge());
    outside(&lab, used.clone(), |lab, used| leaves_a_task(&lab, &used)).await;
    outside(&lab, used, |lab, used| {
        lab.note("dropped", "sync code");
        drop(used);
    })
    .await;
    pause().await;
    drop(bridge());
}
