//! What a proof of an exercise comes to, as a table.

use std::fmt::Write as _;

use crate::text::plural;

/// What was proved of an exercise, and what was not.
#[derive(Debug)]
pub struct Proof {
    pub exercise: String,
    pub(super) rows: Vec<Row>,
}

#[derive(Debug)]
pub(super) struct Row {
    what: String,
    /// What was shown, or each way in which it falls short.
    shown: Result<String, Vec<String>>,
}

impl Proof {
    /// Whether nothing falls short.
    pub fn is_sound(&self) -> bool {
        self.rows.iter().all(|row| row.shown.is_ok())
    }

    pub(super) fn row(&mut self, what: &str, good: String, shortfalls: Vec<String>) {
        let shown = if shortfalls.is_empty() {
            Ok(good)
        } else {
            Err(shortfalls)
        };
        self.rows.push(Row {
            what: what.to_owned(),
            shown,
        });
    }
}

/// The proof as a table.
pub fn render(proof: &Proof) -> String {
    let mut out = format!("{}\n", proof.exercise);
    for row in &proof.rows {
        match &row.shown {
            Ok(good) => {
                let _ = writeln!(out, "  ✓ {:<16} {good}", row.what);
            }
            Err(shortfalls) => {
                let _ = writeln!(
                    out,
                    "  ✗ {:<16} {}",
                    row.what,
                    plural(shortfalls.len(), "shortfall")
                );
                for shortfall in shortfalls {
                    let _ = writeln!(
                        out,
                        "      {}",
                        shortfall.trim_end().replace('\n', "\n      ")
                    );
                }
            }
        }
    }
    out
}
