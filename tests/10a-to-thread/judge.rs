//! What must be true of blocking jobs.

mod jobs;

use judge::{Findings, Run, judge, ms};
use serde_json::{Value, json};

use jobs::{Job, at_least, at_most, first, peak};

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
        .or_else(|| first(jobs.iter().map(Job::gives_its_value_at_once)))
}

#[judge(
    points = 15,
    title = "jobs on tokio's pool run at the same time",
    hint = "tokio's pool has hundreds of threads: no job has to wait for another",
    hint = "start the job, and wait for its own `JoinHandle` only"
)]
fn jobs_overlap(run: &Run) -> Findings {
    let mut jobs = Job::all(run);
    // What a bounded pool does beside it is another check's.
    jobs.retain(|job| job.pool == "tokio's");
    first(jobs.iter().map(Job::begins_at_once))
        .or_else(|| first(jobs.iter().map(Job::gives_its_value_at_once)))
}

/// The bounded pools, and how many places each has.
fn pools(run: &Run) -> Vec<(String, usize)> {
    run.notes("threads").values()
}

#[judge(
    points = 25,
    title = "a bounded pool has no more jobs than places, and no free place while a job waits",
    hint = "wait for a place before the job gets a thread: a semaphore counts places",
    hint = "`Arc<Semaphore>` and `acquire_owned`: the permit can move into the job"
)]
fn the_pool_is_full_and_never_fuller(run: &Run) -> Findings {
    first(pools(run).into_iter().map(|(pool, threads)| {
        let mut jobs = Job::all(run);
        jobs.retain(|job| job.pool == pool);
        at_most(&jobs, threads)
            .or_else(|| at_least(&jobs, threads))
            .or_else(|| first(jobs.iter().map(Job::gives_its_value_at_once)))
    }))
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
    let at_once = |names: &str| {
        let theirs = jobs.iter().filter(|job| job.name.starts_with(names));
        theirs
            .filter(|job| job.began_ms == Some(job.came_ms))
            .count()
    };
    let (before, again) = (at_once("before"), at_once("again"));
    let kept = Findings::unless(again >= before, "underused", "a panic has kept its place")
        .expected(format!("{before}, as before the panics"))
        .got(format!("{again} begin at once"))
        .at_ms(run.notes("again").times()[0]);
    texts.or_else(|| kept)
}

#[judge(
    points = 20,
    title = "a job that has begun goes on without its caller, and keeps its place; one that has not never begins",
    hint = "nothing can stop a thread from outside: whoever drops the future leaves the job running",
    hint = "a permit that the caller holds is free when the caller goes, and the job is still there",
    hint = "move the permit into the job: `move || { let _place = place; job() }`"
)]
fn a_job_goes_on_without_its_caller(run: &Run) -> Findings {
    let (came_ms, went_ms) = (run.notes("come").times()[0], run.notes("went").times()[0]);
    let (before, jobs): (Vec<_>, Vec<_>) =
        (Job::all(run).into_iter()).partition(|job| job.came_ms < came_ms);
    let (left, behind): (Vec<_>, Vec<_>) = jobs.iter().partition(|job| job.came_ms < went_ms);
    let late = first(left.iter().map(|job| never_begins_after(job, went_ms)));
    let ends = first(left.iter().map(|job| comes_to_its_end(job, went_ms)));
    // A pool that had more places than it should while nobody went is another check's.
    let places = peak(&before).max(pools(run)[0].1);
    late.or_else(|| ends)
        .or_else(|| at_most(&jobs, places))
        .or_else(|| first(behind.iter().map(|job| job.gives_its_value())))
}

fn never_begins_after(job: &Job, went_ms: u64) -> Findings {
    let Some(began_ms) = job.began_ms.filter(|began_ms| *began_ms > went_ms) else {
        return Findings::none();
    };
    let message = format!("{} began when its caller was gone", job.name);
    Findings::one("wrong-value", message)
        .expected("it never begins")
        .got(format!("it begins at {}", ms(began_ms)))
        .at_ms(went_ms)
}

fn comes_to_its_end(job: &Job, went_ms: u64) -> Findings {
    let is_cut = job.began_ms.is_some() && job.ended_ms.is_none();
    let message = format!("{} began, and never came to its end", job.name);
    Findings::unless(!is_cut, "wrong-value", message).at_ms(went_ms)
}
