//! What must be true of jobs of which some fail.
//!
//! Times in messages count from the call that runs the jobs.

mod scene;

use judge::{Closing, Findings, Run, judge, ms};

use scene::{Job, Outcome, Scene};

judge::judges!();

/// One example is enough: what the first of them finds that finds anything.
fn first(findings: impl IntoIterator<Item = Findings>) -> Findings {
    let mut findings = findings.into_iter();
    findings.find(|found| !found.is_empty()).unwrap_or_default()
}

#[judge(
    points = 20,
    title = "every outcome is a value, in its place",
    hint = "a `Result` is a value like any other: no `?`, which would return at the first error",
    hint = "`join_all` gives the outputs of its futures in their order, and does not look into them"
)]
fn outcomes_are_values(run: &Run) -> Findings {
    first(["lesson", "mixed", "none"].map(|name| {
        let (scene, got) = (Scene::of(run, name), run.notes(&format!("{name} returned")));
        let (expected, got): (_, Vec<Outcome>) = (scene.outcomes(), got.value());
        let same = sorted(&expected) == sorted(&got);
        let (kind, message) = if same {
            (
                "wrong-order",
                "the outcomes are not in the order of the jobs",
            )
        } else {
            ("wrong-value", "the outcomes are not one for each job")
        };
        Findings::unless(got == expected, kind, message)
            .expected(format!("{expected:?}"))
            .got(format!("{got:?}"))
            .at_ms(scene.returned_ms)
    }))
}

fn sorted(outcomes: &[Outcome]) -> Vec<Outcome> {
    let mut outcomes = outcomes.to_vec();
    outcomes.sort();
    outcomes
}

#[judge(
    points = 15,
    title = "`outcomes` begins all jobs at once, and a failure stops none",
    hint = "all jobs are under way at the same time: the longest is the whole wait",
    hint = "after an error there is nothing to do but to keep it and to wait for the others"
)]
fn a_failure_stops_nobody(run: &Run) -> Findings {
    let scene = Scene::of(run, "all");
    begin_at_once(&scene)
        .or_else(|| first(scene.jobs.iter().map(|job| runs_to_its_end(&scene, job))))
        .or_else(|| comes_at(&scene, scene.longest_ms(), "all outcomes were there"))
}

fn begin_at_once(scene: &Scene) -> Findings {
    let began = |job: &Job| job.call.as_ref().map(|call| call.began_ms - scene.began_ms);
    let late = scene.jobs.iter().filter(|job| began(job) != Some(0));
    let late: Vec<&Job> = late.collect();
    let Some(one) = late.first() else {
        return Findings::none();
    };
    let (number, all) = (late.len(), scene.jobs.len());
    let got = began(one).map_or_else(|| "never".to_owned(), |at| format!("at {}", ms(at)));
    Findings::one(
        "too-sequential",
        format!("{number} of {all} jobs did not begin at once"),
    )
    .expected(format!("job {} begins at 0 ms", one.number))
    .got(got)
}

fn runs_to_its_end(scene: &Scene, job: &Job) -> Findings {
    let how = if job.outcome.is_ok() {
        Closing::Answered
    } else {
        Closing::Failed
    };
    let end = (scene.began_ms + job.takes_ms, how);
    let ended = job.call.as_ref().and_then(|call| call.closed);
    let message = format!(
        "job {} did not run to its end, though it was another that failed",
        job.number
    );
    let what = if job.outcome.is_ok() {
        "done"
    } else {
        "failed"
    };
    Findings::unless(ended == Some(end), "wrong-value", message)
        .expected(format!("{what} at {}", ms(job.takes_ms)))
        .got(job.became(scene))
        .at_ms(scene.returned_ms)
}

/// The scene's call returned when this was so.
fn comes_at(scene: &Scene, due_ms: u64, why: &str) -> Findings {
    let took_ms = scene.took_ms();
    let kind = if took_ms > due_ms {
        "too-late"
    } else {
        "too-early"
    };
    let message = format!("{why} at {}, and the call did not return then", ms(due_ms));
    Findings::unless(took_ms == due_ms, kind, message)
        .expected(format!("return at {}", ms(due_ms)))
        .got(format!("return at {}", ms(took_ms)))
        .at_ms(scene.returned_ms)
}

#[judge(
    points = 20,
    title = "the first failure in time is the answer; without one, all values are",
    hint = "the job that fails first need not be the first in the list: do not await the jobs in turn",
    hint = "`try_join_all` returns with the first error of its futures, `JoinSet::join_next` gives \
            whatever ends next"
)]
fn the_first_failure_is_the_answer(run: &Run) -> Findings {
    first(["or_run_on", "or_cancel"].map(|name| {
        let failing = Scene::of(run, name);
        let without = format!("{name} without");
        tells_the_first_failure(run, &failing)
            .or_else(|| gives_all_values(run, &Scene::of(run, &without)))
    }))
}

fn tells_the_first_failure(run: &Run, scene: &Scene) -> Findings {
    let Some(failure) = scene.first_failure() else {
        return Findings::none();
    };
    let name = &scene.name;
    let got: Result<Vec<u32>, String> = run.notes(&format!("{name} returned")).value();
    let expected = failure.outcome.clone().map(|_| Vec::new());
    let why = format!("`{name}`: job {} failed", failure.number);
    let message = format!("{why} first, and is not what was told");
    let told = Findings::unless(got == expected, "wrong-value", message)
        .expected(format!("{expected:?}"))
        .got(format!("{got:?}"))
        .at_ms(scene.returned_ms);
    comes_at(scene, failure.takes_ms, &why).or_else(|| told)
}

fn gives_all_values(run: &Run, scene: &Scene) -> Findings {
    let name = scene.name.trim_end_matches(" without");
    let got: Result<Vec<u32>, String> = run.notes(&format!("{} returned", scene.name)).value();
    let expected: Result<Vec<u32>, String> = scene.outcomes().into_iter().collect();
    let message = format!("`{name}`: no job fails, and the values are other ones");
    let told = Findings::unless(got == expected, "wrong-value", message)
        .expected(format!("{expected:?}"))
        .got(format!("{got:?}"))
        .at_ms(scene.returned_ms);
    let why = format!("`{name}`: all values were there");
    comes_at(scene, scene.longest_ms(), &why).or_else(|| told)
}

#[judge(
    points = 20,
    title = "`or_run_on` leaves the others running when one fails",
    hint = "`try_join_all(jobs)` drops what it has not finished; a task belongs to the runtime",
    hint = "make a task of every job first: one that is dropped before it was spawned never runs",
    hint = "to drop a `JoinHandle` is to let its task run on; a `JoinSet` has `detach_all` for that"
)]
fn the_others_run_on(run: &Run) -> Findings {
    first(["lesson", "later"].map(|name| {
        let scene = Scene::of(run, name);
        first(scene.jobs.iter().map(|job| runs_to_its_end(&scene, job)))
    }))
}

#[judge(
    points = 15,
    title = "`or_cancel` drops the others when one fails",
    hint = "a task runs on when its `JoinHandle` is dropped; a future that you own yourself does not",
    hint = "`try_join_all(jobs)`, or a `JoinSet`, which aborts its tasks when it is dropped"
)]
fn the_others_are_cancelled(run: &Run) -> Findings {
    first(["lesson", "later"].map(|name| {
        let scene = Scene::of(run, name);
        let Some(failure) = scene.first_failure() else {
            return Findings::none();
        };
        let began = scene.jobs.iter().any(|job| job.call.is_some());
        let began = Findings::unless(began, "wrong-value", "no job was begun at all");
        began.or_else(|| {
            first(
                scene
                    .jobs
                    .iter()
                    .map(|job| is_over_by(&scene, job, failure)),
            )
        })
    }))
}

/// At the end of the failure the job is over, or it never began.
fn is_over_by(scene: &Scene, job: &Job, failure: &Job) -> Findings {
    let Some(call) = &job.call else {
        return Findings::none();
    };
    let failed_ms = scene.began_ms + failure.takes_ms;
    let over = call.closed.is_some_and(|(at_ms, _)| at_ms <= failed_ms);
    let message = format!(
        "job {} failed at {}, and job {} went on",
        failure.number,
        ms(failure.takes_ms),
        job.number
    );
    Findings::unless(over, "leaked-task", message)
        .expected(format!("dropped at {}", ms(failure.takes_ms)))
        .got(job.became(scene))
        .at_ms(failed_ms)
}

#[judge(
    points = 10,
    title = "the summary tells each outcome",
    hint = "`match` an outcome into `Ok(value)` and `Err(error)`",
    hint = "the lines are numbered from 1; the last one counts the failures"
)]
fn the_summary_tells_each_outcome(run: &Run) -> Findings {
    let mut lines = Vec::new();
    for name in ["one fails", "some fail", "nobody fails", "nobody is there"] {
        let outcomes = Scene::of(run, name).outcomes();
        let all = outcomes.len();
        let failed = outcomes.iter().filter(|outcome| outcome.is_err()).count();
        lines.push(format!("{all} jobs"));
        let told = outcomes
            .into_iter()
            .zip(1..)
            .map(|(outcome, n)| match outcome {
                Ok(value) => format!("{n}: {value}"),
                Err(error) => format!("{n}: failed: {error}"),
            });
        lines.extend(told);
        lines.push(if failed > 0 {
            format!("{failed} of {all} failed")
        } else {
            "all done".to_owned()
        });
    }
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    run.prints(&lines)
}
