//! The schedule of a drive: which polls are put off, and what draws give.
//!
//! tokio's scheduler is first in, first out, and promises no order: whatever is ready may run first. A
//! poll is put off by a fresh `yield_now`, so that every other task that is ready goes before it and no
//! virtual time passes.

use std::collections::BTreeMap;
use std::future::Future;
use std::ops::RangeInclusive;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::Context;

use trace::Kind;
use trace::schedule::{Poll, Schedule};

use crate::recorder::{inside, record};
use crate::{blocking, turns};

static STATE: Mutex<State> = Mutex::new(State {
    schedule: Schedule::Plain,
    draws: BTreeMap::new(),
    held: BTreeMap::new(),
});

/// Whether nobody is held back: most polls of most drives need to know no more.
static IS_PLAIN: AtomicBool = AtomicBool::new(true);

struct State {
    schedule: Schedule,
    /// How often each draw was made.
    draws: BTreeMap<String, u32>,
    /// The tasks that are held back now, and who was polled since.
    held: BTreeMap<u32, Vec<u32>>,
}

fn state() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The drive that begins goes by this schedule.
pub fn begin(schedule: Schedule) {
    IS_PLAIN.store(schedule.is_plain(), Ordering::Relaxed);
    *state() = State {
        schedule,
        draws: BTreeMap::new(),
        held: BTreeMap::new(),
    };
}

/// Nobody is held back any more: the drive is past its limit.
pub fn stop() {
    IS_PLAIN.store(true, Ordering::Relaxed);
}

/// How a task stands to the schedule: its polls so far, and the turns that it still lets others go.
#[derive(Debug, Default)]
pub struct Turns {
    polls: u32,
    left: Option<u8>,
}

impl Turns {
    /// Whether `task` is held back once more. If so it will be woken, and must answer `Pending`.
    pub fn holds_back(&mut self, task: u32, cx: &mut Context<'_>) -> bool {
        if IS_PLAIN.load(Ordering::Relaxed) {
            return false;
        }
        let held = inside(|| self.decide(task));
        if held {
            let again = pin!(tokio::task::yield_now());
            let _ = again.poll(cx);
            if turns::is_beside() {
                blocking::yield_turn();
            }
        }
        held
    }

    fn decide(&mut self, task: u32) -> bool {
        let mut state = state();
        let at = Poll {
            task,
            poll: self.polls,
        };
        let left = self.left.unwrap_or_else(|| state.turns(at));
        if left > 0 {
            self.left = Some(left - 1);
            return true;
        }
        if self.left.take().is_some()
            && let Some(meanwhile) = state.held.remove(&task)
        {
            record(Kind::LetGo { task, meanwhile });
        }
        self.polls += 1;
        state.polled(task);
        false
    }
}

impl State {
    /// How many turns a task is held back from now on.
    fn turns(&mut self, at: Poll) -> u8 {
        let turns = match &self.schedule {
            Schedule::Plain => 0,
            Schedule::Seeded(seed) => seeded_turns(*seed, at),
            Schedule::Exact(choices) => choices.turns(at),
        };
        if turns > 0 {
            self.held.insert(at.task, Vec::new());
            record(Kind::HeldBack { at, turns });
        }
        turns
    }

    /// Remembers who ran while others were held back; only exact schedules are told in words.
    fn polled(&mut self, task: u32) {
        if matches!(self.schedule, Schedule::Exact(_)) {
            for meanwhile in self.held.values_mut() {
                if !meanwhile.contains(&task) {
                    meanwhile.push(task);
                }
            }
        }
    }
}

/// A value for `key` out of `range`: `plain` under the plain schedule. The second draw of a key is another.
#[track_caller]
pub fn draw(key: &str, plain: u64, range: RangeInclusive<u64>) -> u64 {
    assert!(
        range.contains(&plain),
        "the plain value of `{key}` is in its range"
    );
    let (key, value) = inside(|| {
        let mut state = state();
        let times = state.draws.entry(key.to_owned()).or_insert(0);
        *times += 1;
        let key = match *times {
            1 => key.to_owned(),
            times => format!("{key}#{times}"),
        };
        let value = match &state.schedule {
            Schedule::Plain => plain,
            Schedule::Seeded(seed) => seeded_value(*seed, &key, plain, &range),
            Schedule::Exact(choices) => choices
                .drawn(&key)
                .map_or(plain, |value| value.clamp(*range.start(), *range.end())),
        };
        (key, value)
    });
    record(Kind::Drawn { key, value, plain });
    value
}

/// Seeds are of two temperaments: in one, any poll may be put off, more or less often; in the other, a
/// few tasks are slow throughout. Between them they reach both the races that one untimely step makes and
/// those in which somebody falls far behind.
fn seeded_turns(seed: u64, at: Poll) -> u8 {
    let temperament = hash(seed, 1, 0);
    let choice = hash(seed, u64::from(at.task) + 2, u64::from(at.poll) + 1);
    if temperament.is_multiple_of(4) {
        let slow = hash(seed, u64::from(at.task) + 2, 0).is_multiple_of(3);
        return if slow { turns(choice, 6) } else { 0 };
    }
    let one_in = [2, 3, 5][(temperament >> 8) as usize % 3];
    if choice.is_multiple_of(one_in) {
        turns(choice >> 8, 3)
    } else {
        0
    }
}

/// From 1 to `most`; fewer more often.
fn turns(choice: u64, most: u64) -> u8 {
    let turns = 1 + (choice % most).min((choice >> 16) % most);
    u8::try_from(turns).unwrap_or(u8::MAX)
}

/// The ends of the range and the plain value come more often than their share: that is where
/// coincidences are.
fn seeded_value(seed: u64, key: &str, plain: u64, range: &RangeInclusive<u64>) -> u64 {
    let named = key
        .bytes()
        .fold(0, |before, byte| hash(before, u64::from(byte), 1));
    let choice = hash(seed, named, 2);
    match choice % 16 {
        0..=2 => plain,
        3 => *range.start(),
        4 => *range.end(),
        _ => {
            let width = range.end() - range.start();
            let within = choice >> 8;
            range.start() + width.checked_add(1).map_or(within, |count| within % count)
        }
    }
}

/// splitmix64, over three words.
fn hash(a: u64, b: u64, c: u64) -> u64 {
    const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
    [a, b, c].into_iter().fold(0, |before, word| {
        let mut z = (before ^ word).wrapping_add(STEP);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_holds_back_some_polls_and_not_all() {
        for seed in 0..64 {
            let polls = (0..20).flat_map(|task| (0..20).map(move |poll| Poll { task, poll }));
            let held = polls.filter(|at| seeded_turns(seed, *at) > 0).count();
            assert!(
                (20..380).contains(&held),
                "seed {seed} holds back {held} of 400"
            );
        }
    }

    #[test]
    fn a_draw_stays_in_its_range_and_reaches_its_ends() {
        let range = 5..=15;
        let values: Vec<_> = (0..64)
            .map(|seed| seeded_value(seed, "latency", 10, &range))
            .collect();
        assert!(values.iter().all(|value| range.contains(value)));
        for wanted in [5, 10, 15] {
            assert!(values.contains(&wanted), "{wanted} in {values:?}");
        }
        assert_eq!(seeded_value(3, "one", 7, &(7..=7)), 7);
        seeded_value(3, "all", 7, &(0..=u64::MAX));
    }
}
