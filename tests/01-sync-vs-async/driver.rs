//! Tasks to run, and jobs to compare. No expected value is in here.

use std::convert::Infallible;
use std::thread;
use std::time::Duration;

use contract::{Kind, blocking_together, compare, in_turn, kind_of, together};
use lab::{Lab, drive};
use tokio::task::yield_now;

lab::driver!(contract);

/// The lesson's three tasks of 2 s under the plain schedule; else some that nobody knows.
fn tasks(lab: &Lab) -> Vec<(&'static str, u64)> {
    const NAMES: [[&str; 3]; 5] = [
        ["Task1", "mail", "x"],
        ["Task2", "logs", "y"],
        ["Task3", "cats", "z"],
        ["Task4", "dogs", "v"],
        ["Task5", "fish", "w"],
    ];
    let number = lab.draw("tasks", 3, 2..=5);
    let number = usize::try_from(number).expect("a few");
    let task = |names: &[&'static str; 3]| {
        let name = lab.draw("name", 0, 0..=2);
        let name = names[usize::try_from(name).expect("three names")];
        (name, lab.draw("wait", 2000, 100..=3000))
    };
    let tasks: Vec<_> = NAMES.iter().take(number).map(task).collect();
    lab.note("tasks", &tasks);
    tasks
}

fn borrowed<'a>(tasks: &[(&'a str, u64)]) -> Vec<(&'a str, Duration)> {
    let tasks = tasks.iter();
    tasks
        .map(|(name, ms)| (*name, Duration::from_millis(*ms)))
        .collect()
}

#[drive]
async fn in_turn_takes_the_sum(lab: Lab) {
    let tasks = tasks(&lab);
    in_turn(&borrowed(&tasks)).await;
    lab.note("returned", ());
    in_turn(&[]).await;
    lab.note("none returned", ());
}

#[drive]
async fn together_takes_the_longest(lab: Lab) {
    let tasks = tasks(&lab);
    together(&borrowed(&tasks)).await;
    lab.note("returned", ());
    together(&[]).await;
    lab.note("none returned", ());
}

/// A heart beats while the tasks wait.
#[drive]
async fn a_wait_leaves_the_thread_to_others(lab: Lab) {
    let tasks = tasks(&lab);
    let _heartbeat = lab.heartbeat(70);
    in_turn(&borrowed(&tasks)).await;
    lab.note("returned", ());
}

#[drive]
async fn a_blocking_wait_takes_the_sum_again(lab: Lab) {
    let tasks = tasks(&lab);
    blocking_together(&borrowed(&tasks)).await;
    lab.note("returned", ());
}

/// A job that waits, and one that computes.
#[drive]
async fn compares_both_ways(lab: Lab) {
    let times = u32::try_from(lab.draw("times", 3, 2..=6)).expect("a few");
    let ms = lab.draw("job", 400, 50..=900);
    let service = lab.service("a job");
    let waits = async || {
        let Ok(()) = service.call("waits", ms, Ok::<(), Infallible>(())).await;
    };
    let computes = async || compute(ms);
    lab.note("job", (times, ms));
    lab.note("waits", compare(times, waits).await);
    lab.note("computes", compare(times, computes).await);
}

/// Holds the thread for so many virtual milliseconds, as a computation does for real ones.
fn compute(ms: u64) {
    thread::sleep(Duration::from_millis(ms));
}

/// Jobs of both kinds, in two orders.
#[drive]
async fn names_what_is_io_bound(lab: Lab) {
    let ms = lab.draw("job", 400, 50..=900);
    let waits = async || lab.sleep(ms).await;
    let computes = async || compute(ms);
    let computes_in_pieces = async || {
        for _ in 0..5 {
            compute(ms / 5);
            yield_now().await;
        }
    };
    let computes_and_waits = async || {
        compute(ms / 5);
        lab.sleep(ms).await;
    };
    let waits_in_pieces = async || {
        for _ in 0..5 {
            lab.sleep(ms / 5).await;
        }
    };
    tell(&lab, "waits", &kind_of(waits).await);
    tell(&lab, "computes", &kind_of(computes).await);
    tell(
        &lab,
        "computes, and yields in between",
        &kind_of(computes_in_pieces).await,
    );
    tell(
        &lab,
        "computes a little, and waits",
        &kind_of(computes_and_waits).await,
    );
    tell(&lab, "waits five times", &kind_of(waits_in_pieces).await);
}

fn tell(lab: &Lab, what: &str, kind: &Kind) {
    let kind = match kind {
        Kind::IoBound => "IoBound",
        Kind::CpuBound => "CpuBound",
    };
    lab.note(what, kind);
}
