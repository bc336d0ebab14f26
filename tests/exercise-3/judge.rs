//! What must be true of a rate limiter.
//!
//! Times in messages count from when the scene's limiter was made. Where a check is about something
//! else than the limit or the time, a scene is held to what the same limiter does in its control:
//! one mistake costs once.

mod history;
mod rules;
mod tries;
mod wording;

use judge::{Findings, Run, judge, ms};

use history::{Caller, History};
use rules::{come_in_time, first_late, holds_somebody_back, keeps_the_limit};
use tries::{answers_at_once, answers_rightly};

judge::judges!();

/// One example is enough: what the first of them finds that finds anything.
fn first(findings: impl IntoIterator<Item = Findings>) -> Findings {
    let mut findings = findings.into_iter();
    findings.find(|found| !found.is_empty()).unwrap_or_default()
}

#[judge(
    points = 10,
    title = "the first caller does not wait",
    hint = "sleep before the callers that come too early, not before every caller; a new limiter \
            has nobody to keep apart"
)]
fn first_caller_does_not_wait(run: &Run) -> Findings {
    first(["new", "rested", "again"].map(|scene| {
        let scene = History::of(run, scene);
        let callers = scene.callers();
        first(callers.iter().map(|caller| is_in_at_once(&scene, caller)))
    }))
}

fn is_in_at_once(scene: &History, caller: &Caller) -> Findings {
    let called = ms(caller.called_ms);
    let Some(admitted_ms) = caller.admitted_ms.filter(|at| *at > caller.called_ms) else {
        return Findings::none();
    };
    let waited = ms(admitted_ms - caller.called_ms);
    let setting = scene.setting();
    let message = format!(
        "{setting}: the one who called at {called} waited {waited}, though the limiter was idle"
    );
    Findings::one("too-late", message)
        .expected(format!("in at {called}"))
        .got(format!("in at {}", ms(admitted_ms)))
        .at_ms(scene.since_drive(admitted_ms))
}

#[judge(
    points = 25,
    title = "no window ever admits more than the limit",
    hint = "remember when each of the last `limit` callers got in: the next may follow one window \
            after the oldest of them",
    hint = "a bucket that starts full, or a count that starts again with each window, lets in up \
            to twice the limit around one instant"
)]
fn no_window_admits_more_than_the_limit(run: &Run) -> Findings {
    let scenes = ["burst", "edge", "late tick", "trickle", "one"];
    first(scenes.map(|scene| keeps_the_limit(&History::of(run, scene), None, "")))
}

#[judge(
    points = 10,
    title = "nobody waits longer than the limit requires",
    hint = "wait until there is room again, counted from the admission that has to leave the \
            window, and not a whole window from now",
    hint = "any number of callers may wait"
)]
fn admissions_come_in_time(run: &Run) -> Findings {
    let scenes = [("burst", 0), ("staggered", 0), ("one", 0), ("twice", 12)];
    holds_somebody_back(&History::of(run, "burst"))
        .or_else(|| first(scenes.map(|(scene, skip)| come_in_time(&History::of(run, scene), skip))))
}

#[judge(
    points = 5,
    title = "callers are admitted in the order they called",
    hint = "tokio's Mutex and Semaphore serve those who wait first come, first served; a retry \
            after a sleep serves whoever is lucky"
)]
fn callers_are_admitted_in_order(run: &Run) -> Findings {
    let queue = History::of(run, "queue");
    let callers = queue.callers();
    let passes = callers.iter().map(|caller| {
        let before = callers
            .iter()
            .filter(|other| other.called_ms < caller.called_ms);
        let passed = before.max_by_key(|other| other.left_ms());
        passed.map_or_else(Findings::none, |passed| {
            does_not_pass(&queue, caller, passed)
        })
    });
    holds_somebody_back(&queue).or_else(|| first(passes))
}

fn does_not_pass(scene: &History, caller: &Caller, before: &Caller) -> Findings {
    if caller.left_ms() >= before.left_ms() {
        return Findings::none();
    }
    let called = |who: &Caller| format!("called at {}", ms(who.called_ms));
    let was_in = |who: &Caller| format!("{}, in at {}", called(who), ms(who.left_ms()));
    let (later, earlier) = (called(caller), called(before));
    let setting = scene.setting();
    let message = format!("{setting}: one who {later} passed one who had {earlier} and waited");
    Findings::one("wrong-order", message)
        .expected("first called, first in")
        .got(format!("{}; {}", was_in(before), was_in(caller)))
        .at_ms(scene.since_drive(caller.left_ms()))
}

#[judge(
    points = 5,
    title = "a caller that gives up takes no permit",
    hint = "a future that is dropped stops at its `.await`: change what the limiter remembers \
            after the last await, or undo it in `drop`",
    hint = "a caller that leaves a queue has to pass its turn on"
)]
fn a_dropped_caller_takes_no_permit(run: &Run) -> Findings {
    let some_leave = History::of(run, "some leave");
    let usual = History::of(run, "some leave: control");
    holds_somebody_back(&usual)
        .or_else(|| keeps_the_limit(&some_leave, Some(&usual), ", whoever gives up"))
        .or_else(|| holds_up_nobody(&some_leave, 0, some_leave.admissions()[0], &usual))
        .or_else(|| {
            let impatient = History::of(run, "impatient");
            let usual = History::of(run, "impatient: control");
            holds_up_nobody(&impatient, 0, impatient.admissions()[0], &usual)
        })
        .or_else(|| the_late_find_nobody(run))
}

/// Long after all who waited have left, the next two are on their own.
fn the_late_find_nobody(run: &Run) -> Findings {
    let all_leave = History::of(run, "all leave");
    let usual = History::of(run, "all leave: control");
    // Where `acquire` holds the thread, nobody can give up; `other_work_goes_on` is about that.
    if all_leave.times("gave up").len() < 6 {
        return Findings::none();
    }
    let late_ms = usual.callers()[2].called_ms;
    holds_up_nobody(&all_leave, 2, late_ms, &usual)
}

/// From number `skip` on, callers get in as if those who gave up had never come.
fn holds_up_nobody(scene: &History, skip: usize, from_ms: u64, usual: &History) -> Findings {
    let late = first_late(scene, skip..usize::MAX, from_ms, &usual.admissions());
    late.map_or_else(Findings::none, |late| {
        let due = format!("by {}: those who gave up hold up nobody", ms(late.due_ms));
        late.finding(scene, "cancel-unsafe").expected(due)
    })
}

#[judge(
    points = 5,
    title = "a rest saves nothing up",
    hint = "what you saved up while nobody came is a burst for whoever comes next",
    hint = "tokio's `interval` makes up for missed ticks unless told otherwise, and is only right \
            to within 5 ms then"
)]
fn idle_time_saves_nothing_up(run: &Run) -> Findings {
    let usual = History::of(run, "control");
    let rested = History::of(run, "rested");
    holds_somebody_back(&usual)
        .or_else(|| keeps_the_limit(&rested, Some(&usual), ", after a rest too"))
}

#[judge(
    points = 5,
    title = "`try_acquire` never waits and never pushes in",
    hint = "look, decide, return: no await, no sleep, no lock that somebody holds while waiting \
            (`try_lock` says at once that somebody waits)",
    hint = "a try that gets `true` counts like any caller, and one that gets `false` leaves no trace"
)]
fn try_acquire_never_waits(run: &Run) -> Findings {
    let scenes = ["waited: control", "waited", "greedy", "left", "rested"];
    let answers = scenes.map(|scene| {
        let scene = History::of(run, scene);
        let tries = scene.tries();
        first((0..tries.len()).map(|number| {
            answers_at_once(run, &scene, &tries[number])
                .or_else(|| answers_rightly(&scene, &tries[..number], &tries[number]))
        }))
    });
    first(answers)
        .or_else(|| {
            let greedy = History::of(run, "greedy");
            let usual = History::of(run, "greedy: control");
            keeps_the_limit(&greedy, Some(&usual), ", tries and callers together")
        })
        .or_else(|| refusals_delay_nobody(run))
}

/// Callers get in as if nobody had tried in vain.
fn refusals_delay_nobody(run: &Run) -> Findings {
    let waited = History::of(run, "waited");
    let usual = History::of(run, "waited: control").admissions();
    let Some(&from_ms) = waited.admissions().first() else {
        return Findings::none();
    };
    // The first try and four callers: what comes after them is the last try.
    let late = first_late(&waited, 0..5, from_ms, &usual);
    late.map_or_else(Findings::none, |late| {
        let due = format!(
            "by {}: a try that is refused delays nobody",
            ms(late.due_ms)
        );
        late.finding(&waited, "too-late").expected(due)
    })
}

#[judge(
    points = 20,
    title = "other work goes on while callers wait",
    hint = "tokio::time::sleep lets other tasks run while it waits"
)]
fn other_work_goes_on(run: &Run) -> Findings {
    const EVERY_MS: u64 = 10;
    let beat = History::of(run, "beat");
    let beats = beat.of_drive(run.notes("heartbeat").times());
    let last_ms = beat.admissions().last().copied().unwrap_or(0);
    let silence = silence(&beats, EVERY_MS, last_ms);
    let Some((from_ms, to_ms)) = silence else {
        return run.never_blocks().or_else(|| holds_somebody_back(&beat));
    };
    run.never_blocks()
        .or_else(|| Findings::one("blocked-executor", "no other task could run"))
        .expected(format!("a heartbeat every {}", ms(EVERY_MS)))
        .got(format!("none from {from_ms} to {}", ms(to_ms)))
}

/// The first stretch before `until_ms` in which a beat is missing: from the one before it to the
/// next.
fn silence(beats: &[u64], every_ms: u64, until_ms: u64) -> Option<(u64, u64)> {
    let mut from_ms = 0;
    while from_ms + every_ms < until_ms {
        let next_ms = beats
            .iter()
            .copied()
            .find(|at| *at > from_ms)
            .unwrap_or(until_ms);
        if next_ms > from_ms + every_ms {
            return Some((from_ms, next_ms));
        }
        from_ms = next_ms;
    }
    None
}

#[judge(
    points = 10,
    title = "jobs start when admitted, overlap and keep their order",
    hint = "`join_all` over futures that each acquire and then run their job",
    hint = "a future does nothing until it is polled, a spawned task starts at once"
)]
fn jobs_overlap_and_keep_their_order(run: &Run) -> Findings {
    let busy = ["alone", "shared"].map(|name| {
        let scene = History::of(run, name);
        let control = format!("{name}: control");
        let usual = History::of(run, &control);
        results_keep_their_order(&scene)
            .or_else(|| jobs_start_in_time(&scene, &usual))
            .or_else(|| keeps_the_limit(&scene, Some(&usual), ", jobs and callers together"))
            .or_else(|| returns_with_the_last_job(&scene))
    });
    first(busy).or_else(|| {
        let empty = History::of(run, "empty");
        results_keep_their_order(&empty).or_else(|| returns_with_the_last_job(&empty))
    })
}

/// Job `n` gives `n`.
fn results_keep_their_order(scene: &History) -> Findings {
    let results = scene.results();
    let wanted: Vec<_> = (0..scene.jobs()).collect();
    let message = format!(
        "{}: the results are not in the order of the jobs",
        scene.setting()
    );
    Findings::unless(results.values == wanted, "wrong-order", message)
        .expected(format!("the results of jobs {wanted:?}"))
        .got(format!("the results of jobs {:?}", results.values))
        .at_ms(scene.since_drive(results.at_ms))
}

/// Jobs get in as callers would. Counted from the beginning, so that a first job that starts late is
/// late.
fn jobs_start_in_time(scene: &History, usual: &History) -> Findings {
    let late = first_late(scene, 0..usize::MAX, 0, &usual.admissions());
    late.map_or_else(Findings::none, |late| {
        let due = ms(late.due_ms);
        if scene.job_ends().contains(&late.at_ms) {
            late.finding(scene, "too-sequential").expected(format!(
                "by {due}: a job waits to be admitted, and for no other job"
            ))
        } else {
            late.finding(scene, "too-late")
                .expected(format!("by {due}: a job starts as soon as it is admitted"))
        }
    })
}

fn returns_with_the_last_job(scene: &History) -> Findings {
    let results = scene.results();
    let called_ms = scene.times("jobs called")[0];
    let ended_ms = scene.job_ends().last().copied().unwrap_or(called_ms);
    let message = format!("{}: `rate_limited` returned late", scene.setting());
    Findings::unless(results.at_ms == ended_ms, "too-late", message)
        .expected(format!("at {}, when the last job had ended", ms(ended_ms)))
        .got(format!("at {}", ms(results.at_ms)))
        .at_ms(scene.since_drive(results.at_ms))
}

#[judge(
    points = 3,
    title = "nothing outlives the limiter",
    hint = "a task that serves the limiter has to end with it: let its channel close, keep it in a \
            JoinSet, or abort it in `drop`"
)]
fn nothing_outlives_the_limiter(run: &Run) -> Findings {
    first(["used", "unused", "left", "jobs"].map(|name| {
        let window_ms = History::of(run, name).window_ms;
        let dropped = format!("{name}: dropped");
        run.nothing_outlives("the limiter", &dropped, 2 * window_ms)
            .expected(format!(
                "every task of the limiter ends within one window, {}",
                ms(window_ms)
            ))
    }))
}

#[judge(
    points = 2,
    title = "a limit or a window of zero is refused",
    hint = "`assert!` in `new`"
)]
fn zero_is_refused(run: &Run) -> Findings {
    let attempts = run.notes("made").values::<(u32, u64, bool)>();
    let made = attempts.into_iter().filter(|(.., made)| *made);
    made.map(|(limit, window_ms, _)| {
        let message = format!(
            "`RateLimiter::new({limit}, {})` made a limiter",
            ms(window_ms)
        );
        Findings::one("wrong-value", message).expected("a panic")
    })
    .collect()
}
