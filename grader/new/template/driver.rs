//! Jobs that take a while. No expected value is in here: a submission's process never knows one.

use std::future::Future;

use contract::both;
use lab::{Lab, drive};

lab::driver!(contract);

/// A job, as a call of a service: it is in the trace from when it is first polled to its answer.
fn job(
    lab: &Lab,
    name: &str,
    takes_ms: u64,
    answer: u32,
) -> impl Future<Output = u32> + Send + use<> {
    let service = lab.service("jobs");
    let call = service.call::<u32, String>(name, takes_ms, Ok(answer));
    async move { call.await.unwrap_or_default() }
}

/// A number that another schedule draws otherwise, so that nothing can be known beforehand.
fn answer(lab: &Lab, name: &str) -> u32 {
    u32::try_from(lab.draw(name, 7, 1..=999)).expect("a small number")
}

/// The second job is done first.
#[drive]
async fn answers_are_in_the_order_of_the_jobs(lab: Lab) {
    let answers = (answer(&lab, "one"), answer(&lab, "other"));
    lab.note("will answer", answers);
    let one = job(&lab, "one", 300, answers.0);
    let other = job(&lab, "other", 100, answers.1);
    lab.note("answered", both(one, other).await);
}

/// How long they take is drawn.
#[drive]
async fn it_takes_as_long_as_the_longer_job(lab: Lab) {
    let one_ms = lab.draw("one takes", 200, 100..=900);
    let other_ms = lab.draw("other takes", 300, 100..=900);
    lab.note("takes", (one_ms, other_ms));
    let (one, other) = (job(&lab, "one", one_ms, 1), job(&lab, "other", other_ms, 2));
    both(one, other).await;
    lab.note("done", ());
}
