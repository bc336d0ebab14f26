//! Jobs, some of which are waited for. No expected value is in here.

use std::pin::Pin;

use contract::{Pending, When, first, wait};
use lab::{Lab, drive};

lab::driver!(contract);

/// Longer than any job here, in virtual milliseconds.
const GAP_MS: u64 = 3000;

/// How long a job takes, in virtual milliseconds, and what comes of it.
type Job = (u64, Result<u32, String>);

type Running = Pin<Box<dyn Future<Output = Result<u32, String>> + Send>>;

/// What is over in the order of `ends`: `n` for a job that succeeds as the nth, `-n` for one that fails.
/// No two end in one millisecond, and where in the list each stands is drawn.
fn jobs(lab: &Lab, ends: &[i64]) -> Vec<Job> {
    let job = |nth: &i64| {
        let soonest_ms = nth.unsigned_abs() * 300;
        let takes_ms = lab.draw("takes", soonest_ms, soonest_ms - 200..=soonest_ms + 90);
        let value = lab.draw("value", nth.unsigned_abs() * 11, 1..=999);
        let value = u32::try_from(value).expect("a small number");
        let outcome = if *nth < 0 {
            Err(format!("Error {value}"))
        } else {
            Ok(value)
        };
        (takes_ms, outcome)
    };
    let mut jobs: Vec<Job> = ends.iter().map(job).collect();
    if let Some(last) = jobs.len().checked_sub(1) {
        let turn = lab.draw("turn", 0, 0..=last as u64);
        jobs.rotate_left(usize::try_from(turn).expect("a place in the list"));
    }
    jobs
}

/// The jobs, as calls of a service of this name, labelled with their places.
fn running(lab: &Lab, scene: &str, jobs: &[Job]) -> Vec<Running> {
    lab.note(scene, jobs);
    let service = lab.service(&format!("{scene} job"));
    let running = jobs.iter().enumerate().map(|(place, (ms, outcome))| {
        Box::pin(service.call(&place.to_string(), *ms, outcome.clone())) as Running
    });
    running.collect()
}

/// The first `wait` for these jobs.
async fn waits_for(lab: &Lab, scene: &str, jobs: &[Job], when: When) -> Pending {
    let jobs = running(lab, scene, jobs);
    lab.note(&format!("{scene} waited"), &when);
    let (done, pending) = wait(jobs, when).await;
    lab.note(&format!("{scene} returned"), (done, pending.places()));
    pending
}

/// Another `wait` for what is pending.
async fn waits_again(lab: &Lab, scene: &str, pending: Pending, when: When) -> Pending {
    lab.note(&format!("{scene} waited"), &when);
    let (done, pending) = pending.wait(when).await;
    lab.note(&format!("{scene} returned"), (done, pending.places()));
    pending
}

/// One `wait`, whose pending jobs are cancelled at last.
async fn waits(lab: &Lab, scene: &str, ends: &[i64], when: When) {
    let pending = waits_for(lab, scene, &jobs(lab, ends), when).await;
    pending.cancel().await;
    lab.sleep(GAP_MS).await;
}

async fn cancels(lab: &Lab, scene: &str, pending: Pending) {
    lab.note(&format!("{scene} cancelled"), ());
    pending.cancel().await;
    lab.sleep(GAP_MS).await;
}

/// The lesson's three, one of which the first fails, and only one.
#[drive]
async fn the_first_is_enough(lab: Lab) {
    waits(&lab, "lesson", &[2, 1, 3], When::FirstCompleted).await;
    waits(&lab, "failing", &[4, 3, -1, 2], When::FirstCompleted).await;
    waits(&lab, "single", &[2], When::FirstCompleted).await;
}

/// The third fails, two do, and none does.
#[drive]
async fn a_failure_is_enough(lab: Lab) {
    waits(&lab, "third", &[5, 1, -3, 4, 2], When::FirstException).await;
    waits(&lab, "two", &[-4, 3, 1, -2], When::FirstException).await;
    waits(&lab, "nobody", &[3, 1, 2], When::FirstException).await;
}

/// One fails and the others go on; and there is nothing to wait for.
#[drive]
async fn all_are_waited_for(lab: Lab) {
    waits(&lab, "all", &[5, 1, -2, 4, -3], When::AllCompleted).await;
    waits(&lab, "none", &[], When::AllCompleted).await;
    waits(&lab, "no first", &[], When::FirstCompleted).await;
}

/// After the first, the caller does something else for a while, and waits again, until nothing is left.
/// Each time, two jobs are over by then: for the next that is over, for a failure, which is one of the
/// two, and for all.
#[drive]
async fn the_pending_run_on(lab: Lab) {
    let jobs = jobs(&lab, &[4, 1, 6, -3, 2, -5, 8, 7]);
    let mut pending = waits_for(&lab, "jobs", &jobs, When::FirstCompleted).await;
    for (until_ms, when) in [
        // Between the ends of the third and of the fourth, wherever they are; and so on.
        (995, When::FirstCompleted),
        (1595, When::FirstException),
        (2195, When::AllCompleted),
    ] {
        lab.sleep(u64::saturating_sub(until_ms, lab.now_ms())).await;
        pending = waits_again(&lab, "jobs", pending, when).await;
    }
    // What a wait left too early is not to blame for being cancelled.
    if !pending.places().is_empty() {
        lab.sleep(GAP_MS).await;
    }
    pending.cancel().await;
}

/// Some are cancelled at once, some after a while, some after another wait.
#[drive]
async fn the_cancelled_are_gone(lab: Lab) {
    let list = jobs(&lab, &[3, 1, 4, 2]);
    let pending = waits_for(&lab, "at once", &list, When::FirstCompleted).await;
    cancels(&lab, "at once", pending).await;

    let list = jobs(&lab, &[-1, 3, 4, 2]);
    let pending = waits_for(&lab, "later", &list, When::FirstException).await;
    lab.sleep(1).await;
    cancels(&lab, "later", pending).await;

    let list = jobs(&lab, &[3, 1, 4, 2]);
    let pending = waits_for(&lab, "again", &list, When::FirstCompleted).await;
    let pending = waits_again(&lab, "again", pending, When::FirstCompleted).await;
    cancels(&lab, "again", pending).await;
}

/// The lesson's three, five, and one alone.
#[drive]
async fn the_counts_are_printed(lab: Lab) {
    for (scene, ends) in [
        ("three", &[2, 1, 3][..]),
        ("five", &[5, 2, 1, 3, 4]),
        ("one", &[1]),
    ] {
        let jobs = running(&lab, scene, &jobs(&lab, ends));
        lab.note(&format!("{scene} waited"), When::FirstCompleted);
        let done = first(jobs).await;
        lab.note(&format!("{scene} returned"), done);
        lab.sleep(GAP_MS).await;
    }
}
