//! Mutants: a right answer with one small change that a student could have made.
//!
//! The rules are syntactic and the same for every answer. A mutant that the checks do not catch is a
//! shortfall of theirs, unless its author says why it is as right as what it was made from.

mod finder;
mod rule;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::ops::Range;

pub use rule::Rule;

/// One changed place of a source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutant {
    pub rule: Rule,
    /// From 1.
    pub line: usize,
    /// What stood there.
    pub was: String,
    /// What stands there now.
    pub is: String,
    /// The whole file.
    pub source: String,
}

/// Every mutant of a file, in the order of the places. None where the file is no Rust.
pub fn mutants(source: &str) -> Vec<Mutant> {
    let Ok(file) = syn::parse_file(source) else {
        return Vec::new();
    };
    let mut changes = finder::changes(source, &file);
    changes.sort_by_key(|change| (change.at.start, change.rule));
    let mut seen = BTreeSet::new();
    let mutants = changes.into_iter().map(|change| change.apply(source));
    mutants
        .filter(|mutant| seen.insert(mutant.source.clone()))
        .collect()
}

#[derive(Debug)]
struct Change {
    rule: Rule,
    at: Range<usize>,
    to: String,
}

impl Change {
    fn apply(self, source: &str) -> Mutant {
        let Self { rule, at, to } = self;
        Mutant {
            rule,
            line: source[..at.start].matches('\n').count() + 1,
            was: source[at.clone()].to_owned(),
            source: [&source[..at.start], &to, &source[at.end..]].concat(),
            is: to,
        }
    }
}
