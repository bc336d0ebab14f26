//! What is known of an exercise once it is prebuilt: its checks, and the items that its contract asks
//! for.

use contract_code::AdapterItem;
use serde::{Deserialize, Serialize};
use trace::finding::{CheckInfo, DriveInfo};

use crate::error::{Error, Result};
use crate::lateness::shares;
use crate::programs::Program;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Facts {
    /// The crate that the contract asks for.
    pub krate: String,
    pub handed: Vec<String>,
    pub checks: Vec<CheckInfo>,
    pub drives: Vec<DriveInfo>,
    pub items: Vec<Item>,
    /// Which of the checks are on programs, and on which.
    #[serde(default)]
    pub must_not_compile: Vec<OnPrograms>,
    /// The adapter's first line that is the exercise's own glue.
    #[serde(default)]
    pub glue: Option<u32>,
    /// blake3 of all that decides.
    pub digest: String,
}

/// A check that drives nothing: it is about programs that must not compile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnPrograms {
    pub check: String,
    pub programs: Vec<Program>,
}

impl Facts {
    /// With checks that add up to so many points, each in proportion to its own, by largest remainder.
    ///
    /// # Errors
    /// When no check has points, and some are asked for.
    pub fn worth(&mut self, points: u32) -> Result<()> {
        let own: Vec<_> = self.checks.iter().map(|check| check.points).collect();
        if points > 0 && own.iter().all(|points| *points == 0) {
            let sentence = format!("no check has points, so the exercise cannot be worth {points}");
            return Err(Error::usage(sentence));
        }
        for (check, points) in self.checks.iter_mut().zip(shares(points, &own)) {
            check.points = points;
        }
        Ok(())
    }

    /// The programs that a check is on, where it is on programs.
    pub fn programs(&self, check: &str) -> Option<&[Program]> {
        let on = self.must_not_compile.iter().find(|on| on.check == check)?;
        Some(&on.programs)
    }

    /// How many seeded schedules a check is driven under, where its driver says so.
    pub fn schedules(&self, check: &str) -> Option<u32> {
        let drive = self.drives.iter().find(|drive| drive.name == check);
        drive.and_then(|drive| drive.schedules)
    }
}

/// An item of the contract, and the adapter's line that uses it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub line: u32,
    /// `RateLimiter::acquire`.
    pub path: String,
    /// As the student would write it.
    pub signature: String,
    /// The type whose method it is.
    pub owner: Option<String>,
    pub kind: ItemKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ItemKind {
    Function,
    Method,
    Object,
    Data,
    Trait,
}

impl From<&AdapterItem> for Item {
    fn from(item: &AdapterItem) -> Self {
        use contract_code::AdapterItemKind as Kind;
        Self {
            line: item.line,
            path: item.path.clone(),
            signature: item.signature.clone(),
            owner: item.owner.clone(),
            kind: match item.kind {
                Kind::Fn => ItemKind::Function,
                Kind::Method => ItemKind::Method,
                Kind::Object => ItemKind::Object,
                Kind::Data => ItemKind::Data,
                Kind::Trait => ItemKind::Trait,
            },
        }
    }
}
