//! What a driver noted, and what can be required of it.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::findings::Findings;
use crate::text::{count, cut, ms};

/// One note.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// Virtual milliseconds since the drive began.
    pub at_ms: u64,
    pub task: u32,
    pub value: Value,
}

/// The notes under one key, in the order they were made.
#[derive(Debug, Clone)]
pub struct Notes {
    key: String,
    notes: Vec<Note>,
}

impl Notes {
    pub(crate) fn new(key: &str, notes: Vec<Note>) -> Self {
        Self {
            key: key.to_owned(),
            notes,
        }
    }

    /// Those between two virtual times, the first inclusive.
    #[must_use]
    pub fn between(mut self, from_ms: u64, to_ms: u64) -> Self {
        self.notes
            .retain(|note| (from_ms..to_ms).contains(&note.at_ms));
        self
    }

    /// Only number `n`, from 0; empty when there are not so many.
    #[must_use]
    pub fn nth(mut self, n: usize) -> Self {
        self.notes = self.notes.into_iter().skip(n).take(1).collect();
        self
    }

    pub fn len(&self) -> usize {
        self.notes.len()
    }

    pub fn is_empty(&self) -> bool {
        self.notes.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Note> {
        self.notes.iter()
    }

    /// Their times, in virtual milliseconds.
    pub fn times(&self) -> Vec<u64> {
        self.notes.iter().map(|note| note.at_ms).collect()
    }

    /// Their values.
    ///
    /// # Panics
    /// When the driver noted another type: the exercise's mistake, and so the grader's.
    pub fn values<T: DeserializeOwned>(&self) -> Vec<T> {
        let value = |note: &Note| {
            serde_json::from_value(note.value.clone())
                .unwrap_or_else(|error| panic!("the note `{}` has another type: {error}", self.key))
        };
        self.notes.iter().map(value).collect()
    }

    /// The value of the only note.
    ///
    /// # Panics
    /// When there is none, or the driver noted another type.
    pub fn value<T: DeserializeOwned>(&self) -> T {
        let mut values = self.values();
        assert!(
            values.len() == 1,
            "the note `{}` was made {} times",
            self.key,
            values.len()
        );
        values.remove(0)
    }

    /// There is exactly one note, and its value is this.
    pub fn equals(&self, expected: &(impl Serialize + ?Sized)) -> Findings {
        let expected = serde_json::to_value(expected).expect("an expected value has a JSON form");
        match &self.notes[..] {
            [note] if note.value == expected => Findings::none(),
            [note] => Findings::one(
                "wrong-value",
                format!("`{}` is not what was asked for", self.key),
            )
            .expected(short(&expected))
            .got(short(&note.value))
            .at_ms(note.at_ms),
            _ => Findings::one(
                "wrong-value",
                format!("`{}` came {}", self.key, count(self.len(), "time")),
            )
            .expected(short(&expected)),
        }
    }

    /// At most `limit` of them.
    pub fn at_most(&self, limit: usize) -> AtMost<'_> {
        AtMost { notes: self, limit }
    }

    /// Their values do not fall; those of one millisecond may come in any order.
    pub fn in_order(&self) -> Findings {
        let values: Vec<(u64, i64)> = self.times().into_iter().zip(self.values::<i64>()).collect();
        for (at, (now, value)) in values.iter().enumerate() {
            let ahead = values[..at]
                .iter()
                .filter(|(then, earlier)| then < now && earlier > value)
                .max();
            if let Some((then, earlier)) = ahead {
                let message = format!(
                    "number {earlier} was {} at {}, before number {value}, which came first",
                    self.key,
                    ms(*then),
                );
                return Findings::one("wrong-order", message)
                    .expected(format!("number {value} no later than number {earlier}"))
                    .got(format!("number {value} at {}", ms(*now)))
                    .at_ms(*now);
            }
        }
        Findings::none()
    }

    /// Note number `k`, from 0, comes no later than `bound(k)` virtual milliseconds; `what` names
    /// one for the message.
    pub fn no_later_than(&self, what: &str, bound: impl Fn(u64) -> u64) -> Findings {
        let late = self
            .notes
            .iter()
            .enumerate()
            .find(|(k, note)| note.at_ms > bound(*k as u64));
        late.map_or_else(Findings::none, |(k, note)| {
            Findings::one(
                "too-late",
                format!("{what} number {} came at {}", k + 1, ms(note.at_ms)),
            )
            .expected(format!("no later than {}", ms(bound(k as u64))))
            .got(ms(note.at_ms))
            .at_ms(note.at_ms)
        })
    }

    /// There are exactly `expected` of them.
    pub fn number(&self, expected: usize) -> Findings {
        let message = format!("{} {}", count(self.len(), "time"), self.key);
        Findings::unless(self.len() == expected, "wrong-value", message)
            .expected(count(expected, "time"))
            .got(count(self.len(), "time"))
    }
}

/// A bound on how many notes there are in a stretch of time.
#[derive(Debug)]
pub struct AtMost<'a> {
    notes: &'a Notes,
    limit: usize,
}

impl AtMost<'_> {
    /// … in any half-open window of `window_ms` virtual milliseconds, wherever it begins.
    pub fn in_any(&self, window_ms: u64) -> Findings {
        let times = self.notes.times();
        let crowded = times
            .windows(self.limit + 1)
            .find(|w| w[self.limit] - w[0] < window_ms);
        let Some(crowded) = crowded else {
            return Findings::none();
        };
        let from = crowded[0];
        let inside = times
            .iter()
            .filter(|at| (from..from + window_ms).contains(*at))
            .count();
        let message = format!(
            "{inside} {} in the {} from {}",
            self.notes.key,
            ms(window_ms),
            ms(from),
        );
        Findings::one("unbounded", message)
            .expected(format!("at most {} in any {}", self.limit, ms(window_ms)))
            .got(format!(
                "{inside} from {} to {}",
                from,
                ms(from + window_ms)
            ))
            .at_ms(crowded[self.limit])
    }
}

/// A value as JSON, cut to what fits a line.
fn short(value: &Value) -> String {
    cut(&value.to_string())
}
