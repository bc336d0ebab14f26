//! Operations that are in time, and operations that are not. No expected value is in here.

use std::future::Future;
use std::time::Duration;

use contract::{attempts, report, wait_but_let_run, wait_for};
use lab::{Lab, drive};

lab::driver!(contract);

/// Longer than any operation here, in virtual milliseconds.
const GAP_MS: u64 = 15_000;

/// An operation of a scene: how long it takes, in virtual milliseconds, and what it gives.
type Operation = (u64, u32);

/// Notes what a scene is: its operation and its limit in virtual milliseconds, if it has one.
fn scene(lab: &Lab, name: &str, takes_ms: u64, limit_ms: Option<u64>) -> Operation {
    let value = u32::try_from(lab.draw("value", 7, 1..=999)).expect("a small number");
    lab.note(name, (takes_ms, value, limit_ms));
    (takes_ms, value)
}

/// As a call of a service of this name.
fn running(
    lab: &Lab,
    name: &str,
    label: &str,
    (takes_ms, value): Operation,
) -> impl Future<Output = u32> + Send + use<> {
    let service = lab.service(&format!("{name} operation"));
    let call = service.call::<u32, String>(label, takes_ms, Ok(value));
    async move { call.await.unwrap_or_default() }
}

async fn waits(lab: &Lab, name: &str, takes_ms: u64, limit_ms: Option<u64>) {
    let operation = running(lab, name, "", scene(lab, name, takes_ms, limit_ms));
    let result = wait_for(operation, limit_ms.map(Duration::from_millis)).await;
    lab.note(&format!("{name} returned"), result);
    lab.sleep(GAP_MS).await;
}

/// Half of the limit, one millisecond less than it, no time at all, and a long time without a limit.
#[drive]
async fn who_is_in_time_is_answered(lab: Lab) {
    let limit_ms = lab.draw("limit", 2000, 500..=3000);
    waits(&lab, "half", limit_ms / 2, Some(limit_ms)).await;
    waits(&lab, "just", limit_ms - 1, Some(limit_ms)).await;
    waits(&lab, "ready", 0, Some(limit_ms)).await;
    waits(&lab, "no limit", 10_000 + limit_ms, None).await;
}

/// The lesson's operation, one that takes a millisecond too long, and one that never ends.
#[drive]
async fn who_is_not_in_time_is_not_waited_for(lab: Lab) {
    let limit_ms = lab.draw("limit", 2000, 500..=3000);
    waits(&lab, "lesson", 10_000, Some(limit_ms)).await;
    waits(&lab, "just", limit_ms + 1, Some(limit_ms)).await;
    let short_ms = lab.draw("short", 50, 5..=90);
    waits(&lab, "short", 20_000, Some(short_ms)).await;
}

/// The limit ends one operation; the caller gives up on another, with a limit and without.
#[drive]
async fn its_time_over_it_is_cancelled(lab: Lab) {
    let limit_ms = lab.draw("limit", 2000, 500..=3000);
    waits(&lab, "limit", 10_000, Some(limit_ms)).await;
    let given_up_ms = lab.draw("given up", 300, 100..=400);
    for (name, limit_ms) in [("given up", Some(limit_ms)), ("given up, no limit", None)] {
        let operation = running(&lab, name, "", scene(&lab, name, 10_000, limit_ms));
        let limit = limit_ms.map(Duration::from_millis);
        let waiting = lab.spawn(async move { wait_for(operation, limit).await.is_ok() });
        lab.sleep(given_up_ms).await;
        lab.note(&format!("{name} dropped"), ());
        waiting.cancel();
        lab.sleep(GAP_MS).await;
    }
}

/// One that is not in time, and one that is.
#[drive]
async fn it_runs_on_where_it_shall(lab: Lab) {
    let limit_ms = lab.draw("limit", 2000, 500..=3000);
    for (name, takes_ms) in [("late", 10_000), ("in time", limit_ms / 2)] {
        let operation = running(&lab, name, "", scene(&lab, name, takes_ms, Some(limit_ms)));
        let result = wait_but_let_run(operation, Duration::from_millis(limit_ms)).await;
        lab.note(&format!("{name} returned"), result);
        lab.sleep(GAP_MS).await;
    }
}

/// The third attempt is in time, all are too slow, and the first is in time.
#[drive]
async fn every_attempt_has_a_limit_of_its_own(lab: Lab) {
    let limit_ms = lab.draw("limit", 500, 300..=900);
    let slow_ms = lab.draw("slow", 1300, 901..=2000);
    let quick_ms = lab.draw("quick", 200, 100..=290);
    for (name, takes) in [
        ("third", vec![slow_ms, slow_ms, quick_ms, quick_ms]),
        ("all slow", vec![slow_ms; 3]),
        ("first", vec![quick_ms; 3]),
    ] {
        let value = u32::try_from(lab.draw("value", 7, 1..=999)).expect("a small number");
        lab.note(name, (&takes, value, limit_ms));
        let number = u32::try_from(takes.len()).expect("a few attempts");
        let operation = {
            let (lab, takes) = (lab.clone(), takes.clone());
            async move |attempt: u32| {
                let at = usize::try_from(attempt)
                    .expect("a small number")
                    .wrapping_sub(1);
                let takes_ms = takes.get(at).copied().unwrap_or(1);
                let given = value + attempt;
                running(&lab, name, &attempt.to_string(), (takes_ms, given)).await
            }
        };
        let result = attempts(number, Duration::from_millis(limit_ms), operation).await;
        lab.note(&format!("{name} returned"), result);
        lab.sleep(GAP_MS).await;
    }
}

/// The lesson's operation, then one that is done in time.
#[drive]
async fn it_is_printed(lab: Lab) {
    let limit_ms = lab.draw("limit", 2000, 500..=3000);
    let number = lab.draw("number", 1, 1..=99);
    for takes_ms in [10_000, limit_ms / 2, limit_ms - 1] {
        lab.note("operation", (takes_ms, number));
        let call = lab
            .service("printed")
            .call::<_, String>("", takes_ms, Ok(number));
        let operation = async move { format!("Done {}", call.await.unwrap_or_default()) };
        report(operation, Duration::from_millis(limit_ms)).await;
        lab.note("returned", limit_ms);
        lab.sleep(GAP_MS).await;
    }
}
