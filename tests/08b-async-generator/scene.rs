//! What was there to be taken, and what came of it.

use judge::{Findings, Run, ms};

/// A source of numbers, and the step that each of them goes through.
pub struct Scene {
    /// Each number, and how long it takes, in virtual milliseconds.
    numbers: Vec<(i64, u64)>,
    steps_ms: Vec<u64>,
}

impl Scene {
    pub fn read(run: &Run, name: &str) -> Self {
        let (numbers, steps_ms) = run.notes(name).value();
        Self { numbers, steps_ms }
    }

    pub fn numbers(&self) -> impl Iterator<Item = i64> + '_ {
        self.numbers.iter().map(|(number, _)| *number)
    }

    /// How long each number takes with its step, in virtual milliseconds.
    pub fn source_and_step_ms(&self) -> Vec<u64> {
        let both = self.numbers.iter().zip(&self.steps_ms);
        both.map(|((_, source_ms), step_ms)| source_ms + step_ms)
            .collect()
    }
}

/// What a stream gave to the one who asked.
pub struct Came {
    name: String,
    /// When it was asked, in virtual milliseconds.
    pub asked_ms: Vec<u64>,
    /// When each number came, and which.
    numbers: Vec<(u64, i64)>,
    pub ended_ms: Option<u64>,
}

impl Came {
    pub fn read(run: &Run, name: &str) -> Self {
        let notes = |what: &str| run.notes(&format!("{name}: {what}"));
        let came = notes("came");
        Self {
            name: name.to_owned(),
            asked_ms: notes("asked").times(),
            numbers: came.times().into_iter().zip(came.values()).collect(),
            ended_ms: notes("ended").times().first().copied(),
        }
    }

    /// These numbers came, in this order, and then the end.
    pub fn are(&self, expected: &[i64]) -> Findings {
        let got: Vec<i64> = self.numbers.iter().map(|(_, number)| *number).collect();
        if got == expected {
            let message = format!("{}: the end never came", self.name);
            return Findings::unless(self.ended_ms.is_some(), "wrong-value", message);
        }
        let sorted = |numbers: &[i64]| {
            let mut numbers = numbers.to_vec();
            numbers.sort_unstable();
            numbers
        };
        let kind = if sorted(&got) == sorted(expected) {
            "wrong-order"
        } else {
            "wrong-value"
        };
        let mut places = 0..expected.len().max(got.len());
        let place = places.find(|at| expected.get(*at) != got.get(*at));
        let place = place.expect("they differ");
        let said = |number: Option<&i64>| number.map_or("the end".to_owned(), i64::to_string);
        let message = format!("{}: number {} is another one", self.name, place + 1);
        Findings::one(kind, message)
            .expected(said(expected.get(place)))
            .got(said(got.get(place)))
    }

    /// Each came so many virtual milliseconds after it was asked for.
    pub fn take(&self, due_ms: &[u64]) -> Findings {
        self.compare(due_ms, |took_ms, due_ms| took_ms == due_ms)
    }

    /// … or earlier.
    pub fn take_at_most(&self, due_ms: &[u64]) -> Findings {
        self.compare(due_ms, |took_ms, due_ms| took_ms <= due_ms)
    }

    fn compare(&self, due_ms: &[u64], right: impl Fn(u64, u64) -> bool) -> Findings {
        let took = self.asked_ms.iter().zip(&self.numbers).zip(due_ms);
        let took = took.map(|((asked_ms, (at_ms, number)), due_ms)| {
            (*number, *at_ms, at_ms - asked_ms, *due_ms)
        });
        let mut wrong = took.filter(|(_, _, took_ms, due_ms)| !right(*took_ms, *due_ms));
        wrong
            .next()
            .map_or_else(Findings::none, |(number, at_ms, took_ms, due_ms)| {
                let kind = if took_ms > due_ms {
                    "too-late"
                } else {
                    "too-early"
                };
                Findings::one(kind, format!("{}: the number {number}", self.name))
                    .expected(format!("{} after it was asked for", ms(due_ms)))
                    .got(format!("{} after it was asked for", ms(took_ms)))
                    .at_ms(at_ms)
            })
    }

    pub fn ends_at_once(&self) -> Findings {
        let asked_ms = self.asked_ms.last().copied().unwrap_or_default();
        let took_ms = self.ended_ms.map_or(0, |at_ms| at_ms - asked_ms);
        let message = format!("{}: no number was left, and it waited", self.name);
        Findings::unless(took_ms == 0, "too-late", message)
            .expected("the end at once")
            .got(format!("the end {} after it was asked for", ms(took_ms)))
            .at_ms(asked_ms + took_ms)
    }
}
