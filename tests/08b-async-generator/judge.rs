//! What must be true of a generator, and of streams that stand on others.

mod scene;

use judge::{CallSpan, Calls, Closing, Findings, Run, judge, ms};

use scene::{Came, Scene};

judge::judges!();

/// What a number of `async_range` takes, in virtual milliseconds.
const WAIT_MS: u64 = 100;

/// One example is enough: the first of these that finds anything.
fn first(findings: impl IntoIterator<Item = Findings>) -> Findings {
    let mut findings = findings.into_iter();
    findings.find(|found| !found.is_empty()).unwrap_or_default()
}

/// The numbers of a range that was noted under the name of its scene.
fn of_range(run: &Run, name: &str) -> Vec<i64> {
    let (start, end): (i64, i64) = run.notes(name).value();
    (start..end).collect()
}

#[judge(
    points = 20,
    title = "the generator gives a number every 100 ms, and then ends",
    hint = "it is the lesson's generator line by line, inside `async_stream::stream!`",
    hint = "wait first, then `yield`; and wait with `tokio::time::sleep(..).await`"
)]
fn a_number_every_100_ms(run: &Run) -> Findings {
    let scenes = ["lesson", "long", "empty", "backwards"].map(|name| {
        let numbers = of_range(run, name);
        let came = Came::read(run, name);
        came.are(&numbers)
            .or_else(|| came.take(&vec![WAIT_MS; numbers.len()]))
            .or_else(|| came.ends_at_once())
    });
    run.never_blocks().or_else(|| first(scenes))
}

#[judge(
    points = 20,
    title = "each number goes through its step, in order, and comes when its step is done",
    hint = "a generator may take from another stream: `while let Some(number) = numbers.next().await`",
    hint = "pin what you take from: `let mut numbers = std::pin::pin!(numbers);`",
    hint = "`yield step(number).await`"
)]
fn each_goes_through_its_step(run: &Run) -> Findings {
    let scenes = ["steps", "nothing"].map(|name| {
        let (scene, came) = (Scene::read(run, name), Came::read(run, name));
        let expected: Vec<i64> = scene.numbers().map(|number| number + 1).collect();
        let due_ms: Vec<u64> = scene.source_and_step_ms();
        came.are(&expected).or_else(|| came.take_at_most(&due_ms))
    });
    first(scenes)
}

#[judge(
    points = 20,
    title = "nothing runs ahead of who asks",
    hint = "a stream does nothing before it is polled, and nothing between two polls",
    hint = "a task with a channel runs ahead, and so do `buffered`, `peekable` and an `Interval`",
    hint = "take the next number when you are asked for it, and not when you have given the last one"
)]
fn nothing_runs_ahead(run: &Run) -> Findings {
    let range = Came::read(run, "range");
    let numbers = of_range(run, "range");
    let range = range
        .are(&numbers)
        .or_else(|| range.take(&vec![WAIT_MS; numbers.len()]));
    let ahead = ["through", "until"].map(|name| {
        let came = Came::read(run, name);
        let source = run.calls(&format!("{name}: source"));
        let step = run.calls(&format!("{name}: step"));
        let calls = [("source", &source), ("step", &step)];
        let ahead = first(calls.map(|(what, calls)| not_ahead(name, what, calls, &came)));
        let worked = Findings::unless(
            source.iter().count() >= 4,
            "wrong-value",
            format!("{name}: the source was not asked for all numbers"),
        );
        ahead.or_else(|| worked)
    });
    range.or_else(|| first(ahead))
}

/// The call with number `k` does not begin before its number was asked for.
fn not_ahead(name: &str, what: &str, calls: &Calls, came: &Came) -> Findings {
    let asked_ms = came.asked_ms.iter().map(|at_ms| Some(*at_ms));
    let asked_ms = asked_ms.chain(std::iter::repeat(None));
    let mut early = calls.iter().zip(asked_ms).zip(1_u64..);
    let early =
        early.find(|((call, asked_ms), _)| asked_ms.is_none_or(|at_ms| call.began_ms < at_ms));
    early.map_or_else(Findings::none, |((call, asked_ms), nth)| {
        let which = judge::nth(nth);
        let message = format!("`{name}`: the {which} number's {what} began before anybody asked");
        let expected = asked_ms.map_or("never".to_owned(), |at_ms| format!("at {}", ms(at_ms)));
        Findings::one("too-early", message)
            .expected(expected)
            .got(format!("at {}", ms(call.began_ms)))
            .at_ms(call.began_ms)
    })
}

#[judge(
    points = 15,
    title = "`until` ends with the number that stops it, and asks for no more",
    hint = "`break` ends the loop, and with it the generator",
    hint = "ask `stop` before you `yield`: the number that stops is not given on",
    hint = "a stream that is asked again behind its end says `None` again"
)]
fn stops_where_it_is_told(run: &Run) -> Findings {
    first(["middle", "first", "never"].map(|name| {
        let (scene, came) = (Scene::read(run, name), Came::read(run, name));
        let stops_at: Option<i64> = run.notes(&format!("{name}: stops at")).value();
        let expected: Vec<i64> = scene
            .numbers()
            .take_while(|number| Some(*number) != stops_at)
            .collect();
        let source = run.calls(&format!("{name}: source"));
        let (taken, needed) = (
            source.iter().count(),
            expected.len() + usize::from(stops_at.is_some()),
        );
        let message = format!("`until` went on behind the number that stopped it ({name})");
        let more = Findings::unless(taken <= needed, "wrong-value", message)
            .expected(format!("{needed} numbers taken from the source"))
            .got(format!("{taken} taken"));
        let asked: Vec<i64> = run.notes(&format!("{name}: stop?")).values();
        let once: Vec<i64> = scene.numbers().take(needed).collect();
        let message = format!("`stop` is asked once of each number ({name})");
        let once = Findings::unless(asked == once, "wrong-value", message)
            .expected(format!("{once:?}"))
            .got(format!("{asked:?}"));
        let again: Vec<Option<i64>> = run.notes(&format!("{name}: again")).values();
        let wrong = again.iter().flatten().next();
        let message = format!("`until` had ended, and was asked again ({name})");
        let again = Findings::unless(wrong.is_none(), "wrong-value", message)
            .expected("the end again")
            .got(wrong.map_or(String::new(), i64::to_string));
        came.are(&expected)
            .or_else(|| more.or_else(|| once).or_else(|| again))
    }))
}

#[judge(
    points = 15,
    title = "an early stop drops the rest, at once",
    hint = "what a generator holds goes when it ends, or is dropped: nothing has to be closed",
    hint = "`take_while` keeps its stream until it is dropped itself",
    hint = "a stream kept by hand: put it into an `Option`, and set that to `None` at the end"
)]
fn an_early_stop_drops_the_rest(run: &Run) -> Findings {
    let stopped = Came::read(run, "stopped");
    let numbers: Vec<i64> = Scene::read(run, "stopped").numbers().take(2).collect();
    let ended_ms = stopped.ended_ms.unwrap_or_default();
    let kept = source_dropped(run, "stopped", "it ended", ended_ms);
    let left = ["in a step", "in the source"].map(|name| {
        let dropped_ms = run.notes(&format!("{name}: dropped")).times()[0];
        let step = run.calls(&format!("{name}: step"));
        let source = run.calls(&format!("{name}: source"));
        let begun = (source.iter().count(), step.iter().count());
        let expected = if name == "in a step" { (2, 2) } else { (2, 1) };
        let worked = Findings::unless(
            begun == expected,
            "wrong-value",
            format!("dropped {name}: other work than the second number's was begun"),
        )
        .expected(format!(
            "{} of the source, {} steps",
            expected.0, expected.1
        ))
        .got(format!("{} and {}", begun.0, begun.1));
        let calls = source.iter().chain(step.iter());
        let over = calls.map(|call| is_over(name, call, dropped_ms));
        let over = first(over.collect::<Vec<_>>());
        worked
            .or_else(|| over)
            .or_else(|| source_dropped(run, name, &format!("it was dropped {name}"), dropped_ms))
    });
    stopped
        .are(&numbers)
        .or_else(|| kept)
        .or_else(|| first(left))
        .or_else(|| run.nothing_runs_after("range dropped"))
}

fn is_over(name: &str, call: &CallSpan, dropped_ms: u64) -> Findings {
    let over = call.closed.is_some_and(|(at_ms, how)| {
        at_ms < dropped_ms || (at_ms == dropped_ms && how == Closing::Dropped)
    });
    let message = format!("dropped {name}: the call for {} went on", call.label);
    Findings::unless(over, "leaked-task", message)
        .expected(format!("it ends at {}", ms(dropped_ms)))
        .got(
            call.closed
                .map_or("it never ended".to_owned(), |(at_ms, _)| {
                    format!("it ended at {}", ms(at_ms))
                }),
        )
        .at_ms(dropped_ms)
}

fn source_dropped(run: &Run, name: &str, when: &str, due_ms: u64) -> Findings {
    let at_ms = run.when(&format!("{name}: source dropped"));
    let message = format!("the stream below was kept when {when}");
    Findings::unless(at_ms == Some(due_ms), "leaked-task", message)
        .expected(format!("dropped at {}", ms(due_ms)))
        .got(at_ms.map_or("never dropped".to_owned(), |at_ms| {
            format!("dropped at {}", ms(at_ms))
        }))
        .at_ms(due_ms)
}

#[judge(
    points = 10,
    title = "they stand on one another: an endless range, doubled, until it is enough",
    hint = "each of the three waits only for what is below it",
    hint = "an endless range has no end to wait for, and no room in a `Vec`"
)]
fn they_stand_on_one_another(run: &Run) -> Findings {
    let (start, last, step_ms): (i64, i64, u64) = run.notes("pipeline").value();
    let came = Came::read(run, "pipeline");
    let expected: Vec<i64> = (start..start + last).map(|number| 2 * number).collect();
    let due_ms = vec![WAIT_MS + step_ms; expected.len()];
    came.are(&expected).or_else(|| came.take(&due_ms))
}
