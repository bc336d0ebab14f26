//! The facade, tokio and what is listed, held against each other.

use super::decisions::Decisions;
use super::items::{Item, Items, is_at};
use super::rustdoc::{Documentation, HIDDEN, UNSTABLE};

/// tokio and the facade.
#[derive(Debug, Default)]
pub struct Compared {
    /// tokio as plain cargo builds it.
    pub stable: Items,
    /// tokio as the lab builds it.
    pub unstable: Items,
    pub facade: Items,
}

impl Compared {
    /// As rustdoc has them.
    pub fn read() -> Self {
        let [stable] = Documentation::of(&["tokio"], ["tokio"], &[HIDDEN]);
        let [unstable] = Documentation::of(&["tokio"], ["tokio"], &[HIDDEN, UNSTABLE]);
        let ours = ["grade-tokio", "grade-lab"];
        let [facade, lab] = Documentation::of(&ours, ["tokio", "lab"], &[UNSTABLE]);
        let real = Items::of(&unstable, "real", &[]);
        let lab = Items::of(&lab, "lab", &[]);
        Self {
            stable: Items::of(&stable, "tokio", &[]),
            unstable: Items::of(&unstable, "tokio", &[]),
            facade: Items::of(&facade, "tokio", &[("real", &real), ("lab", &lab)]),
        }
    }

    /// Every way in which they do not agree, a line each.
    pub fn disagreements(&self, decisions: &Decisions) -> Vec<String> {
        let mut lines = self.forgotten(&decisions.withheld());
        lines.extend(self.invented(&decisions.added()));
        lines.extend(self.reshaped());
        lines.extend(self.idle(decisions));
        lines
    }

    /// What tokio has and nobody decided on.
    fn forgotten(&self, withheld: &[&str]) -> Vec<String> {
        let only_stable = self
            .stable
            .iter()
            .filter(|(path, _)| !self.unstable.has(path));
        let tokio = self.unstable.iter().chain(only_stable);
        let missing = tokio.filter(|(path, item)| {
            !(item.hidden || self.facade.has(path) || covered(path, withheld))
        });
        let line = |(path, item): (_, &Item)| {
            let shape = &item.shape;
            format!("{path} is neither in the facade nor listed as withheld: {shape}")
        };
        uppermost(missing).map(line).collect()
    }

    /// What a submission could use here and not on plain cargo.
    fn invented(&self, added: &[&str]) -> Vec<String> {
        let extra = self.facade.iter();
        let extra =
            extra.filter(|(path, _)| self.stable.shape(path).is_none() && !covered(path, added));
        let line = |(path, _)| {
            let tokio = if self.unstable.has(path) {
                "in tokio only under tokio_unstable"
            } else {
                "not in tokio"
            };
            format!("{path} is in the facade, and {tokio}")
        };
        uppermost(extra).map(line).collect()
    }

    /// What a submission would have to use in another way than on plain cargo.
    fn reshaped(&self) -> Vec<String> {
        let both = self.facade.iter().filter_map(|(path, item)| {
            let real = self.stable.shape(path)?;
            Some((path, real, &item.shape)).filter(|_| real != item.shape)
        });
        let line = |(path, real, facade)| {
            format!("{path} differs\n    tokio:  {real}\n    facade: {facade}")
        };
        both.map(line).collect()
    }

    /// What is listed and does not hold.
    fn idle(&self, decisions: &Decisions) -> Vec<String> {
        let mut lines = Vec::new();
        for path in decisions.withheld() {
            let not_built = decisions.not_built().contains(&path);
            if self.facade.has(path) {
                lines.push(format!(
                    "{path} is listed as withheld, and the facade has it"
                ));
            } else if !not_built && !self.unstable.has(path) {
                lines.push(format!(
                    "{path} is listed as withheld, and tokio does not have it"
                ));
            } else if not_built && self.unstable.has(path) {
                lines.push(format!("{path} is listed as not built, and tokio has it"));
            }
        }
        for path in decisions.added() {
            let mut facade = self.facade.iter().filter(|(at, _)| is_at(at, path));
            if facade.all(|(at, _)| self.stable.has(at)) {
                lines.push(format!(
                    "{path} is listed as added, and adds nothing to tokio"
                ));
            }
        }
        lines
    }
}

/// Those that are below none before them: with a type, its functions need not be told.
fn uppermost<'i>(
    items: impl Iterator<Item = (&'i str, &'i Item)>,
) -> impl Iterator<Item = (&'i str, &'i Item)> {
    let mut last = None;
    items.filter(move |(path, _)| {
        let told = last.is_some_and(|above| is_at(path, above));
        if !told {
            last = Some(*path);
        }
        !told
    })
}

fn covered(path: &str, listed: &[&str]) -> bool {
    listed.iter().any(|above| is_at(path, above))
}
