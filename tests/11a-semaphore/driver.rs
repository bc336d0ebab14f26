//! What happens to calls that go through a gate. No expected value is in here.

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::rc::Rc;
use std::task::Poll;
use std::time::Duration;

use contract::{Gate, run_all};
use lab::{Lab, drive};
use tokio::time::timeout;

lab::driver!(contract);

/// When nothing has happened to a gate yet: what comes in then is held against nobody.
const NEW: &str = "on a new gate";

type Answer = Result<String, String>;

/// How long each of these calls takes, in virtual milliseconds, and what its answer is; some are refused, if any is
/// to be.
fn calls(lab: &Lab, plain_ms: &[u64], any_refused: bool) -> Vec<(u64, Answer)> {
    let one = |(n, plain_ms): (usize, &u64)| {
        let ms = lab.draw(&format!("call {n}"), *plain_ms, 20..=2000);
        let word = lab.draw(&format!("answer {n}"), 0, 0..=9999);
        let refused = lab.draw(&format!("refused {n}"), u64::from(n % 4 == 3), 0..=3) == 1;
        let text = format!("{word} to {n}");
        (
            ms,
            if any_refused && refused {
                Err(text)
            } else {
                Ok(text)
            },
        )
    };
    plain_ms.iter().enumerate().map(one).collect()
}

/// Calls `run_all` for as many of the calls as the schedule says, one of them at least.
async fn runs(lab: &Lab, limit: usize, mut calls: Vec<(u64, Answer)>) {
    let all = calls.len() as u64;
    calls.truncate(small(lab.draw("number", all, 1..=all)));
    lab.note("run", (limit, &calls));
    let desk = lab.service("call").capacity(limit);
    let call = async |n: usize| {
        let (ms, answer) = calls
            .get(n)
            .cloned()
            .unwrap_or_else(|| (1, Err(format!("there is no call {n}"))));
        let full = format!("call {n} finds no room");
        desk.call(&n.to_string(), ms, answer, full).await
    };
    let answers = run_all(calls.len(), limit, call).await;
    lab.note("returned", answers);
}

fn small(number: u64) -> usize {
    usize::try_from(number).expect("a drawn number is small")
}

/// The lesson's ten tasks, under the plain schedule; then none at all.
#[drive(grace_ms = 3000)]
async fn says_who_is_inside(lab: Lab) {
    let limit = small(lab.draw("limit", 3, 1..=5));
    let calls = calls(&lab, &[1000; 10], true);
    runs(&lab, limit, calls).await;
    let none = async |_: usize| Ok(String::new());
    lab.note("none", run_all(0, limit, none).await);
}

/// Calls of many lengths; then callers of one gate that come at different times.
#[drive]
async fn never_more_than_the_limit(lab: Lab) {
    let limit = small(lab.draw("limit", 4, 1..=6));
    let calls = calls(
        &lab,
        &[300, 100, 700, 50, 50, 400, 250, 900, 20, 130, 610, 75],
        false,
    );
    runs(&lab, limit, calls).await;

    let places = small(lab.draw("places", 2, 1..=4));
    lab.note("gate", places);
    let gate = Rc::new(Gate::new(places));
    let inside = lab.service("work");
    let callers = (0..9_u64).map(|n| {
        let after_ms = lab.draw(&format!("comes {n}"), 40 * n, 0..=500);
        let ms = lab.draw(&format!("works {n}"), 90, 10..=300);
        let (lab, gate, inside) = (lab.clone(), gate.clone(), inside.clone());
        async move {
            lab.sleep(after_ms).await;
            let answer: Result<u64, ()> = Ok(n);
            let work = inside.call(&n.to_string(), ms, answer);
            lab.note("passed", (n, gate.pass(work).await));
        }
    });
    let callers: Vec<_> = callers.collect();
    lab.all(callers).await;
}

/// Calls of many lengths, the longest first; then more callers than places at each of two gates.
#[drive]
async fn never_idle_while_one_waits(lab: Lab) {
    let limit = small(lab.draw("limit", 3, 2..=5));
    let calls = calls(
        &lab,
        &[1900, 100, 250, 130, 400, 90, 700, 350, 160, 510, 220, 840],
        false,
    );
    runs(&lab, limit, calls).await;

    lab.sleep(100).await;
    lab.note("crowds", ());
    let gates = [("left", 2), ("right", 3)];
    let callers = gates
        .into_iter()
        .flat_map(|(name, plain)| crowd(&lab, name, plain));
    let callers: Vec<_> = callers.collect();
    lab.all(callers).await;
    lab.note("crowds over", ());
}

/// Callers of a gate of their own, all of which come now.
fn crowd(lab: &Lab, name: &'static str, plain: u64) -> Vec<impl Future<Output = ()> + use<>> {
    let places = small(lab.draw(name, plain, 1..=4));
    let (gate, inside) = (Rc::new(Gate::new(places)), lab.service(name));
    let times_ms = [90, 40, 120, 60, 150, 30, 80];
    lab.note("crowd", (name, places, times_ms.len()));
    let callers = times_ms.into_iter().enumerate().map(|(n, plain_ms)| {
        let ms = lab.draw(&format!("{name} {n}"), plain_ms, 10..=300);
        let (gate, inside) = (gate.clone(), inside.clone());
        async move {
            let answer: Result<(), ()> = Ok(());
            let _ = gate.pass(inside.call(&n.to_string(), ms, answer)).await;
        }
    });
    callers.collect()
}

/// Callers go when they wait, when they are inside, and in the very millisecond in which a place becomes
/// free.
#[drive]
async fn a_dropped_caller_leaves_its_place(lab: Lab) {
    let limit = small(lab.draw("limit", 2, 1..=4));
    try_places(&lab, &Rc::new(Gate::new(limit)), limit, NEW).await;
    let inside_ms = lab.draw("inside", 100, 50..=200);
    let times_ms = [inside_ms / 2, inside_ms, inside_ms + 20];
    for (when, leaves_ms) in [
        "to a caller that went while it waited",
        "to a caller that went as it was let in",
        "to a caller that went from inside",
    ]
    .iter()
    .zip(times_ms)
    {
        let gate = Rc::new(Gate::new(limit));
        let works = lab.service("work");
        let pass = |label: &str, ms: u64| {
            let (gate, label, works) = (gate.clone(), label.to_owned(), works.clone());
            let answer: Result<(), ()> = Ok(());
            lab.spawn(async move { gate.pass(works.call(&label, ms, answer)).await })
        };
        for n in 0..limit {
            pass(&format!("holder {n}"), inside_ms);
        }
        lab.sleep(5).await;
        let leaves = pass("the one that goes", 1000);
        lab.sleep(5).await;
        pass("the one behind", 10);
        lab.sleep(leaves_ms - 10).await;
        leaves.cancel();
        lab.sleep(1000).await;
        try_places(&lab, &gate, limit, when).await;
    }
}

/// Work panics when it is first polled, after a wait, and one after another.
#[drive]
async fn a_panic_leaves_its_place(lab: Lab) {
    let limit = small(lab.draw("limit", 2, 1..=4));
    let gate = Rc::new(Gate::new(limit));
    try_places(&lab, &gate, limit, NEW).await;
    for (when, ms) in [
        ("at once", 0),
        ("after a wait", lab.draw("wait", 30, 1..=90)),
    ] {
        for _ in 0..=limit {
            let work_lab = lab.clone();
            let work = async move {
                if ms > 0 {
                    work_lab.sleep(ms).await;
                }
                // Without the hook: a panic that the grader sees in here is its own.
                resume_unwind(Box::new("the work fails"))
            };
            let passed = patiently(survive(gate.pass::<()>(work))).await;
            lab.note(
                "panicked",
                (when, passed.is_some_and(|result| result.is_err())),
            );
        }
        try_places(&lab, &gate, limit, &format!("to work that panicked {when}")).await;
    }
}

/// More than twice as many callers as there are places come to an idle gate; all that are there after a while go.
async fn try_places(lab: &Lab, gate: &Rc<Gate>, limit: usize, when: &str) {
    let callers = 2 * limit + 2;
    lab.note("try", (limit, callers, when));
    let tries = lab.service("try");
    let callers = (0..callers).map(|n| {
        let (gate, tries) = (gate.clone(), tries.clone());
        let answer: Result<(), ()> = Ok(());
        lab.spawn(async move { gate.pass(tries.call(&n.to_string(), 100, answer)).await })
    });
    let callers: Vec<_> = callers.collect();
    lab.sleep(50).await;
    lab.note("tried", ());
    for caller in callers {
        caller.cancel();
    }
    lab.sleep(10).await;
}

/// What comes out of `future` within a while.
async fn patiently<T>(future: impl Future<Output = T>) -> Option<T> {
    timeout(Duration::from_secs(1), future).await.ok()
}

/// What comes out of `future`, or its panic.
async fn survive<T>(future: impl Future<Output = T>) -> std::thread::Result<T> {
    let mut future = Box::pin(future);
    poll_fn(|cx| {
        let polled = catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx)));
        match polled {
            Ok(poll) => poll.map(Ok),
            Err(panic) => Poll::Ready(Err(panic)),
        }
    })
    .await
}
