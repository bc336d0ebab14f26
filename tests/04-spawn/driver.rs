//! What happens to two tasks. No expected value is in here.

use std::convert::Infallible;
use std::time::Duration;

use contract::{run, start, task};
use lab::{Lab, drive};

lab::driver!(contract);

/// Longer than any wait here, in virtual milliseconds: what one scene leaves behind is over when the
/// next begins.
const GAP_MS: u64 = 3000;

/// Calls `run` with these names and waits, and other work, and notes what it gives.
async fn runs(lab: &Lab, tasks: [(&str, u64); 2], work_ms: u64) {
    lab.note("run", (tasks, work_ms));
    let [first, second] = tasks.map(|(name, ms)| (name, Duration::from_millis(ms)));
    let service = lab.service("work");
    let meanwhile = async || {
        let done = service.call("meanwhile", work_ms, Ok::<(), Infallible>(()));
        let Ok(()) = done.await;
    };
    let results = run(first, second, meanwhile).await;
    lab.note("returned", results);
}

/// Two names that are nobody else's.
fn names(lab: &Lab) -> [&'static str; 2] {
    const FIRST: [&str; 6] = ["A", "cats", "Dora", "left", "n1", "zebra"];
    const SECOND: [&str; 6] = ["B", "dogs", "Cleo", "right", "n2", "aardvark"];
    [
        pick(lab, "first name", &FIRST),
        pick(lab, "second name", &SECOND),
    ]
}

fn pick(lab: &Lab, key: &str, names: &[&'static str]) -> &'static str {
    let last = names.len() as u64 - 1;
    let at = lab.draw(key, 0, 0..=last);
    names[usize::try_from(at).expect("an index is small")]
}

/// The lesson's two tasks, under the plain schedule.
#[drive(grace_ms = 3000)]
async fn says_what_happens(lab: Lab) {
    let [first, second] = names(&lab);
    let first_ms = lab.draw("first wait", 2000, 1..=2500);
    let second_ms = lab.draw("second wait", 1000, 1..=2500);
    let work_ms = lab.draw("work", 500, 1..=2500);
    runs(&lab, [(first, first_ms), (second, second_ms)], work_ms).await;
}

/// The first task is the slower one, as in the lesson; then the second is, and the other work takes longer
/// than either.
#[drive]
async fn both_wait_together(lab: Lab) {
    let slow = lab.draw("slow", 2000, 400..=2500);
    let fast = lab.draw("fast", 1000, 50..=1500);
    let [first, second] = names(&lab);
    runs(&lab, [(first, slow), (second, fast)], fast / 2).await;
    lab.sleep(GAP_MS).await;
    runs(&lab, [(first, fast), (second, slow)], slow + fast).await;
}

/// Nobody looks at one task again; somebody comes back to another when it is long done; and a call
/// of `task` alone.
#[drive]
async fn a_started_task_needs_nobody(lab: Lab) {
    let [first, second] = names(&lab);
    let wait_ms = lab.draw("wait", 400, 200..=900);
    let wait = Duration::from_millis(wait_ms);

    lab.note("started", (first, wait_ms));
    drop(start(first, wait));
    lab.sleep(GAP_MS).await;

    lab.note("started", (second, wait_ms));
    let handle = start(second, wait);
    lab.sleep(GAP_MS).await;
    lab.note("looked", ());
    lab.note("given", handle.await.ok());

    lab.note("called", (first, wait_ms));
    lab.note("gave", task(first.to_owned(), wait).await);
}

/// Whichever is the slower one, the results have the order of the tasks.
#[drive]
async fn results_keep_their_order(lab: Lab) {
    let fast = lab.draw("fast", 150, 50..=350);
    let slow = lab.draw("slow", 600, 400..=900);
    let [first, second] = names(&lab);
    runs(&lab, [(first, slow), (second, fast)], fast / 2).await;
    lab.sleep(GAP_MS).await;
    runs(&lab, [(second, fast), (first, slow)], fast / 2).await;
}

/// Whichever is the slower one, all is done when `run` is.
#[drive]
async fn returns_when_all_is_done(lab: Lab) {
    let fast = lab.draw("fast", 150, 50..=350);
    let slow = lab.draw("slow", 600, 400..=900);
    let [first, second] = names(&lab);
    runs(&lab, [(first, fast), (second, slow)], fast / 2).await;
    lab.sleep(GAP_MS).await;
    runs(&lab, [(first, slow), (second, fast)], fast / 2).await;
}
