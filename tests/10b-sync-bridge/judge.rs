//! What must be true of a bridge.

mod asked;

use judge::{Closing, Findings, Run, judge, ms};

use asked::Asked;

judge::judges!();

/// One example is enough: what the first finds that finds anything.
fn in_each(run: &Run, holds: impl Fn(&Asked) -> Findings) -> Findings {
    let mut findings = Asked::all(run).into_iter().map(|asked| holds(&asked));
    findings.find(|found| !found.is_empty()).unwrap_or_default()
}

#[judge(
    points = 20,
    title = "sync code waits for a future, and gets what it gives",
    hint = "a runtime's `block_on` polls a future on the thread that calls it, until it is done",
    hint = "`Builder::…().enable_all()`: without it the runtime has no timers",
    hint = "a panic of the future comes out of `block_on`: leave it alone"
)]
fn sync_code_gets_its_answer(run: &Run) -> Findings {
    in_each(run, |asked| asked.is_given().or_else(|| asked.is_in_time())).or_else(|| {
        let panicked: Result<bool, Option<String>> = run.notes("panicked").value();
        let message = "a future panicked in `run`";
        Findings::unless(
            panicked == Err(Some("out of luck".to_owned())),
            "wrong-value",
            message,
        )
        .expected("the panic comes out of `run`, with its message")
        .got(match panicked {
            Ok(true) => "`run` returned `Ok`".to_owned(),
            Ok(false) => "`run` returned `Err(InsideRuntime)`".to_owned(),
            Err(None) => "a panic without its message".to_owned(),
            Err(Some(text)) => format!("a panic with {text:?}"),
        })
        .or_else(|| run.notes("said").equals("what a future says"))
    })
}

#[judge(
    points = 20,
    title = "one runtime serves all calls: what one spawned goes on",
    hint = "a runtime that is built in `run` is gone when `run` returns, and all its tasks with it",
    hint = "build the runtime in `new`, and keep it in the bridge"
)]
fn one_runtime_serves_all_calls(run: &Run) -> Findings {
    let value: u64 = run.notes("spawned").value();
    let awaited: Vec<Option<u64>> = run.notes("awaited").values();
    let got = match awaited.first() {
        Some(Some(got)) if *got == value => {
            let same: bool = run.notes("same").value();
            let message = "two calls of one bridge were in two runtimes";
            return Findings::unless(same, "wrong-value", message)
                .expected("one runtime for both")
                .got("another one for the second call");
        }
        Some(Some(got)) => got.to_string(),
        Some(None) => "the task was gone before it was done".to_owned(),
        None => "`Err(InsideRuntime)`, in sync code".to_owned(),
    };
    let message = "one call of `run` spawned a task, and the next awaited it";
    Findings::one("wrong-value", message)
        .expected(value)
        .got(got)
}

#[judge(
    points = 10,
    title = "threads that wait in `run` do not wait for each other",
    hint = "`block_on` takes `&self`: many threads may be in it at once",
    hint = "a `Mutex` around the runtime is held for as long as its future takes"
)]
fn callers_do_not_wait_for_each_other(run: &Run) -> Findings {
    in_each(run, |asked| {
        let in_time = || {
            asked
                .is_in_time()
                .turned_into("too-sequential", "several at once")
        };
        asked.is_given().or_else(in_time)
    })
}

#[judge(
    points = 20,
    title = "inside a runtime, `run` gives an error and never panics",
    hint = "`block_on` inside a runtime panics: ask before you call it",
    hint = "`Handle::try_current()` is `Ok` wherever a runtime is around, your own or another's",
    hint = "a callback may wait, but the future that it waits for may not: that is async code again"
)]
fn inside_a_runtime_it_says_so(run: &Run) -> Findings {
    says_so(run).or_else(|| in_each(run, Asked::is_given))
}

/// Every place that asks is inside a runtime, and must be told. One is reached only through a callback, and
/// those are another check's.
fn says_so(run: &Run) -> Findings {
    const REACHED: usize = 3;
    let told = run.notes("told");
    let answers = told.values::<(String, bool, bool)>();
    if answers.len() < REACHED {
        return Findings::one("wrong-value", "`run` was called in sync code")
            .expected("it polls the future to its end")
            .got("it did not");
    }
    let wrong = answers
        .iter()
        .zip(told.times())
        .find(|((_, ran, polled), _)| *ran || *polled);
    wrong.map_or_else(Findings::none, |((place, ran, _), at_ms)| {
        let got = if *ran {
            "`Ok`"
        } else {
            "`Err(InsideRuntime)`, after it polled the future"
        };
        Findings::one("wrong-value", format!("`run` was called {place}"))
            .expected("`Err(InsideRuntime)`, and the future is not polled")
            .got(got)
            .at_ms(at_ms)
    })
}

#[judge(
    points = 20,
    title = "a callback may block, and may wait for async code",
    hint = "a callback that is called in async code holds its thread, and every task on it",
    hint = "`spawn_blocking` has threads for that; tokio sets the current runtime there too, so \
            `Handle::try_current()` is `Ok`, though waiting is allowed",
    hint = "leave a mark for `run` while the callback runs, in a `thread_local!`"
)]
fn a_callback_may_wait(run: &Run) -> Findings {
    run.never_blocks()
        .or_else(|| in_each(run, |asked| asked.is_given().or_else(|| asked.is_in_time())))
        .or_else(|| {
            let gives: u64 = run.notes("gives").value();
            run.notes("given").equals(&gives)
        })
}

#[judge(
    points = 10,
    title = "a bridge and its tasks go quietly, wherever it is dropped",
    hint = "the end of a runtime waits for its threads: in async code tokio panics instead",
    hint = "`shutdown_background` takes the runtime by value and waits for nothing: keep it in an `Option`, \
            and `take` it in `Drop`"
)]
fn goes_quietly_wherever_it_is_dropped(run: &Run) -> Findings {
    let dropped = run.notes("dropped");
    let left = run.calls("left");
    let places = dropped.values::<String>().into_iter().zip(dropped.times());
    let each = places.enumerate().map(|(at, (place, dropped_ms))| {
        let message = format!("a bridge was dropped in {place} at {}", ms(dropped_ms));
        let Some(task) = left.iter().nth(at) else {
            return Findings::one("wrong-value", "a task that `run` spawned never began");
        };
        let got = match task.closed {
            Some((at_ms, Closing::Dropped)) if at_ms == dropped_ms => return Findings::none(),
            Some((at_ms, _)) => format!("it went at {}", ms(at_ms)),
            None => "it was still there at the end".to_owned(),
        };
        Findings::one(
            "leaked-task",
            format!("{message}, and a task of its runtime stayed"),
        )
        .expected("the task goes in that millisecond")
        .got(got)
        .at_ms(dropped_ms)
    });
    let mut each = each;
    each.find(|found| !found.is_empty()).unwrap_or_default()
}
