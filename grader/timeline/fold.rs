//! Rows that fold: what was spawned at one line, or calls of one service, as one line with their number and
//! extremes.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::words::time;
use super::{Doing, End, Origin, Row, Stretch};
use crate::text::plural;

/// A line of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line<'a> {
    One(&'a Row),
    Many(Fold<'a>),
    /// This many rows for which there is no room.
    More(usize),
}

/// Rows of one origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fold<'a> {
    pub name: String,
    pub rows: Vec<&'a Row>,
    /// Whether what is counted is how many are in a call, since they wait too.
    pub in_calls: bool,
    /// How many of them there were at a time, from each virtual millisecond on at which that changed.
    pub levels: Vec<(u64, usize)>,
}

/// Every row if there is room for so many lines, else the largest origins folded until they fit.
pub fn lines(rows: &[Row], room: usize) -> Vec<Line<'_>> {
    let mut folded: Vec<&Origin> = Vec::new();
    let mut sizes: BTreeMap<&Origin, usize> = BTreeMap::new();
    for row in rows {
        *sizes.entry(&row.origin).or_default() += 1;
    }
    let mut left = rows.len();
    while left > room {
        let largest = sizes
            .iter()
            .max_by_key(|(origin, size)| (**size, std::cmp::Reverse(*origin)));
        let Some((&origin, &size)) = largest.filter(|(_, size)| **size > 1) else {
            break;
        };
        sizes.remove(origin);
        folded.push(origin);
        left -= size - 1;
    }
    let mut lines = Vec::new();
    let mut done: Vec<&Origin> = Vec::new();
    for row in rows {
        if !folded.contains(&&row.origin) {
            lines.push(Line::One(row));
        } else if !done.contains(&&row.origin) {
            done.push(&row.origin);
            let same = rows.iter().filter(|other| other.origin == row.origin);
            lines.push(Line::Many(Fold::new(same.collect())));
        }
    }
    if lines.len() > room.max(1) {
        let shown = room.max(1) - 1;
        let more = lines.split_off(shown);
        let rows = more.iter().map(|line| match line {
            Line::Many(fold) => fold.rows.len(),
            _ => 1,
        });
        lines.push(Line::More(rows.sum()));
    }
    lines
}

impl<'a> Fold<'a> {
    fn new(rows: Vec<&'a Row>) -> Self {
        let mut changes: BTreeMap<u64, isize> = BTreeMap::new();
        let all = rows.iter().flat_map(|row| &row.stretches);
        let in_calls = all.clone().any(|stretch| stretch.what == Doing::Waits);
        for stretch in all.filter(|stretch| !in_calls || stretch.what == Doing::Works) {
            *changes.entry(stretch.from_ms).or_default() += 1;
            *changes.entry(stretch.to_ms).or_default() -= 1;
        }
        let mut now = 0;
        let levels = changes.into_iter().map(|(at_ms, change)| {
            now += change;
            (at_ms, now.unsigned_abs())
        });
        let name = match &rows[0].origin {
            Origin::Caller | Origin::Callers => "callers".to_owned(),
            Origin::Spawned { file, line } => {
                format!("{}:{line}", file.strip_prefix("src/").unwrap_or(file))
            }
            Origin::SpawnedSomewhere => "tasks".to_owned(),
            Origin::Calls { service } => service.clone(),
        };
        Self {
            name: format!("{name} ×{}", rows.len()),
            levels: levels.collect(),
            in_calls,
            rows,
        }
    }

    /// The most of them at a time.
    pub fn most(&self) -> usize {
        let most = self.levels.iter().map(|(_, level)| *level).max();
        most.unwrap_or(0)
    }

    /// How many there were at a time at most from one virtual millisecond to before another, or at the first.
    pub fn most_within(&self, from_ms: u64, to_ms: u64) -> usize {
        let begun = self.levels.partition_point(|(at_ms, _)| *at_ms <= from_ms);
        let before = begun.checked_sub(1).map_or(0, |at| self.levels[at].1);
        let during = self.levels[begun..]
            .iter()
            .take_while(|(at_ms, _)| *at_ms < to_ms);
        during.map(|(_, level)| *level).fold(before, usize::max)
    }

    /// Their number and extremes, in words.
    pub fn told(&self) -> String {
        let noun = match self.rows[0].origin {
            Origin::Calls { .. } => "call",
            _ => "task",
        };
        let lengths = self.rows.iter().map(|row| row.length_ms());
        let shortest = lengths.clone().min().unwrap_or(0);
        let longest = lengths.max().unwrap_or(0);
        let mut told = plural(self.rows.len(), noun);
        let holding = |stretch: &&Stretch| stretch.what == Doing::Holds;
        let stretches = self.rows.iter().flat_map(|row| &row.stretches);
        match stretches.filter(holding).count() {
            0 => {}
            1 => told += ", one held the thread",
            times => {
                let _ = write!(told, ", they held the thread {times} times");
            }
        }
        if shortest == longest {
            let _ = write!(told, ", {} each", time(shortest));
        } else {
            let _ = write!(told, ", {} to {} long", time(shortest), time(longest));
        }
        let at_a_time = if self.in_calls {
            "in a call at a time"
        } else {
            "at a time"
        };
        let _ = write!(told, ", at most {} {at_a_time}", self.most());

        for (end, words) in [
            (End::Failed, "failed"),
            (End::Cancelled, "cancelled"),
            (End::Panicked, "panicked"),
            (End::Open, "never ended"),
        ] {
            let count = self.rows.iter().filter(|row| row.end == end).count();
            if count > 0 {
                let _ = write!(told, ", {count} {words}");
            }
        }
        told
    }
}
