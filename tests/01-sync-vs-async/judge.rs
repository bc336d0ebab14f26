//! What must be true of tasks that wait in turn and together.

mod lines;

use std::time::Duration;

use judge::{Findings, Kind, Run, judge, ms};

use lines::{Said, are_the_lines};

judge::judges!();

/// A name, and a wait in virtual milliseconds.
type Task = (String, u64);

fn tasks(run: &Run) -> Vec<Task> {
    run.notes("tasks").value()
}

fn sum_ms(tasks: &[Task]) -> u64 {
    tasks.iter().map(|(_, wait_ms)| wait_ms).sum()
}

fn longest_ms(tasks: &[Task]) -> u64 {
    tasks
        .iter()
        .map(|(_, wait_ms)| *wait_ms)
        .max()
        .unwrap_or_default()
}

/// The driver noted this key at this time, since `rule`.
fn comes_at(run: &Run, key: &str, due_ms: u64, rule: &str) -> Findings {
    let at_ms = run.notes(key).times()[0];
    let kind = if at_ms < due_ms {
        "too-early"
    } else {
        "too-late"
    };
    Findings::unless(at_ms == due_ms, kind, rule)
        .expected(format!("return at {}", ms(due_ms)))
        .got(format!("return at {}", ms(at_ms)))
        .at_ms(at_ms)
}

#[judge(
    points = 15,
    title = "in turn, the waits add up",
    hint = "`task(..).await` in a loop: the next one begins when this one is done",
    hint = "a task prints `NAME starting`, waits, and prints `NAME done`"
)]
fn in_turn_takes_the_sum(run: &Run) -> Findings {
    let tasks = tasks(run);
    let mut from_ms = 0;
    let mut lines = Vec::new();
    for (name, wait_ms) in &tasks {
        lines.push(Said::starting(name, from_ms));
        from_ms += wait_ms;
        lines.push(Said::done(name, from_ms));
    }
    let returned = comes_at(
        run,
        "returned",
        sum_ms(&tasks),
        "one after another, they take the sum of their waits",
    );
    returned.or_else(|| are_the_lines(run, &lines)).or_else(|| {
        comes_at(
            run,
            "none returned",
            sum_ms(&tasks),
            "without tasks, there is nothing to wait for",
        )
    })
}

#[judge(
    points = 25,
    title = "together, the longest wait is the whole wait",
    hint = "a future does nothing before it is polled: to call them all and to await them in turn is to \
            wait in turn",
    hint = "`join_all` of the crate `futures` polls all its futures, whenever one of them may go on"
)]
fn together_takes_the_longest(run: &Run) -> Findings {
    let tasks = tasks(run);
    let began = tasks.iter().map(|(name, _)| Said::starting(name, 0));
    let done = tasks
        .iter()
        .map(|(name, wait_ms)| Said::done(name, *wait_ms));
    let mut lines: Vec<Said> = began.chain(done).collect();
    lines.sort_by_key(|line| line.at_ms);
    let longest_ms = longest_ms(&tasks);
    let rule = "at the same time, they take as long as the longest";
    adds_nothing_up(run, &tasks)
        .or_else(|| comes_at(run, "returned", longest_ms, rule))
        .or_else(|| are_the_lines(run, &lines))
        .or_else(|| {
            comes_at(
                run,
                "none returned",
                longest_ms,
                "without tasks, there is nothing to wait for",
            )
        })
}

/// The whole is not the sum of the waits, be it that the thread was held or that they were waited for in
/// turn.
fn adds_nothing_up(run: &Run, tasks: &[Task]) -> Findings {
    let (at_ms, sum_ms) = (run.notes("returned").times()[0], sum_ms(tasks));
    if at_ms < sum_ms {
        return Findings::none();
    }
    let in_turn = || {
        Findings::one("too-sequential", "the tasks waited one after another")
            .expected(format!("return at {}", ms(longest_ms(tasks))))
            .got(format!("return at {}", ms(at_ms)))
            .at_ms(at_ms)
    };
    run.never_blocks().or_else(in_turn)
}

#[judge(
    points = 15,
    title = "in turn, a wait still leaves the thread to others",
    hint = "`in_turn` need not hold the thread: other tasks of the program run while it waits",
    hint = "`tokio::time::sleep(..).await` waits; `std::thread::sleep` stops the thread"
)]
fn a_wait_leaves_the_thread_to_others(run: &Run) -> Findings {
    let returned_ms = run.notes("returned").times()[0];
    let waited = returned_ms >= longest_ms(&tasks(run));
    let waited =
        Findings::unless(waited, "too-early", "the tasks did not wait").got(ms(returned_ms));
    let beats = run.notes("heartbeat").times();
    let missed = (70..returned_ms)
        .step_by(70)
        .find(|due_ms| !beats.contains(due_ms));
    let stopped = missed.map_or_else(Findings::none, |due_ms| {
        Findings::one("blocked-executor", "other tasks had no turn")
            .expected("a heartbeat every 70 ms")
            .got(format!("none at {}", ms(due_ms)))
            .at_ms(due_ms)
    });
    run.never_blocks().or_else(|| stopped).or_else(|| waited)
}

#[judge(
    points = 15,
    title = "a blocking wait takes the sum again",
    hint = "the same as `together`, but for one line: `std::thread::sleep` in place of tokio's",
    hint = "nothing is spawned onto other threads here: see what one thread does"
)]
fn a_blocking_wait_takes_the_sum_again(run: &Run) -> Findings {
    let tasks = tasks(run);
    let held = run.events().iter().filter_map(|event| match &event.kind {
        Kind::Blocked { ms, .. } => Some(*ms),
        _ => None,
    });
    let (held_ms, sum_ms) = (held.sum::<u64>(), sum_ms(&tasks));
    let message = "the thread was not held for the tasks' waits";
    let held = Findings::unless(held_ms == sum_ms, "wrong-value", message)
        .expected(format!("held for {}", ms(sum_ms)))
        .got(format!("held for {}", ms(held_ms)));
    let rule = "a task that blocks lets no other begin or go on, and so they take the sum";
    comes_at(run, "returned", sum_ms, rule)
        .or_else(|| held)
        .or_else(|| lines::each_undisturbed(run, &tasks))
}

#[judge(
    points = 15,
    title = "waits gain from running together, computations do not",
    hint = "`tokio::time::Instant::now()` before, `elapsed()` behind, once for each of the two ways",
    hint = "do not work either time out: run the job so many times, in turn, and then again, together"
)]
fn compares_both_ways(run: &Run) -> Findings {
    let (times, job_ms): (u32, u64) = run.notes("job").value();
    let (once, all) = (
        Duration::from_millis(job_ms),
        Duration::from_millis(job_ms) * times,
    );
    let told = |key: &str, together: Duration| {
        let got: (Duration, Duration) = run.notes(key).value();
        let what = format!("a job that {key} for {}, {times} times", ms(job_ms));
        Findings::unless(got == (all, together), "wrong-value", what)
            .expected(format!("in turn {all:?}, together {together:?}"))
            .got(format!("in turn {:?}, together {:?}", got.0, got.1))
    };
    told("waits", once).or_else(|| told("computes", all))
}

#[judge(
    points = 15,
    title = "a job is I/O-bound if its runs gain from running together",
    hint = "`compare` has all that you need",
    hint = "an await alone says nothing: whoever yields the thread only to want it back still computes"
)]
fn names_what_is_io_bound(run: &Run) -> Findings {
    let jobs = [
        ("waits", "IoBound"),
        ("computes", "CpuBound"),
        ("computes, and yields in between", "CpuBound"),
        ("computes a little, and waits", "IoBound"),
        ("waits five times", "IoBound"),
    ];
    let mut found = jobs.iter().map(|(job, expected)| {
        let got: String = run.notes(job).value();
        Findings::unless(got == *expected, "wrong-value", format!("a job that {job}"))
            .expected(*expected)
            .got(got)
    });
    found.find(|found| !found.is_empty()).unwrap_or_default()
}
