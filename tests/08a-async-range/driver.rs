//! What is asked of ranges, and when. No expected value is in here.

use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;
use std::time::Duration;

use contract::{AsyncRange, Numbers};
use futures::stream::StreamExt;
use lab::{Lab, drive};
use tokio::time::timeout;

lab::driver!(contract);

/// Longer than any wait here, in virtual milliseconds.
const GAP_MS: u64 = 1000;

/// A range of so many numbers, which begins somewhere, noted under the name of its scene.
fn range(lab: &Lab, scene: &str, length: i64) -> AsyncRange {
    let start = lab.draw("start", 1003, 0..=2000).cast_signed() - 1000;
    lab.note(scene, (start, start + length));
    AsyncRange::new(start, start + length)
}

/// Takes all numbers, resting so many virtual milliseconds after each. Stops a stream that has more of
/// them than anybody expects.
async fn takes_all(lab: &Lab, scene: &str, numbers: &mut Numbers, rest_ms: u64) {
    for _ in 0..60 {
        let Some(number) = asks(lab, scene, numbers).await else {
            break;
        };
        lab.note(&format!("{scene}: came"), number);
        if rest_ms > 0 {
            lab.sleep(rest_ms).await;
        }
    }
}

async fn asks(lab: &Lab, scene: &str, numbers: &mut Numbers) -> Option<i64> {
    lab.note(&format!("{scene}: asked"), ());
    let number = lab.service("caller").observe("waits", numbers.next()).await;
    if number.is_none() {
        lab.note(&format!("{scene}: ended"), ());
    }
    number
}

/// The lesson's range, one that is drawn, one of a single number, and one of high numbers.
#[drive]
async fn each_number_takes_100_ms(lab: Lab) {
    lab.note("lesson", (0, 5));
    takes_all(&lab, "lesson", &mut AsyncRange::new(0, 5).iter(), 0).await;
    let length = lab.draw("length", 12, 2..=30).cast_signed();
    for (scene, length) in [("long", length), ("single", 1)] {
        takes_all(&lab, scene, &mut range(&lab, scene, length).iter(), 0).await;
    }
    let start = i64::MAX - lab.draw("below the highest", 9, 3..=1 << 40).cast_signed();
    lab.note("far", (start, start + 2));
    takes_all(
        &lab,
        "far",
        &mut AsyncRange::new(start, start + 2).iter(),
        0,
    )
    .await;
}

/// An iteration that nobody asks for a while, and callers that rest after each number: for less time
/// than a number takes, and for more.
#[drive]
async fn nothing_is_made_ahead(lab: Lab) {
    let short_ms = lab.draw("short rest", 30, 10..=90);
    let long_ms = lab.draw("long rest", 250, 110..=450);
    for (scene, rest_ms) in [("short rests", short_ms), ("long rests", long_ms)] {
        let mut numbers = range(&lab, scene, 4).iter();
        lab.sleep(long_ms).await;
        takes_all(&lab, scene, &mut numbers, rest_ms).await;
    }
}

/// One task asks and goes away, and another waits for the number; and how often who waits is polled.
#[drive]
async fn whoever_waits_is_woken(lab: Lab) {
    let numbers = Rc::new(RefCell::new(range(&lab, "two tasks", 3).iter()));
    let first = numbers.clone();
    let asked = lab.clone();
    let first = lab.spawn(async move {
        asked.note("two tasks: asked", ());
        poll_fn(|cx| Poll::Ready(first.borrow_mut().poll_next_unpin(cx).is_ready())).await
    });
    lab.note("ready at once", first.join().await);
    lab.sleep(lab.draw("later", 40, 1..=90)).await;
    let next = poll_fn(|cx| numbers.borrow_mut().poll_next_unpin(cx));
    if let Some(number) = next.await {
        lab.note("two tasks: came", number);
    }

    let mut numbers = range(&lab, "counted", 5).iter();
    loop {
        let mut polls = 0;
        let next = poll_fn(|cx| {
            polls += 1;
            numbers.poll_next_unpin(cx)
        });
        if next.await.is_none() {
            break;
        }
        lab.note("polls", polls);
    }
}

/// A waiting caller gives up and comes back, before the number is there and long after.
#[drive]
async fn a_wait_that_is_given_up_loses_nothing(lab: Lab) {
    let given_up_ms = lab.draw("given up", 60, 1..=70);
    let back_ms = lab.draw("back", 20, 1..=25);
    for (scene, away_ms) in [("back soon", back_ms), ("back late", GAP_MS)] {
        let mut numbers = range(&lab, scene, 3).iter();
        let first = asks(&lab, scene, &mut numbers).await;
        lab.note(&format!("{scene}: came"), first);
        let given_up = Duration::from_millis(given_up_ms);
        let early = timeout(given_up, asks(&lab, scene, &mut numbers)).await;
        lab.note(&format!("{scene}: early"), early.ok().flatten());
        lab.sleep(away_ms).await;
        lab.note(&format!("{scene}: back"), ());
        let mut left = Vec::new();
        for _ in 0..2 {
            left.push((numbers.next().await, lab.now_ms()));
        }
        lab.note(&format!("{scene}: left"), left);
    }
}

/// A second iteration behind a whole one, behind one that was left in the middle, and beside one.
#[drive]
async fn a_second_iteration_starts_afresh(lab: Lab) {
    let length = lab.draw("length", 4, 3..=9).cast_signed();
    let numbers = range(&lab, "again", length);
    for scene in ["whole", "after a whole one"] {
        takes_all(&lab, scene, &mut numbers.iter(), 0).await;
    }
    let mut left = numbers.iter();
    asks(&lab, "left", &mut left).await;
    takes_all(&lab, "after a part", &mut numbers.iter(), 0).await;
    takes_all(&lab, "the rest of the part", &mut left, 0).await;

    let later_ms = lab.draw("later", 30, 1..=99);
    let beside = [("beside, first", 0), ("beside, second", later_ms)];
    let beside = beside.map(|(scene, later_ms)| {
        let (lab, mut numbers) = (lab.clone(), numbers.iter());
        async move {
            lab.sleep(later_ms).await;
            takes_all(&lab, scene, &mut numbers, 0).await;
        }
    });
    lab.all(beside).await;
}

/// A range that has ended is asked again, at once and later; and ranges without a number.
#[drive]
async fn the_end_is_the_end(lab: Lab) {
    let below = lab.draw("below", 3, 1..=9).cast_signed();
    for (scene, length) in [("three", 3), ("empty", 0), ("backwards", -below)] {
        let mut numbers = range(&lab, scene, length).iter();
        takes_all(&lab, scene, &mut numbers, 0).await;
        for rest_ms in [0, 300, 0] {
            lab.sleep(rest_ms).await;
            let asked_ms = lab.now_ms();
            let number = numbers.next().await;
            let took_ms = lab.now_ms() - asked_ms;
            lab.note(&format!("{scene}: again"), (number, took_ms));
        }
    }
}
