//! The report for a person at a terminal. Readable without colour: marks and words carry it all.

use anstyle::{AnsiColor, Style};

use super::page::{Page, Setting};
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

/// The timelines of some of a verdict's checks, and how all of it is drawn.
#[derive(Debug, Clone, Copy, Default)]
pub struct Drawn<'a> {
    pub pictures: &'a [Picture],
    pub look: Look,
    /// Columns of the terminal; `None` breaks no line.
    pub columns: Option<usize>,
}

impl Drawn<'_> {
    fn page(&self) -> Page {
        Page::new(Setting {
            columns: self.columns,
            ascii: self.look.ascii,
        })
    }
}

/// Renders a verdict, with ANSI colours that the caller may strip.
pub fn render(verdict: &Verdict) -> String {
    render_with(verdict, Drawn::default())
}

/// Renders a verdict with timelines below the findings that they explain.
pub fn render_with(verdict: &Verdict, drawn: Drawn<'_>) -> String {
    let mut page = drawn.page();
    let (id, title) = (&verdict.exercise, &verdict.title);
    page.line(2, &format!("{STRONG}{id} · {title}{STRONG:#}"));
    if let Some(trouble) = &verdict.trouble {
        for line in trouble.lines() {
            page.line(4, &format!("  {DOUBT}{}{DOUBT:#}", plain(line)));
        }
    }
    if let Some(late) = words::lateness(verdict) {
        page.line(4, &format!("  {DOUBT}{late}{DOUBT:#}"));
    }
    diagnostics(&mut page, verdict);
    if verdict.status != Status::Rejected {
        for check in &verdict.checks {
            render_check(&mut page, check, drawn);
        }
        advice(&mut page, verdict);
        more(&mut page, verdict);
    }
    if !verdict.not_checked.is_empty() {
        let not_checked = verdict.not_checked.join(", ");
        page.line(4, &format!("  not checked on this platform: {not_checked}"));
    }
    page.line(2, &closing(verdict));
    page.into_text()
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

fn diagnostics(page: &mut Page, verdict: &Verdict) {
    if verdict.status != Status::Rejected {
        return;
    }
    let errors: Vec<_> = verdict
        .diagnostics
        .iter()
        .filter(|d| d.is_error())
        .collect();
    for diagnostic in errors.iter().take(SHOWN_ERRORS) {
        render_diagnostic(page, diagnostic);
    }
    let more = errors.len().saturating_sub(SHOWN_ERRORS) + verdict.diagnostics_left_out;
    if more > 0 {
        let (more, kept) = (plural(more, "message"), verdict.diagnostics.len());
        page.line(
            4,
            &format!("  … and {more} more; --format json has the first {kept}"),
        );
    }
}

fn render_diagnostic(page: &mut Page, diagnostic: &Diagnostic) {
    if diagnostic.is_own()
        && let Some(at) = &diagnostic.at
    {
        let message = plain(&diagnostic.message);
        page.line(4, &format!("  {BAD}error{BAD:#}: {message}"));
        page.as_is(&format!("    at {}:{}", plain(&at.file), at.line));
    } else {
        for line in diagnostic.rendered.trim_end().lines() {
            page.as_is(&format!("  {}", plain(line)));
        }
    }
    if let Some(help) = &diagnostic.help {
        page.line(4, &format!("  {STRONG}help{STRONG:#}: {}", plain(help)));
    }
    page.as_is("");
}

fn render_check(page: &mut Page, check: &Check, drawn: Drawn<'_>) {
    let (style, mark) = match check.status {
        CheckStatus::Passed => (GOOD, '✓'),
        CheckStatus::Failed => (BAD, '✗'),
        CheckStatus::Undecided => (DOUBT, '?'),
        CheckStatus::NotRun => (FAINT, '·'),
    };
    let points = format!("{:>3}/{}", check.points, check.max_points);
    let title = &check.title;
    let points_at = page.columns().map_or(POINTS_AT, |columns| {
        POINTS_AT.min(columns.saturating_sub(points.len()))
    });
    let gap = points_at.saturating_sub(4 + title.chars().count()).max(2);
    page.line(
        4,
        &format!("  {style}{mark}{style:#} {title}{:gap$}{points}", ""),
    );
    for line in check.doubt.iter().flat_map(|doubt| doubt.lines()) {
        page.line(INDENT, &format!("      {}", plain(line)));
    }
    let findings: Vec<_> = check
        .findings
        .iter()
        .filter(|finding| !finding.advice)
        .collect();
    for finding in findings.iter().take(SHOWN_FINDINGS) {
        render_finding(page, finding);
    }
    if findings.len() > SHOWN_FINDINGS {
        let more = plural(findings.len() - SHOWN_FINDINGS, "more finding");
        page.line(INDENT, &format!("      … and {more}"));
    }
    if let Some(found) = &check.schedule {
        counterexample(page, found);
    }
    let picture = drawn.pictures.iter().find(|p| p.check == check.name);
    if let Some(picture) = picture {
        timeline(page, picture, drawn.look);
    }
    for (number, hint) in check.hints.iter().enumerate() {
        row(page, if number == 0 { "hint" } else { "" }, hint);
    }
    if check.status == CheckStatus::Failed
        && let Some(replay) = &check.replay
    {
        page.as_is(&format!("      {FAINT}again     {replay}{FAINT:#}"));
    }
}

fn timeline(page: &mut Page, picture: &Picture, look: Look) {
    page.as_is("");
    for line in timeline::render::terminal(picture, look).lines() {
        page.as_is(&format!("{:INDENT$}{line}", ""));
    }
    page.as_is("");
}

/// What departs from the plain schedule, where the check fails under another.
fn counterexample(page: &mut Page, found: &Counterexample) {
    for (number, told) in found.told.iter().take(SHOWN_CHOICES).enumerate() {
        row(page, if number == 0 { "schedule" } else { "" }, told);
    }
    if found.told.len() > SHOWN_CHOICES {
        let more = found.told.len() - SHOWN_CHOICES;
        row(page, "", &format!("… and {more} more"));
    }
}

fn render_finding(page: &mut Page, finding: &CheckFinding) {
    let at = finding.at.as_ref().map_or_else(String::new, |at| {
        format!("  {}:{}", plain(&at.file), at.line)
    });
    let (kind, message) = (&finding.kind, plain(&finding.message));
    let line = format!("      {STRONG}{kind}{STRONG:#}{at}  {message}");
    page.line(INDENT + 2, &line);
    if let Some(expected) = &finding.expected {
        row(page, "expected", expected);
    }
    if let Some(got) = &finding.got {
        row(page, "got", got);
    }
}

fn row(page: &mut Page, name: &str, text: &str) {
    page.line(INDENT + 10, &format!("      {name:<8}  {}", plain(text)));
}

/// What was found in checks that passed all the same, each once.
fn advice(page: &mut Page, verdict: &Verdict) {
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
            let (kind, message) = (&finding.kind, plain(&finding.message));
            page.line(
                4,
                &format!("  {DOUBT}advice{DOUBT:#}  {kind}{at}  {message}"),
            );
        }
    }
}

/// Where the first finding that cost points, and that has a page, is explained.
fn more(page: &mut Page, verdict: &Verdict) {
    let mut failing = verdict
        .checks
        .iter()
        .flat_map(|check| &check.findings)
        .filter(|finding| !finding.advice);
    if let Some(explained) = failing.find_map(|finding| explain::find(&finding.kind)) {
        page.as_is(&format!(
            "  {FAINT}more: grade explain {}{FAINT:#}",
            explained.id
        ));
    }
}
