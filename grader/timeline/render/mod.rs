//! Renderers of a picture: pure, one a file.

mod description;
mod glyph;
mod markdown;
mod svg;
mod terminal;

use std::fmt::Write as _;

pub use markdown::markdown;
pub use svg::svg;
pub use terminal::{Look, terminal};

use super::fold::Line;
use super::words::instant;
use super::{Doing, End, Happening, Mark, Picture, Timeline};
use crate::text::plural;

/// What a sentence says at most of what is only in one of two drives.
const MOST_STEPS: usize = 3;

impl Doing {
    /// For a legend.
    fn words(self) -> &'static str {
        match self {
            Self::Waits => "waits or works itself",
            Self::Works => "in a call",
            Self::Holds => "holds the thread",
        }
    }
}

impl End {
    fn words(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "dropped",
            Self::Panicked => "panicked",
            Self::Open => "never ended",
        }
    }
}

impl Happening {
    fn words(self) -> &'static str {
        match self {
            Self::Printed => "printed",
            Self::Failed => "an error",
            Self::Held => "held the thread",
            Self::Panicked => "panicked",
            Self::Stuck => "stuck",
            Self::Left => "left the clock",
        }
    }
}

/// Sentences below a picture: where two drives part, and how a drive ended that did not come to its end.
fn sentences(picture: &Picture) -> Vec<String> {
    let mut all = Vec::new();
    if picture.reference.is_some() {
        match &picture.parting {
            None => all.push("they never part".to_owned()),
            Some(parting) => {
                all.push(format!("they part at {}", instant(parting.at_ms)));
                for (who, steps) in [
                    ("yours", &parting.only_yours),
                    ("the reference", &parting.only_reference),
                ] {
                    if !steps.is_empty() {
                        all.push(format!("only in {who}: {}", some(steps)));
                    }
                }
            }
        }
    }
    for (name, timeline) in picture.sides() {
        let who = name.map_or_else(String::new, |name| format!("{name}: "));
        if let Some(cut) = &timeline.cut {
            all.push(format!(
                "{who}at {} it ends: {}",
                instant(cut.at_ms),
                cut.text
            ));
        }
    }
    all
}

/// What was marked in words: panics and the like, with who and when; what is said of many is said once.
fn marked(side: Option<&str>, timeline: &Timeline, most: usize) -> Vec<String> {
    let side = side.map_or_else(String::new, |side| format!("{side}: "));
    let mut told: Vec<(u64, &str, Vec<&str>)> = Vec::new();
    for row in &timeline.rows {
        let telling = |mark: &&Mark| mark.what != Happening::Printed;
        for mark in row.marks.iter().filter(telling) {
            let same = |(at_ms, text, _): &&mut (u64, &str, _)| {
                (*at_ms, *text) == (mark.at_ms, &mark.text)
            };
            match told.iter_mut().find(same) {
                Some((.., names)) => names.push(&row.name),
                None => told.push((mark.at_ms, &mark.text, vec![&row.name])),
            }
        }
    }
    told.sort_by_key(|(at_ms, ..)| *at_ms);
    let more = told.len().saturating_sub(most);
    let line = |(at_ms, text, names): (u64, &str, Vec<&str>)| {
        let others = match names.len() - 1 {
            0 => String::new(),
            1 => ", and so does 1 more".to_owned(),
            more => format!(", and so do {more} more"),
        };
        format!("{side}at {} {} {text}{others}", instant(at_ms), names[0])
    };
    let mut lines: Vec<_> = told.into_iter().take(most).map(line).collect();
    if more > 0 {
        lines.push(format!("… and {more} more"));
    }
    lines
}

fn some(steps: &[String]) -> String {
    let mut told = steps
        .iter()
        .take(MOST_STEPS)
        .cloned()
        .collect::<Vec<_>>()
        .join("; ");
    if steps.len() > MOST_STEPS {
        let _ = write!(
            told,
            "; and {}",
            plural(steps.len() - MOST_STEPS, "more thing")
        );
    }
    told
}

/// The moments of all drives of a picture, sorted, each once.
fn moments(picture: &Picture) -> Vec<u64> {
    let mut all: Vec<_> = picture
        .sides()
        .into_iter()
        .flat_map(|(_, timeline)| timeline.moments.iter().copied())
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// How a line is called.
fn label(line: &Line<'_>) -> String {
    match line {
        Line::One(row) if row.is_inner => format!("  {}", row.name),
        Line::One(row) => row.name.clone(),
        Line::Many(fold) => fold.name.clone(),
        Line::More(rows) => format!("… {rows} more"),
    }
}
