//! What handing in late costs: a pure rule, from a deadline and a moment that the platform tells.

use crate::moment::{Length, Moment};
use crate::verdict::{Lateness, Verdict};

/// How much is taken, and from when on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Of the points that were earned, for each `every` that has begun since the deadline: 0 to 100.
    pub percent: u32,
    pub every: Length,
    /// What comes no later than this after the deadline is on time. It moves no deadline: what comes after it is as late as it is.
    pub grace: Length,
    /// The percentage that is taken at most.
    pub cap: u32,
    /// What comes later than this after the deadline earns nothing.
    pub cut_off: Option<Length>,
}

impl Default for Rule {
    /// Lateness is told, and costs nothing.
    fn default() -> Self {
        Self {
            percent: 0,
            every: Length::of_seconds(86_400),
            grace: Length::of_seconds(0),
            cap: 100,
            cut_off: None,
        }
    }
}

impl Rule {
    /// The percentage that is taken from what comes so many seconds after the deadline.
    pub fn taken(&self, late_seconds: u64) -> u32 {
        if late_seconds <= self.grace.seconds {
            return 0;
        }
        if self.cut_off.is_some_and(|end| late_seconds > end.seconds) {
            return 100;
        }
        let begun = late_seconds.div_ceil(self.every.seconds.max(1));
        let percent = begun.saturating_mul(u64::from(self.percent));
        u32::try_from(percent)
            .unwrap_or(u32::MAX)
            .min(self.cap)
            .min(100)
    }
}

/// A submission's deadline and when it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    pub submitted: Moment,
    pub deadline: Moment,
    /// Whether the deadline is later for this student than for others.
    pub extended: bool,
    pub rule: Rule,
}

impl Verdict {
    /// Takes what lateness costs from the score: of the sum, rounded down, and then from each check by largest
    /// remainder, so that parts add up to totals.
    #[must_use]
    pub fn due(mut self, due: Option<&Due>) -> Self {
        let Some(due) = due else {
            return self;
        };
        let late_seconds = due.submitted.seconds_after(due.deadline);
        let percent = due.rule.taken(late_seconds);
        let before = self.score;
        let taken = u64::from(before) * u64::from(percent) / 100;
        let left = before - u32::try_from(taken).unwrap_or(before);
        let earned: Vec<_> = self.checks.iter().map(|check| check.points).collect();
        for (check, points) in self.checks.iter_mut().zip(shares(left, &earned)) {
            check.points = points;
        }
        self.score = left;
        self.lateness = Some(Lateness {
            submitted_at: due.submitted.to_string(),
            deadline: due.deadline.to_string(),
            extended: due.extended,
            late_seconds,
            percent,
            score_before: before,
        });
        self
    }
}

/// `total` in parts that are to each other as `weights` are: whole numbers that add up to it, by largest remainder,
/// the first of equal ones. All are 0 where no weight is.
pub fn shares(total: u32, weights: &[u32]) -> Vec<u32> {
    let sum: u64 = weights.iter().map(|weight| u64::from(*weight)).sum();
    if sum == 0 {
        return vec![0; weights.len()];
    }
    let product = |weight: u32| u64::from(total) * u64::from(weight);
    let floor = |weight: u32| u32::try_from(product(weight) / sum).unwrap_or(total);
    let mut parts: Vec<_> = weights.iter().map(|weight| floor(*weight)).collect();
    let mut order: Vec<_> = (0..weights.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(product(weights[*at]) % sum));
    let missing = total - parts.iter().sum::<u32>();
    for at in order.into_iter().take(missing as usize) {
        parts[at] += 1;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: u64 = 3600;
    const DAY: u64 = 24 * HOUR;

    #[test]
    fn shares_are_whole_and_add_up() {
        assert_eq!(shares(10, &[1, 1, 1]), [4, 3, 3]);
        assert_eq!(shares(30, &[10, 25, 20, 45]), [3, 8, 6, 13]);
        assert_eq!(shares(3, &[10, 25, 65]), [0, 1, 2]);
        assert_eq!(shares(0, &[10, 90]), [0, 0]);
        assert_eq!(shares(10, &[0, 0]), [0, 0]);
        assert_eq!(shares(10, &[]), [0; 0]);
        for total in 0..250 {
            let weights = [7, 0, 31, 1, 61, 13];
            let parts = shares(total, &weights);
            assert_eq!(parts.iter().sum::<u32>(), total);
            for (part, weight) in parts.iter().zip(weights) {
                // Each within one of its exact share.
                assert!((part * 113).abs_diff(total * weight) < 113, "{parts:?}");
            }
        }
    }

    #[test]
    fn each_period_that_has_begun_costs_up_to_the_cap_and_nothing_counts_after_the_cut_off() {
        let rule = Rule {
            percent: 10,
            grace: Length::of_seconds(900),
            cap: 50,
            cut_off: Some(Length::of_seconds(7 * DAY)),
            ..Rule::default()
        };
        for (late, percent) in [
            (0, 0),
            (900, 0),
            (901, 10),
            (DAY, 10),
            (DAY + 1, 20),
            (5 * DAY, 50),
            (6 * DAY, 50),
            (7 * DAY, 50),
            (7 * DAY + 1, 100),
            (u64::MAX, 100),
        ] {
            assert_eq!(rule.taken(late), percent, "{late}");
        }
        assert_eq!(Rule::default().taken(u64::MAX), 0);
    }

    fn late(score: &[u32], percent: u32, seconds_late: &str) -> Verdict {
        let mut verdict = Verdict::begun("exercise", "Exercise");
        verdict.checks = score
            .iter()
            .map(|points| {
                let info = trace::finding::CheckInfo {
                    name: "check".to_owned(),
                    title: "check".to_owned(),
                    points: *points,
                    hints: Vec::new(),
                };
                crate::verdict::Check {
                    points: *points,
                    status: crate::verdict::CheckStatus::Passed,
                    ..crate::verdict::Check::not_run(&info, None)
                }
            })
            .collect();
        let rule = Rule {
            percent,
            ..Rule::default()
        };
        verdict.summed().due(Some(&Due {
            submitted: seconds_late.parse().unwrap(),
            deadline: "2026-11-20T23:59:59Z".parse().unwrap(),
            extended: false,
            rule,
        }))
    }

    #[test]
    fn what_is_taken_is_rounded_down_and_parts_add_up_to_the_total() {
        let verdict = late(&[10, 25, 20], 15, "2026-11-21T00:00:00Z");
        let lateness = verdict.lateness.clone().unwrap();
        // 15 % of 55 are 8.25.
        assert_eq!(
            (lateness.score_before, verdict.score, verdict.max_score),
            (55, 47, 55)
        );
        let points: Vec<_> = verdict.checks.iter().map(|check| check.points).collect();
        assert_eq!(points, [9, 21, 17]);
        let on_time = late(&[10, 25, 20], 15, "2026-11-20T23:59:59Z");
        assert_eq!((on_time.score, on_time.lateness.unwrap().percent), (55, 0));
    }
}
