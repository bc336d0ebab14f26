//! What must be true of jobs of which some are waited for.
//!
//! Times in messages count from the `wait` that started the jobs.

mod scene;

use std::collections::BTreeSet;

use judge::{Closing, Findings, Run, judge, ms};
use serde_json::{Value, json};

use scene::{Job, Scene, Wait};

judge::judges!();

/// One example is enough: what the first of them finds that finds anything.
fn first(findings: impl IntoIterator<Item = Findings>) -> Findings {
    let mut findings = findings.into_iter();
    findings.find(|found| !found.is_empty()).unwrap_or_default()
}

/// Every wait of these scenes returns when it is due, with what is done then and what is pending.
fn waits_are_right<const N: usize>(run: &Run, names: [&str; N]) -> Findings {
    first(names.map(|name| {
        let scene = Scene::of(run, name);
        let mut places = scene.places();
        let waits = Wait::all(run, name);
        first(waits.iter().map(|wait| {
            let found = is_right(&scene, wait, &places);
            places.retain(|place| scene.jobs[*place].end_ms > wait.returned_ms);
            found
        }))
    }))
}

fn is_right(scene: &Scene, wait: &Wait, places: &BTreeSet<usize>) -> Findings {
    let due_ms = scene.due_ms(wait, places);
    begin_at_once(scene)
        .or_else(|| comes_at(scene, wait, due_ms))
        .or_else(|| {
            let over = scene.over(places, due_ms);
            let pending: Vec<usize> = places.difference(&over).copied().collect();
            gives(scene, wait, &done(scene, &over), &pending)
        })
}

/// As a submission gives them.
fn done(scene: &Scene, places: &BTreeSet<usize>) -> Value {
    let done = places.iter().map(|place| &scene.jobs[*place]);
    done.map(|job| json!({"place": job.place, "outcome": job.outcome}))
        .collect()
}

fn begin_at_once(scene: &Scene) -> Findings {
    let began = |job: &Job| job.call.as_ref().map(|call| call.began_ms - scene.began_ms);
    let late = scene.jobs.iter().find(|job| began(job) != Some(0));
    late.map_or_else(Findings::none, |job| {
        let got = began(job).map_or_else(|| "never".to_owned(), |at| format!("at {}", ms(at)));
        let message = format!("job {} did not begin with the call of `wait`", job.place);
        Findings::one("too-sequential", message)
            .expected(format!("job {} begins at 0 ms", job.place))
            .got(got)
            .at_ms(scene.began_ms)
    })
}

fn comes_at(scene: &Scene, wait: &Wait, due_ms: u64) -> Findings {
    let since = |at_ms: u64| ms(at_ms - scene.began_ms);
    let kind = if wait.returned_ms > due_ms {
        "too-late"
    } else {
        "too-early"
    };
    let message = format!(
        "`wait` with `{}` was due at {}, and did not return then",
        wait.when,
        since(due_ms)
    );
    Findings::unless(wait.returned_ms == due_ms, kind, message)
        .expected(format!("return at {}", since(due_ms)))
        .got(format!("return at {}", since(wait.returned_ms)))
        .at_ms(wait.returned_ms)
}

fn gives(scene: &Scene, wait: &Wait, done: &Value, pending: &[usize]) -> Findings {
    let at = ms(wait.returned_ms - scene.began_ms);
    let told = |what: &str, expected: &Value, got: &Value| {
        let message = format!("at {at}, something else is {what}");
        Findings::unless(expected == got, "wrong-value", message)
            .expected(expected)
            .got(got)
            .at_ms(wait.returned_ms)
    };
    told("done", done, &wait.told[0]).or_else(|| told("pending", &json!(pending), &wait.told[1]))
}

#[judge(
    points = 25,
    title = "the first job that is over is enough, wherever it is in the list",
    hint = "all jobs are tasks before the first is waited for: `tokio::spawn`, or a `JoinSet`",
    hint = "`JoinSet::join_next` gives whatever ends next; a failure is an end too",
    hint = "let each task give its place beside its outcome, and keep the set of places that are left"
)]
fn the_first_is_enough(run: &Run) -> Findings {
    waits_are_right(run, ["lesson", "failing", "single"])
}

#[judge(
    points = 20,
    title = "the first failure is enough; without one, all jobs are waited for",
    hint = "go on until an outcome is an `Err`, and keep all that was over before",
    hint = "`while let Some(ended) = tasks.join_next().await`, with a `break` for an `Err`"
)]
fn a_failure_is_enough(run: &Run) -> Findings {
    waits_are_right(run, ["third", "two", "nobody"])
}

#[judge(
    points = 15,
    title = "all jobs are waited for, whoever fails, and none at once",
    hint = "for `AllCompleted` an outcome is an outcome: no `?`, no `break`",
    hint = "an empty `JoinSet` gives `None` at once; a `select` of nothing never ends"
)]
fn all_are_waited_for(run: &Run) -> Findings {
    waits_are_right(run, ["all", "none", "no first"])
}

#[judge(
    points = 20,
    title = "pending jobs run on, and can be waited for again",
    hint = "what only runs while it is polled stands still while nobody waits; a task does not",
    hint = "a `JoinSet` aborts its tasks when it is dropped: keep it in `Pending`",
    hint = "more than one job may be over when `wait` is called again: `try_join_next` gives the others"
)]
fn the_pending_run_on(run: &Run) -> Findings {
    let scene = Scene::of(run, "jobs");
    let ends = scene.jobs.iter().map(|job| {
        let message = format!("job {} did not run on to its end", job.place);
        let closed = job.call.as_ref().and_then(|call| call.closed);
        let ended =
            closed.is_some_and(|(at_ms, how)| at_ms == job.end_ms && how != Closing::Dropped);
        Findings::unless(ended, "wrong-value", message)
            .expected(format!("over at {}", ms(job.end_ms - scene.began_ms)))
            .got(became(&scene, job))
    });
    first(ends).or_else(|| waits_are_right(run, ["jobs"]))
}

/// What became of it, in words.
fn became(scene: &Scene, job: &Job) -> String {
    let Some(call) = &job.call else {
        return "never begun".to_owned();
    };
    match call.closed {
        Some((at_ms, Closing::Dropped)) => format!("dropped at {}", ms(at_ms - scene.began_ms)),
        Some((at_ms, _)) => format!("over at {}", ms(at_ms - scene.began_ms)),
        None => "still under way at the end".to_owned(),
    }
}

#[judge(
    points = 10,
    title = "`cancel` drops the pending jobs",
    hint = "to drop a `JoinHandle` is to let its task run on; `abort` ends it",
    hint = "`JoinSet::shutdown` aborts all of its tasks and waits until they are gone"
)]
fn the_cancelled_are_gone(run: &Run) -> Findings {
    first(["at once", "later", "again"].map(|name| {
        let scene = Scene::of(run, name);
        let cancelled_ms = run.notes(&format!("{name} cancelled")).times()[0];
        first(scene.jobs.iter().map(|job| {
            let pending = job.end_ms > cancelled_ms;
            let closed = job.call.as_ref().and_then(|call| call.closed);
            let right = match closed {
                Some((at_ms, Closing::Dropped)) => pending && at_ms <= cancelled_ms,
                Some(_) => !pending,
                None => false,
            };
            let at = ms(cancelled_ms - scene.began_ms);
            let (message, expected) = if pending {
                let message = format!(
                    "job {} was pending at {at}, and did not end there",
                    job.place
                );
                (message, format!("dropped at {at}"))
            } else {
                let message = format!("job {} did not run to its end", job.place);
                (
                    message,
                    format!("over at {}", ms(job.end_ms - scene.began_ms)),
                )
            };
            let kind = if pending {
                "leaked-task"
            } else {
                "wrong-value"
            };
            Findings::unless(right, kind, message)
                .expected(expected)
                .got(became(&scene, job))
                .at_ms(cancelled_ms)
        }))
    }))
}

#[judge(
    points = 10,
    title = "`first` prints how many are done and pending, and cancels the pending ones",
    hint = "`Done: 1, Pending: 2`, as the lesson prints it",
    hint = "`wait`, `println!`, `pending.cancel().await`, and what was done is the result"
)]
fn the_counts_are_printed(run: &Run) -> Findings {
    let names = ["three", "five", "one"];
    let lines = names.map(|name| {
        let pending = Scene::of(run, name).jobs.len() - 1;
        format!("Done: 1, Pending: {pending}")
    });
    let lines = lines.each_ref().map(String::as_str);
    run.prints(&lines).or_else(|| {
        first(names.map(|name| {
            let scene = Scene::of(run, name);
            first(Wait::all(run, name).iter().map(|wait| {
                let over = scene.over(&scene.places(), scene.due_ms(wait, &scene.places()));
                let expected = done(&scene, &over);
                let message = "`first` gave something else than what was done first";
                Findings::unless(wait.told == expected, "wrong-value", message)
                    .expected(&expected)
                    .got(&wait.told)
                    .at_ms(wait.returned_ms)
                    .or_else(|| all_end_with(&scene, wait.returned_ms))
            }))
        }))
    })
}

/// None of the jobs goes on when `first` has returned.
fn all_end_with(scene: &Scene, returned_ms: u64) -> Findings {
    let goes_on = scene.jobs.iter().find(|job| {
        let closed = job.call.as_ref().and_then(|call| call.closed);
        closed.is_none_or(|(at_ms, _)| at_ms > returned_ms)
    });
    goes_on.map_or_else(Findings::none, |job| {
        let at = ms(returned_ms - scene.began_ms);
        let message = format!("`first` returned at {at}, and job {} went on", job.place);
        Findings::one("leaked-task", message)
            .expected(format!("dropped at {at}"))
            .got(became(scene, job))
            .at_ms(returned_ms)
    })
}
