//! Deadlines, and what has to be done by them. No expected value is in here.

use std::future::Future;
use std::time::Duration;

use contract::{Deadline, or_else, run, steps};
use lab::{Lab, drive};

lab::driver!(contract);

/// From one scene to the next, in virtual milliseconds.
const GAP_MS: u64 = 1000;

/// A name that the schedule chooses, and that no other deadline of a scene has.
fn named(lab: &Lab, number: usize) -> String {
    // Some are names that an answer could give to a deadline of its own.
    let what = ["page", "query", "order", "visit", "limit", "first", "inner"];
    let what = what[usize::try_from(lab.draw("name", 0, 0..=6)).expect("seven names")];
    format!("{what} {number}")
}

/// Deadlines within each other, the outermost first. From one to the next 50 virtual milliseconds
/// go by.
async fn deadlines(lab: &Lab, scene: &str, limits_ms: &[u64]) -> Vec<Deadline> {
    let mut made: Vec<Deadline> = Vec::new();
    for limit_ms in limits_ms {
        let name = named(lab, made.len() + 1);
        let limit_ms = lab.draw("limit", *limit_ms, limit_ms - 40..=limit_ms + 40);
        lab.note(&format!("{scene} deadline"), (&name, limit_ms));
        let limit = Duration::from_millis(limit_ms);
        let one = match made.last() {
            None => Deadline::after(&name, limit),
            Some(outer) => outer.within(&name, limit),
        };
        made.push(one);
        lab.sleep(50).await;
    }
    made
}

/// A step of so long.
fn step(
    lab: &Lab,
    scene: &str,
    label: &str,
    takes_ms: u64,
    value: u32,
) -> impl Future<Output = u32> + use<> {
    let service = lab.service(&format!("{scene} step"));
    let call = service.call::<u32, String>(label, takes_ms, Ok(value));
    async move { call.await.unwrap_or_default() }
}

fn value(lab: &Lab) -> u32 {
    u32::try_from(lab.draw("value", 7, 1..=999)).expect("a small number")
}

/// Runs one step until a deadline.
async fn runs(lab: &Lab, scene: &str, deadline: &Deadline, takes_ms: u64) {
    let value = value(lab);
    lab.note(&format!("{scene} run"), (takes_ms, value));
    let result = run(deadline, step(lab, scene, "", takes_ms, value)).await;
    lab.note(&format!("{scene} returned"), result);
}

/// Done long before it, a millisecond before it and a millisecond after it; and begun long after the
/// deadline was made.
#[drive]
async fn the_deadline_stands_from_the_beginning(lab: Lab) {
    for (scene, rest_ms, before_ms) in [
        ("half", 0, 400),
        ("just", 0, 1),
        ("late begin", 300, 20),
        ("late begin, too slow", 500, -1),
        ("too slow", 0, -1),
        ("much too slow", 0, -2000),
    ] {
        let limit_ms = lab.draw("limit", 1000, 800..=1500);
        let name = named(&lab, 1);
        lab.note(&format!("{scene} deadline"), (&name, limit_ms));
        let deadline = Deadline::after(&name, Duration::from_millis(limit_ms));
        lab.sleep(rest_ms).await;
        // Before the deadline, or behind it.
        let takes_ms = (limit_ms - rest_ms).saturating_add_signed(-before_ms);
        runs(&lab, scene, &deadline, takes_ms).await;
        lab.sleep(GAP_MS).await;
    }
}

/// Notes what a step is told, and takes its time.
async fn run_steps(lab: &Lab, scene: &str, deadline: &Deadline, takes: &[u64]) {
    let list: Vec<(u64, u32)> = takes
        .iter()
        .map(|ms| (lab.draw("takes", *ms, ms - 20..=ms + 20), value(lab)))
        .collect();
    lab.note(&format!("{scene} steps"), &list);
    let number = u32::try_from(list.len()).expect("a few steps");
    let taken = {
        let (lab, scene) = (lab.clone(), scene.to_owned());
        async move |n: u32, left: Duration| {
            let left_ms = u64::try_from(left.as_millis()).unwrap_or(u64::MAX);
            lab.note(&format!("{scene} told"), (n, left_ms));
            let at = usize::try_from(n).expect("a small number").wrapping_sub(1);
            let (takes_ms, value) = list.get(at).copied().unwrap_or_default();
            step(&lab, &scene, &n.to_string(), takes_ms, value).await
        }
    };
    let result = steps(deadline, number, taken).await;
    lab.note(&format!("{scene} returned"), result);
}

/// All are in time; the third of five is not, nor is the first of three.
#[drive]
async fn all_steps_have_one_deadline(lab: Lab) {
    for (scene, limit_ms, takes) in [
        ("in time", 2000, &[300, 500, 200, 400][..]),
        ("third", 1500, &[600, 700, 700, 100, 100]),
        ("first", 400, &[2000, 100, 100]),
        ("last", 1000, &[200, 200, 200, 200, 600]),
        ("none", 1000, &[]),
    ] {
        let deadlines = deadlines(&lab, scene, &[limit_ms]).await;
        run_steps(&lab, scene, &deadlines[0], takes).await;
        lab.sleep(GAP_MS).await;
    }
}

/// The inner deadline is the earlier one, the outer, and the one in the middle of three.
#[drive]
async fn the_earlier_deadline_counts(lab: Lab) {
    for (scene, limits_ms, takes_ms) in [
        ("inner", &[1500, 400][..], 3000),
        ("outer", &[500, 1500], 3000),
        ("middle", &[1500, 500, 1100], 3000),
        ("outermost", &[700, 1100, 1500], 3000),
        ("in time", &[1500, 900], 600),
    ] {
        let deadlines = deadlines(&lab, scene, limits_ms).await;
        let inner = deadlines.last().expect("there are some");
        runs(&lab, scene, inner, takes_ms).await;
        // Inside the outer one there may be time left.
        let outer = format!("{scene}, then the outer");
        lab.note(&outer, limits_ms.len());
        runs(&lab, &outer, &deadlines[0], 200).await;
        lab.sleep(GAP_MS).await;
    }
}

/// Looks at deadlines now and then; and at what steps are told.
#[drive]
async fn the_time_left_is_passed_on(lab: Lab) {
    for (scene, limits_ms) in [
        ("one", &[800][..]),
        ("inner", &[1500, 400]),
        ("outer", &[500, 1500]),
    ] {
        let deadlines = deadlines(&lab, scene, limits_ms).await;
        for _ in 0..4 {
            for (at, deadline) in deadlines.iter().enumerate() {
                let left_ms = u64::try_from(deadline.left().as_millis()).unwrap_or(u64::MAX);
                lab.note(&format!("{scene} left"), (at, left_ms));
            }
            lab.sleep(lab.draw("rest", 300, 100..=600)).await;
        }
    }
    let deadlines = deadlines(&lab, "steps", &[3000, 2500]).await;
    run_steps(&lab, "steps", &deadlines[1], &[300, 500, 200]).await;
}

/// The first is in time; its limit is over, and the second is in time, or is not; the deadline is over
/// while there is time left for the first.
#[drive]
async fn only_its_own_expiry_is_caught(lab: Lab) {
    for (scene, deadline_ms, limit_ms, first_ms, second_ms) in [
        ("own", 2000, 700, 300, 400),
        ("other", 2000, 700, 1700, 400),
        ("late other", 1500, 700, 1700, 3000),
        ("outer", 600, 1300, 1700, 400),
    ] {
        let deadlines = deadlines(&lab, scene, &[deadline_ms]).await;
        let draw = |key, ms: u64| lab.draw(key, ms, ms - 40..=ms + 40);
        let (limit_ms, first_ms) = (draw("own limit", limit_ms), draw("first", first_ms));
        let second_ms = draw("second", second_ms);
        let (one, two) = (value(&lab), value(&lab));
        lab.note(scene, (limit_ms, first_ms, second_ms, one, two));
        let first = step(&lab, scene, "first", first_ms, one);
        let second = step(&lab, scene, "second", second_ms, two);
        let result = or_else(
            &deadlines[0],
            Duration::from_millis(limit_ms),
            async move { format!("first {}", first.await) },
            async move { format!("second {}", second.await) },
        )
        .await;
        lab.note(&format!("{scene} returned"), result);
        lab.sleep(GAP_MS).await;
    }
}
