//! What must be true of deadlines.
//!
//! Times in messages count from the moment at which the first deadline of a scene is made.

mod chain;

use judge::{CallSpan, Closing, Findings, Run, judge, ms};
use serde_json::{Value, json};

use chain::Chain;

judge::judges!();

/// One example is enough: what the first of them finds that finds anything.
fn first(findings: impl IntoIterator<Item = Findings>) -> Findings {
    let mut findings = findings.into_iter();
    findings.find(|found| !found.is_empty()).unwrap_or_default()
}

fn expired(name: &str) -> Value {
    json!({"Err": {"deadline": name}})
}

/// A result in words.
fn told(result: &Value) -> String {
    match result.get("Ok") {
        Some(value) => format!("Ok({value})"),
        None => format!("Err(Expired of {})", result["Err"]["deadline"]),
    }
}

/// What a scene's call gave, and when; times since the drive began.
fn gives(run: &Run, scene: &str, chain: &Chain, expected: &Value, due_ms: u64) -> Findings {
    let returned = run.notes(&format!("{scene} returned"));
    let (returned_ms, got): (u64, Value) = (returned.times()[0], returned.value());
    let since = |at_ms: u64| ms(at_ms - chain.began_ms);
    let setting = chain.setting();
    let kind = if returned_ms > due_ms {
        "too-late"
    } else {
        "too-early"
    };
    let message = format!("{setting}: it did not return when it should");
    let time = Findings::unless(returned_ms == due_ms, kind, message)
        .expected(format!("{} at {}", told(expected), since(due_ms)))
        .got(format!("{} at {}", told(&got), since(returned_ms)));
    let message = format!("{setting}: the result is another one");
    let result = Findings::unless(got == *expected, "wrong-value", message)
        .expected(told(expected))
        .got(told(&got));
    time.or_else(|| result).at_ms(due_ms)
}

/// One `run` of a step, with the first `number` deadlines of the chain.
fn run_is_right(run: &Run, scene: &str, chain: &Chain, number: usize) -> Findings {
    let began = run.notes(&format!("{scene} run"));
    let (began_ms, (takes_ms, value)): (u64, (u64, u32)) = (began.times()[0], began.value());
    let (name, over_ms) = chain.earliest(number);
    let done_ms = began_ms + takes_ms;
    if done_ms < *over_ms {
        gives(run, scene, chain, &json!({"Ok": value}), done_ms)
    } else {
        gives(run, scene, chain, &expired(name), began_ms.max(*over_ms))
    }
}

#[judge(
    points = 20,
    title = "a deadline stands from the moment at which it is made",
    hint = "a limit is a time span, a deadline is a moment: keep the moment",
    hint = "`Instant::now() + limit` when it is made; `tokio::time::timeout_at` waits until a moment"
)]
fn the_deadline_stands_from_the_beginning(run: &Run) -> Findings {
    let scenes = [
        "half",
        "just",
        "late begin",
        "late begin, too slow",
        "too slow",
        "much too slow",
    ];
    first(scenes.map(|scene| run_is_right(run, scene, &Chain::of(run, scene), 1)))
}

#[judge(
    points = 25,
    title = "all steps have one deadline together, and none begins behind it",
    hint = "what one step takes is no longer there for the next",
    hint = "look at the deadline while a step runs, not only between two of them",
    hint = "`run(deadline, step(n, …)).await?` for each: the `?` ends the loop"
)]
fn all_steps_have_one_deadline(run: &Run) -> Findings {
    first(["in time", "third", "first", "last", "none"].map(|scene| {
        let chain = Chain::of(run, scene);
        let began = run.notes(&format!("{scene} steps"));
        let (began_ms, list): (u64, Vec<(u64, u32)>) = (began.times()[0], began.value());
        let (name, over_ms) = chain.earliest(1);
        let done_ms = began_ms + list.iter().map(|(takes_ms, _)| takes_ms).sum::<u64>();
        let values: Vec<u32> = list.iter().map(|(_, value)| *value).collect();
        let result = if done_ms < *over_ms {
            gives(run, scene, &chain, &json!({"Ok": values}), done_ms)
        } else {
            gives(run, scene, &chain, &expired(name), *over_ms)
        };
        result.or_else(|| steps_are_right(run, scene, &chain, &list))
    }))
}

/// A step's number, when it began, and when and how it ended, if it did.
type Taken = (usize, u64, Option<(u64, Closing)>);

/// Each step begins when the one before is done, and is done or dropped at the deadline.
fn steps_are_right(run: &Run, scene: &str, chain: &Chain, list: &[(u64, u32)]) -> Findings {
    let calls = run.calls(&format!("{scene} step"));
    let mut began_ms = run.notes(&format!("{scene} steps")).times()[0];
    let (_, over_ms) = chain.earliest(1);
    let mut expected = Vec::new();
    for (n, (takes_ms, _)) in (1..).zip(list) {
        let done_ms = began_ms + takes_ms;
        if done_ms < *over_ms {
            expected.push((n, began_ms, (done_ms, Closing::Answered)));
        } else {
            expected.push((n, began_ms, (*over_ms, Closing::Dropped)));
            break;
        }
        began_ms = done_ms;
    }
    let got = calls.iter().map(|call| {
        let number: usize = call.label.parse().unwrap_or_default();
        (number, call.began_ms, call.closed)
    });
    let got: Vec<Taken> = got.collect();
    let wanted = expected.iter().map(|(n, at, end)| (*n, *at, Some(*end)));
    let wanted: Vec<Taken> = wanted.collect();
    let differs = (0..wanted.len().max(got.len())).find(|at| wanted.get(*at) != got.get(*at));
    differs.map_or_else(Findings::none, |at| {
        let said = |step: Option<&Taken>| {
            step.map_or("no further step".to_owned(), |(n, began_ms, end)| {
                let end = end.map_or("not over".to_owned(), |(at_ms, how)| {
                    format!("{how:?} at {}", ms(at_ms - chain.began_ms)).to_lowercase()
                });
                format!("step {n} begun at {}, {end}", ms(began_ms - chain.began_ms))
            })
        };
        Findings::one(
            "wrong-value",
            format!("{}: the steps went otherwise", chain.setting()),
        )
        .expected(said(wanted.get(at)))
        .got(said(got.get(at)))
    })
}

#[judge(
    points = 20,
    title = "of deadlines within each other the earliest counts, and is named",
    hint = "an inner deadline makes the time shorter, never longer",
    hint = "`within` compares two moments, and keeps the earlier one with its name"
)]
fn the_earlier_deadline_counts(run: &Run) -> Findings {
    first(
        ["inner", "outer", "middle", "outermost", "in time"].map(|scene| {
            let chain = Chain::of(run, scene);
            let outer = format!("{scene}, then the outer");
            run_is_right(run, scene, &chain, chain.len())
                .or_else(|| run_is_right(run, &outer, &chain, 1))
        }),
    )
}

#[judge(
    points = 20,
    title = "the time left is told, and passed on to each step",
    hint = "the time left is the moment less now, and it is never negative",
    hint = "`saturating_duration_since` gives zero where there is nothing left",
    hint = "ask for it anew before each step"
)]
fn the_time_left_is_passed_on(run: &Run) -> Findings {
    let looks = ["one", "inner", "outer"].map(|scene| {
        let chain = Chain::of(run, scene);
        let left = run.notes(&format!("{scene} left"));
        let looks = left.times().into_iter().zip(left.values::<(usize, u64)>());
        first(looks.map(|(at_ms, (at, left_ms))| {
            let (name, over_ms) = chain.earliest(at + 1);
            left_is(&chain, name, over_ms.saturating_sub(at_ms), left_ms, at_ms)
        }))
    });
    first(looks).or_else(|| {
        let chain = Chain::of(run, "steps");
        let told = run.notes("steps told");
        let list: Vec<(u64, u32)> = run.notes("steps steps").value();
        let number = told.number(list.len());
        let told = told.times().into_iter().zip(told.values::<(u32, u64)>());
        let told = told.map(|(at_ms, (n, left_ms))| {
            let (_, over_ms) = chain.earliest(2);
            let what = format!("step {n}");
            left_is(&chain, &what, over_ms.saturating_sub(at_ms), left_ms, at_ms)
        });
        number.or_else(|| first(told))
    })
}

fn left_is(chain: &Chain, what: &str, expected_ms: u64, left_ms: u64, at_ms: u64) -> Findings {
    let now = ms(at_ms - chain.began_ms);
    let message = format!("{}; {what} at {now}: another time is left", chain.setting());
    Findings::unless(left_ms == expected_ms, "wrong-value", message)
        .expected(ms(expected_ms))
        .got(ms(left_ms))
        .at_ms(at_ms)
}

#[judge(
    points = 15,
    title = "`or_else` catches the expiry of its own limit, and passes the deadline's on",
    hint = "two limits may end `first`, and only one of them makes `second` begin",
    hint = "`first` is over when `second` begins: they do not run beside each other",
    hint = "`run(deadline, timeout(limit, first)).await?` tells the two apart"
)]
fn only_its_own_expiry_is_caught(run: &Run) -> Findings {
    let scenes = ["own", "other", "late other", "outer"];
    first(scenes.map(|scene| or_else_is_right(run, scene)))
}

fn or_else_is_right(run: &Run, scene: &str) -> Findings {
    let chain = Chain::of(run, scene);
    let began_ms = run.notes(scene).times()[0];
    let (limit_ms, first_ms, second_ms, one, two): (u64, u64, u64, u32, u32) =
        run.notes(scene).value();
    let (name, over_ms) = chain.earliest(1);
    let own_ms = began_ms + limit_ms;
    let first_done_ms = began_ms + first_ms;
    let second_done_ms = own_ms + second_ms;
    let first_ends = first_done_ms.min(own_ms).min(*over_ms);
    let how = if first_ends == first_done_ms {
        Closing::Answered
    } else {
        Closing::Dropped
    };
    let (expected, due_ms) = if first_ends == first_done_ms {
        (json!({"Ok": format!("first {one}")}), first_done_ms)
    } else if first_ends == own_ms && second_done_ms < *over_ms {
        (json!({"Ok": format!("second {two}")}), second_done_ms)
    } else {
        (expired(name), *over_ms)
    };
    let begins_second = first_ends == own_ms;
    gives(run, scene, &chain, &expected, due_ms)
        .or_else(|| {
            part_is(
                run,
                scene,
                &chain,
                "first",
                Some((began_ms, (first_ends, how))),
            )
        })
        .or_else(|| {
            let how = if second_done_ms < *over_ms {
                Closing::Answered
            } else {
                Closing::Dropped
            };
            let end = (second_done_ms.min(*over_ms), how);
            let second = begins_second.then_some((own_ms, end));
            part_is(run, scene, &chain, "second", second)
        })
}

/// When one of the two begins and how it ends, if it begins.
fn part_is(
    run: &Run,
    scene: &str,
    chain: &Chain,
    label: &str,
    expected: Option<(u64, (u64, Closing))>,
) -> Findings {
    let calls = run.calls(&format!("{scene} step"));
    let call = calls.iter().find(|call| call.label == label);
    let since = |at_ms: u64| ms(at_ms - chain.began_ms);
    let said = |began_ms: u64, (at_ms, how): (u64, Closing)| {
        let how = format!("{how:?}").to_lowercase();
        format!("begun at {}, {how} at {}", since(began_ms), since(at_ms))
    };
    let of_call = |call: &CallSpan| call.closed.map(|end| (call.began_ms, end));
    let holds = call.and_then(of_call) == expected && call.is_some() == expected.is_some();
    let got = call.map_or("never begun".to_owned(), |call| {
        of_call(call).map_or("never over".to_owned(), |(began_ms, end)| {
            said(began_ms, end)
        })
    });
    let expected = expected.map_or("never begun".to_owned(), |(at, end)| said(at, end));
    let message = format!("{}: `{label}` went otherwise", chain.setting());
    Findings::unless(holds, "wrong-value", message)
        .expected(expected)
        .got(got)
}
