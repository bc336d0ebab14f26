//! `--format vpl`: what Moodle's Virtual Programming Lab reads from standard output: comments between `<|--` and
//! `--|>`, then a grade. Others' words stand after `>`, never at the start of a line, and the markers are broken in
//! them. There is no grade where the grader is in doubt, so that none is proposed.

use std::fmt::Write as _;

use super::words;
use crate::verdict::{CheckStatus, Status, Verdict};

/// Renders a verdict on the activity's scale, `VPL_GRADEMAX`; else in points.
pub fn render(verdict: &Verdict, grade_max: Option<&str>) -> String {
    let mut out = format!("<|--\n-{}\n", harmless(&words::score(verdict)));
    for line in words::above_checks(verdict) {
        let _ = writeln!(out, ">{}", harmless(&line));
    }
    for check in &verdict.checks {
        let mark = match check.status {
            CheckStatus::Passed => "passed",
            CheckStatus::Failed => "failed",
            CheckStatus::NotRun => "not run",
            CheckStatus::Undecided => "undecided",
        };
        let title = harmless(&words::line(&check.title));
        let _ = writeln!(
            out,
            "-{mark}: {title} ({}/{})",
            check.points, check.max_points
        );
        for line in words::of_check(check, verdict) {
            let _ = writeln!(out, ">{}", harmless(&line));
        }
    }
    out.push_str("--|>\n");
    if !matches!(verdict.status, Status::Undecided | Status::Interrupted) {
        let _ = writeln!(out, "Grade :=>>{}", grade(verdict, grade_max));
    }
    out
}

/// Text in which VPL finds no marker.
fn harmless(text: &str) -> String {
    text.replace("--|>", "-- |>")
        .replace("<|--", "<| --")
        .replace(":=>>", ": =>>")
}

/// The score, on a scale of at most three decimals, rounded down to three: nobody gets full marks for less.
fn grade(verdict: &Verdict, grade_max: Option<&str>) -> String {
    let Some(max) = grade_max
        .and_then(thousandths)
        .filter(|_| verdict.max_score > 0)
    else {
        return verdict.score.to_string();
    };
    let scaled = u64::from(verdict.score) * max / u64::from(verdict.max_score);
    let text = format!("{}.{:03}", scaled / 1000, scaled % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// `7.5` is 7500.
fn thousandths(text: &str) -> Option<u64> {
    let (whole, rest) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let kept: String = rest.chars().chain("000".chars()).take(3).collect();
    let whole: u64 = whole.parse().ok().filter(|whole| *whole < 1_000_000)?;
    Some(whole * 1000 + kept.parse::<u64>().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grade_is_exact_on_its_scale() {
        let mut verdict = Verdict::begun("exercise", "Exercise");
        (verdict.score, verdict.max_score) = (80, 100);
        for (max, told) in [
            (None, "80"),
            (Some("10"), "8"),
            (Some("10.00000"), "8"),
            (Some("7.5"), "6"),
            (Some("0.33"), "0.264"),
            (Some("many"), "80"),
        ] {
            assert_eq!(grade(&verdict, max), told, "{max:?}");
        }
        (verdict.score, verdict.max_score) = (299, 300);
        assert_eq!(grade(&verdict, Some("1")), "0.996");
    }
}
