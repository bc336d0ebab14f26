//! What must be true of loops.

mod asked;
mod closing;

use judge::{Findings, Run, judge, ms};

use asked::Asked;
use closing::Closed;

judge::judges!();

/// The last line of a program.
const CLOSED: &str = "Loop closed";

/// One example is enough: what the first finds that finds anything.
fn first(findings: impl IntoIterator<Item = Findings>) -> Findings {
    let mut findings = findings.into_iter();
    findings.find(|found| !found.is_empty()).unwrap_or_default()
}

fn each_is_given(run: &Run) -> Findings {
    first(Asked::all(run).iter().map(Asked::is_given))
}

fn each_is_given_in_time(run: &Run) -> Findings {
    let all = Asked::all(run).into_iter();
    first(all.map(|asked| asked.is_given().or_else(|| asked.is_in_time())))
}

#[judge(
    points = 20,
    title = "a loop runs main to its end, and gives its output",
    hint = "`block_on` polls a future until it is done",
    hint = "`Builder::new_current_thread().enable_all().build()`: without `enable_all` it has no timers",
    hint = "`#[tokio::main]` may stand on any `async fn`, with arguments too: it makes it a function that is not async"
)]
fn runs_main_to_its_end(run: &Run) -> Findings {
    each_is_given_in_time(run)
}

#[judge(
    points = 10,
    title = "`run` has one thread, and `run_threaded` has others",
    hint = "`Builder::new_current_thread()` has no thread but that which waits in `block_on`",
    hint = "`#[tokio::main]` builds a multi-thread runtime, unless it is told another `flavor`"
)]
fn tasks_have_the_thread_or_threads_of_their_own(run: &Run) -> Findings {
    let wanted = [
        ("run", "on the thread that called it"),
        ("run_threaded", "on other threads"),
    ];
    first(wanted.map(|(name, wanted)| {
        let noted = run.notes(name);
        let (tasks, on_the_caller): (u64, Option<u64>) = noted.value();
        let expected = if name == "run" { tasks } else { 0 };
        let message = format!("the main future of `{name}` spawned {tasks} tasks");
        let got = match on_the_caller {
            Some(number) => format!("{number} on the thread that called"),
            None => "`Err(AlreadyRunning)`".to_owned(),
        };
        Findings::unless(on_the_caller == Some(expected), "wrong-value", message)
            .expected(format!("all of them {wanted}"))
            .got(got)
    }))
}

#[judge(
    points = 20,
    title = "the running loop is found, or said to be missing",
    hint = "`Handle::current()` panics outside a runtime, and `tokio::spawn` does too",
    hint = "`Handle::try_current()` gives a `Result`; a handle can spawn: `handle.spawn(work)`"
)]
fn finds_the_loop_or_says_that_there_is_none(run: &Run) -> Findings {
    says_that_there_is_none(run)
        .or_else(|| finds_the_loop(run))
        .or_else(|| each_is_given_in_time(run))
}

fn says_that_there_is_none(run: &Run) -> Findings {
    let outside = run.notes("outside").values::<(String, bool, bool)>();
    let outside = outside.into_iter().map(|(place, found, started)| {
        let wrong = |function: &str| {
            Findings::one("wrong-value", format!("`{function}` was called {place}"))
                .expected("`Err(NotRunning)`")
                .got("`Ok`")
        };
        match (found, started) {
            (false, false) => Findings::none(),
            (true, _) => wrong("current_loop"),
            (false, true) => wrong("start"),
        }
    });
    let message = "`start` polled a future outside every loop";
    let is_polled = !run.notes("polled outside").is_empty();
    first(outside).or_else(|| Findings::unless(!is_polled, "wrong-value", message))
}

fn finds_the_loop(run: &Run) -> Findings {
    let found = run.notes("found").values::<(String, Option<bool>)>();
    let found = found.into_iter().map(|(place, found)| {
        let got = match found {
            Some(true) => return Findings::none(),
            Some(false) => "`Ok` of another loop",
            None => "`Err(NotRunning)`",
        };
        Findings::one("wrong-value", format!("`current_loop` was called {place}"))
            .expected("`Ok` of that loop")
            .got(got)
    });
    let started = run.notes("task is here").values::<(String, bool)>();
    let started = started.into_iter().map(|(place, is_here)| {
        let message = format!("`start` was called {place}");
        Findings::unless(is_here, "wrong-value", message)
            .expected("a task of that loop")
            .got("a task of another loop")
    });
    first(found.chain(started))
}

#[judge(
    points = 20,
    title = "no loop runs inside a loop: an error, and no panic",
    hint = "`block_on` inside a runtime panics, and what `#[tokio::main]` makes does too: ask before",
    hint = "`current_loop()` knows whether a loop runs here, whoever built it",
    hint = "the macro writes the whole body anew: the question belongs in a function around it"
)]
fn no_loop_runs_inside_a_loop(run: &Run) -> Findings {
    /// Both runners in a loop of the driver's, and in two places of a loop of each.
    const PLACES: usize = 10;
    let told = run.notes("told");
    let answers = told.values::<(String, String, bool, bool)>();
    if answers.len() < PLACES {
        return Findings::one("wrong-value", "a loop was to run outside every other")
            .expected("it runs its main future to the end")
            .got("it did not");
    }
    let answers = answers.into_iter().zip(told.times());
    let refused = answers.map(|((runner, place, ran, polled), at_ms)| {
        let got = match (ran, polled) {
            (false, false) => return Findings::none(),
            (true, _) => "`Ok`",
            (false, true) => "`Err(AlreadyRunning)`, after it polled the future",
        };
        Findings::one("wrong-value", format!("`{runner}` was called {place}"))
            .expected("`Err(AlreadyRunning)`, and the future is not polled")
            .got(got)
            .at_ms(at_ms)
    });
    first(refused).or_else(|| each_is_given(run))
}

#[judge(
    points = 20,
    title = "the end of main drops its tasks, and waits for its jobs",
    hint = "a runtime that is dropped drops its tasks where they wait, and waits for its blocking jobs",
    hint = "`shutdown_background`, `mem::forget` and a `static` are ways not to: just let the runtime go out of scope",
    hint = "a task that is left behind may never end: wait for the main future, and not for tasks"
)]
fn ends_the_loop_cleanly(run: &Run) -> Findings {
    let closed = Closed::all(run).into_iter();
    first(closed.map(|closed| closed.drops_its_tasks().or_else(|| closed.is_in_time())))
        .or_else(|| lets_panics_out(run))
}

fn lets_panics_out(run: &Run) -> Findings {
    let panicked = run.notes("panicked").values::<(String, Option<bool>)>();
    first(panicked.into_iter().map(|(name, payload)| {
        let got = match payload {
            Some(true) => return Findings::none(),
            Some(false) => "another panic",
            None => "no panic",
        };
        Findings::one(
            "wrong-value",
            format!("the main future of `{name}` panicked"),
        )
        .expected("that panic")
        .got(got)
    }))
}

#[judge(
    points = 10,
    title = "a whole program says when it begins and when it ends",
    hint = "a task for each job, and a wait for all of them",
    hint = "`run` says whether it ran: print `Loop closed` behind it, or `A loop is running already`"
)]
fn a_whole_program_has_a_beginning_and_an_end(run: &Run) -> Findings {
    let jobs: Vec<(String, u64)> = run.notes("program").value();
    let began_ms = run.notes("program").times()[0];
    let inside_ms = run.when("inside");
    let last_ms = jobs.iter().map(|(_, wait_ms)| *wait_ms).max().unwrap_or(0);
    let mut due = vec![(0, "Main coroutine".to_owned())];
    due.extend(
        jobs.iter()
            .map(|(name, wait_ms)| (*wait_ms, format!("{name} done"))),
    );
    due.push((last_ms, CLOSED.to_owned()));
    let (before, inside): (Vec<_>, Vec<_>) = run
        .printed()
        .into_iter()
        .partition(|(at_ms, _)| inside_ms.is_none_or(|inside_ms| *at_ms < inside_ms));
    let since = |(at_ms, line): (u64, String)| {
        let at_ms = at_ms - began_ms;
        // A loop that is closed too late is another check's.
        let at_ms = if line == CLOSED {
            at_ms.min(last_ms)
        } else {
            at_ms
        };
        (at_ms, line)
    };
    let printed: Vec<_> = before.into_iter().map(since).collect();
    says(&due, &printed, began_ms).or_else(|| {
        let inside: Vec<&str> = inside.iter().map(|(_, line)| line.as_str()).collect();
        let message = "`program` was called inside a loop";
        let is_right = inside_ms.is_none() || inside == ["A loop is running already"];
        Findings::unless(is_right, "wrong-output", message)
            .expected("the one line \"A loop is running already\"")
            .got(format!("{inside:?}"))
    })
}

/// Every line that is due is printed then, and no other; the first and the last have their places.
fn says(due: &[(u64, String)], printed: &[(u64, String)], began_ms: u64) -> Findings {
    let missing = due.iter().find(|(at_ms, line)| {
        let times = due
            .iter()
            .filter(|other| *other == &(*at_ms, line.clone()))
            .count();
        printed
            .iter()
            .filter(|other| *other == &(*at_ms, line.clone()))
            .count()
            < times
    });
    if let Some((at_ms, line)) = missing {
        let got = match printed.iter().find(|(_, other)| other == line) {
            Some((other_ms, _)) => format!("at {}", ms(*other_ms)),
            None => format!(
                "{:?}",
                printed.iter().map(|(_, line)| line).collect::<Vec<_>>()
            ),
        };
        return Findings::one(
            "wrong-output",
            "`program`: a line did not come when it was due",
        )
        .expected(format!("{line:?} at {}", ms(*at_ms)))
        .got(got)
        .at_ms(began_ms + at_ms);
    }
    let ends = |lines: &[(u64, String)]| {
        let line = |line: Option<&(u64, String)>| line.map(|(_, line)| line.clone());
        (line(lines.first()), line(lines.last()))
    };
    let message = "`program`: a line is too many, or not in its place";
    let is_right = printed.len() == due.len() && ends(printed) == ends(due);
    Findings::unless(is_right, "wrong-output", message)
        .expected("`Main coroutine`, a line for each job, `Loop closed`")
        .got(format!(
            "{:?}",
            printed.iter().map(|(_, line)| line).collect::<Vec<_>>()
        ))
}
