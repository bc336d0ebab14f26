//! What must be true of tasks that end badly.

mod jobs;

use judge::{Closing, Findings, Run, judge, ms};
use serde_json::Value;

use jobs::{Job, in_rust, what_came_out};

judge::judges!();

#[judge(
    points = 30,
    title = "a value, an error, a panic and a cancellation are told apart",
    hint = "`task.await` is a `Result` of a `Result`: the outer one is tokio's word, the inner one the task's",
    hint = "a `JoinError` is a panic or a cancellation: `is_panic` tells, `try_into_panic` takes the payload",
    hint = "the payload of `panic!(\"literal\")` is a `&str`, that of `panic!(\"{n}\")` a `String`: look for both \
            with `downcast_ref`"
)]
fn tells_how_a_task_ended(run: &Run) -> Findings {
    each_is(run, "caught", Job::caught, in_rust)
}

/// What `function` gave for each job is what `due` says of the job.
fn each_is(
    run: &Run,
    function: &str,
    due: fn(&Job) -> Value,
    words: fn(&Value) -> String,
) -> Findings {
    let given = run.notes(function);
    let all = Job::all(run).into_iter().zip(given.iter());
    all.map(|(job, given)| {
        let due = due(&job);
        let message = format!("`{function}` gives something else for a task that {job}");
        Findings::unless(given.value == due, "wrong-value", message)
            .expected(words(&due))
            .got(words(&given.value))
            .at_ms(given.at_ms)
    })
    .find(|found| !found.is_empty())
    .unwrap_or_default()
}

#[judge(
    points = 15,
    title = "the answer is there when the task has ended, and not before",
    hint = "a `JoinHandle` is a future: `task.await` is all the waiting there is",
    hint = "`block_on` and `std::thread::sleep` hold the thread that the task needs"
)]
fn answers_when_the_task_has_ended(run: &Run) -> Findings {
    let answers = run.notes("answer").times();
    let called = run.notes("job").times();
    let in_time = Job::all(run)
        .iter()
        .zip(called)
        .zip(answers)
        .map(|((job, called_ms), answered_ms)| {
            let took_ms = answered_ms - called_ms;
            let kind = if took_ms < job.takes_ms {
                "too-early"
            } else {
                "too-late"
            };
            let message = format!("the answer of a task that {job}");
            Findings::unless(took_ms == job.takes_ms, kind, message)
                .expected(format!("after {}", ms(job.takes_ms)))
                .got(format!("after {}", ms(took_ms)))
                .at_ms(answered_ms)
        })
        .find(|found| !found.is_empty())
        .unwrap_or_default();
    let asked_ms = run.notes("asked").times()[0];
    let told_ms = run.notes("late answer").times()[0];
    run.never_blocks().or_else(|| in_time).or_else(|| {
        let message = "a task that was long done was waited for";
        Findings::unless(told_ms == asked_ms, "too-late", message)
            .expected("the answer at once")
            .got(format!("after another {}", ms(told_ms - asked_ms)))
            .at_ms(told_ms)
    })
}

#[judge(
    points = 20,
    title = "a panic goes on to whoever cannot handle it, with its payload",
    hint = "a panic is a bug of the task; to make an `Err` of it is to hide it",
    hint = "`std::panic::resume_unwind` goes on with a payload as it is; `panic!` would make a new one"
)]
fn a_panic_goes_on(run: &Run) -> Findings {
    each_is(run, "passed_on", Job::passed_on, what_came_out)
}

#[judge(
    points = 20,
    title = "a job that nobody waits for does not end badly unseen",
    hint = "whoever drops a `JoinHandle` never hears how the task ended",
    hint = "a job cannot print a line behind its own panic: a second task can, which awaits the first",
    hint = "`tokio::spawn(async move { match caught(task).await { .. } })`"
)]
fn nothing_ends_unseen(run: &Run) -> Findings {
    let mut printed = run.printed();
    let began = run.notes("job").times();
    let calls = run.calls("job");
    for (job, began_ms) in Job::all(run).iter().zip(began) {
        let due_ms = began_ms + job.takes_ms;
        // Whether the handle cancels a job is another check's.
        let Some(line) = job.line().filter(|_| job.ends_at(due_ms, &calls)) else {
            continue;
        };
        let there = printed
            .iter()
            .position(|(_, other)| *other == line || job.is_told_without_its_message(other));
        let said_ms = there.map(|at| printed.remove(at).0);
        if said_ms != Some(due_ms) {
            return Findings::one(
                "wrong-output",
                format!(
                    "a job in the background {job}, and the line about it is wrong or not there"
                ),
            )
            .expected(format!("{line:?} at {}", ms(due_ms)))
            .got(what_is_said(job, said_ms, &printed))
            .at_ms(due_ms);
        }
    }
    one_too_many(&printed)
        .or_else(|| starts_at_once(run))
        .or_else(|| run.no_panic_is_swallowed())
}

/// The line when it is said at another time, or another one about the job.
fn what_is_said(job: &Job, said_ms: Option<u64>, printed: &[(u64, String)]) -> String {
    let of_job = |(_, line): &&(u64, String)| line.starts_with(job.name.as_str());
    match (said_ms, printed.iter().find(of_job)) {
        (Some(at_ms), _) => format!("at {}", ms(at_ms)),
        (None, Some((at_ms, other))) => format!("{other:?} at {}", ms(*at_ms)),
        (None, None) => "no line".to_owned(),
    }
}

fn one_too_many(left: &[(u64, String)]) -> Findings {
    left.first().map_or_else(Findings::none, |(at_ms, line)| {
        Findings::one("wrong-output", "a line is one too many")
            .expected("one line for each job that ended badly")
            .got(format!("{line:?} as well"))
            .at_ms(*at_ms)
    })
}

/// `in_background` returns before anything has time to happen, and all jobs begin then.
fn starts_at_once(run: &Run) -> Findings {
    let started_ms = run.notes("started").times()[0];
    let calls = run.calls("job");
    let late = calls.iter().find(|call| call.began_ms > 0);
    let blocked = run.never_blocks();
    let message = "`in_background` took its time";
    blocked
        .or_else(|| Findings::unless(started_ms == 0, "too-late", message).got(ms(started_ms)))
        .or_else(|| {
            late.map_or_else(Findings::none, |call| {
                Findings::one("too-late", format!("job {} began late", call.label))
                    .expected("0 ms")
                    .got(ms(call.began_ms))
            })
        })
}

#[judge(
    points = 15,
    title = "whoever has the handle can cancel the job, and only the job",
    hint = "with two tasks there are two handles: which of them ends the job?",
    hint = "`JoinHandle::abort_handle` of the job's own task, before the handle moves into the other"
)]
fn the_handle_cancels_the_job(run: &Run) -> Findings {
    let cancelled_ms = run.notes("cancelled").times()[0];
    let calls = run.calls("job");
    for name in ["left", "middle", "right"] {
        let call = calls.iter().find(|call| call.label == name);
        let ended = call.and_then(|call| call.closed);
        let due = if name == "middle" {
            (cancelled_ms, Closing::Dropped)
        } else {
            (600, Closing::Answered)
        };
        if ended != Some(due) {
            let message = format!(
                "the middle one of three jobs was cancelled, and job {name} has another end"
            );
            return Findings::one("wrong-value", message)
                .expected(in_words(Some(due)))
                .got(in_words(ended))
                .at_ms(cancelled_ms);
        }
    }
    Findings::none()
}

fn in_words(ended: Option<(u64, Closing)>) -> String {
    match ended {
        None => "it never ended".to_owned(),
        Some((at_ms, Closing::Dropped)) => format!("dropped at {}", ms(at_ms)),
        Some((at_ms, _)) => format!("done at {}", ms(at_ms)),
    }
}
