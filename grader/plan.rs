//! What of an exercise is driven: which checks, and under which schedules.

use trace::finding::CheckInfo;
use trace::schedule::{Choices, Schedule};

use crate::course::Settings;
use crate::error::{Error, Result};
use crate::explore::{Schedules, seeded};
use crate::facts::Facts;
use crate::suggestion;

/// What the command line asks for; what it leaves open is the exercise's to say.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// This check only.
    pub check: Option<String>,
    /// How many seeded schedules a check is driven under, beside the plain one.
    pub schedules: Option<u32>,
    /// What the seeded schedules are made from.
    pub seed: Option<u64>,
    /// One schedule and no other.
    pub schedule: Option<Asked>,
    /// The virtual millisecond at which the first check is looked at once more, after it was judged.
    pub look_at_ms: Option<u64>,
}

/// A schedule that is asked for by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// A seeded one, by its number from 1.
    Number(u32),
    Exact(Choices),
}

impl std::str::FromStr for Asked {
    type Err = String;

    fn from_str(code: &str) -> Result<Self, String> {
        match code.parse::<u32>() {
            Ok(0) => {
                Err("seeded schedules are numbered from 1; `plain` is the other one".to_owned())
            }
            Ok(number) => Ok(Self::Number(number)),
            Err(_) => code
                .parse()
                .map(Self::Exact)
                .map_err(|e| format!("{e}; a report says what to put here")),
        }
    }
}

impl Plan {
    /// The checks to drive: all, or the one that is named.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn checks(&self, facts: &Facts) -> Result<Vec<CheckInfo>> {
        let all = &facts.checks;
        let Some(name) = &self.check else {
            return Ok(all.clone());
        };
        if let Some(check) = all.iter().find(|check| check.name == *name) {
            return Ok(vec![check.clone()]);
        }
        let names: Vec<_> = all.iter().map(|check| check.name.as_str()).collect();
        let hint = suggestion::nearest(name, names.iter().copied()).map_or_else(
            || format!("there are {}", names.join(", ")),
            |near| format!("did you mean `{near}`?"),
        );
        Err(Error::usage(format!("there is no check `{name}`")).hint(hint))
    }

    /// Whether all of an exercise is driven, under as many schedules as it asks for.
    pub fn is_whole(&self, settings: &Settings) -> bool {
        let fewer = self
            .schedules
            .is_some_and(|asked| asked < settings.schedules);
        self.check.is_none() && self.schedule.is_none() && !fewer
    }

    /// How many seeded schedules a check is driven under that does not say so itself.
    pub fn usual(&self, settings: &Settings) -> u32 {
        match self.schedule {
            Some(_) => 0,
            None => self.schedules.unwrap_or(settings.schedules),
        }
    }

    /// What a check is driven under. One whose order only the plain schedule fixes is driven under no
    /// other, whatever is asked for.
    pub fn schedules(&self, settings: &Settings, facts: &Facts, check: &str) -> Schedules {
        let seed = self.seed.unwrap_or(settings.seed);
        let own = facts.schedules(check);
        match &self.schedule {
            Some(_) if own == Some(0) => Schedules::Seeded { seed, count: 0 },
            Some(Asked::Exact(choices)) => Schedules::One {
                schedule: Schedule::Exact(choices.clone()),
                seed: None,
            },
            Some(Asked::Number(number)) => Schedules::One {
                schedule: seeded(seed, *number),
                seed: Some(*number),
            },
            None => Schedules::Seeded {
                seed,
                count: match (own, self.schedules) {
                    (Some(0), _) => 0,
                    (_, Some(asked)) => asked,
                    (own, None) => own.unwrap_or(settings.schedules),
                },
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schedule_is_asked_for_by_number_or_code() {
        assert_eq!("12".parse(), Ok(Asked::Number(12)));
        assert_eq!("plain".parse(), Ok(Asked::Exact(Choices::default())));
        let exact: Asked = "2.3,/a=40".parse().unwrap();
        assert!(matches!(exact, Asked::Exact(choices) if choices.len() == 2));
        assert!("0".parse::<Asked>().is_err());
        assert!("-1".parse::<Asked>().is_err());
    }
}
