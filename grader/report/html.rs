//! `--format html`: one page that needs no script and nothing from anywhere else, light or dark as its reader likes.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::words;
use crate::diagnostic::Diagnostic;
use crate::timeline::{self, Picture};
use crate::verdict::{Check, CheckStatus, Status, Verdict};

const STYLE: &str = include_str!("html.css");

/// What a browser may do with the page: draw it.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/// Renders a verdict.
pub fn render(verdict: &Verdict, pictures: &[Picture]) -> String {
    let title = format!(
        "{} · {}",
        words::line(&verdict.exercise),
        words::line(&verdict.title)
    );
    let above = words::above_checks(verdict);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    h1 { (title) }
                    p.score { (words::score(verdict)) }
                    @if verdict.max_score > 0 {
                        meter min="0" max=(verdict.max_score) value=(verdict.score) { (verdict.score) "/" (verdict.max_score) }
                    }
                    @if !above.is_empty() { pre.above.compiler[is_compilers(verdict)] { (above.join("\n")) } }
                    @for check in &verdict.checks { (of_check(check, verdict, pictures)) }
                    footer { "grade " (verdict.grader) " · submission " code { (verdict.submission.get(..12).unwrap_or_default()) } }
                }
            }
        }
    };
    page.into_string() + "\n"
}

/// Whether what is said above the checks is drawn by rustc, in columns.
fn is_compilers(verdict: &Verdict) -> bool {
    let is_drawn = |diagnostic: &Diagnostic| diagnostic.is_error() && !diagnostic.is_own();
    verdict.status == Status::Rejected && verdict.diagnostics.iter().any(is_drawn)
}

/// What stands between backticks is code, unless one of them is alone.
fn title(text: &str) -> Markup {
    let parts: Vec<_> = text.split('`').collect();
    if parts.len() % 2 == 0 {
        return html! { (text) };
    }
    html! {
        @for (at, part) in parts.into_iter().enumerate() {
            @if at % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

fn of_check(check: &Check, verdict: &Verdict, pictures: &[Picture]) -> Markup {
    let (class, mark, word) = match check.status {
        CheckStatus::Passed => ("passed", "✓", "passed"),
        CheckStatus::Failed => ("failed", "✗", "failed"),
        CheckStatus::NotRun => ("not-run", "·", "not run"),
        CheckStatus::Undecided => ("undecided", "?", "undecided"),
    };
    // That nothing ran is said above.
    let is_said = check.status == CheckStatus::NotRun && verdict.status == Status::Rejected;
    let lines = if is_said {
        Vec::new()
    } else {
        words::of_check(check, verdict)
    };
    html! {
        section class=(class) {
            h2 {
                span.mark role="img" aria-label=(word) { (mark) }
                span.title { (title(&words::line(&check.title))) }
                span.points { (check.points) "/" (check.max_points) }
            }
            @if !lines.is_empty() { pre { (lines.join("\n")) } }
            @for picture in pictures.iter().filter(|picture| picture.check == check.name) {
                figure { (PreEscaped(timeline::render::svg(picture))) }
            }
        }
    }
}
