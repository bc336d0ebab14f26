//! `--format markdown`: for a comment, a page, or the summary of a step. Others' words stand in fences that are longer
//! than any in them, or with their markup escaped.

use std::fmt::Write as _;

use super::words;
use crate::timeline::{self, Picture};
use crate::verdict::{Check, CheckStatus, Verdict};

/// Renders a verdict.
pub fn render(verdict: &Verdict, pictures: &[Picture]) -> String {
    let mut out = format!(
        "## {} · {}\n\n",
        escaped(&verdict.exercise),
        escaped(&verdict.title)
    );
    let _ = writeln!(out, "**{}**\n", escaped(&words::score(verdict)));
    fenced(&mut out, &words::above_checks(verdict));
    if !verdict.checks.is_empty() {
        out.push_str("| | check | points |\n| --- | --- | ---: |\n");
        for check in &verdict.checks {
            let title = escaped(&check.title);
            let _ = writeln!(
                out,
                "| {} | {title} | {}/{} |",
                mark(check),
                check.points,
                check.max_points
            );
        }
        out.push('\n');
    }
    for check in verdict
        .checks
        .iter()
        .filter(|check| check.status != CheckStatus::NotRun)
    {
        let lines = words::of_check(check, verdict);
        if lines.is_empty() {
            continue;
        }
        let open = if check.status == CheckStatus::Passed {
            ""
        } else {
            " open"
        };
        let title = html(&check.title);
        let _ = writeln!(
            out,
            "<details{open}><summary>{} {title}</summary>\n",
            mark(check)
        );
        fenced(&mut out, &lines);
        for picture in pictures
            .iter()
            .filter(|picture| picture.check == check.name)
        {
            out.push_str(&timeline::render::markdown(picture));
            out.push('\n');
        }
        out.push_str("</details>\n\n");
    }
    out
}

fn mark(check: &Check) -> &'static str {
    match check.status {
        CheckStatus::Passed => "✅",
        CheckStatus::Failed => "❌",
        CheckStatus::NotRun => "⏭️",
        CheckStatus::Undecided => "❔",
    }
}

fn fenced(out: &mut String, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    let longest = lines
        .iter()
        .map(|line| longest_run(line))
        .max()
        .unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let _ = writeln!(out, "{fence}text\n{}\n{fence}\n", lines.join("\n"));
}

/// How many backticks stand in a row, at most.
fn longest_run(line: &str) -> usize {
    line.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// One line of Markdown in which no character is markup, also within a table, and nobody is mentioned.
pub fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in words::line(text).chars() {
        match c {
            '&' | '<' | '>' | '@' | '#' | '"' | '\'' => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '!' | '|' | '~' | '$' => {
                out.extend(['\\', c]);
            }
            // A bare address would become a link.
            ':' => out.push_str("&#58;"),
            _ => out.push(c),
        }
    }
    out
}

/// The same within an element of HTML.
fn html(text: &str) -> String {
    escaped(text)
}
