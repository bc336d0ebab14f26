//! Schedules: which ready task is held back, and what each draw gives.
//!
//! A schedule is a set of *choices* that depart from the plain one. Each has a key that the run itself
//! gives (a task's number and poll, a draw's name), so that a set of them can be thinned out and still
//! mean something: that is how a failing schedule is shrunk.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What one drive goes by.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Schedule {
    /// First in, first out; every draw gives its plain value.
    #[default]
    Plain,
    /// Every choice is made by this seed.
    Seeded(u64),
    /// These choices and no others.
    Exact(Choices),
}

impl Schedule {
    /// Whether nothing departs from the plain schedule.
    pub fn is_plain(&self) -> bool {
        match self {
            Self::Plain => true,
            Self::Seeded(_) => false,
            Self::Exact(choices) => choices.is_empty(),
        }
    }
}

/// A poll of a task: its number, and how many polls of its future came before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Poll {
    pub task: u32,
    pub poll: u32,
}

/// One departure from the plain schedule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Choice {
    /// Before this poll the task lets all others that are ready go first, that many times.
    HeldBack { at: Poll, turns: u8 },
    /// The draw of this name gives this value.
    Drawn { key: String, value: u64 },
}

/// A set of choices, at most one for each poll and for each draw.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Choices {
    held_back: BTreeMap<Poll, u8>,
    drawn: BTreeMap<String, u64>,
}

impl Choices {
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn len(&self) -> usize {
        self.held_back.len() + self.drawn.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = Choice> + '_ {
        let held_back = self
            .held_back
            .iter()
            .map(|(&at, &turns)| Choice::HeldBack { at, turns });
        let drawn = self.drawn.iter().map(|(key, &value)| Choice::Drawn {
            key: key.clone(),
            value,
        });
        held_back.chain(drawn)
    }

    /// How many turns a task is held back before this poll.
    pub fn turns(&self, at: Poll) -> u8 {
        self.held_back.get(&at).copied().unwrap_or(0)
    }

    /// What a draw gives, where it is not its plain value.
    pub fn drawn(&self, key: &str) -> Option<u64> {
        self.drawn.get(key).copied()
    }
}

impl FromIterator<Choice> for Choices {
    fn from_iter<I: IntoIterator<Item = Choice>>(all: I) -> Self {
        let mut choices = Self::default();
        for choice in all {
            match choice {
                Choice::HeldBack { at, turns } => {
                    choices.held_back.insert(at, turns);
                }
                Choice::Drawn { key, value } => {
                    choices.drawn.insert(key, value);
                }
            }
        }
        choices
    }
}

/// A schedule as a person types it: `plain`, or choices with commas between them. `2.3` holds task 2
/// back before its poll 3 (counted from 0), `2.3x2` for two turns; `/a=40` has the draw `/a` give 40. What a
/// shell could take for its own is written as `%` and two hexadecimal digits a byte.
impl fmt::Display for Choices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("plain");
        }
        for (number, choice) in self.iter().enumerate() {
            if number > 0 {
                f.write_str(",")?;
            }
            match choice {
                Choice::HeldBack { at, turns: 1 } => write!(f, "{}.{}", at.task, at.poll)?,
                Choice::HeldBack { at, turns } => write!(f, "{}.{}x{turns}", at.task, at.poll)?,
                Choice::Drawn { key, value } => write!(f, "{}={value}", escaped(&key))?,
            }
        }
        Ok(())
    }
}

/// Why a code is no schedule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is neither TASK.POLL, TASK.POLLxTURNS nor NAME=VALUE")]
pub struct NoChoice(String);

impl FromStr for Choices {
    type Err = NoChoice;

    fn from_str(code: &str) -> Result<Self, NoChoice> {
        if code == "plain" {
            return Ok(Self::default());
        }
        code.split(',')
            .map(|part| choice(part).ok_or_else(|| NoChoice(part.to_owned())))
            .collect()
    }
}

fn choice(part: &str) -> Option<Choice> {
    if let Some((key, value)) = part.rsplit_once('=') {
        return Some(Choice::Drawn {
            key: unescaped(key)?,
            value: value.parse().ok()?,
        });
    }
    let (at, turns) = part.split_once('x').unwrap_or((part, "1"));
    let (task, poll) = at.split_once('.')?;
    let turns = turns.parse().ok().filter(|turns| *turns > 0)?;
    let at = Poll {
        task: task.parse().ok()?,
        poll: poll.parse().ok()?,
    };
    Some(Choice::HeldBack { at, turns })
}

fn escaped(key: &str) -> String {
    key.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"/._-:+@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02x}");
        }
        out
    })
}

fn unescaped(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&byte, behind)) = rest.split_first() {
        rest = behind;
        if byte == b'%' {
            let (digits, behind) = rest.split_at_checked(2)?;
            let digit = |at: usize| char::from(digits[at]).to_digit(16);
            bytes.push(u8::try_from(16 * digit(0)? + digit(1)?).ok()?);
            rest = behind;
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held_back(task: u32, poll: u32, turns: u8) -> Choice {
        let at = Poll { task, poll };
        Choice::HeldBack { at, turns }
    }

    fn drawn(key: &str, value: u64) -> Choice {
        Choice::Drawn {
            key: key.to_owned(),
            value,
        }
    }

    #[test]
    fn a_code_is_read_back_as_it_was_written() {
        for (choices, code) in [
            (vec![], "plain"),
            (vec![held_back(2, 3, 1)], "2.3"),
            (vec![held_back(2, 3, 2), held_back(0, 0, 1)], "0.0,2.3x2"),
            (vec![drawn("/a", 40), held_back(1, 0, 1)], "1.0,/a=40"),
            (vec![drawn("a b,c=d%é", 7)], "a%20b%2cc%3dd%25%c3%a9=7"),
        ] {
            let choices: Choices = choices.into_iter().collect();
            assert_eq!(choices.to_string(), code);
            assert_eq!(code.parse(), Ok(choices));
        }
    }

    #[test]
    fn what_is_no_code_is_refused_by_the_part_that_is_none() {
        for (code, part) in [
            ("", ""),
            ("2.3,", ""),
            ("2", "2"),
            ("2.3x0", "2.3x0"),
            ("2.3x300", "2.3x300"),
            ("2.3;4.5", "2.3;4.5"),
            ("a=b", "a=b"),
            ("a%2=1", "a%2=1"),
            ("a%ff=1", "a%ff=1"),
            ("a%+1=1", "a%+1=1"),
        ] {
            assert_eq!(code.parse::<Choices>(), Err(NoChoice(part.to_owned())));
        }
    }

    #[test]
    fn an_empty_set_of_choices_is_the_plain_schedule() {
        assert!(Schedule::Exact(Choices::default()).is_plain());
        assert!(!Schedule::Seeded(0).is_plain());
        assert!(!Schedule::Exact([held_back(1, 1, 1)].into_iter().collect()).is_plain());
    }
}
