//! What must be true of blocking jobs.

mod jobs;

use judge::{Findings, Run, judge, ms};
use serde_json::{Value, json};

use jobs::{Job, at_least, at_most, first};

judge::judges!();

#[judge(
    points = 25,
    title = "everything else goes on while a blocking job runs",
    hint = "an `async` block around blocking code does not make it wait: it holds the thread all the same",
    hint = "`tokio::task::spawn_blocking` runs a closure on a thread that is there to be blocked"
)]
fn everything_else_goes_on(run: &Run) -> Findings {
    let beats = run.notes("heartbeat").times();
    let late = (1_u64..).zip(&beats).find(|(n, at_ms)| **at_ms != 100 * n);
    let late = late.map_or_else(Findings::none, |(n, at_ms)| {
        Findings::one("too-late", "the heart beats late")
            .expected(ms(100 * n))
            .got(ms(*at_ms))
            .at_ms(*at_ms)
    });
    let jobs = Job::all(run);
    run.never_blocks()
        .or_else(|| late)
        .or_else(|| first(jobs.iter().map(Job::gives_its_value)))
}

#[judge(
    points = 15,
    title = "jobs on tokio's pool run at the same time",
    hint = "tokio's pool has hundreds of threads: no job has to wait for another",
    hint = "start the job, and wait for its own `JoinHandle` only"
)]
fn jobs_overlap(run: &Run) -> Findings {
    let jobs = Job::all(run);
    first(jobs.iter().map(Job::begins_at_once))
        .or_else(|| first(jobs.iter().map(Job::gives_its_value)))
}

fn threads(run: &Run) -> usize {
    run.notes("threads").value()
}

#[judge(
    points = 25,
    title = "a bounded pool has no more jobs than places, and no free place while a job waits",
    hint = "wait for a place before the job gets a thread: a semaphore counts places",
    hint = "`Arc<Semaphore>` and `acquire_owned`: the permit can move into the job"
)]
fn the_pool_is_full_and_never_fuller(run: &Run) -> Findings {
    let (jobs, threads) = (Job::all(run), threads(run));
    at_most(&jobs, threads)
        .or_else(|| at_least(&jobs, threads))
        .or_else(|| first(jobs.iter().map(Job::gives_its_value)))
}

#[judge(
    points = 15,
    title = "a panic comes back as an error, and leaves its place to others",
    hint = "awaiting the `JoinHandle` of a job gives a `JoinError` where the job panicked",
    hint = "the payload of `panic!(\"literal\")` is a `&str`, that of `panic!(\"{n}\")` a `String`: look for both",
    hint = "a permit that the job owns is dropped when the job unwinds"
)]
fn a_panic_comes_back_as_an_error(run: &Run) -> Findings {
    let came: Vec<(String, u64, Value)> = run.notes("panicked").values();
    let times = run.notes("panicked").times();
    let texts = first(came.iter().zip(times).map(|((what, left, result), at_ms)| {
        let text = match what.as_str() {
            "literal" => "out of luck".to_owned(),
            "formatted" => format!("{left} left"),
            _ => "unknown".to_owned(),
        };
        let message = format!("a job panicked with a payload that is a {what}");
        Findings::unless(*result == json!({ "Err": text }), "wrong-value", message)
            .expected(format!("Err({text:?})"))
            .got(result.to_string())
            .at_ms(at_ms)
    }));
    // How many run at a time on a pool where nothing panicked is another check's.
    let jobs = Job::all(run);
    let begin = |job: &&Job| job.began_ms == Some(job.came_ms);
    let at_once = jobs.iter().filter(begin).count();
    texts.or_else(|| {
        Findings::unless(
            at_once >= threads(run),
            "underused",
            "a panic has kept its place",
        )
        .expected(threads(run))
        .got(at_once)
        .at_ms(run.notes("again").times()[0])
    })
}

#[judge(
    points = 20,
    title = "a job that has begun goes on without its caller, and keeps its place; one that has not never begins",
    hint = "nothing can stop a thread from outside: whoever drops the future leaves the job running",
    hint = "a permit that the caller holds is free when the caller goes, and the job is still there",
    hint = "move the permit into the job: `move || { let _place = place; job() }`"
)]
fn a_job_goes_on_without_its_caller(run: &Run) -> Findings {
    let (mut jobs, threads) = (Job::all(run), threads(run));
    let went_ms = run.notes("went").times()[0];
    let began: Vec<_> = jobs.iter().filter(|job| job.came_ms < went_ms).collect();
    let late = began
        .iter()
        .find(|job| job.began_ms.is_some_and(|at_ms| at_ms > went_ms));
    let late = late.map_or_else(Findings::none, |job| {
        let message = format!("{} began when its caller was gone", job.name);
        Findings::one("wrong-value", message)
            .expected("it never begins")
            .got(format!(
                "it begins at {}",
                ms(job.began_ms.unwrap_or(went_ms))
            ))
            .at_ms(went_ms)
    });
    // With more places than it should have from the beginning, a pool is another check's.
    let first_in = began.iter().filter(|job| job.began_ms.is_some()).count();
    jobs.retain(|job| job.came_ms >= went_ms || job.began_ms.is_some());
    let cut = jobs
        .iter()
        .find(|job| job.began_ms.is_some() && job.ended_ms.is_none());
    let cut = cut.map_or_else(Findings::none, |job| {
        let message = format!("{} began, and never came to its end", job.name);
        Findings::one("wrong-value", message).at_ms(went_ms)
    });
    late.or_else(|| cut)
        .or_else(|| at_most(&jobs, threads.max(first_in)))
        .or_else(|| {
            let behind = jobs.iter().filter(|job| job.came_ms >= went_ms);
            first(behind.map(Job::gives_its_value))
        })
}
