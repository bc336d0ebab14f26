//! What must be true of futures that are awaited, and of one that somebody else completes.

use judge::{Closing, Findings, Run, judge, ms};

judge::judges!();

/// A key, how long its value takes in virtual milliseconds, and the value.
type Entry = (String, u64, u32);

fn entries(run: &Run) -> Vec<Entry> {
    run.notes("entries").value()
}

#[judge(
    points = 20,
    title = "each value is shown as soon as it is there",
    hint = "`.await` stands in an `async fn` only: make `show` one",
    hint = "the next key is fetched when the value before it was printed"
)]
fn shows_each_value_as_it_comes(run: &Run) -> Findings {
    let entries = entries(run);
    let mut at_ms = 0;
    let mut lines = Vec::new();
    for ((key, latency_ms, value), number) in entries.iter().zip(1..) {
        lines.push((at_ms, format!("Fetching {key}...")));
        at_ms += latency_ms;
        lines.push((at_ms, format!("{number}. {key}: {value}")));
    }
    lines.push((at_ms, format!("{} fetched", entries.len())));
    lines.push((at_ms, "0 fetched".to_owned()));
    let texts: Vec<&str> = lines.iter().map(|(_, line)| line.as_str()).collect();
    run.prints(&texts).or_else(|| {
        let printed = run.printed();
        let late = lines.iter().zip(&printed).find(|(due, got)| due != got);
        late.map_or_else(Findings::none, |((due_ms, line), (at_ms, _))| {
            let kind = if at_ms > due_ms {
                "too-late"
            } else {
                "too-early"
            };
            Findings::one(kind, format!("{line:?} is printed at {}", ms(*at_ms)))
                .expected(format!("at {}", ms(*due_ms)))
                .got(format!("at {}", ms(*at_ms)))
                .at_ms(*at_ms)
        })
    })
}

#[judge(
    points = 25,
    title = "a call that nobody awaits does nothing",
    hint = "the body of an `async fn` does not run before its future is polled, not even its first line",
    hint = "print in the `async fn`, not in a plain function that returns a future"
)]
fn does_nothing_until_it_is_awaited(run: &Run) -> Findings {
    let (key, latency_ms, value) = entries(run).swap_remove(0);
    let awaited_ms = run.notes("awaited").times()[0];
    let early = run
        .printed()
        .into_iter()
        .find(|(at_ms, _)| *at_ms < awaited_ms);
    let early = early.map_or_else(Findings::none, |(at_ms, line)| {
        Findings::one(
            "too-early",
            "a call that was not awaited yet printed a line",
        )
        .expected(format!("nothing before {}", ms(awaited_ms)))
        .got(format!("{line:?} at {}", ms(at_ms)))
        .at_ms(at_ms)
    });
    let gets = run.calls("get");
    let began: Vec<(&str, u64)> = gets
        .iter()
        .map(|get| (get.label.as_str(), get.began_ms))
        .collect();
    let only = Findings::unless(
        began == [(key.as_str(), awaited_ms)],
        "wrong-value",
        "`get` was asked for something else",
    )
    .expected(format!("{key:?}, once, at {}", ms(awaited_ms)))
    .got(format!("{began:?}"));
    early
        .or_else(|| run.prints(&[&format!("Fetching {key}...")]))
        .or_else(|| only)
        .or_else(|| run.notes("value").equals(&value))
        .or_else(|| {
            run.notes("value")
                .no_later_than("the value", |_| awaited_ms + latency_ms)
        })
}

#[judge(
    points = 15,
    title = "whoever awaits leaves the thread to others",
    hint = "`get(key).await`, and nothing that runs a future from outside of one, like `block_on`",
    hint = "the runtime polls; you await"
)]
fn a_wait_leaves_the_thread_to_others(run: &Run) -> Findings {
    let returned_ms = run.notes("returned").times()[0];
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
    let fetched = run
        .calls("get")
        .iter()
        .filter(|get| get.closed.is_some())
        .count();
    let all = entries(run).len();
    let fetched = Findings::unless(fetched >= all, "wrong-value", "not every key was fetched")
        .expected(all)
        .got(fetched);
    run.never_blocks().or_else(|| stopped).or_else(|| fetched)
}

#[judge(
    points = 20,
    title = "no call goes unawaited",
    hint = "`put(value)` makes a future, and nothing else; `let _ =` only hides the compiler's warning",
    hint = "`put(value).await`, if the value is not the known one",
    hint = "`refresh` returns when `put` is done"
)]
fn no_call_goes_unawaited(run: &Run) -> Findings {
    let entries = entries(run);
    let (new, known) = (&entries[0], &entries[1]);
    let put_ms: u64 = run.notes("put takes").value();
    let due = (
        new.2.to_string(),
        new.1,
        Some((new.1 + put_ms, Closing::Answered)),
    );
    let puts = run.calls("put");
    let puts: Vec<_> = puts
        .iter()
        .map(|put| (put.label.clone(), put.began_ms, put.closed))
        .collect();
    let shown = |(value, from, to): &(String, u64, Option<(u64, Closing)>)| match to {
        Some((to, Closing::Dropped)) => format!(
            "{value} from {} to {}, when it was dropped",
            ms(*from),
            ms(*to)
        ),
        Some((to, _)) => format!("{value} from {} to {}", ms(*from), ms(*to)),
        None => format!("{value} from {} on", ms(*from)),
    };
    let got: Vec<String> = puts.iter().map(shown).collect();
    let got = if got.is_empty() {
        "nothing".to_owned()
    } else {
        got.join(", ")
    };
    let message = "what was put is not the one value that is new";
    let once = Findings::unless(puts == [due.clone()], "wrong-value", message)
        .expected(shown(&due))
        .got(got);
    run.nothing_unawaited()
        .or_else(|| once)
        .or_else(|| {
            run.notes("refreshed")
                .no_later_than("the answer of `refresh`", |_| new.1 + put_ms)
        })
        .or_else(|| returns_behind(run, new.1 + put_ms))
        .or_else(|| run.notes("refreshed").equals(&new.2))
        .or_else(|| run.notes("not refreshed").equals(&known.2))
}

fn returns_behind(run: &Run, put_ms: u64) -> Findings {
    let returned_ms = run.notes("refreshed").times()[0];
    Findings::unless(
        returned_ms >= put_ms,
        "too-early",
        "`refresh` returned before `put` was done",
    )
    .expected(ms(put_ms))
    .got(ms(returned_ms))
    .at_ms(returned_ms)
}

#[judge(
    points = 20,
    title = "a promise is kept by somebody else, whether or not it is awaited",
    hint = "`oneshot::channel()` has two ends: give one away, and let a task send into the other in time",
    hint = "awaiting a receiver gives a `Result`: an `Err` says that the sender is gone",
    hint = "sending fails when the receiver is gone, which is nobody's mistake"
)]
fn a_promise_is_kept_by_somebody_else(run: &Run) -> Findings {
    let (value, after_ms): (u32, u64) = run.notes("promise").value();
    let promised_ms = run.notes("promise").times()[0];
    let made = |key: &str| run.notes(key).times()[0];
    run.never_blocks()
        .or_else(|| {
            comes(
                run,
                "early",
                "one that is awaited at once",
                promised_ms + after_ms,
                Some(value),
            )
        })
        .or_else(|| {
            comes(
                run,
                "late",
                "one that is awaited when it was kept long ago",
                made("looked"),
                Some(value),
            )
        })
        .or_else(|| run.no_panic_is_swallowed())
        .or_else(|| {
            comes(
                run,
                "theirs",
                "one that another task keeps",
                made("theirs made") + after_ms,
                Some(value),
            )
        })
        .or_else(|| {
            comes(
                run,
                "broken",
                "one whose sender goes away",
                made("broken made") + after_ms,
                None,
            )
        })
}

/// The answer to a promise is this, and comes at this time.
fn comes(run: &Run, key: &str, which: &str, due_ms: u64, value: Option<u32>) -> Findings {
    let (at_ms, got): (u64, Option<u32>) = (run.notes(key).times()[0], run.notes(key).value());
    let kind = if got != value {
        "wrong-value"
    } else if at_ms > due_ms {
        "too-late"
    } else {
        "too-early"
    };
    let message = format!("the answer to a promise: {which}");
    Findings::unless(got == value && at_ms == due_ms, kind, message)
        .expected(format!("{value:?} at {}", ms(due_ms)))
        .got(format!("{got:?} at {}", ms(at_ms)))
        .at_ms(at_ms)
}
