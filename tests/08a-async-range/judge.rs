//! What must be true of a range whose numbers take time.

mod scene;

use judge::{Findings, Run, count, judge, ms};

use scene::Scene;

judge::judges!();

/// How often whoever waits may be polled for one number: once to ask, once to get it, and a little
/// more.
const POLLS: u32 = 4;

/// One example is enough: what the first of these scenes finds that finds anything.
fn in_each(run: &Run, names: &[&str], holds: impl Fn(&Scene) -> Findings) -> Findings {
    let scenes = names.iter().map(|name| holds(&Scene::of(run, name)));
    scenes
        .into_iter()
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

#[judge(
    points = 25,
    title = "each number comes 100 ms after it was asked for, and none is left out",
    hint = "keep the `Sleep` from one `poll_next` to the next: a new one begins from the start",
    hint = "a `Sleep` has to be pinned to be polled: `Pin<Box<Sleep>>` is one that can be moved",
    hint = "when the sleep is ready, take it away, and give the number"
)]
fn each_number_takes_100_ms(run: &Run) -> Findings {
    run.never_blocks().or_else(|| {
        in_each(run, &["lesson", "long", "single", "far"], |scene| {
            scene.numbers().or_else(|| scene.times())
        })
    })
}

#[judge(
    points = 20,
    title = "nothing is made ahead: the wait begins when a number is asked for",
    hint = "a stream does nothing between two polls, and nothing before the first",
    hint = "make the sleep in `poll_next`, when there is none: not in `iter`, and not when a number is given",
    hint = "an `Interval` ticks whether or not anybody asks"
)]
fn nothing_is_made_ahead(run: &Run) -> Findings {
    in_each(run, &["short rests", "long rests"], |scene| {
        scene.numbers().or_else(|| scene.times())
    })
}

#[judge(
    points = 20,
    title = "whoever waits now is woken, once",
    hint = "`Pending` is a promise: the waker of the last poll will be called",
    hint = "polling the sleep with `cx` makes that promise for you; poll it every time you are polled",
    hint = "`cx.waker().wake_by_ref()` before `Pending` is a loop that never sleeps"
)]
fn whoever_waits_is_woken(run: &Run) -> Findings {
    let asked_ms = run.notes("two tasks: asked").times()[0];
    let (start, _): (i64, i64) = run.notes("two tasks").value();
    let came = run.notes("two tasks: came");
    let got_ms = came.times().first().map(|at_ms| at_ms - asked_ms);
    let woken = Findings::unless(
        got_ms == Some(100),
        "too-late",
        "one task asked for a number, another waited for it",
    )
    .expected("the number 100 ms after it was asked for")
    .got(got_ms.map_or("no number".to_owned(), |at_ms| {
        format!("after {}", ms(at_ms))
    }));
    let polls: Vec<u32> = run.notes("polls").values();
    let most = polls.iter().max().copied().unwrap_or_default();
    let message = format!("polled {most} times while it waited for one number");
    let few = Findings::unless(most <= POLLS, "spinning", message)
        .expected(format!("at most {POLLS} polls a number: two are enough"))
        .got(count(most as usize, "poll"));
    let numbers = Findings::unless(
        polls.len() == 5,
        "wrong-value",
        "a range of 5 numbers has another length",
    )
    .expected(count(5, "number"))
    .got(count(polls.len(), "number"));
    came.equals(&start)
        .or_else(|| woken.and(few).or_else(|| numbers))
}

#[judge(
    points = 10,
    title = "a wait that is given up loses nothing",
    hint = "a dropped `next()` drops nothing but a borrow of the stream; what the stream remembers stays",
    hint = "take the next number out of the range when it is given, not when it is asked for"
)]
fn a_wait_that_is_given_up_loses_nothing(run: &Run) -> Findings {
    in_each(run, &["back soon", "back late"], |scene| {
        let note = |what: &str| run.notes(&format!("{}: {what}", scene.name));
        let asked_ms = *note("asked").times().last().expect("asked twice");
        let back_ms = note("back").times()[0];
        let there_ms = back_ms.max(asked_ms + 100);
        let first = scene.start + 1;
        let expected = [(Some(first), there_ms), (None, there_ms)];
        let got: Vec<(Option<i64>, u64)> = note("left").value();
        let away = ms(back_ms - asked_ms);
        let message =
            format!("asked for {first}, given up, and asked again {away} after the first time");
        let same = got.first() == expected.first();
        let (kind, at_ms) = match got.first() {
            Some((number, at_ms)) if *number == Some(first) && *at_ms > there_ms => {
                ("too-late", *at_ms)
            }
            Some((_, at_ms)) => ("wrong-value", *at_ms),
            None => ("wrong-value", back_ms),
        };
        Findings::unless(same, kind, message)
            .expected(format!("{first} after {}", ms(there_ms - back_ms)))
            .got(got.first().map_or("nothing".to_owned(), |(number, at_ms)| {
                let number = number.map_or("the end".to_owned(), |number| number.to_string());
                format!("{number} after {}", ms(at_ms - back_ms))
            }))
            .at_ms(at_ms)
    })
}

#[judge(
    points = 15,
    title = "every iteration starts afresh, and has a place of its own",
    hint = "what changes while one iterates belongs to `Numbers`; `AsyncRange` stays as it is",
    hint = "copy both ends of the range in `iter`"
)]
fn a_second_iteration_starts_afresh(run: &Run) -> Findings {
    let scenes = [
        "whole",
        "after a whole one",
        "after a part",
        "beside, first",
        "beside, second",
    ];
    let range: (i64, i64) = run.notes("again").value();
    let scenes = scenes.map(|name| Scene::over(run, name, range).numbers());
    let rest = (range.0 + 1, range.1);
    let rest = Scene::over(run, "the rest of the part", rest).numbers();
    let mut scenes = scenes.into_iter().chain([rest]);
    scenes.find(|found| !found.is_empty()).unwrap_or_default()
}

#[judge(
    points = 10,
    title = "the end comes at once, and for good",
    hint = "there is nothing to wait for when no number is left",
    hint = "`None` again, however often one asks: never a panic, never a number",
    hint = "a range whose end is below its start is empty: ask `current >= end`, not `current == end`"
)]
fn the_end_is_the_end(run: &Run) -> Findings {
    in_each(run, &["three", "empty", "backwards"], |scene| {
        let again: Vec<(Option<i64>, u64)> = run.notes(&format!("{}: again", scene.name)).values();
        let wrong = again.iter().find(|again| **again != (None, 0));
        let got = wrong.map_or(String::new(), |(number, took_ms)| match number {
            Some(number) => format!("{number}"),
            None => format!("the end after {}", ms(*took_ms)),
        });
        let message = format!("{} had ended, and was asked again", scene.range());
        let again = Findings::unless(wrong.is_none(), "wrong-value", message)
            .expected("the end, at once")
            .got(got);
        scene.numbers().or_else(|| scene.ends_at_once().and(again))
    })
}
