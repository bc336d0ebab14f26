//! What must be true of calls that go through a gate.

use judge::{CallSpan, Calls, Closing, Findings, Run, judge, ms};

judge::judges!();

type Answer = Result<String, String>;

/// What `run_all` was given, and the calls it made.
struct Scene {
    began_ms: u64,
    limit: usize,
    /// How long each call takes, in virtual milliseconds, and its answer.
    given: Vec<(u64, Answer)>,
    calls: Calls,
}

impl Scene {
    fn of(run: &Run) -> Self {
        let (limit, given) = run.notes("run").value();
        Self {
            began_ms: run.notes("run").times()[0],
            limit,
            given,
            calls: run.calls("call"),
        }
    }

    fn setting(&self) -> String {
        format!("{} calls, {} at a time", self.given.len(), self.limit)
    }

    /// Each call was made, and once.
    fn makes_each_call(&self) -> Findings {
        let times = |n: usize| {
            let label = n.to_string();
            self.calls.iter().filter(|call| call.label == label).count()
        };
        let other = (0..self.given.len()).find(|n| times(*n) != 1);
        other.map_or_else(Findings::none, |n| {
            let message = format!("{}: call {n} is not made once", self.setting());
            Findings::one("wrong-value", message)
                .expected(format!("call {n} once"))
                .got(format!("{} times", times(n)))
        })
    }

    /// When the last call was over, in virtual milliseconds.
    fn over_ms(&self) -> u64 {
        let ends = self.calls.iter().filter_map(|call| call.closed);
        ends.map(|(at_ms, _)| at_ms).max().unwrap_or(self.began_ms)
    }
}

#[judge(
    points = 20,
    title = "each task says when it is let in and when it is done, and all answers keep their order",
    hint = "the lines are `Task N starting` and `Task N done`; N counts from 0",
    hint = "print the first line when the place is yours, not when you begin to wait for it",
    hint = "`join_all` gives results in the order of its futures, whichever is done first"
)]
fn says_who_is_inside(run: &Run) -> Findings {
    let scene = Scene::of(run);
    says(run, &scene)
        .or_else(|| answers_in_order(run, &scene))
        .or_else(|| run.notes("none").equals(&Vec::<Answer>::new()))
}

fn says(run: &Run, scene: &Scene) -> Findings {
    let mut printed = run.printed();
    let due = (0..scene.given.len()).flat_map(|n| {
        let label = n.to_string();
        let call = scene.calls.iter().find(|call| call.label == label);
        let ended_ms = call.and_then(|call| call.closed).map(|(at_ms, _)| at_ms);
        [
            (format!("Task {n} starting"), call.map(|call| call.began_ms)),
            (format!("Task {n} done"), ended_ms),
        ]
    });
    for (line, at_ms) in due {
        let there = printed.iter().position(|(_, other)| *other == line);
        let said_ms = there.map(|at| printed.remove(at).0);
        if said_ms.is_none() || at_ms.is_some() && said_ms != at_ms {
            let when = at_ms.map_or_else(String::new, |at_ms| format!(" at {}", ms(at_ms)));
            let got =
                said_ms.map_or_else(|| "no such line".to_owned(), |at| format!("at {}", ms(at)));
            let message = format!(
                "{}: a line is missing, or not said when it is true",
                scene.setting()
            );
            return Findings::one("wrong-output", message)
                .expected(format!("{line:?}{when}"))
                .got(got)
                .at_ms(said_ms.or(at_ms).unwrap_or(scene.began_ms));
        }
    }
    printed
        .first()
        .map_or_else(Findings::none, |(at_ms, line)| {
            let message = format!("{}: a line is one too many", scene.setting());
            Findings::one("wrong-output", message)
                .expected("two lines for each task")
                .got(format!("{line:?} as well"))
                .at_ms(*at_ms)
        })
}

/// An answer that says the service was full is another check's.
fn answers_in_order(run: &Run, scene: &Scene) -> Findings {
    let answers: Vec<Answer> = run.notes("returned").value();
    let due: Vec<&Answer> = scene.given.iter().map(|(_, answer)| answer).collect();
    let full = |answer: &Answer| matches!(answer, Err(why) if why.ends_with("finds no room"));
    let wrong = due.iter().enumerate().find(|(n, due)| {
        answers
            .get(*n)
            .is_none_or(|answer| answer != **due && !full(answer))
    });
    let message = format!("{}: an answer is not where it belongs", scene.setting());
    if let Some((n, due)) = wrong {
        let moved = answers.iter().any(|answer| answer == *due);
        let kind = if moved { "wrong-order" } else { "wrong-value" };
        return Findings::one(kind, message)
            .expected(format!("{due:?} at index {n}"))
            .got(
                answers
                    .get(n)
                    .map_or_else(|| "none".to_owned(), |answer| format!("{answer:?}")),
            );
    }
    Findings::unless(answers.len() == due.len(), "wrong-value", message)
        .expected(format!("{} answers", due.len()))
        .got(answers.len())
}

#[judge(
    points = 25,
    title = "no instant sees more calls than the limit",
    hint = "a permit counts only as long as it lives: give it a name, and keep it while the call runs",
    hint = "`let _ = ..` drops what it is given at once; `let _permit = ..` keeps it to the end of the block"
)]
fn never_more_than_the_limit(run: &Run) -> Findings {
    let scene = Scene::of(run);
    let places: usize = run.notes("gate").value();
    scene
        .calls
        .at_most(scene.limit)
        .and(run.calls("work").at_most(places))
        .or_else(|| scene.makes_each_call())
        .or_else(|| passes(run))
}

/// Everybody got what the work gave.
fn passes(run: &Run) -> Findings {
    let passed: Vec<(u64, Result<u64, ()>)> = run.notes("passed").values();
    let other = passed.iter().find(|(n, given)| *given != Ok(*n));
    other.map_or_else(Findings::none, |(n, given)| {
        Findings::one("wrong-value", "`pass` gave something else than its work")
            .expected(format!("{:?}", Ok::<_, ()>(n)))
            .got(format!("{given:?}"))
    })
}

#[judge(
    points = 25,
    title = "no place stays free while somebody waits for it",
    hint = "a place is free when one call is over, not when all are that began with it",
    hint = "to go through calls in batches of `limit` is to wait for the slowest of each batch",
    hint = "make all the calls at once, and let each wait at a semaphore of its own accord"
)]
fn never_idle_while_one_waits(run: &Run) -> Findings {
    let scene = Scene::of(run);
    let returned_ms = run.notes("returned").times()[0];
    run.never_blocks()
        .or_else(|| keeps_places_full(&scene, returned_ms))
        .or_else(|| scene.makes_each_call())
        .or_else(|| {
            Findings::unless(
                returned_ms == scene.over_ms(),
                "too-late",
                format!(
                    "{}: the last call was over, and `run_all` did not return",
                    scene.setting()
                ),
            )
            .expected(ms(scene.over_ms()))
            .got(ms(returned_ms))
        })
        .or_else(|| keeps_gates_full(run))
}

/// Where more callers came to a gate than it has places, and to another one beside it.
fn keeps_gates_full(run: &Run) -> Findings {
    let (from_ms, to_ms) = (
        run.notes("crowds").times()[0],
        run.notes("crowds over").times()[0],
    );
    let crowds: Vec<(String, usize, usize)> = run.notes("crowd").values();
    let full = crowds.iter().map(|(gate, places, callers)| {
        let calls = run.calls(gate);
        let over = |until_ms: u64| {
            let over = |call: &&CallSpan| call.closed.is_some_and(|(at_ms, _)| at_ms <= until_ms);
            calls.iter().filter(over).count()
        };
        calls.at_least(to_ms, |settled| {
            let left = callers.saturating_sub(over(settled.at_ms));
            if settled.at_ms < from_ms {
                0
            } else {
                left.min(*places)
            }
        })
    });
    let found = full.into_iter().find(|found| !found.is_empty());
    found.map_or_else(Findings::none, |found| {
        found.turned_into("underused", "callers of two gates at the same time")
    })
}

fn keeps_places_full(scene: &Scene, returned_ms: u64) -> Findings {
    let over = |until_ms: u64| {
        let over = |call: &&CallSpan| call.closed.is_some_and(|(at_ms, _)| at_ms <= until_ms);
        scene.calls.iter().filter(over).count()
    };
    scene.calls.at_least(returned_ms, |settled| {
        let left = scene.given.len().saturating_sub(over(settled.at_ms));
        left.min(scene.limit)
    })
}

#[judge(
    points = 15,
    title = "a caller that is dropped leaves its place to the others",
    hint = "when a future is dropped, the code behind its `.await` never runs; the destructors of what it holds do",
    hint = "let a guard hold the place, and give it back in its `Drop`: a semaphore's permit is such a guard"
)]
fn a_dropped_caller_leaves_its_place(run: &Run) -> Findings {
    let works = run.calls("work");
    let waits = works.iter().find(|call| {
        call.label == "the one behind"
            && call.closed.is_none_or(|(_, how)| how != Closing::Answered)
    });
    let stuck = waits.map_or_else(Findings::none, |call| {
        let message = "the one behind the caller that went was let in, and got no answer";
        Findings::one("wrong-value", message).at_ms(call.began_ms)
    });
    stuck
        .or_else(|| all_places_are_free(run))
        .or_else(|| lets_them_in(&works))
}

/// At each gate the one behind is let in, be it when the holders leave.
fn lets_them_in(works: &Calls) -> Findings {
    let behind = works
        .iter()
        .filter(|call| call.label == "the one behind")
        .count();
    Findings::unless(
        behind == 3,
        "deadlock",
        "the one behind the caller that went was never let in",
    )
    .expected("it is let in")
    .got(format!("let in at {behind} gates of 3"))
}

#[judge(
    points = 15,
    title = "work that panics leaves its place to the others",
    hint = "a panic unwinds through `pass`: the code behind `work.await` never runs, but destructors do",
    hint = "do not catch the panic: let a guard give the place back, and let the panic go on"
)]
fn a_panic_leaves_its_place(run: &Run) -> Findings {
    let came_out: Vec<(String, bool)> = run.notes("panicked").values();
    all_places_are_free(run).or_else(|| {
        let kept = came_out.iter().find(|(_, panicked)| !panicked);
        kept.map_or_else(Findings::none, |(when, _)| {
            let message = format!("the work panicked {when}, and `pass` did not");
            Findings::one("wrong-value", message)
                .expected("the panic goes on to the caller of `pass`")
        })
    })
}

/// The places of a gate, how many came to it, and when that was.
type Try = (usize, usize, String);

/// As many come in at once as the gate has places, wherever it was tried. One that lets fewer in when it is new is
/// another check's.
fn all_places_are_free(run: &Run) -> Findings {
    let tries = run.notes("try");
    let spans = tries.times().into_iter().zip(run.notes("tried").times());
    let mut free_when_new = 0;
    for ((from_ms, to_ms), (limit, came, when)) in spans.zip(tries.values::<Try>()) {
        let calls = run.calls("try");
        let began = calls
            .iter()
            .filter(|call| (from_ms..=to_ms).contains(&call.began_ms));
        let began = began.count();
        if free_when_new == 0 {
            free_when_new = began.max(limit);
            // Where all are let in, no place can be lost.
            if began == came {
                return Findings::one(
                    "unbounded",
                    format!("the gate has no places to lose, {when}"),
                )
                .expected(format!("{limit} let in at once by an idle gate of {limit}"))
                .got(began)
                .at_ms(from_ms);
            }
        } else if began != free_when_new {
            let (kind, what) = if began < free_when_new {
                ("underused", "a place was lost")
            } else {
                ("unbounded", "a place was given back twice")
            };
            return Findings::one(kind, format!("{what} {when}"))
                .expected(format!("{limit} let in at once by an idle gate of {limit}"))
                .got(began)
                .at_ms(from_ms);
        }
    }
    Findings::none()
}
