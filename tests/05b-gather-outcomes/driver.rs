//! Jobs, some of which fail. No expected value is in here.

use std::pin::Pin;

use contract::{or_cancel, or_run_on, outcomes, summary};
use lab::{Lab, drive};

lab::driver!(contract);

/// Longer than any job here, in virtual milliseconds.
const GAP_MS: u64 = 2000;

/// How long a job takes, in virtual milliseconds, and what comes of it.
type Job = (u64, Result<u32, String>);

type Running = Pin<Box<dyn Future<Output = Result<u32, String>> + Send>>;

/// The jobs, as calls of a service of this name.
fn jobs(lab: &Lab, scene: &str, jobs: &[Job]) -> Vec<Running> {
    lab.note(scene, jobs);
    let service = lab.service(&format!("{scene} job"));
    let running = jobs.iter().zip(1..).map(|((ms, outcome), number)| {
        let call = service.call(&number.to_string(), *ms, outcome.clone());
        Box::pin(call) as Running
    });
    running.collect()
}

/// A job that succeeds after about so long.
fn done(lab: &Lab, ms: u64) -> Job {
    let value = u32::try_from(lab.draw("value", ms / 10, 1..=999)).expect("a small number");
    (lab.draw("done", ms, 400..=1500), Ok(value))
}

/// A job that fails after so long.
fn failed(lab: &Lab, ms: u64) -> Job {
    const ERRORS: [&str; 4] = ["Error!", "refused", "no such page", "out of luck"];
    let error = lab.draw("error", 0, 0..=3);
    let error = ERRORS[usize::try_from(error).expect("four errors")];
    // Two errors of one scene differ.
    (ms, Err(format!("{error} ({ms})")))
}

/// The lesson's three jobs, then one of which the last is done first, then none.
#[drive]
async fn outcomes_are_values(lab: Lab) {
    let lesson = [done(&lab, 1000), failed(&lab, 0), done(&lab, 1000)];
    lab.note(
        "lesson returned",
        outcomes(jobs(&lab, "lesson", &lesson)).await,
    );
    let soon = lab.draw("soon", 150, 1..=300);
    let mixed = [
        done(&lab, 900),
        done(&lab, 700),
        failed(&lab, soon),
        done(&lab, 500),
        failed(&lab, soon + 30),
    ];
    lab.note(
        "mixed returned",
        outcomes(jobs(&lab, "mixed", &mixed)).await,
    );
    lab.note("none returned", outcomes(jobs(&lab, "none", &[])).await);
}

/// Failures early and late, among twenty that succeed.
#[drive]
async fn a_failure_stops_nobody(lab: Lab) {
    let soon = lab.draw("soon", 150, 1..=300);
    let late = lab.draw("late", 1200, 500..=1400);
    let mut many: Vec<Job> = (0..20).map(|n| done(&lab, 500 + 40 * n)).collect();
    many.insert(3, failed(&lab, late));
    many.insert(7, failed(&lab, soon));
    many.insert(11, failed(&lab, 0));
    let outcomes = outcomes(jobs(&lab, "all", &many)).await;
    lab.note("all returned", outcomes.len());
    lab.sleep(GAP_MS).await;
}

/// Two that fail, the later one first in the list.
fn two_failures(lab: &Lab) -> Vec<Job> {
    let soon = lab.draw("soon", 150, 1..=300);
    vec![
        done(lab, 900),
        failed(lab, soon + 60),
        done(lab, 600),
        failed(lab, soon),
        done(lab, 400),
    ]
}

/// Nobody of so many fails; the slowest is neither first nor last.
fn no_failure(lab: &Lab, number: u64) -> Vec<Job> {
    let jobs = 1..=number;
    jobs.map(|n| done(lab, 400 + 7 * n % 30 * 30)).collect()
}

#[drive]
async fn the_first_failure_is_the_answer(lab: Lab) {
    let failing = two_failures(&lab);
    let succeeding = no_failure(&lab, 30);

    let result = or_run_on(jobs(&lab, "or_run_on", &failing)).await;
    lab.note("or_run_on returned", result);
    lab.sleep(GAP_MS).await;
    let result = or_run_on(jobs(&lab, "or_run_on without", &succeeding)).await;
    lab.note("or_run_on without returned", result);

    let result = or_cancel(jobs(&lab, "or_cancel", &failing)).await;
    lab.note("or_cancel returned", result);
    lab.sleep(GAP_MS).await;
    let result = or_cancel(jobs(&lab, "or_cancel without", &succeeding)).await;
    lab.note("or_cancel without returned", result);
}

/// One fails at once, as in the lesson; then two do after a while.
#[drive]
async fn the_others_run_on(lab: Lab) {
    let lesson = [done(&lab, 1000), failed(&lab, 0), done(&lab, 1000)];
    let result = or_run_on(jobs(&lab, "lesson", &lesson)).await;
    lab.note("lesson returned", result.is_ok());
    lab.sleep(GAP_MS).await;
    let result = or_run_on(jobs(&lab, "later", &two_failures(&lab))).await;
    lab.note("later returned", result.is_ok());
    lab.sleep(GAP_MS).await;
}

/// One fails at once, as in the lesson; then two do after a while.
#[drive]
async fn the_others_are_cancelled(lab: Lab) {
    let lesson = [done(&lab, 1000), failed(&lab, 0), done(&lab, 1000)];
    let result = or_cancel(jobs(&lab, "lesson", &lesson)).await;
    lab.note("lesson returned", result.is_ok());
    lab.sleep(GAP_MS).await;
    let result = or_cancel(jobs(&lab, "later", &two_failures(&lab))).await;
    lab.note("later returned", result.is_ok());
    lab.sleep(GAP_MS).await;
}

/// One fails, some fail, nobody fails, and nobody is there.
#[drive]
async fn the_summary_tells_each_outcome(lab: Lab) {
    for (scene, list) in [
        (
            "one fails",
            vec![done(&lab, 400), failed(&lab, 0), done(&lab, 400)],
        ),
        ("some fail", two_failures(&lab)),
        ("nobody fails", no_failure(&lab, 3)),
        ("nobody is there", Vec::new()),
    ] {
        summary(jobs(&lab, scene, &list)).await;
        lab.note(&format!("{scene} returned"), ());
        lab.sleep(GAP_MS).await;
    }
}
