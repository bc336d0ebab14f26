//! Findings, and how they are put together.

use std::fmt::Display;

use trace::finding::{At, Finding};

/// What a judge found; empty is a pass.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// A pass.
    pub fn none() -> Self {
        Self::default()
    }

    /// One finding of a kind, with a message in virtual time.
    pub fn one(kind: &str, message: impl Into<String>) -> Self {
        Self(vec![Finding {
            kind: kind.to_owned(),
            message: message.into(),
            at: None,
            virtual_ms: None,
            expected: None,
            got: None,
        }])
    }

    /// One finding where `holds` is false.
    pub fn unless(holds: bool, kind: &str, message: impl Into<String>) -> Self {
        if holds {
            Self::none()
        } else {
            Self::one(kind, message)
        }
    }

    /// These and those.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// These, or where there are none, those: for a second look that makes sense only after the first.
    #[must_use]
    pub fn or_else(self, other: impl FnOnce() -> Self) -> Self {
        if self.0.is_empty() { other() } else { self }
    }

    /// Those of other kinds.
    #[must_use]
    pub fn without(mut self, is_kind: impl Fn(&str) -> bool) -> Self {
        self.0.retain(|finding| !is_kind(&finding.kind));
        self
    }

    /// These as findings of another kind, their messages behind `when`.
    #[must_use]
    pub fn turned_into(mut self, kind: &str, when: &str) -> Self {
        for finding in &mut self.0 {
            kind.clone_into(&mut finding.kind);
            finding.message = format!("{when}: {}", finding.message);
        }
        self
    }

    /// What should have been, said of each finding.
    #[must_use]
    pub fn expected(mut self, expected: impl Display) -> Self {
        for finding in &mut self.0 {
            finding.expected = Some(expected.to_string());
        }
        self
    }

    /// What was instead.
    #[must_use]
    pub fn got(mut self, got: impl Display) -> Self {
        for finding in &mut self.0 {
            finding.got = Some(got.to_string());
        }
        self
    }

    /// When it happened, in virtual milliseconds.
    #[must_use]
    pub fn at_ms(mut self, at_ms: u64) -> Self {
        for finding in &mut self.0 {
            finding.virtual_ms = Some(at_ms);
        }
        self
    }

    /// The line of the submission, where one is known.
    #[must_use]
    pub fn at(mut self, at: Option<At>) -> Self {
        if let Some(at) = at {
            for finding in &mut self.0 {
                finding.at = Some(at.clone());
            }
        }
        self
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn has(&self, kind: &str) -> bool {
        self.0.iter().any(|finding| finding.kind == kind)
    }

    pub fn into_vec(self) -> Vec<Finding> {
        self.0
    }
}

impl FromIterator<Findings> for Findings {
    fn from_iter<I: IntoIterator<Item = Findings>>(all: I) -> Self {
        Self(all.into_iter().flat_map(|findings| findings.0).collect())
    }
}
