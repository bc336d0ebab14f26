//! The report for a person at a terminal. Readable without colour: marks and words carry it all.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::words;
use crate::counterexample::Counterexample;
use crate::diagnostic::Diagnostic;
use crate::explain;
use crate::text::{plain, plural};
use crate::timeline::render::Look;
use crate::timeline::{self, Picture};
use crate::verdict::{Check, CheckFinding, CheckStatus, Status, Verdict};

/// How many errors of a compilation are shown; all that are kept are in the JSON.
const SHOWN_ERRORS: usize = 5;
/// How many findings of one check are shown.
const SHOWN_FINDINGS: usize = 4;
/// How many departures from the plain schedule are shown.
const SHOWN_CHOICES: usize = 4;
/// Where points stand, in columns, when the line is not longer.
const POINTS_AT: usize = 64;

const GOOD: Style = AnsiColor::Green.on_default();
const BAD: Style = AnsiColor::Red.on_default().bold();
const DOUBT: Style = AnsiColor::Yellow.on_default();
const FAINT: Style = Style::new().dimmed();
const STRONG: Style = Style::new().bold();

/// Columns that a timeline is set in by.
pub const INDENT: usize = 6;

/// The timelines of some of a verdict's checks, and how they are drawn.
#[derive(Debug, Clone, Copy, Default)]
pub struct Drawn<'a> {
    pub pictures: &'a [Picture],
    pub look: Look,
}

/// Renders a verdict, with ANSI colours that the caller may strip.
pub fn render(verdict: &Verdict) -> String {
    render_with(verdict, Drawn::default())
}

/// Renders a verdict with timelines below the findings that they explain.
pub fn render_with(verdict: &Verdict, drawn: Drawn<'_>) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{STRONG}{} · {}{STRONG:#}",
        verdict.exercise, verdict.title
    );
    if let Some(trouble) = &verdict.trouble {
        let _ = writeln!(out, "  {DOUBT}{}{DOUBT:#}", plain(trouble));
    }
    if let Some(late) = words::lateness(verdict) {
        let _ = writeln!(out, "  {DOUBT}{late}{DOUBT:#}");
    }
    diagnostics(&mut out, verdict);
    if verdict.status != Status::Rejected {
        for check in &verdict.checks {
            render_check(&mut out, check, drawn);
        }
        advice(&mut out, verdict);
        more(&mut out, verdict);
    }
    if !verdict.not_checked.is_empty() {
        let _ = writeln!(
            out,
            "  not checked on this platform: {}",
            verdict.not_checked.join(", ")
        );
    }
    let _ = writeln!(out, "{}", closing(verdict));
    out
}

fn closing(verdict: &Verdict) -> String {
    let before = words::before(verdict);
    let score = format!("score {}/{}{before}", verdict.score, verdict.max_score);
    match verdict.status {
        Status::Passed => format!("{GOOD}{score}{GOOD:#}"),
        Status::Failed => score,
        Status::Rejected => format!("{BAD}not graded{BAD:#}: no check ran"),
        Status::Interrupted => format!("{score}, {DOUBT}not complete{DOUBT:#}"),
        Status::Undecided => format!(
            "{score}, {DOUBT}undecided{DOUBT:#}: the grader is in doubt about what is marked with ?"
        ),
    }
}

fn diagnostics(out: &mut String, verdict: &Verdict) {
    if verdict.status != Status::Rejected {
        return;
    }
    let errors: Vec<_> = verdict
        .diagnostics
        .iter()
        .filter(|d| d.is_error())
        .collect();
    for diagnostic in errors.iter().take(SHOWN_ERRORS) {
        render_diagnostic(out, diagnostic);
    }
    let more = errors.len().saturating_sub(SHOWN_ERRORS) + verdict.diagnostics_left_out;
    if more > 0 {
        let _ = writeln!(
            out,
            "  … and {} more; --format json has the first {}",
            plural(more, "message"),
            verdict.diagnostics.len()
        );
    }
}

fn render_diagnostic(out: &mut String, diagnostic: &Diagnostic) {
    if diagnostic.is_own()
        && let Some(at) = &diagnostic.at
    {
        let _ = writeln!(
            out,
            "  {BAD}error{BAD:#}: {}\n    at {}:{}",
            plain(&diagnostic.message),
            plain(&at.file),
            at.line
        );
    } else {
        for line in diagnostic.rendered.trim_end().lines() {
            let _ = writeln!(out, "  {}", plain(line));
        }
    }
    if let Some(help) = &diagnostic.help {
        let _ = writeln!(out, "  {STRONG}help{STRONG:#}: {}", plain(help));
    }
    out.push('\n');
}

fn render_check(out: &mut String, check: &Check, drawn: Drawn<'_>) {
    let (style, mark) = match check.status {
        CheckStatus::Passed => (GOOD, '✓'),
        CheckStatus::Failed => (BAD, '✗'),
        CheckStatus::Undecided => (DOUBT, '?'),
        CheckStatus::NotRun => (FAINT, '·'),
    };
    let points = format!("{:>3}/{}", check.points, check.max_points);
    let title = &check.title;
    let gap = POINTS_AT.saturating_sub(4 + title.chars().count()).max(2);
    let _ = writeln!(out, "  {style}{mark}{style:#} {title}{:gap$}{points}", "");
    if let Some(doubt) = &check.doubt {
        for line in doubt.lines() {
            let _ = writeln!(out, "      {}", plain(line));
        }
    }
    let findings: Vec<_> = check
        .findings
        .iter()
        .filter(|finding| !finding.advice)
        .collect();
    for finding in findings.iter().take(SHOWN_FINDINGS) {
        render_finding(out, finding);
    }
    if findings.len() > SHOWN_FINDINGS {
        let _ = writeln!(
            out,
            "      … and {}",
            plural(findings.len() - SHOWN_FINDINGS, "more finding")
        );
    }
    if let Some(found) = &check.schedule {
        counterexample(out, found);
    }
    let picture = drawn.pictures.iter().find(|p| p.check == check.name);
    if let Some(picture) = picture {
        timeline(out, picture, drawn.look);
    }
    for (number, hint) in check.hints.iter().enumerate() {
        row(out, if number == 0 { "hint" } else { "" }, hint);
    }
    if check.status == CheckStatus::Failed
        && let Some(replay) = &check.replay
    {
        let _ = writeln!(out, "      {FAINT}again     {replay}{FAINT:#}");
    }
}

fn timeline(out: &mut String, picture: &Picture, look: Look) {
    out.push('\n');
    for line in timeline::render::terminal(picture, look).lines() {
        let _ = writeln!(out, "{:INDENT$}{line}", "");
    }
    out.push('\n');
}

/// What departs from the plain schedule, where the check fails under another.
fn counterexample(out: &mut String, found: &Counterexample) {
    for (number, told) in found.told.iter().take(SHOWN_CHOICES).enumerate() {
        row(out, if number == 0 { "schedule" } else { "" }, told);
    }
    if found.told.len() > SHOWN_CHOICES {
        let more = found.told.len() - SHOWN_CHOICES;
        row(out, "", &format!("… and {more} more"));
    }
}

fn render_finding(out: &mut String, finding: &CheckFinding) {
    let at = finding.at.as_ref().map_or_else(String::new, |at| {
        format!("  {}:{}", plain(&at.file), at.line)
    });
    let _ = writeln!(
        out,
        "      {STRONG}{}{STRONG:#}{at}  {}",
        finding.kind,
        plain(&finding.message)
    );
    if let Some(expected) = &finding.expected {
        row(out, "expected", expected);
    }
    if let Some(got) = &finding.got {
        row(out, "got", got);
    }
}

fn row(out: &mut String, name: &str, text: &str) {
    let _ = writeln!(out, "      {name:<8}  {}", plain(text));
}

/// What was found in checks that passed all the same, each once.
fn advice(out: &mut String, verdict: &Verdict) {
    let failing: Vec<_> = verdict
        .checks
        .iter()
        .flat_map(|check| &check.findings)
        .filter(|f| !f.advice)
        .collect();
    let mut told: Vec<(&str, _)> = failing
        .iter()
        .map(|f| (f.kind.as_str(), f.at.as_ref()))
        .collect();
    for finding in verdict
        .checks
        .iter()
        .flat_map(|check| &check.findings)
        .filter(|f| f.advice)
    {
        let key = (finding.kind.as_str(), finding.at.as_ref());
        if !told.contains(&key) {
            told.push(key);
            let at = finding.at.as_ref().map_or_else(String::new, |at| {
                format!("  {}:{}", plain(&at.file), at.line)
            });
            let _ = writeln!(
                out,
                "  {DOUBT}advice{DOUBT:#}  {}{at}  {}",
                finding.kind,
                plain(&finding.message)
            );
        }
    }
}

/// Where the first finding that cost points, and that has a page, is explained.
fn more(out: &mut String, verdict: &Verdict) {
    let mut failing = verdict
        .checks
        .iter()
        .flat_map(|check| &check.findings)
        .filter(|finding| !finding.advice);
    if let Some(explained) = failing.find_map(|finding| explain::find(&finding.kind)) {
        let _ = writeln!(
            out,
            "  {FAINT}more: grade explain {}{FAINT:#}",
            explained.id
        );
    }
}
