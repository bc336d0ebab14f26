//! What a mistake says of itself, and whether a verdict bears it out.

use crate::text::plain;
use crate::verdict::{CheckStatus, Verdict};

/// What a mistake says of itself, in its first two lines.
#[derive(Debug, PartialEq, Eq)]
pub struct Claim<'a> {
    pub caught_by: &'a str,
    pub finding: &'a str,
}

impl<'a> Claim<'a> {
    /// None where they say something else.
    pub fn read(text: &'a str) -> Option<Self> {
        let mut lines = text.lines();
        let caught_by = lines.next()?.strip_prefix("//! caught-by:")?.trim();
        let finding = lines.next()?.strip_prefix("//! finding:")?.trim();
        Some(Self { caught_by, finding })
    }

    /// Why a verdict does not bear the claim out.
    pub fn missed(&self, verdict: &Verdict) -> Option<String> {
        let Some(check) = verdict
            .checks
            .iter()
            .find(|check| check.name == self.caught_by)
        else {
            return Some(format!("there is no check `{}`", self.caught_by));
        };
        match check.status {
            CheckStatus::Failed => {}
            CheckStatus::NotRun => {
                let said = verdict
                    .diagnostics
                    .iter()
                    .filter(|d| d.is_error())
                    .map(|d| d.rendered.as_str());
                return Some(format!("it was rejected:\n{}", said.collect::<String>()));
            }
            _ => {
                return Some(format!(
                    "`{}` does not catch it ({:?})",
                    self.caught_by, check.status
                ));
            }
        }
        let findings = || check.findings.iter().filter(|finding| !finding.advice);
        let kinds: Vec<_> = findings().map(|finding| finding.kind.as_str()).collect();
        (!kinds.contains(&self.finding)).then(|| {
            let first = findings().next();
            let said =
                first.map_or_else(String::new, |first| format!(": {}", plain(&first.message)));
            format!(
                "`{}` finds {} and not `{}`{said}",
                self.caught_by,
                kinds.join(", "),
                self.finding
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Claim;

    #[test]
    fn a_mistake_names_its_check_and_finding_in_its_first_two_lines() {
        let claim = Claim::read("//! caught-by: order\n//! finding: wrong-order\n//! prose\n");
        assert_eq!(
            claim,
            Some(Claim {
                caught_by: "order",
                finding: "wrong-order"
            })
        );
        assert_eq!(Claim::read("//! prose\n//! caught-by: order\n"), None);
    }
}
