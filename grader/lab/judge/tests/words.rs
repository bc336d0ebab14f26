//! The words of judges, by value: traces made by hand, no submission and no clock.

use judge::{Closing, Ending, Event, Findings, Kind, Owner, Place, Run};
use trace::schedule::Schedule;
use trace::{Awaited, Completion, Halt, Stuck, Trace};

/// A trace of events of task 0, each with its virtual millisecond.
fn trace(events: impl IntoIterator<Item = (u64, Kind)>) -> Trace {
    let event = |(at_ms, kind)| Event {
        at_ms,
        task: 0,
        kind,
    };
    Trace {
        check: "check".to_owned(),
        schedule: Schedule::Plain,
        events: events.into_iter().map(event).collect(),
        peaks: trace::peaks::Peaks::default(),
        ending: Completion::Whole,
    }
}

fn note(key: &str, value: impl std::fmt::Display) -> Kind {
    Kind::Note {
        key: key.to_owned(),
        value: value.to_string(),
    }
}

fn began(call: u32) -> Kind {
    Kind::Began {
        call,
        service: "request".to_owned(),
        label: format!("/{call}"),
    }
}

fn closed(call: u32) -> Kind {
    Kind::Closed {
        call,
        how: Closing::Answered,
    }
}

fn line(line: u32) -> Place {
    Place::Known {
        file: "src/lib.rs".to_owned(),
        line,
    }
}

/// Each finding as `kind@line at ms: message [expected / got]`.
fn told(findings: Findings) -> Vec<String> {
    let tell = |f: trace::finding::Finding| {
        let at = f.at.map_or_else(String::new, |at| format!("@{}", at.line));
        let when = f
            .virtual_ms
            .map_or_else(String::new, |ms| format!(" at {ms}"));
        let rest = match (f.expected, f.got) {
            (None, None) => String::new(),
            (expected, got) => {
                format!(
                    " [{} / {}]",
                    expected.unwrap_or_default(),
                    got.unwrap_or_default()
                )
            }
        };
        format!("{}{at}{when}: {}{rest}", f.kind, f.message)
    };
    findings.into_vec().into_iter().map(tell).collect()
}

#[test]
fn a_window_is_half_open_wherever_it_begins() {
    let admitted = |times: &[u64]| {
        let trace = trace(times.iter().map(|at| (*at, note("admitted", 0))));
        told(Run::new(&trace).notes("admitted").at_most(2).in_any(100))
    };
    assert!(admitted(&[0, 99, 100, 199, 200]).is_empty());
    assert_eq!(
        admitted(&[0, 50, 99]),
        [
            "unbounded at 99: 3 admitted in the 100 ms from 0 ms [at most 2 in any 100 ms / 3 from 0 to 100 ms]"
        ]
    );
}

#[test]
fn order_within_a_millisecond_is_free() {
    let order = |notes: &[(u64, i64)]| {
        let trace = trace(notes.iter().map(|(at, n)| (*at, note("admitted", n))));
        told(Run::new(&trace).notes("admitted").in_order()).len()
    };
    assert_eq!(order(&[(0, 1), (0, 0), (5, 3), (5, 2)]), 0);
    assert_eq!(order(&[(0, 1), (5, 0)]), 1);
}

#[test]
fn a_note_on_its_bound_is_in_time() {
    let trace = trace([(0, note("in", 0)), (10, note("in", 1)), (21, note("in", 2))]);
    let notes = Run::new(&trace).notes("in");
    assert_eq!(
        told(notes.no_later_than("admission", |k| 10 * k)),
        ["too-late at 21: admission number 3 came at 21 ms [no later than 20 ms / 21 ms]"]
    );
    assert!(
        notes
            .between(0, 21)
            .no_later_than("admission", |k| 10 * k)
            .is_empty()
    );
}

#[test]
fn a_value_is_compared_as_json() {
    let trace = trace([(3, note("stats", r#"{"lines":2}"#))]);
    let notes = Run::new(&trace).notes("stats");
    assert!(notes.equals(&serde_json::json!({ "lines": 2 })).is_empty());
    assert_eq!(
        told(notes.equals(&serde_json::json!({ "lines": 3 }))),
        [r#"wrong-value at 3: `stats` is not what was asked for [{"lines":3} / {"lines":2}]"#]
    );
}

#[test]
fn at_most_holds_at_every_instant_and_at_least_when_the_clock_moves() {
    // At 10 ms one ends and the next begins; for an instant there are two, then one.
    let trace = trace([
        (0, began(1)),
        (10, began(2)),
        (10, closed(1)),
        (20, closed(2)),
        (30, Kind::Returned),
    ]);
    let calls = Run::new(&trace).calls("request");
    assert_eq!(
        told(calls.at_most(1)),
        ["unbounded at 10: 2 requests in flight at 10 ms [at most 1 at a time / 2]"]
    );
    assert!(calls.at_most(2).is_empty());
    assert!(calls.at_least(20, |_| 1).is_empty());
    assert_eq!(
        told(calls.at_least(30, |_| 1)).len(),
        1,
        "nothing is in flight from 20 to 30 ms"
    );
}

#[test]
fn calls_know_their_ends() {
    let trace = trace([
        (0, began(1)),
        (
            4,
            Kind::Failed {
                call: 1,
                error: "TimedOut".to_owned(),
            },
        ),
        (
            5,
            Kind::Closed {
                call: 1,
                how: Closing::Dropped,
            },
        ),
        (7, began(2)),
    ]);
    let calls = Run::new(&trace).calls("request");
    assert_eq!(calls.get(0).failed, Some((4, "TimedOut".to_owned())));
    assert_eq!(calls.get(0).closed, Some((5, Closing::Dropped)));
    assert_eq!(calls.get(1).closed, None);
    assert_eq!(told(calls.none_begin_after(6, "after the error")).len(), 1);
    assert!(calls.none_begin_after(7, "after the error").is_empty());
}

#[test]
fn a_task_may_end_in_the_millisecond_of_the_return() {
    let spawned = |task, line_of| Kind::Spawned {
        task,
        owner: Owner::Submission,
        place: line(line_of),
    };
    let ended = |task| Kind::Ended {
        task,
        how: Ending::Cancelled,
    };
    let ends = trace([
        (0, spawned(1, 4)),
        (9, note("returned", 0)),
        (9, ended(1)),
        (10, Kind::Returned),
    ]);
    assert!(Run::new(&ends).nothing_runs_after("returned").is_empty());
    let leaks = trace([(0, spawned(1, 4)), (9, note("returned", 0)), (10, ended(1))]);
    assert_eq!(
        told(Run::new(&leaks).nothing_runs_after("returned")),
        [
            "leaked-task@4 at 9: 1 task spawned here still ran at 9 ms, when all of it should have been over"
        ]
    );
}

#[test]
fn what_holds_the_thread_is_told_once_for_each_place() {
    let sleep = |ms, line_of| Kind::Blocked {
        by: "std::thread::sleep".to_owned(),
        ms,
        place: line(line_of),
    };
    let trace = trace([(0, sleep(5, 3)), (5, sleep(7, 9)), (12, sleep(5, 3))]);
    assert_eq!(
        told(Run::new(&trace).never_blocks()),
        [
            "blocked-executor@3 at 0: std::thread::sleep held the thread for 5 ms, 2 times",
            "blocked-executor@9 at 5: std::thread::sleep held the thread for 7 ms",
        ]
    );
}

#[test]
fn output_is_compared_line_by_line() {
    let printed = |line: &str| Kind::Printed {
        stream: trace::Stream::Stdout,
        line: line.to_owned(),
    };
    let trace = trace([(0, printed("A starting")), (1, printed("A done"))]);
    let run = Run::new(&trace);
    assert!(run.prints(&["A starting", "A done"]).is_empty());
    assert_eq!(
        told(run.prints(&["A starting"])),
        [r#"wrong-output: line 2 of the output is wrong [nothing more / "A done"]"#]
    );
}

#[test]
fn a_deadlock_names_every_place_once() {
    let waits = |task, place, on| Stuck {
        task,
        place,
        on,
        ready: false,
        kept: true,
    };
    let stuck = vec![
        waits(0, line(7), Awaited::Task),
        waits(1, line(3), Awaited::Mutex),
        waits(2, line(7), Awaited::Task),
        waits(3, Place::Unknown, Awaited::Unknown),
    ];
    let trace = trace([
        (5, note("called", 0)),
        (
            120_000,
            Kind::Halted {
                why: Halt::Deadlock { stuck },
            },
        ),
    ]);
    assert_eq!(
        told(judge_that_is_not_asked().findings(&Run::new(&trace))),
        [
            "deadlock@3 at 5: nothing can run after 5 ms, and no timer is set: a task waits here for good for a tokio `Mutex`",
            "deadlock@7 at 5: 2 tasks wait here for good for another task",
        ]
    );
}

#[test]
fn a_panic_that_nobody_looked_at_is_told_where_it_began() {
    let of = |task, at_ms, kind| Event { at_ms, task, kind };
    let panicked = |line_of| Kind::Panicked {
        message: format!("line {line_of}\nand more"),
        place: line(line_of),
    };
    let mut trace = trace([]);
    trace.events = vec![
        of(1, 3, panicked(7)),
        of(2, 4, panicked(7)),
        of(3, 5, panicked(9)),
        of(0, 6, Kind::Swallowed { task: 2 }),
        of(0, 6, Kind::Swallowed { task: 1 }),
    ];
    assert_eq!(
        told(Run::new(&trace).no_panic_is_swallowed()),
        [
            "swallowed-panic@7 at 3: 2 spawned tasks panicked here, the first after 3 ms, and nobody looked: line 7"
        ]
    );
}

#[test]
fn a_poll_that_goes_round_is_told_of_by_what_was_seen_of_it() {
    let ended = |times, place| {
        let why = Halt::GoesRound {
            steps: 20_000_000,
            times,
            place,
        };
        let mut trace = trace([(5, Kind::Halted { why })]);
        trace.ending = Completion::TimedOut { limit_ms: 10_000 };
        told(judge_that_is_not_asked().findings(&Run::new(&trace)))
    };
    let busy = "one poll went on and on, and was stopped after 10000 ms: a loop that never ends or never awaits, and tokio's clock stands still in it";
    assert_eq!(
        ended(5_000_000, line(7)),
        [format!(
            "never-finishes@7 at 5: {busy}; within 20 000 000 steps it came back here 5 000 000 times"
        )]
    );
    assert_eq!(
        ended(1, line(7)),
        [format!(
            "never-finishes@7 at 5: {busy}; within 20 000 000 steps it was in what this line calls"
        )]
    );
    let nowhere = ended(9, Place::Unknown);
    assert_eq!(nowhere.len(), 1);
    assert!(nowhere[0].ends_with(busy), "{nowhere:?}");
}

#[test]
fn a_lock_that_a_waiting_task_holds_is_told_at_both_ends() {
    let halted = |holder| {
        let by = "a std `Mutex`".to_owned();
        let why = Halt::Locked {
            by,
            place: line(7),
            holder,
        };
        judge_that_is_not_asked().findings(&Run::new(&trace([(5, Kind::Halted { why })])))
    };
    let holder = Stuck {
        task: 1,
        place: line(3),
        on: Awaited::Oneshot,
        ready: false,
        kept: true,
    };
    assert_eq!(
        told(halted(Some(holder.clone()))),
        [
            "lock-across-await@7 at 5: a std `Mutex` stopped the runtime's thread for good: a task holds it while it waits",
            "lock-across-await@3 at 5: the task that holds it waits here for a oneshot channel, its guard still alive",
        ]
    );
    let why = Halt::LockedOut {
        by: "a std `Mutex`".to_owned(),
        place: line(9),
        holder: holder.clone(),
    };
    let locked_out = trace([(5, Kind::Halted { why })]);
    assert_eq!(
        told(judge_that_is_not_asked().findings(&Run::new(&locked_out))),
        [
            "lock-across-await@9 at 5: a blocking job waits here for good for a std `Mutex`: a task holds it while it waits",
            "lock-across-await@3 at 5: the task that holds it waits here for a oneshot channel, its guard still alive",
        ]
    );
    assert_eq!(
        told(halted(None)),
        [
            "blocked-executor@7 at 5: a std `Mutex` stopped the runtime's thread for good: no other task holds it, so this one does already, perhaps in a future that waits beside this one, or a job does, or its guard was lost"
        ]
    );
}

fn judge_that_is_not_asked() -> judge::Judge {
    judge::Judge {
        name: "check",
        line: 1,
        points: 1,
        title: "it ends",
        hints: &[],
        judge: |_| Findings::one("wrong-value", "a judge that should not be asked"),
    }
}
