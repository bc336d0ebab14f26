//! What must be true of results that are given as they come.
//!
//! Times in messages count from the call that is given the futures.

mod scene;

use judge::{Findings, Run, judge, ms};

use scene::{Running, Scene};

judge::judges!();

/// One example is enough: what the first of them finds that finds anything.
fn first(findings: impl IntoIterator<Item = Findings>) -> Findings {
    let mut findings = findings.into_iter();
    findings.find(|found| !found.is_empty()).unwrap_or_default()
}

#[judge(
    points = 25,
    title = "results come in the order in which they are done",
    hint = "the first in the list need not be the first that is done",
    hint = "`FuturesUnordered` of the crate `futures` is a stream of this kind; `JoinSet::join_next` gives \
            what ends next"
)]
fn in_the_order_in_which_they_come(run: &Run) -> Findings {
    first(["lesson", "eight", "one", "none"].map(|name| {
        let scene = Scene::of(run, name);
        let got: Vec<u64> = run.notes(&format!("{name} came")).values();
        same_values(&scene.values(), &got)
    }))
}

fn same_values(expected: &[u64], got: &[u64]) -> Findings {
    let sorted = |values: &[u64]| {
        let mut values = values.to_vec();
        values.sort_unstable();
        values
    };
    let (kind, message) = if sorted(expected) == sorted(got) {
        (
            "wrong-order",
            "the results are not in the order in which they were done",
        )
    } else {
        ("wrong-value", "the results are other ones")
    };
    Findings::unless(expected == got, kind, message)
        .expected(format!("{expected:?}"))
        .got(format!("{got:?}"))
}

#[judge(
    points = 20,
    title = "each result comes when it is there, and does not wait for the others",
    hint = "a stream that is made of a finished list gives nothing before the last is done",
    hint = "whoever asks late is given at once what is there: do not begin to wait then"
)]
fn each_comes_when_it_is_there(run: &Run) -> Findings {
    let quick = Scene::of(run, "quick");
    comes_when_done(run, &quick).or_else(|| {
        let slow = Scene::of(run, "slow");
        let asked = run.notes("slow asked").times();
        let mut done: Vec<u64> = slow.futures.iter().filter_map(Running::done_ms).collect();
        done.sort_unstable();
        let came = run.notes("slow came").times();
        let due = done.iter().zip(asked).map(|(done, asked)| asked.max(*done));
        first(due.zip(came).zip(1..).map(|((due_ms, came_ms), n)| {
            let message = format!("the caller asked, result {n} was there, and it did not come");
            in_time(&slow, due_ms, came_ms, message)
        }))
    })
}

/// Every result comes in the millisecond in which its future was done, whenever that was.
fn comes_when_done(run: &Run, scene: &Scene) -> Findings {
    let came = run.notes(&format!("{} came", scene.name));
    let came: Vec<(u64, u64)> = came.times().into_iter().zip(came.values::<u64>()).collect();
    first(scene.futures.iter().map(|future| {
        let at_ms = came.iter().find(|(_, value)| *value == future.value);
        let (Some((came_ms, _)), Some(done_ms)) = (at_ms, future.done_ms()) else {
            return Findings::one("wrong-value", format!("result {} never came", future.value))
                .got(future.became(scene));
        };
        let message = format!("result {} was there, and it did not come", future.value);
        in_time(scene, done_ms, *came_ms, message)
    }))
}

fn in_time(scene: &Scene, due_ms: u64, came_ms: u64, message: String) -> Findings {
    Findings::unless(came_ms <= due_ms, "too-late", message)
        .expected(format!("at {}", scene.since(due_ms)))
        .got(format!("at {}", scene.since(came_ms)))
        .at_ms(due_ms)
}

#[judge(
    points = 20,
    title = "all futures begin when the first result is asked for, at the latest",
    hint = "a future does nothing before it is polled: `then` polls the next one when the last is done",
    hint = "there is no limit: `buffer_unordered(10)` begins ten of them"
)]
fn all_begin_at_once(run: &Run) -> Findings {
    let scene = Scene::of(run, "thirty");
    let began = |future: &Running| future.call.as_ref().map(|call| call.began_ms);
    let (number, at_once) = (
        scene.futures.len(),
        scene
            .futures
            .iter()
            .filter(|future| began(future) == Some(scene.began_ms))
            .count(),
    );
    let last = scene.futures.iter().filter_map(began).max();
    let got = last.map_or("none began".to_owned(), |last_ms| {
        format!("{at_once} at 0 ms, the last at {}", scene.since(last_ms))
    });
    let message = format!("only {at_once} of {number} futures began at once");
    let begin = Findings::unless(at_once == number, "too-sequential", message)
        .expected(format!("all {number} at 0 ms"))
        .got(got)
        .at_ms(scene.began_ms);
    begin.or_else(|| run.notes("thirty came").number(number))
}

#[judge(
    points = 15,
    title = "`print_all` prints each text as it comes, and at last how many there were",
    hint = "`while let Some(text) = texts.next().await`, with a `println!` in it",
    hint = "the last line is `3 results`; without any it is `0 results`"
)]
fn each_is_printed_as_it_comes(run: &Run) -> Findings {
    let scenes = ["lesson", "none"].map(|name| (name, Scene::of(run, name)));
    let mut lines = Vec::new();
    for (name, scene) in &scenes {
        let kind: String = run.notes(&format!("{name} kind")).value();
        lines.extend(
            scene
                .values()
                .iter()
                .map(|value| format!("url{value} {kind}")),
        );
        lines.push(format!("{} results", scene.futures.len()));
    }
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    run.prints(&lines).or_else(|| {
        // A stream that is late is another check's.
        if !comes_when_done(run, &Scene::of(run, "control")).is_empty() {
            return Findings::none();
        }
        let [(_, scene), _] = &scenes;
        let printed = run.printed();
        first(
            scene
                .futures
                .iter()
                .zip(printed)
                .map(|(future, (at_ms, line))| {
                    let due_ms = future.done_ms().unwrap_or(at_ms);
                    let message = format!("{line:?} was there, and was not printed");
                    in_time(scene, due_ms, at_ms, message)
                }),
        )
    })
}

#[judge(
    points = 10,
    title = "`fastest` returns with the last result that it needs, and drops the rest",
    hint = "stop asking when there is enough, and let go of the stream",
    hint = "`take(number)` of `StreamExt` ends with its last item"
)]
fn enough_is_enough(run: &Run) -> Findings {
    first(["two", "too many", "zero"].map(|name| {
        let scene = Scene::of(run, name);
        let wanted: usize = run.notes(&format!("{name} wanted")).value();
        let returned = run.notes(&format!("{name} returned"));
        let (returned_ms, got): (u64, Vec<u64>) = (returned.times()[0], returned.value());
        let fastest = &scene.futures[..wanted.min(scene.futures.len())];
        let expected: Vec<u64> = fastest.iter().map(|future| future.value).collect();
        let takes_ms = fastest.last().map_or(0, |future| future.takes_ms);
        let message = format!(
            "{wanted} of {} results were there at {}, and `fastest` did not return",
            scene.futures.len(),
            ms(takes_ms)
        );
        same_values(&expected, &got)
            .or_else(|| in_time(&scene, scene.began_ms + takes_ms, returned_ms, message))
            .or_else(|| nothing_goes_on(&scene, returned_ms, "`fastest` returned"))
    }))
}

#[judge(
    points = 10,
    title = "a stream that is dropped drops the futures that are left",
    hint = "what the stream owns goes with it; a task runs on, whatever becomes of its handle",
    hint = "a `JoinSet` aborts its tasks when it is dropped"
)]
fn a_dropped_stream_drops_the_rest(run: &Run) -> Findings {
    first(
        [("one", 1), ("two", 2), ("later", 2)].map(|(name, wanted)| {
            let scene = Scene::of(run, name);
            let dropped_ms = run.notes(&format!("{name} dropped")).times()[0];
            let came: Vec<Option<u64>> = run.notes(&format!("{name} came")).values();
            let came = came.into_iter().flatten().count();
            Findings::unless(came == wanted, "wrong-value", "the stream ended too soon")
                .expected(format!("{wanted} results"))
                .got(came)
                .or_else(|| nothing_goes_on(&scene, dropped_ms, "the stream was dropped"))
        }),
    )
}

/// Every future is over by then, or never began.
fn nothing_goes_on(scene: &Scene, by_ms: u64, what: &str) -> Findings {
    let goes_on = scene.futures.iter().find(|future| {
        let call = future.call.as_ref();
        call.is_some_and(|call| call.closed.is_none_or(|(at_ms, _)| at_ms > by_ms))
    });
    goes_on.map_or_else(Findings::none, |future| {
        let at = scene.since(by_ms);
        let message = format!("{what} at {at}, and future {} went on", future.value);
        Findings::one("leaked-task", message)
            .expected(format!("dropped at {at}"))
            .got(future.became(scene))
            .at_ms(by_ms)
    })
}
