//! Where two drives of one check part: the first virtual millisecond at which not the same things happened.
//!
//! Only what a driver could see is compared (calls, notes, lines printed, panics, a held thread), so that an answer
//! with other tasks than the reference's is not another answer; and order within one instant does not count.

/// One thing that happened, without numbers that another drive would give otherwise.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    pub at_ms: u64,
    pub text: String,
}

/// The first moment at which two drives part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parting {
    pub at_ms: u64,
    /// What happened then in the submission's drive only.
    pub only_yours: Vec<String>,
    /// What happened then in the reference's drive only.
    pub only_reference: Vec<String>,
}

/// The first moment at which they part; none when they never do.
pub fn first(yours: &[Step], reference: &[Step]) -> Option<Parting> {
    let sorted = |steps: &[Step]| {
        let mut steps = steps.to_vec();
        steps.sort_unstable();
        steps
    };
    let (yours, reference) = (sorted(yours), sorted(reference));
    let same = yours.iter().zip(&reference).take_while(|(a, b)| a == b);
    let same = same.count();
    let (yours, reference) = (&yours[same..], &reference[same..]);
    let next = yours.first().into_iter().chain(reference.first());
    let at_ms = next.map(|step| step.at_ms).min()?;
    let then = |steps: &[Step]| {
        let steps = steps.iter().take_while(|step| step.at_ms == at_ms);
        steps.map(|step| step.text.clone()).collect::<Vec<_>>()
    };
    let (mine, theirs) = (then(yours), then(reference));
    Some(Parting {
        at_ms,
        only_yours: without(&mine, &theirs),
        only_reference: without(&theirs, &mine),
    })
}

/// What is in `these` more often than in `others`.
fn without(these: &[String], others: &[String]) -> Vec<String> {
    let mut others = others.to_vec();
    let mut left = these.to_vec();
    left.retain(|text| match others.iter().position(|other| other == text) {
        Some(at) => {
            others.swap_remove(at);
            false
        }
        None => true,
    });
    left
}

#[cfg(test)]
mod tests {
    use super::{Step, first};

    fn steps(all: &[(u64, &str)]) -> Vec<Step> {
        let step = |&(at_ms, text): &(u64, &str)| Step {
            at_ms,
            text: text.to_owned(),
        };
        all.iter().map(step).collect()
    }

    #[test]
    fn order_within_one_instant_does_not_count() {
        let (one, other) = (
            [(0, "a"), (0, "b"), (5, "c")],
            [(0, "b"), (0, "a"), (5, "c")],
        );
        assert_eq!(first(&steps(&one), &steps(&other)), None);
    }

    #[test]
    fn the_first_instant_that_is_another_is_told_with_what_is_in_one_only() {
        let yours = [(0, "a"), (2, "b"), (2, "d")];
        let reference = [(0, "a"), (0, "b"), (2, "d")];
        let parting = first(&steps(&yours), &steps(&reference)).unwrap();
        assert_eq!(parting.at_ms, 0);
        assert_eq!(parting.only_yours, [""; 0]);
        assert_eq!(parting.only_reference, ["b"]);
    }

    #[test]
    fn what_happens_twice_counts_twice() {
        let parting = first(
            &steps(&[(1, "a"), (1, "a"), (1, "b")]),
            &steps(&[(1, "a"), (1, "c")]),
        )
        .unwrap();
        assert_eq!(parting.only_yours, ["a", "b"]);
        assert_eq!(parting.only_reference, ["c"]);
    }
}
