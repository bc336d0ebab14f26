//! What must be true of operations with a limit.
//!
//! Times in messages count from the call that waits.

mod scene;

use judge::{CallSpan, Closing, Findings, Run, judge, ms};
use serde_json::{Value, json};

use scene::Scene;

judge::judges!();

/// One example is enough: what the first of them finds that finds anything.
fn first(findings: impl IntoIterator<Item = Findings>) -> Findings {
    let mut findings = findings.into_iter();
    findings.find(|found| !found.is_empty()).unwrap_or_default()
}

/// A `Duration` as the driver notes it.
fn duration(milliseconds: u64) -> Value {
    json!({"secs": milliseconds / 1000, "nanos": milliseconds % 1000 * 1_000_000})
}

fn timed_out(limit_ms: u64) -> Value {
    json!({"Err": {"limit": duration(limit_ms)}})
}

/// A result in words.
fn told(result: &Value) -> String {
    let whole = |part: &str| result["Err"]["limit"][part].as_u64().unwrap_or_default();
    match result.get("Ok") {
        Some(value) => format!("Ok({value})"),
        None => format!(
            "Err(TimedOut) with a limit of {}",
            ms(whole("secs") * 1000 + whole("nanos") / 1_000_000)
        ),
    }
}

/// What the scene's call gave, and when.
fn gives(run: &Run, scene: &Scene, expected: &Value, due_ms: u64) -> Findings {
    let returned = run.notes(&format!("{} returned", scene.name));
    let (returned_ms, got): (u64, Value) = (returned.times()[0], returned.value());
    result_is(&scene.setting(), expected, &got)
        .at_ms(returned_ms)
        .or_else(|| comes_at(&scene.setting(), scene.began_ms, returned_ms, due_ms))
}

fn result_is(setting: &str, expected: &Value, got: &Value) -> Findings {
    let message = format!("{setting}: the result is another one");
    Findings::unless(got == expected, "wrong-value", message)
        .expected(told(expected))
        .got(told(got))
}

fn comes_at(setting: &str, began_ms: u64, returned_ms: u64, due_ms: u64) -> Findings {
    let took_ms = returned_ms - began_ms;
    let kind = if took_ms > due_ms {
        "too-late"
    } else {
        "too-early"
    };
    let message = format!("{setting}: it did not return when it should");
    Findings::unless(took_ms == due_ms, kind, message)
        .expected(format!("return at {}", ms(due_ms)))
        .got(format!("return at {}", ms(took_ms)))
        .at_ms(returned_ms)
}

#[judge(
    points = 20,
    title = "an operation that is in time is answered when it is done",
    hint = "the limit is the longest wait, not the only one: return as soon as the operation is done",
    hint = "without a limit there is nothing but to await the operation",
    hint = "`tokio::time::timeout(limit, operation)` gives `Ok` with what the operation gives"
)]
fn who_is_in_time_is_answered(run: &Run) -> Findings {
    first(["half", "just", "ready", "no limit"].map(|name| {
        let scene = Scene::of(run, name);
        gives(run, &scene, &json!({"Ok": scene.value}), scene.takes_ms)
    }))
}

#[judge(
    points = 25,
    title = "an operation that is not in time is waited for until the limit, and no longer",
    hint = "wait for two things at a time: the operation and a sleep",
    hint = "`timeout` gives `Err` when the limit is over; `map_err` makes a `TimedOut` of it"
)]
fn who_is_not_in_time_is_not_waited_for(run: &Run) -> Findings {
    first(["lesson", "just", "short"].map(|name| {
        let scene = Scene::of(run, name);
        let limit_ms = scene.limit_ms.unwrap_or_default();
        gives(run, &scene, &timed_out(limit_ms), limit_ms)
    }))
}

#[judge(
    points = 20,
    title = "an operation whose time is over is cancelled, and so is one that nobody waits for",
    hint = "a task runs on when its handle is dropped; a future that you own is dropped with your own",
    hint = "do not spawn it: hand the future itself to `timeout` or to `select!`"
)]
fn its_time_over_it_is_cancelled(run: &Run) -> Findings {
    let scene = Scene::of(run, "limit");
    let limit_ms = scene.limit_ms.unwrap_or_default();
    let given_up = ["given up", "given up, no limit"].map(|name| {
        let scene = Scene::of(run, name);
        let dropped_ms = run.notes(&format!("{name} dropped")).times()[0];
        scene.ends(dropped_ms - scene.began_ms, Closing::Dropped)
    });
    scene
        .ends(limit_ms, Closing::Dropped)
        .or_else(|| first(given_up))
}

#[judge(
    points = 15,
    title = "`wait_but_let_run` stops waiting at the limit, and the operation runs on",
    hint = "`timeout` drops what it is given: give it something that may be dropped",
    hint = "to drop the `JoinHandle` of a task is to let the task run on"
)]
fn it_runs_on_where_it_shall(run: &Run) -> Findings {
    let late = Scene::of(run, "late");
    let in_time = Scene::of(run, "in time");
    let limit_ms = late.limit_ms.unwrap_or_default();
    late.ends(late.takes_ms, Closing::Answered)
        .or_else(|| gives(run, &late, &timed_out(limit_ms), limit_ms))
        .or_else(|| {
            gives(
                run,
                &in_time,
                &json!({"Ok": in_time.value}),
                in_time.takes_ms,
            )
        })
}

#[judge(
    points = 10,
    title = "every attempt has a limit of its own, and is gone before the next begins",
    hint = "the limit begins anew with every attempt: `timeout` inside the loop, not around it",
    hint = "the first attempt is number 1; a value ends the loop, an expired limit goes on with it"
)]
fn every_attempt_has_a_limit_of_its_own(run: &Run) -> Findings {
    first(["third", "all slow", "first"].map(|name| attempts_of(run, name)))
}

fn attempts_of(run: &Run, name: &str) -> Findings {
    let (takes, value, limit_ms): (Vec<u64>, u64, u64) = run.notes(name).value();
    let began_ms = run.notes(name).times()[0];
    let calls = run.calls(&format!("{name} operation"));
    let made = takes.iter().position(|takes_ms| *takes_ms < limit_ms);
    let needed = made.map_or(takes.len(), |at| at + 1);
    let setting = format!("limit {}, attempts of {takes:?} ms", ms(limit_ms));

    let each = takes[..needed].iter().zip(1..).map(|(takes_ms, attempt)| {
        let from_ms = began_ms + limit_ms * (attempt - 1);
        let end = if *takes_ms < limit_ms {
            (from_ms + takes_ms, Closing::Answered)
        } else {
            (from_ms + limit_ms, Closing::Dropped)
        };
        let call = calls.iter().find(|call| call.label == attempt.to_string());
        let as_it_should = |call: &CallSpan| call.began_ms == from_ms && call.closed == Some(end);
        let since = |at_ms: u64| ms(at_ms - began_ms);
        let got = call.map_or("never begun".to_owned(), |call| {
            let end = call
                .closed
                .map(|(at_ms, how)| format!("{how:?} at {}", since(at_ms)));
            let end = end.unwrap_or("still under way at the end".to_owned());
            format!("begun at {}, {}", since(call.began_ms), end.to_lowercase())
        });
        let how = format!("{:?}", end.1).to_lowercase();
        let message = format!("{setting}: attempt {attempt} went otherwise");
        Findings::unless(call.is_some_and(as_it_should), "wrong-value", message)
            .expected(format!(
                "begun at {}, {how} at {}",
                since(from_ms),
                since(end.0)
            ))
            .got(got)
            .at_ms(from_ms)
    });
    let message = format!("{setting}: another attempt was made than are needed");
    let number = Findings::unless(calls.len() == needed, "wrong-value", message)
        .expected(format!("{needed} attempts"))
        .got(calls.len());
    let returned = run.notes(&format!("{name} returned"));
    let expected = made.map_or_else(
        || timed_out(limit_ms),
        |at| json!({"Ok": value + at as u64 + 1}),
    );
    let over_ms = made.map_or(limit_ms * needed as u64, |at| {
        limit_ms * at as u64 + takes[at]
    });
    first(each)
        .or_else(|| number)
        .or_else(|| result_is(&setting, &expected, &returned.value()))
        .or_else(|| comes_at(&setting, began_ms, returned.times()[0], over_ms))
}

#[judge(
    points = 10,
    title = "the text is printed, or `Timeout!`",
    hint = "`match` the result: `Ok(text)` is printed as it is",
    hint = "print when it is known, not before"
)]
fn it_is_printed(run: &Run) -> Findings {
    let operations: Vec<(u64, u64)> = run.notes("operation").values();
    let limits: Vec<u64> = run.notes("returned").values();
    let scenes = operations.into_iter().zip(limits);
    let lines = scenes.map(|((takes_ms, number), limit_ms)| {
        if takes_ms < limit_ms {
            format!("Done {number}")
        } else {
            "Timeout!".to_owned()
        }
    });
    let lines: Vec<String> = lines.collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    run.prints(&lines)
}
