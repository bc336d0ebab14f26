//! How much of a check's outcome is told. What is withheld is taken out of the verdict and the traces before anything
//! renders them, so that it is in no report, no timeline and no file.

use std::collections::BTreeMap;
use std::fmt;

use clap::ValueEnum;
use serde::Deserialize;

use crate::explain;
use crate::grade::Graded;
use crate::verdict::{Check, CheckFinding};

/// How much is told, the least strict first: each tells what the next one does, and more.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, ValueEnum,
)]
#[serde(rename_all = "kebab-case")]
pub enum Disclosure {
    /// All of it.
    #[default]
    Everything,
    /// What the submission did, but not what it should have done.
    Got,
    /// The hints.
    Hint,
    /// Whether it passed.
    Nothing,
}

impl fmt::Display for Disclosure {
    /// As the command line writes it.
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let value = self.to_possible_value();
        f.write_str(value.as_ref().map_or("", |value| value.get_name()))
    }
}

/// What is told of each check of an exercise.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Disclosures {
    /// Of every check.
    pub all: Disclosure,
    /// Of single checks, where that is less.
    pub checks: BTreeMap<String, Disclosure>,
}

impl Disclosures {
    /// No more than `most` of any check.
    #[must_use]
    pub fn limited_to(mut self, most: Disclosure) -> Self {
        self.all = self.all.max(most);
        self
    }

    /// The strictest that is said of this check.
    pub fn of(&self, check: &str) -> Disclosure {
        let own = self.checks.get(check).copied().unwrap_or_default();
        self.all.max(own)
    }

    /// Whether anything is withheld.
    fn withhold(&self) -> bool {
        *self != Self::default()
    }

    /// What is left to be told.
    #[must_use]
    pub fn disclose(&self, mut graded: Graded) -> Graded {
        if !self.withhold() {
            return graded;
        }
        let is_open = |check: &str| self.of(check) == Disclosure::Everything;
        graded.traces.retain(|trace| is_open(&trace.check));
        graded.looked_at = graded.looked_at.filter(|trace| is_open(&trace.check));
        for check in &mut graded.verdict.checks {
            self.tell(check);
        }
        graded
    }

    /// Takes out of a check what is not told of it.
    pub fn tell(&self, check: &mut Check) {
        tell(check, self.of(&check.name));
    }
}

/// Takes out of a check what is not told.
fn tell(check: &mut Check, told: Disclosure) {
    if told == Disclosure::Everything {
        return;
    }
    if check.doubt.is_some() {
        check.doubt = Some("the grader is in doubt, and why is not disclosed".to_owned());
    }
    if told == Disclosure::Got {
        check.findings.iter_mut().for_each(without_expected);
        return;
    }
    check.findings.clear();
    check.schedule = None;
    check.replay = None;
    if told == Disclosure::Nothing {
        check.hints.clear();
    }
}

/// A message can name what was expected, and a place can lie in the hidden half: its kind is told in their stead.
fn without_expected(finding: &mut CheckFinding) {
    finding.expected = None;
    let summary = explain::find(&finding.kind).map_or("it is not as asked for", |e| e.summary);
    summary.clone_into(&mut finding.message);
    finding.at = finding.at.take().filter(|at| at.file.starts_with("src/"));
}

#[cfg(test)]
mod tests {
    use trace::finding::At;

    use super::*;
    use crate::verdict::CheckStatus;

    fn failed() -> Check {
        let finding = CheckFinding {
            kind: "wrong-value".to_owned(),
            message: "41 and not SECRET".to_owned(),
            at: Some(At {
                file: "SECRET.rs".to_owned(),
                line: 7,
            }),
            virtual_ms: Some(100),
            expected: Some("SECRET".to_owned()),
            got: Some("41".to_owned()),
            advice: false,
        };
        Check {
            name: "it_answers".to_owned(),
            title: "it answers".to_owned(),
            task: None,
            status: CheckStatus::Failed,
            points: 0,
            max_points: 60,
            hints: vec!["a hint".to_owned()],
            findings: vec![finding],
            doubt: Some("SECRET".to_owned()),
            schedule: None,
            replay: Some("grade probe --check it_answers".to_owned()),
        }
    }

    fn told(disclosure: Disclosure) -> String {
        let mut check = failed();
        tell(&mut check, disclosure);
        serde_json::to_string(&check).unwrap()
    }

    #[test]
    fn each_level_tells_less_than_the_one_before() {
        let words = ["SECRET", "41", "replay\":\"grade", "a hint", "it answers"];
        for (disclosure, kept) in [
            (Disclosure::Everything, 5),
            (Disclosure::Got, 4),
            (Disclosure::Hint, 2),
            (Disclosure::Nothing, 1),
        ] {
            let text = told(disclosure);
            let found: Vec<_> = words.iter().filter(|word| text.contains(**word)).collect();
            let expected: Vec<_> = words[words.len() - kept..].iter().collect();
            assert_eq!(found, expected, "{disclosure:?}: {text}");
        }
    }

    #[test]
    fn the_strictest_that_is_said_wins() {
        let of_check = |all, own| {
            let checks = BTreeMap::from([("it_answers".to_owned(), own)]);
            Disclosures { all, checks }
        };
        let hint = of_check(Disclosure::Hint, Disclosure::Got);
        assert_eq!(hint.of("it_answers"), Disclosure::Hint);
        let own = of_check(Disclosure::Everything, Disclosure::Nothing);
        assert_eq!(own.of("it_answers"), Disclosure::Nothing);
        assert_eq!(own.of("it_counts"), Disclosure::Everything);
        let limited = own.limited_to(Disclosure::Got);
        assert_eq!(limited.of("it_counts"), Disclosure::Got);
        assert_eq!(limited.of("it_answers"), Disclosure::Nothing);
    }
}
