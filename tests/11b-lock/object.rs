//! One object: the updates that came to it, and what became of them.

use judge::{Calls, Closing, Findings, Run, ms};

/// An update, as the driver noted it.
struct Update {
    came_ms: u64,
    name: String,
    /// How long its step takes, in virtual milliseconds.
    takes_ms: u64,
    adds: u32,
}

pub struct Object {
    name: String,
    began_with: u32,
    updates: Vec<Update>,
    /// What each step was given.
    given: Vec<(String, u32)>,
    /// Its steps, in the order in which they were let in.
    pub steps: Calls,
}

/// The value and the number of updates that a look must see.
pub struct Seen {
    /// With all that ended up to then.
    pub state: (u32, u32),
    /// Without the one that ended in that very millisecond.
    pub tie: Option<(u32, u32)>,
}

impl Object {
    pub fn of(run: &Run, name: &str) -> Self {
        let began: Vec<(String, u32)> = run.notes("began").values();
        let came = run.notes("came");
        let noted: Vec<(String, String, u64, u32)> = came.values();
        let updates = came.times().into_iter().zip(noted);
        let ours = updates.filter(|(_, (object, ..))| object == name);
        let update = |(came_ms, (_, name, takes_ms, adds))| Update {
            came_ms,
            name,
            takes_ms,
            adds,
        };
        let mut began_with = began.into_iter().filter(|(object, _)| object == name);
        Self {
            name: name.to_owned(),
            began_with: began_with.next().expect("the driver noted a beginning").1,
            updates: ours.map(update).collect(),
            given: values(run, "given", name),
            steps: run.calls(name),
        }
    }

    fn update(&self, name: &str) -> &Update {
        let mut updates = self.updates.iter();
        updates
            .find(|update| update.name == name)
            .expect("the driver noted every update")
    }

    /// When an update came, in virtual milliseconds.
    pub fn came_ms(&self, name: &str) -> u64 {
        self.update(name).came_ms
    }

    /// Each update's step ran, and once, to its end.
    pub fn makes_each(&self) -> Findings {
        let times = |name: &str| {
            let ours = self.steps.iter().filter(|step| step.label == name);
            ours.filter(|step| matches!(step.closed, Some((_, Closing::Answered))))
                .count()
        };
        let other = self.updates.iter().find(|update| times(&update.name) != 1);
        other.map_or_else(Findings::none, |update| {
            let message = format!("the step of {} does not run once", update.name);
            Findings::one("wrong-value", message)
                .expected("once, to its end")
                .got(format!("{} times", times(&update.name)))
        })
    }

    /// Each step was given what the one before it made, and each update gave what its step made.
    pub fn loses_nothing(&self, run: &Run) -> Findings {
        let gave = values(run, "gave", &self.name);
        let of = |notes: &[(String, u32)], name: &str| {
            let mut ours = notes.iter().filter(|(other, _)| other == name);
            ours.next().map(|(_, value)| *value)
        };
        let mut value = self.began_with;
        for step in self.steps.iter() {
            let name = &step.label;
            let made = value + self.update(name).adds;
            let message = format!("{name} does not work on what the step before it made");
            let given = wrong(of(&self.given, name), value, message, step.began_ms);
            let message = format!("the update of {name} gives something else than its step");
            let gave = || wrong(of(&gave, name), made, message, step.began_ms);
            let found = given.or_else(gave);
            if !found.is_empty() {
                return found;
            }
            value = made;
        }
        self.makes_each()
    }

    /// Whenever an update waits, a step is on its way.
    pub fn never_idle(&self) -> Findings {
        let until_ms = self
            .updates
            .iter()
            .map(|update| update.takes_ms)
            .sum::<u64>()
            + self
                .updates
                .iter()
                .map(|update| update.came_ms)
                .max()
                .unwrap_or(0);
        self.steps.at_least(until_ms, |settled| {
            let come = self
                .updates
                .iter()
                .filter(|update| update.came_ms <= settled.at_ms);
            let over = self
                .steps
                .iter()
                .filter(|step| step.closed.is_some_and(|(at_ms, _)| at_ms <= settled.at_ms));
            come.count().saturating_sub(over.count()).min(1)
        })
    }

    /// `NAME acquired` when its step begins, and `NAME released` when that is over; nothing else.
    pub fn says_it(&self, printed: &[(u64, String)]) -> Findings {
        let mut left: Vec<_> = printed.iter().collect();
        for step in self.steps.iter() {
            let over_ms = step.closed.map_or(step.began_ms, |(at_ms, _)| at_ms);
            for (word, due_ms) in [("acquired", step.began_ms), ("released", over_ms)] {
                let line = format!("{} {word}", step.label);
                let there = left.iter().position(|(_, other)| *other == line);
                let said_ms = there.map(|at| left.remove(at).0);
                if said_ms != Some(due_ms) {
                    let message = "a line is missing, or not said when it is true";
                    return Findings::one("wrong-output", message)
                        .expected(format!("{line:?} at {}", ms(due_ms)))
                        .got(said_ms.map_or_else(
                            || "no such line".to_owned(),
                            |at_ms| format!("at {}", ms(at_ms)),
                        ))
                        .at_ms(due_ms);
                }
            }
        }
        left.first().map_or_else(Findings::none, |(at_ms, line)| {
            Findings::one("wrong-output", "a line is one too many")
                .expected("two lines for each update")
                .got(format!("{line:?} as well"))
                .at_ms(*at_ms)
        })
    }

    /// What a look at that time must see: what was made of what the last step was given, and how many
    /// there were.
    pub fn ended_by(&self, at_ms: u64) -> Seen {
        let state = |is_in: &dyn Fn(u64) -> bool| {
            let ended = self.steps.iter().filter(|step| {
                matches!(step.closed, Some((closed_ms, Closing::Answered)) if is_in(closed_ms))
            });
            ended.fold((self.began_with, 0), |(_, updates), step| {
                (self.made_by(&step.label), updates + 1)
            })
        };
        let all = state(&|closed_ms| closed_ms <= at_ms);
        let before = state(&|closed_ms| closed_ms < at_ms);
        Seen {
            state: all,
            tie: (before != all).then_some(before),
        }
    }

    fn made_by(&self, name: &str) -> u32 {
        let given = self.given.iter().find(|(other, _)| other == name);
        given.map_or(0, |(_, value)| *value) + self.update(name).adds
    }
}

/// What was noted of the updates of an object: their names, and a value.
fn values(run: &Run, key: &str, object: &str) -> Vec<(String, u32)> {
    let notes: Vec<(String, String, u32)> = run.notes(key).values();
    let ours = notes.into_iter().filter(|(of, ..)| of == object);
    ours.map(|(_, name, value)| (name, value)).collect()
}

fn wrong(got: Option<u32>, due: u32, message: String, at_ms: u64) -> Findings {
    Findings::unless(got == Some(due), "wrong-value", message)
        .expected(due)
        .got(got.map_or_else(|| "nothing".to_owned(), |value| value.to_string()))
        .at_ms(at_ms)
}
