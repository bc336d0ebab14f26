//! What must be true of futures that are gathered.

use judge::{CallSpan, Calls, Closing, Findings, Run, count, cut, judge, ms};

judge::judges!();

/// A URL, its latency in virtual milliseconds, and its text.
type Entry = (String, u64, String);

#[judge(
    points = 25,
    title = "every fetch begins at once, and the longest wait is the whole wait",
    hint = "a future does nothing before it is polled: to make them all first and to await them in turn \
            is to wait in turn",
    hint = "`join_all` of the crate `futures` polls all of its futures, whenever one of them may go on"
)]
fn fetches_overlap(run: &Run) -> Findings {
    let entries: Vec<Entry> = run.notes("entries").value();
    all_overlap(run, &run.calls("fetch"), entries.len())
}

/// All of so many calls begin when the driver notes `called`, and it notes `returned` with the end
/// of the last of them.
fn all_overlap(run: &Run, calls: &Calls, number: usize) -> Findings {
    let called = run.notes("called").times()[0];
    let returned = run.notes("returned").times()[0];
    let calls: Vec<&CallSpan> = calls
        .iter()
        .filter(|call| call.began_ms <= returned)
        .collect();
    let began: Vec<u64> = calls.iter().map(|call| call.began_ms - called).collect();
    let at_once = began.iter().filter(|at_ms| **at_ms == 0).count();
    let last = began.iter().max().map_or("none".to_owned(), |last| {
        format!("the last at {}", ms(*last))
    });
    let message = format!("only {at_once} of {} began at once", count(number, "call"));
    let overlap = Findings::unless(at_once >= number, "too-sequential", message)
        .expected(format!("all {number} at 0 ms"))
        .got(last);
    let ended = calls.iter().filter_map(|call| call.closed);
    let ended = ended.map(|(at_ms, _)| at_ms).max().unwrap_or(called);
    overlap.or_else(|| {
        Findings::unless(
            returned <= ended,
            "too-late",
            "all answers were there, and the results were not",
        )
        .expected(format!("the results at {}", ms(ended - called)))
        .got(format!("the results at {}", ms(returned - called)))
        .at_ms(returned)
    })
}

#[judge(
    points = 15,
    title = "the results have the order of the URLs, one for each",
    hint = "the answer that comes first need not belong to the URL that comes first",
    hint = "a URL that is in the list twice is fetched twice"
)]
fn results_in_input_order(run: &Run) -> Findings {
    let (entries, results) = (run.notes("entries"), run.notes("returned"));
    let (entries, results): (Vec<Vec<Entry>>, Vec<Vec<String>>) =
        (entries.values(), results.values());
    let each = entries.iter().zip(&results);
    let mut each = each.map(|(entries, results)| one_for_each(entries, results));
    each.find(|found| !found.is_empty()).unwrap_or_default()
}

/// The texts of the entries in their order; those of one URL in any.
fn one_for_each(entries: &[Entry], results: &[String]) -> Findings {
    let expected: Vec<&str> = entries.iter().map(|(_, _, text)| text.as_str()).collect();
    let got: Vec<&str> = results.iter().map(String::as_str).collect();
    let in_place =
        |(url, ..): &Entry| of_url(entries, url, &expected) == of_url(entries, url, &got);
    if expected.len() == got.len() && entries.iter().all(in_place) {
        return Findings::none();
    }
    let (kind, message) = if sorted(&expected) == sorted(&got) {
        (
            "wrong-order",
            "the results are not in the order of the URLs",
        )
    } else {
        ("wrong-value", "the results are not one for each URL")
    };
    Findings::one(kind, message)
        .expected(in_order(&expected))
        .got(in_order(&got))
}

/// The texts at the places of this URL.
fn of_url<'a>(entries: &[Entry], url: &str, texts: &[&'a str]) -> Vec<&'a str> {
    let places = entries.iter().zip(texts);
    let places = places.filter(|((theirs, ..), _)| theirs == url);
    sorted(&places.map(|(_, text)| *text).collect::<Vec<_>>())
}

fn sorted<T: Ord + Clone>(values: &[T]) -> Vec<T> {
    let mut values = values.to_vec();
    values.sort();
    values
}

#[judge(
    points = 20,
    title = "`gather` runs any futures together, and keeps their order",
    hint = "it is `fetch_all` without the fetching: all futures are there already",
    hint = "what a `JoinSet` gives has the order in which the tasks ended; let each bring its index"
)]
fn gathers_any_futures(run: &Run) -> Findings {
    let (lasting_ms, expected): (Vec<u64>, Vec<u64>) = run.notes("futures").value();
    let got: Vec<u64> = run.notes("returned").value();
    let (kind, message) = if sorted(&got) == sorted(&expected) {
        (
            "wrong-order",
            "the results are not in the order of the futures",
        )
    } else {
        ("wrong-value", "the results are not one for each future")
    };
    let place = (0..expected.len()).find(|at| got.get(*at) != expected.get(*at));
    let order = place.map_or_else(Findings::none, |at| {
        let (value, took) = (expected[at], ms(lasting_ms[at]));
        let got = got.get(at).map_or("nothing".to_owned(), u64::to_string);
        Findings::one(kind, message)
            .expected(format!(
                "{value} as result {}, whose future took {took}",
                at + 1
            ))
            .got(got)
    });
    all_overlap(run, &run.calls("future"), expected.len())
        .or_else(|| order)
        .or_else(|| run.notes("none").equals(&[0_u64; 0]))
}

#[judge(
    points = 10,
    title = "two futures of different kinds run together",
    hint = "a `Vec` holds futures of one type; `tokio::join!` takes any",
    hint = "`text.await` and then `number.await` is the sum of both"
)]
fn two_kinds_at_once(run: &Run) -> Findings {
    let halves: Vec<(u64, u64, u64)> = run.notes("halves").values();
    let took = run
        .notes("halves")
        .times()
        .into_iter()
        .zip(run.notes("returned").times());
    let results: Vec<(String, u64)> = run.notes("returned").values();
    let scenes = halves.into_iter().zip(took).zip(results);
    let mut found = scenes.map(|(((text_ms, number_ms, value), (from, to)), got)| {
        let (expected, longer) = ((format!("answer {value}"), value), text_ms.max(number_ms));
        let message = format!(
            "one took {}, the other {}, and `both` took longer than either",
            ms(text_ms),
            ms(number_ms)
        );
        let overlap = Findings::unless(to - from <= longer, "too-sequential", message)
            .expected(ms(longer))
            .got(ms(to - from))
            .at_ms(to);
        overlap.and(
            Findings::unless(got == expected, "wrong-value", "`both` gave something else")
                .expected(format!("{expected:?}"))
                .got(format!("{got:?}")),
        )
    });
    found.find(|found| !found.is_empty()).unwrap_or_default()
}

#[judge(
    points = 15,
    title = "the report tells the longest wait from the sum of all waits",
    hint = "`tokio::time::Instant::now()` before, `elapsed()` behind: around all of it, and around each \
            fetch",
    hint = "print the lines when all results are there, in the order of the URLs"
)]
fn reports_what_was_gained(run: &Run) -> Findings {
    let entries: Vec<Entry> = run.notes("entries").value();
    let lines = entries
        .iter()
        .zip(1..)
        .map(|((url, took, text), n)| format!("{n}. {url}: {text} ({took} ms)"));
    let mut expected = vec![format!("fetching {} urls", entries.len())];
    expected.extend(lines);
    let longest = entries
        .iter()
        .map(|(_, took, _)| *took)
        .max()
        .unwrap_or_default();
    let sum: u64 = entries.iter().map(|(_, took, _)| took).sum();
    expected.push(format!("together {longest} ms, in turn {sum} ms"));
    expected.push("nothing to fetch".to_owned());
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    run.prints(&expected)
}

#[judge(
    points = 15,
    title = "whoever gives up on all gives up on each",
    hint = "what runs inside your future goes when it does; a task runs on, whatever becomes of its handle",
    hint = "`join_all` owns its futures; a `JoinSet` aborts its tasks when it is dropped; a `Vec` of \
            `JoinHandle`s does neither"
)]
fn nothing_goes_on_when_it_is_dropped(run: &Run) -> Findings {
    let calls = [
        ("gather", run.calls("future")),
        ("fetch_all", run.calls("fetch")),
    ];
    let mut found = calls.iter().map(|(what, calls)| {
        let dropped_ms = run.notes(what).times()[0];
        let dropped = |call: &CallSpan| call.closed == Some((dropped_ms, Closing::Dropped));
        let began = Findings::unless(
            !calls.is_empty(),
            "wrong-value",
            format!("`{what}` ran none of its futures"),
        );
        let over = calls
            .iter()
            .find(|call| !dropped(call))
            .map_or_else(Findings::none, |call| {
                let message = format!(
                    "`{what}` was dropped at {}, and {} went on",
                    ms(dropped_ms),
                    call.label
                );
                let got = match call.closed {
                    Some((at_ms, Closing::Answered)) => format!("answered at {}", ms(at_ms)),
                    Some((at_ms, _)) => format!("dropped at {}", ms(at_ms)),
                    None => "still under way at the end".to_owned(),
                };
                Findings::one("leaked-task", message)
                    .expected(format!("dropped at {}", ms(dropped_ms)))
                    .got(got)
                    .at_ms(dropped_ms)
            });
        began.or_else(|| over)
    });
    found.find(|found| !found.is_empty()).unwrap_or_default()
}

fn in_order(texts: &[&str]) -> String {
    if texts.is_empty() {
        return "no results".to_owned();
    }
    cut(&texts.join(", "))
}
