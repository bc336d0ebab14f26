//! What ends a run fails its check, and the check's own judge is not asked: most of what it would
//! miss was never recorded.

use trace::{Completion, Ending, Halt, Kind, Owner, Place, STACK_OVERFLOW, Stuck};

use crate::deadlock::{self, awaited};
use crate::findings::Findings;
use crate::run::{Run, at};
use crate::text::{cut, ms, thousands};

/// Why the run ended before its time, or cannot be relied on; none when it can be judged.
pub fn findings(run: &Run<'_>) -> Findings {
    halted(run)
        .or_else(|| ended_early(run))
        .or_else(|| panicked(run))
        .or_else(|| own_thread(run))
}

fn halted(run: &Run<'_>) -> Findings {
    let found = run.events().iter().find_map(|event| match &event.kind {
        Kind::Halted { why } => Some((event.at_ms, why)),
        _ => None,
    });
    let Some((at_ms, why)) = found else {
        return Findings::none();
    };
    // The clock does not wait for a thread of the submission's own: what stood still may have been
    // waiting for it.
    let thread = own_thread(run);
    if !thread.is_empty() {
        return thread;
    }
    match why {
        Halt::Deadlock { stuck } => deadlock::findings(run, stuck),
        Halt::GoesRound {
            steps,
            times,
            place,
        } => goes_round(run, *steps, *times, place).at_ms(at_ms),
        Halt::Livelock { .. } | Halt::Spinning { .. } => stands_still(why, at_ms).at_ms(at_ms),
        Halt::Stopped { .. } | Halt::Locked { .. } | Halt::LockedOut { .. } => {
            held_up(why).at_ms(at_ms)
        }
        // The grader judges no drive that it stopped itself.
        Halt::Asked { .. } => Findings::one("ended-early", "the drive was stopped half-way"),
        _ => goes_on(why).at_ms(at_ms),
    }
}

/// Tasks run, and the clock does not.
fn stands_still(why: &Halt, at_ms: u64) -> Findings {
    match why {
        Halt::Livelock { polls, place } => Findings::one(
            "livelock",
            format!(
                "{} polls at {} and the clock never moved",
                thousands(*polls),
                ms(at_ms)
            ),
        )
        .at(at(place)),
        Halt::Spinning { reads, place } => Findings::one(
            "spinning",
            format!(
                "a clock was read {} times in one poll; it moves only while tasks wait",
                thousands(*reads)
            ),
        )
        .at(at(place)),
        _ => Findings::none(),
    }
}

/// More and more happens, and no end comes.
fn goes_on(why: &Halt) -> Findings {
    let message = match why {
        Halt::NeverFinishes { limit_ms } => format!(
            "timers go on, but the call had not returned after {}",
            ms(*limit_ms)
        ),
        Halt::TooMuchOutput { bytes } => format!(
            "more than {} MiB were printed; the run was stopped",
            bytes >> 20
        ),
        Halt::TooManyEvents { events } => format!(
            "more than {} things happened; the run was stopped",
            thousands(*events)
        ),
        _ => return Findings::none(),
    };
    Findings::one("never-finishes", message)
}

/// A thread waits for what nothing can end.
fn held_up(why: &Halt) -> Findings {
    match why {
        Halt::Stopped { by, place } => Findings::one(
            "blocked-executor",
            format!(
                "{by} stopped the runtime's thread for good: nothing else can run to release it"
            ),
        )
        .at(at(place)),
        Halt::Locked { by, place, holder } => locked(by, place, holder.as_ref()),
        Halt::LockedOut { by, place, holder } => Findings::one(
            "lock-across-await",
            format!("a blocking job waits here for good for {by}: a task holds it while it waits"),
        )
        .at(at(place))
        .and(held(holder)),
        _ => Findings::none(),
    }
}

/// A lock that a suspended task holds is told at both ends; one that the waiting task holds itself is as
/// any other wait that nothing ends.
fn locked(by: &str, place: &Place, holder: Option<&Stuck>) -> Findings {
    let Some(holder) = holder else {
        return Findings::one(
            "blocked-executor",
            format!(
                "{by} stopped the runtime's thread for good: no other task holds it, so this one does already, perhaps in a future that waits beside this one, or a job does, or its guard was lost"
            ),
        )
        .at(at(place));
    };
    let blocked = Findings::one(
        "lock-across-await",
        format!("{by} stopped the runtime's thread for good: a task holds it while it waits"),
    );
    blocked.at(at(place)).and(held(holder))
}

/// Where the task waits that holds a std lock.
fn held(holder: &Stuck) -> Findings {
    at(&holder.place).map_or_else(Findings::none, |place| {
        let message = format!(
            "the task that holds it waits here{}, its guard still alive",
            awaited(holder.on)
        );
        Findings::one("lock-across-await", message).at(Some(place))
    })
}

fn ended_early(run: &Run<'_>) -> Findings {
    let how = match &run.trace.ending {
        Completion::Whole => return Findings::none(),
        Completion::TimedOut { limit_ms } => return still_busy(*limit_ms),
        Completion::Cut { how } => how,
    };
    let exited = run
        .events()
        .iter()
        .rev()
        .find_map(|event| match &event.kind {
            Kind::Exited { how, place } => Some((event.at_ms, how, place)),
            _ => None,
        });
    let last_words =
        |words: &str| {
            run.events().iter().rev().take(8).any(
                |event| matches!(&event.kind, Kind::Printed { line, .. } if line.contains(words)),
            )
        };
    match exited {
        Some((at_ms, ..)) if last_words("memory allocation of") => {
            Findings::one("ended-early", "memory ran out: a check may use 4 GiB").at_ms(at_ms)
        }
        Some((at_ms, how, _)) if how == STACK_OVERFLOW => Findings::one(
            "ended-early",
            "the stack overflowed: calls nest without end, or too deep",
        )
        .at_ms(at_ms),
        Some((at_ms, how, place)) => Findings::one(
            "ended-early",
            format!("{how} ended the process before the check was over"),
        )
        .at(at(place))
        .at_ms(at_ms),
        None => Findings::one(
            "ended-early",
            format!("the process ended before the check was over: {how}"),
        ),
    }
}

/// A poll that never came back: it waited for nothing that the lab could see. When it began is not known, since
/// what was recorded last was never sent.
fn still_busy(limit_ms: u64) -> Findings {
    Findings::one("never-finishes", went_on(limit_ms))
}

fn went_on(limit_ms: u64) -> String {
    format!(
        "one poll went on and on, and was stopped after {}: a loop that never ends or never awaits, and tokio's clock stands still in it",
        ms(limit_ms),
    )
}

/// Where such a poll was, when it was driven again with its steps counted. What is said of the line is what was
/// seen there, and not that the loop has no end.
fn goes_round(run: &Run<'_>, steps: u64, times: u64, place: &Place) -> Findings {
    let Completion::TimedOut { limit_ms } = run.trace.ending else {
        return Findings::one("never-finishes", "one poll goes on and on").at(at(place));
    };
    let Some(at) = at(place) else {
        return still_busy(limit_ms);
    };
    let was = if times > 1 {
        format!("came back here {} times", thousands(times))
    } else {
        "was in what this line calls".to_owned()
    };
    let steps = thousands(steps);
    let message = format!("{}; within {steps} steps it {was}", went_on(limit_ms));
    Findings::one("never-finishes", message).at(Some(at))
}

/// A panic that reached the driver, or one of its tasks.
fn panicked(run: &Run<'_>) -> Findings {
    let mut owners = std::collections::BTreeMap::from([(0, Owner::Driver)]);
    let mut panic = None;
    for event in run.events() {
        match &event.kind {
            Kind::Spawned { task, owner, .. } => {
                owners.insert(*task, *owner);
            }
            Kind::Panicked { message, place } => panic = Some((event.at_ms, message, place)),
            Kind::Ended {
                task,
                how: Ending::Panicked,
            } if owners.get(task) == Some(&Owner::Driver) => {
                let Some((at_ms, message, place)) = panic else {
                    return Findings::one("panicked", "the call panicked").at_ms(event.at_ms);
                };
                let line = cut(message.lines().next().unwrap_or("").trim());
                return Findings::one("panicked", format!("the call panicked: {line}"))
                    .at(at(place))
                    .at_ms(at_ms);
            }
            _ => {}
        }
    }
    match panic {
        Some((at_ms, message, place)) if !returned(run) => {
            let line = cut(message.lines().next().unwrap_or("").trim());
            let message = format!("a panic went past its task, out of a destructor say: {line}");
            Findings::one("panicked", message)
                .at(at(place))
                .at_ms(at_ms)
        }
        _ => Findings::none(),
    }
}

/// Whether the driver got to its end.
fn returned(run: &Run<'_>) -> bool {
    let is_return = |event: &trace::Event| matches!(event.kind, Kind::Returned);
    run.events().iter().any(is_return)
}

fn own_thread(run: &Run<'_>) -> Findings {
    let thread = run.events().iter().find_map(|event| match &event.kind {
        Kind::Thread { place } => Some((event.at_ms, place)),
        _ => None,
    });
    thread.map_or_else(Findings::none, |(at_ms, place)| {
        Findings::one(
            "real-clock",
            "a thread of its own was started: it runs on the real clock, and no result can rest on it",
        )
        .at(at(place))
        .at_ms(at_ms)
    })
}
