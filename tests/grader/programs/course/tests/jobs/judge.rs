//! What must be true of jobs under a limit, most telling finding first.

use judge::{Calls, Findings, Run, judge, ms};

judge::judges!();

const LIMIT: usize = 3;
const JOBS: u64 = 9;

#[judge(
    points = 100,
    title = "three jobs at a time, results in order, nothing left behind",
    hint = "a semaphore, or `buffer_unordered` with each job's index"
)]
fn runs(run: &Run) -> Findings {
    let jobs = run.calls("job");
    jobs.at_most(LIMIT)
        .or_else(|| overlap(&jobs))
        .or_else(|| every_place_is_used(&jobs))
        .or_else(|| run.nothing_runs_after("returned"))
        .or_else(|| results(run))
        .or_else(|| returns_in_time(run, &jobs))
}

fn overlap(jobs: &Calls) -> Findings {
    let took = ended_ms(jobs);
    let (peak, _) = jobs.peak();
    let message = format!("the jobs took {}, one after another", ms(took));
    Findings::unless(peak != 1, "too-sequential", message).expected("three jobs at a time")
}

fn every_place_is_used(jobs: &Calls) -> Findings {
    let last_began_ms = jobs.iter().map(|job| job.began_ms).max().unwrap_or(0);
    jobs.at_least(last_began_ms, |_| LIMIT)
}

fn results(run: &Run) -> Findings {
    let mut results: Vec<u64> = run.notes("returned").value();
    let expected: Vec<_> = (0..JOBS).collect();
    let got = format!("{results:?}");
    let in_order = results == expected;
    results.sort_unstable();
    if results != expected {
        return run.notes("returned").equals(&expected);
    }
    let message = "the results are not in the order of the jobs";
    Findings::unless(in_order, "wrong-order", message)
        .expected(format!("{expected:?}"))
        .got(got)
}

fn returns_in_time(run: &Run, jobs: &Calls) -> Findings {
    let ended = ended_ms(jobs);
    run.notes("returned").no_later_than("the answer", |_| ended)
}

fn ended_ms(jobs: &Calls) -> u64 {
    let ends = jobs.iter().filter_map(|job| job.closed);
    ends.map(|(at_ms, _)| at_ms).max().unwrap_or(0)
}
