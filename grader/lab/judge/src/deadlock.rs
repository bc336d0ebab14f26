//! `deadlock` and `lost-wakeup`: nothing can run any more.

use std::collections::BTreeMap;

use trace::finding::At;
use trace::{Awaited, Kind, Stuck};

use crate::findings::Findings;
use crate::run::{Run, at};
use crate::text::ms;

/// What nothing will wake: the first that is known by its line leads, the rest follow, each a finding of
/// its own.
pub fn findings(run: &Run<'_>, stuck: &[Stuck]) -> Findings {
    told(run, stuck, is_plain(run))
}

/// Whether tasks ran first in, first out: what is stuck then is stuck without any schedule's help.
fn is_plain(run: &Run<'_>) -> bool {
    run.trace.schedule.is_plain()
}

fn told(run: &Run<'_>, stuck: &[Stuck], plain: bool) -> Findings {
    let since = run.events().iter().rev();
    let since = since
        .map(|event| (event.at_ms, &event.kind))
        .find(|(_, kind)| !is_background(kind))
        .map_or(0, |(at_ms, _)| at_ms);
    let went_on = stuck.iter().find(|stuck| stuck.ready);
    let signalled = |stuck: &Stuck| is_woken(stuck.on) && at(&stuck.place).is_some();
    let unwoken = !plain && stuck.iter().any(signalled);
    let unheard = unheard(stuck);
    let kind = if went_on.is_some() || unwoken || !unheard.is_empty() {
        "lost-wakeup"
    } else {
        "deadlock"
    };
    let mut lines: Vec<_> = went_on
        .map(|stuck| goes_on(run, stuck))
        .into_iter()
        .collect();
    lines.extend(unheard);
    lines.extend(waiting(stuck, !plain));
    if lines.is_empty() {
        lines.push((None, String::new()));
    }
    let schedule = if plain { "" } else { "under this schedule " };
    let lines = lines
        .into_iter()
        .enumerate()
        .map(|(number, (place, line))| {
            let message = match (number, line.as_str()) {
                (0, "") => format!(
                    "{schedule}nothing can run after {}, and no timer is set",
                    ms(since)
                ),
                (0, line) => format!(
                    "{schedule}nothing can run after {}, and no timer is set: {line}",
                    ms(since)
                ),
                (_, line) => line.to_owned(),
            };
            Findings::one(kind, message).at(place).at_ms(since)
        });
    lines.collect()
}

/// What the lab does beside the run: it says nothing about when the run stood still.
fn is_background(kind: &Kind) -> bool {
    match kind {
        Kind::Halted { .. } => true,
        Kind::Note { key, .. } => key == "heartbeat",
        _ => false,
    }
}

/// Whether a waiter of this is told to look again, and not handed what it waits for: a signal that comes
/// before it waits can pass it by.
fn is_woken(on: Awaited) -> bool {
    matches!(
        on,
        Awaited::Notify | Awaited::Watch | Awaited::Barrier | Awaited::Waker
    )
}

fn goes_on(run: &Run<'_>, stuck: &Stuck) -> (Option<At>, String) {
    let spawned = || {
        run.events().iter().find_map(|event| match &event.kind {
            Kind::Spawned { task, place, .. } if *task == stuck.task => at(place),
            _ => None,
        })
    };
    let (place, who) = match (at(&stuck.place), spawned()) {
        (Some(place), _) => (Some(place), "the task that waits here"),
        (None, Some(place)) => (Some(place), "the task spawned here"),
        (None, None) => (None, "a task"),
    };
    let line =
        format!("polled again, {who} goes on: what it waits for is there, and nobody woke it");
    (place, line)
}

/// How likely a wait of this is only because others wait, in steps.
fn is_consequence(on: Awaited) -> u8 {
    match on {
        Awaited::Task | Awaited::LocalSet => 2,
        on if on.is_held() => 1,
        _ => 0,
    }
}

/// Those that nobody could wake, since they left their waker with nobody. Where others wait for what one
/// task has at a time, that may be why everything stands still.
fn unheard(stuck: &[Stuck]) -> Vec<(Option<At>, String)> {
    if stuck.iter().any(|stuck| stuck.on.is_held()) {
        return Vec::new();
    }
    let mut lines = BTreeMap::new();
    for stuck in stuck.iter().filter(|stuck| is_unheard(stuck)) {
        if let Some(place) = at(&stuck.place) {
            lines.insert(place, stuck.on);
        }
    }
    let line = |(place, on)| {
        let how = match on {
            Awaited::Unknown => "answers `Pending` and has left its waker with nobody".to_owned(),
            on => format!(
                "begins to wait{} and gives that up before it answers `Pending`",
                awaited(on)
            ),
        };
        let line = format!("polled again, what a task waits for here {how}: it can never be woken");
        (Some(place), line)
    };
    lines.into_iter().map(line).collect()
}

/// Whether it left its waker with nobody, which `pending()` does on purpose.
fn is_unheard(stuck: &Stuck) -> bool {
    !stuck.ready && !stuck.kept && stuck.on != Awaited::Pending
}

fn waiting(stuck: &[Stuck], by_schedule: bool) -> Vec<(Option<At>, String)> {
    let mut places: BTreeMap<_, usize> = BTreeMap::new();
    let waits = |stuck: &&Stuck| !stuck.ready && !is_unheard(stuck);
    for stuck in stuck.iter().filter(waits) {
        if let Some(place) = at(&stuck.place) {
            *places
                .entry((is_consequence(stuck.on), place, stuck.on))
                .or_default() += 1;
        }
    }
    let line = |((_, place, on), count): ((u8, At, Awaited), usize)| {
        let who = if count == 1 {
            "a task waits here".to_owned()
        } else {
            format!("{count} tasks wait here")
        };
        let lost = if by_schedule && is_woken(on) {
            ", whose signal was lost"
        } else {
            ""
        };
        (Some(place), format!("{who} for good{}{lost}", awaited(on)))
    };
    places.into_iter().map(line).collect()
}

/// ` for …`, where it is known.
pub fn awaited(on: Awaited) -> &'static str {
    match on {
        Awaited::Mutex => " for a tokio `Mutex`",
        Awaited::RwLock => " for a tokio `RwLock`",
        Awaited::Semaphore => " for a permit of a `Semaphore`",
        Awaited::OnceCell => " for a tokio `OnceCell`",
        Awaited::Mpsc => " for an mpsc channel",
        Awaited::Oneshot => " for a oneshot channel",
        Awaited::Broadcast => " for a broadcast channel",
        Awaited::Watch => " for a watch channel",
        Awaited::Notify => " for a `Notify`",
        Awaited::Barrier => " for a `Barrier`",
        Awaited::Cancellation => " for a `CancellationToken`",
        Awaited::Pipe => " for the other end of a pipe",
        Awaited::Task => " for another task",
        Awaited::LocalSet => " for the tasks of a `LocalSet`",
        Awaited::Timer => " for the clock",
        Awaited::Call => " for a call that is never answered",
        Awaited::Blocking => " for a std lock, channel, condition variable or park",
        Awaited::Pending => " for `pending()`, which never comes",
        Awaited::Waker => " for something that is not tokio's",
        Awaited::Unknown => "",
    }
}

#[cfg(test)]
mod tests {
    use trace::{Awaited, Completion, Place, Stuck, Trace};

    use super::told;
    use crate::run::Run;

    fn stuck(on: Awaited, line: u32, ready: bool) -> Stuck {
        let file = "src/lib.rs".to_owned();
        Stuck {
            task: line,
            place: Place::Known { file, line },
            on,
            ready,
            kept: true,
        }
    }

    fn said(stuck: &[Stuck], plain: bool) -> Vec<String> {
        let trace = Trace {
            check: String::new(),
            schedule: trace::schedule::Schedule::Plain,
            events: Vec::new(),
            peaks: trace::peaks::Peaks::default(),
            ending: Completion::Whole,
        };
        let findings = told(&Run::new(&trace), stuck, plain).into_vec();
        let line = |f: trace::finding::Finding| {
            format!("{}@{}: {}", f.kind, f.at.map_or(0, |at| at.line), f.message)
        };
        findings.into_iter().map(line).collect()
    }

    #[test]
    fn what_is_handed_over_is_never_a_lost_wakeup() {
        let stuck = [
            stuck(Awaited::Oneshot, 3, false),
            stuck(Awaited::Mutex, 7, false),
        ];
        assert_eq!(
            said(&stuck, false),
            [
                "deadlock@3: under this schedule nothing can run after 0 ms, and no timer is set: a task waits here for good for a oneshot channel",
                "deadlock@7: a task waits here for good for a tokio `Mutex`",
            ]
        );
    }

    #[test]
    fn a_signal_that_only_a_schedule_loses_is_a_lost_wakeup() {
        let stuck = [stuck(Awaited::Notify, 3, false)];
        assert_eq!(
            said(&stuck, true),
            [
                "deadlock@3: nothing can run after 0 ms, and no timer is set: a task waits here for good for a `Notify`"
            ]
        );
        assert_eq!(
            said(&stuck, false),
            [
                "lost-wakeup@3: under this schedule nothing can run after 0 ms, and no timer is set: a task waits here for good for a `Notify`, whose signal was lost"
            ]
        );
    }

    #[test]
    fn what_leaves_its_waker_with_nobody_is_never_woken() {
        let unheard = |on, line| Stuck {
            kept: false,
            ..stuck(on, line, false)
        };
        let alone = [
            stuck(Awaited::Task, 3, false),
            unheard(Awaited::Timer, 7),
            unheard(Awaited::Unknown, 9),
        ];
        assert_eq!(
            said(&alone, true),
            [
                "lost-wakeup@7: nothing can run after 0 ms, and no timer is set: polled again, what a task waits for here begins to wait for the clock and gives that up before it answers `Pending`: it can never be woken",
                "lost-wakeup@9: polled again, what a task waits for here answers `Pending` and has left its waker with nobody: it can never be woken",
                "lost-wakeup@3: a task waits here for good for another task",
            ]
        );
    }

    #[test]
    fn who_waits_for_others_that_wait_is_told_last() {
        let stuck = [
            stuck(Awaited::Task, 3, false),
            stuck(Awaited::Mutex, 7, false),
            stuck(Awaited::Notify, 9, false),
        ];
        let lines = said(&stuck, true);
        let places: Vec<_> = lines.iter().map(|line| line.split(':').next()).collect();
        assert_eq!(
            places,
            [Some("deadlock@9"), Some("deadlock@7"), Some("deadlock@3")]
        );
    }

    #[test]
    fn what_never_comes_on_purpose_is_no_lost_wakeup() {
        let pending = Stuck {
            kept: false,
            ..stuck(Awaited::Pending, 7, false)
        };
        assert_eq!(
            said(&[pending], true),
            [
                "deadlock@7: nothing can run after 0 ms, and no timer is set: a task waits here for good for `pending()`, which never comes"
            ]
        );
    }

    #[test]
    fn a_lock_that_is_never_free_comes_before_what_is_never_woken() {
        let mut all = [
            stuck(Awaited::Mutex, 3, false),
            stuck(Awaited::Unknown, 9, false),
        ];
        all[1].kept = false;
        assert_eq!(
            said(&all, true),
            [
                "deadlock@3: nothing can run after 0 ms, and no timer is set: a task waits here for good for a tokio `Mutex`"
            ]
        );
    }

    #[test]
    fn a_task_that_goes_on_when_polled_again_lost_its_wakeup() {
        let stuck = [
            stuck(Awaited::Task, 3, false),
            stuck(Awaited::Waker, 9, true),
        ];
        assert_eq!(
            said(&stuck, true),
            [
                "lost-wakeup@9: nothing can run after 0 ms, and no timer is set: polled again, the task that waits here goes on: what it waits for is there, and nobody woke it",
                "lost-wakeup@3: a task waits here for good for another task",
            ]
        );
    }
}
