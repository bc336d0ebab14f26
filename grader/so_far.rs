//! What a run knows so far, for reports that are written while it goes on or when it is cut short.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::disclosure::Disclosures;
use crate::verdict::{Check, CheckStatus, Verdict};

/// Hears of each check once it is decided, in the order of the checks.
type Listener = Box<dyn FnMut(&Verdict, &Check) + Send>;

/// The verdict as far as it goes; its clones are one and the same.
#[derive(Clone, Default)]
pub struct SoFar(Arc<Mutex<Known>>);

#[derive(Default)]
struct Known {
    verdict: Option<Verdict>,
    listener: Option<Listener>,
    /// What is kept of a check: a report that is written early tells no more than the last one.
    disclosures: Disclosures,
    /// How many checks the listener was told of.
    told: usize,
}

impl SoFar {
    /// With what is known before the work starts.
    pub fn new(verdict: Verdict, disclosures: Disclosures) -> Self {
        let this = Self::default();
        *this.known() = Known {
            verdict: Some(verdict),
            disclosures,
            ..Known::default()
        };
        this
    }

    /// Tells of each check as it is decided. One that is decided out of order waits for those before it, so
    /// that what is told is the same in every run.
    pub fn listen(&self, listener: impl FnMut(&Verdict, &Check) + Send + 'static) {
        self.known().listener = Some(Box::new(listener));
    }

    /// The checks are known; none of them has been decided.
    pub fn begin(&self, verdict: Verdict) {
        let mut known = self.known();
        known.verdict = Some(verdict);
        known.told = 0;
    }

    /// A check is decided.
    pub fn decided(&self, check: &Check) {
        let mut known = self.known();
        let Known {
            verdict: Some(verdict),
            listener,
            disclosures,
            told,
        } = &mut *known
        else {
            return;
        };
        if let Some(known) = verdict.checks.iter_mut().find(|c| c.name == check.name) {
            *known = check.clone();
            disclosures.tell(known);
        }
        while let Some(next) = verdict.checks.get(*told)
            && next.status != CheckStatus::NotRun
        {
            if let Some(listener) = listener {
                listener(verdict, next);
            }
            *told += 1;
        }
    }

    /// Whether a listener was told of any check.
    pub fn has_told(&self) -> bool {
        let known = self.known();
        known.listener.is_some() && known.told > 0
    }

    /// What is known now.
    pub fn verdict(&self) -> Option<Verdict> {
        self.known().verdict.clone()
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for SoFar {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("SoFar").field(&self.verdict()).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use trace::finding::CheckInfo;

    use super::*;

    fn check(name: &str, status: CheckStatus) -> Check {
        let info = CheckInfo {
            name: name.to_owned(),
            title: name.to_owned(),
            points: 10,
            hints: Vec::new(),
        };
        Check {
            status,
            ..Check::not_run(&info, None)
        }
    }

    #[test]
    fn checks_are_told_of_in_their_order_however_they_are_decided() {
        let so_far = SoFar::default();
        let told = Arc::new(Mutex::new(String::new()));
        let heard = Arc::clone(&told);
        so_far.listen(move |_, check| heard.lock().unwrap().push_str(&check.name));
        so_far.begin(Verdict {
            checks: ["a", "b", "c"]
                .map(|name| check(name, CheckStatus::NotRun))
                .to_vec(),
            ..Verdict::begun("exercise", "Exercise")
        });
        for (name, by_then) in [("b", ""), ("a", "ab"), ("c", "abc")] {
            so_far.decided(&check(name, CheckStatus::Passed));
            assert_eq!(*told.lock().unwrap(), by_then);
        }
    }

    #[test]
    fn a_run_that_is_cut_short_is_marked_and_keeps_what_was_graded() {
        let so_far = SoFar::default();
        so_far.begin(Verdict {
            checks: ["a", "b"]
                .map(|name| check(name, CheckStatus::NotRun))
                .to_vec(),
            ..Verdict::begun("exercise", "Exercise")
        });
        let mut passed = check("b", CheckStatus::Passed);
        passed.points = 10;
        so_far.decided(&passed);
        let verdict = so_far.verdict().unwrap().cut_short();
        assert_eq!(verdict.status, crate::verdict::Status::Interrupted);
        assert_eq!((verdict.score, verdict.max_score), (10, 20));
        assert_eq!(
            verdict.trouble.as_deref(),
            Some("the run was interrupted: 1 of 2 checks were graded")
        );
    }
}
