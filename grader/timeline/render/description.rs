//! What a drawing shows, in words for who cannot see it.

use std::fmt::Write as _;

use super::svg::Side;
use crate::timeline::fold::Line;
use crate::timeline::words::instant;
use crate::timeline::{End, Happening, Row};

/// Rows that are told.
const MOST_TOLD: usize = 40;

/// What the drawing shows, in sentences.
pub fn description(sides: &[Side<'_>], words: &[String]) -> String {
    let mut told = Vec::new();
    for (name, _, lines) in sides {
        if let Some(name) = name {
            told.push(format!("In {name}:"));
        }
        for line in lines.iter().take(MOST_TOLD) {
            told.push(match line {
                Line::One(row) => format!("{}.", of_row(row)),
                Line::Many(fold) => format!("{}: {}.", fold.name, fold.told()),
                Line::More(rows) => format!("{rows} more rows."),
            });
        }
    }
    told.extend(words.iter().map(|words| format!("{words}.")));
    told.join(" ")
}

/// A row in words.
pub fn of_row(row: &Row) -> String {
    let mut told = format!(
        "{} from {} to {}",
        row.name,
        instant(row.from_ms()),
        instant(row.to_ms())
    );
    if row.end != End::Done {
        let _ = write!(told, ", {}", row.end.words());
    }
    for mark in row
        .marks
        .iter()
        .filter(|mark| mark.what != Happening::Printed)
    {
        let _ = write!(told, "; at {} {}", instant(mark.at_ms), mark.text);
    }
    told
}
