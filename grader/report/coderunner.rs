//! `--format coderunner`: what a combinator template grader of Moodle's `CodeRunner` prints: the fraction, and a table.
//! Its cells are shown as text (`%s`), so that markup in them is none. There is no fraction where the grader is in
//! doubt: `CodeRunner` then reports an error, and takes no marks.

use serde_json::{Map, Value, json};

use super::prairielearn::fraction;
use super::{json_text, words};
use crate::verdict::{Check, CheckStatus, Status, Verdict};

/// Renders a verdict.
pub fn render(verdict: &Verdict) -> String {
    let mut object = Map::new();
    if !matches!(verdict.status, Status::Undecided | Status::Interrupted) {
        object.insert("fraction".to_owned(), fraction(verdict));
    }
    let mut above = vec![words::score(verdict)];
    above.extend(words::above_checks(verdict));
    object.insert("prologuehtml".to_owned(), preformatted(&above).into());
    let mut rows = vec![json!([
        "iscorrect",
        "Check",
        "Points",
        "What was seen",
        "ishidden"
    ])];
    rows.extend(verdict.checks.iter().map(|check| row(check, verdict)));
    object.insert("testresults".to_owned(), rows.into());
    // One for each column that is shown.
    object.insert("columnformats".to_owned(), json!(["%s", "%s", "%s"]));
    json_text::line(&object)
}

fn row(check: &Check, verdict: &Verdict) -> Value {
    json!([
        u8::from(check.status == CheckStatus::Passed),
        words::line(&check.title),
        format!("{}/{}", check.points, check.max_points),
        words::of_check(check, verdict).join("\n"),
        0,
    ])
}

fn preformatted(lines: &[String]) -> String {
    maud::html! { pre { (lines.join("\n")) } }.into_string()
}
