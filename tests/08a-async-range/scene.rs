//! A scene: one iteration, from its first number to its end.

use judge::{Findings, Run, ms};

/// How long a number takes from the moment it is asked for, in virtual milliseconds.
const WAIT_MS: u64 = 100;

pub struct Scene {
    pub name: String,
    pub start: i64,
    pub end: i64,
    /// When it was asked, in virtual milliseconds.
    asked_ms: Vec<u64>,
    /// What it gave, and when.
    came: Vec<(u64, i64)>,
    ended_ms: Option<u64>,
}

impl Scene {
    /// The scene whose range was noted under its name.
    pub fn of(run: &Run, name: &str) -> Self {
        Self::over(run, name, run.notes(name).value())
    }

    /// A scene that gives the numbers of this range.
    pub fn over(run: &Run, name: &str, (start, end): (i64, i64)) -> Self {
        let notes = |what: &str| run.notes(&format!("{name}: {what}"));
        let came = notes("came");
        Self {
            name: name.to_owned(),
            start,
            end,
            asked_ms: notes("asked").times(),
            came: came.times().into_iter().zip(came.values()).collect(),
            ended_ms: notes("ended").times().first().copied(),
        }
    }

    /// `the range from 5 to 9`
    pub fn range(&self) -> String {
        format!("the range from {} to {}", self.start, self.end)
    }

    /// All numbers came, in order, and then the end.
    pub fn numbers(&self) -> Findings {
        let expected: Vec<i64> = (self.start..self.end).collect();
        let got: Vec<i64> = self.came.iter().map(|(_, number)| *number).collect();
        if got == expected {
            return Findings::unless(
                self.ended_ms.is_some(),
                "wrong-value",
                format!("{} does not end", self.range()),
            );
        }
        let mut places = 0..expected.len().max(got.len());
        let place = places.find(|at| expected.get(*at) != got.get(*at));
        let place = place.expect("they differ");
        let said = |number: Option<&i64>| number.map_or("the end".to_owned(), i64::to_string);
        let message = format!(
            "{} ({}): number {} is another one",
            self.range(),
            self.name,
            place + 1
        );
        Findings::one("wrong-value", message)
            .expected(said(expected.get(place)))
            .got(said(got.get(place)))
    }

    /// Each number came so long after it was asked for.
    pub fn times(&self) -> Findings {
        let late = self.asked_ms.iter().zip(&self.came);
        let mut late = late.map(|(asked_ms, (at_ms, number))| (*number, at_ms - asked_ms, *at_ms));
        let Some((number, took_ms, at_ms)) = late.find(|(_, took_ms, _)| *took_ms != WAIT_MS)
        else {
            return Findings::none();
        };
        let kind = if took_ms > WAIT_MS {
            "too-late"
        } else {
            "too-early"
        };
        let message = format!("{number} of {} ({})", self.range(), self.name);
        Findings::one(kind, message)
            .expected(format!("{} after it was asked for", ms(WAIT_MS)))
            .got(format!("{} after it was asked for", ms(took_ms)))
            .at_ms(at_ms)
    }

    pub fn ends_at_once(&self) -> Findings {
        let asked_ms = self.asked_ms.last().copied().unwrap_or_default();
        let took_ms = self.ended_ms.map_or(0, |at_ms| at_ms - asked_ms);
        let message = format!("{} had no number left, and waited", self.range());
        Findings::unless(took_ms == 0, "too-late", message)
            .expected("the end at once")
            .got(format!("the end {} after it was asked for", ms(took_ms)))
            .at_ms(asked_ms + took_ms)
    }
}
