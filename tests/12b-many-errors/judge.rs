//! What must be true of several outcomes.

mod scene;

use judge::{Findings, Run, count, judge, ms, nth};

use scene::{Outcome, Scene};

judge::judges!();

/// One example is enough: what the first scene finds that finds anything.
fn in_each(run: &Run, holds: impl Fn(&Scene) -> Findings) -> Findings {
    let mut findings = Scene::all(run).into_iter().map(|scene| holds(&scene));
    findings.find(|found| !found.is_empty()).unwrap_or_default()
}

#[judge(
    points = 25,
    title = "every task is waited for, whatever the others do",
    hint = "`?` and `try_join!` leave at the first error; what was not awaited then runs on alone",
    hint = "await each handle, keep each answer, and look at them when you have them all"
)]
fn waits_for_every_task(run: &Run) -> Findings {
    in_each(run, |scene| {
        let (ended_ms, returned_ms) = (scene.last_end_ms(), scene.returned_ms);
        let message = format!("{}: `outcomes` returned", scene.setting());
        let kind = if returned_ms < ended_ms {
            "too-early"
        } else {
            "too-late"
        };
        Findings::unless(returned_ms == ended_ms, kind, message)
            .expected(format!(
                "after {}, when the last task had ended",
                ms(ended_ms)
            ))
            .got(format!("after {}", ms(returned_ms)))
            .at_ms(scene.began_ms + returned_ms)
            .or_else(|| has_as_many(scene))
    })
    .or_else(|| run.no_panic_is_swallowed())
}

fn has_as_many(scene: &Scene) -> Findings {
    let (tasks, outcomes) = (scene.jobs.len(), scene.outcomes.len());
    let message = format!("{}: not every task has its outcome", scene.setting());
    Findings::unless(tasks == outcomes, "wrong-value", message)
        .expected(count(tasks, "outcome"))
        .got(count(outcomes, "outcome"))
}

#[judge(
    points = 30,
    title = "success, error, panic and cancellation are told apart",
    hint = "awaiting a handle gives a `Result` in a `Result`: the outer one is the task's, the inner one the job's",
    hint = "a `JoinError` knows which of two it is: `is_panic()`, `is_cancelled()`",
    hint = "`into_panic()` gives the payload: a `&'static str`, a `String`, or anything else; `downcast_ref` asks which"
)]
fn tells_the_outcomes_apart(run: &Run) -> Findings {
    in_each(run, |scene| has_as_many(scene).or_else(|| are_right(scene)))
}

/// The outcomes that there are, as a heap: in which order they come is another check's.
fn are_right(scene: &Scene) -> Findings {
    let mut left = scene.outcomes.clone();
    let missing = scene.jobs.iter().find(|job| {
        let at = left.iter().position(|outcome| job.may_be(outcome));
        at.map(|at| left.remove(at)).is_none()
    });
    let Some(job) = missing else {
        return Findings::none();
    };
    let got = match &left[..] {
        [] => "nothing else".to_owned(),
        [first, ..] => format!("{first:?}"),
    };
    Findings::one(
        "wrong-value",
        format!("{}: of `{}`", scene.setting(), job.name),
    )
    .expected(job.expected())
    .got(got)
    .at_ms(scene.began_ms + scene.returned_ms)
}

#[judge(
    points = 15,
    title = "the outcomes have the order of the tasks",
    hint = "a `JoinSet` and `FuturesUnordered` give answers as they come; `join_all` keeps the order",
    hint = "awaiting the handles one after another takes no longer: the tasks run all the same"
)]
fn keeps_the_order_of_the_tasks(run: &Run) -> Findings {
    in_each(run, |scene| {
        let pairs = scene.jobs.iter().zip(&scene.outcomes).zip(1..);
        let mut wrong = pairs.filter(|((job, outcome), _)| !job.may_be(outcome));
        let misplaced = wrong.next().map(|((job, outcome), number)| {
            let message = format!(
                "{}: the {} outcome is not that of `{}`",
                scene.setting(),
                nth(number),
                job.name
            );
            Findings::one("wrong-order", message)
                .expected(job.expected())
                .got(format!("{outcome:?}"))
                .at_ms(scene.began_ms + scene.returned_ms)
        });
        has_as_many(scene).or_else(|| misplaced.unwrap_or_default())
    })
}

#[judge(
    points = 10,
    title = "all jobs start at once, and need nobody to run",
    hint = "a future does nothing until somebody polls it; a spawned task runs by itself",
    hint = "`tokio::spawn` for each job, before you await any of them"
)]
fn starts_all_at_once(run: &Run) -> Findings {
    let jobs = run.calls("job");
    let scene = &Scene::all(run)[0];
    let late = jobs.iter().find(|job| job.began_ms > scene.began_ms);
    let started = |number: usize| format!("{} of {}", number, count(scene.jobs.len(), "job"));
    if let Some(late) = late {
        return Findings::one(
            "too-sequential",
            format!("`{}` did not start with the others", late.label),
        )
        .expected("every job at 0 ms")
        .got(format!("at {}", ms(late.began_ms - scene.began_ms)))
        .at_ms(late.began_ms);
    }
    Findings::unless(
        jobs.len() == scene.jobs.len(),
        "wrong-value",
        "not every job was started",
    )
    .expected(started(scene.jobs.len()))
    .got(started(jobs.len()))
    .or_else(|| are_right(scene))
}

#[judge(
    points = 20,
    title = "the report has a line for each task, and counts the successes",
    hint = "the lines are `NAME: success VALUE`, `NAME: error TEXT`, `NAME: panic TEXT` and `NAME: cancelled`",
    hint = "the lines have the order of the names, whoever was done first"
)]
fn reports_each_task_in_a_line(run: &Run) -> Findings {
    in_each(run, |scene| {
        let lines: Vec<_> = scene.jobs.iter().map(scene::Job::line).collect();
        let printed: Vec<_> = scene.lines.iter().map(|(_, line)| line.clone()).collect();
        let at = (0..lines.len().max(printed.len())).find(|at| lines.get(*at) != printed.get(*at));
        let shown = |line: Option<&String>| {
            line.map_or_else(|| "no such line".to_owned(), |line| format!("{line:?}"))
        };
        let output = at.map_or_else(Findings::none, |at| {
            Findings::one(
                "wrong-output",
                format!(
                    "{}: the {} line of the report",
                    scene.setting(),
                    nth(at as u64 + 1)
                ),
            )
            .expected(
                lines
                    .get(at)
                    .map_or_else(|| "no more lines".to_owned(), |line| format!("{line:?}")),
            )
            .got(shown(printed.get(at)))
        });
        let successes = scene.jobs.iter().filter(|job| job.succeeds()).count();
        let reported = scene.reported.unwrap_or_default();
        output.or_else(|| {
            Findings::unless(
                reported == successes,
                "wrong-value",
                format!("{}: `report` counted", scene.setting()),
            )
            .expected(count(successes, "success"))
            .got(reported)
        })
    })
}

impl scene::Job {
    fn may_be(&self, outcome: &Outcome) -> bool {
        self.outcome().is_none_or(|right| right == *outcome)
            && (self.outcome().is_some() || matches!(outcome, Outcome::Panic(_)))
    }

    fn expected(&self) -> String {
        self.outcome().map_or_else(
            || "Panic(…), with any text".to_owned(),
            |outcome| format!("{outcome:?}"),
        )
    }
}
