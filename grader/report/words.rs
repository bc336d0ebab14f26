//! A verdict in plain lines, for formats that take text. What a student wrote is harmless in it: each line is
//! without control characters and has an end.

use crate::diagnostic::Diagnostic;
use crate::moment::Length;
use crate::text::{plain, shortened};
use crate::verdict::{Check, CheckFinding, CheckStatus, Status, Verdict};

/// How many characters of one line are kept.
const LONGEST_LINE: usize = 1000;
/// How many findings of one check are told.
const FINDINGS: usize = 10;
/// How many errors of a compilation are told.
const ERRORS: usize = 10;

/// One line of somebody else's words.
pub fn line(text: &str) -> String {
    shortened(&plain(text), LONGEST_LINE)
}

/// Where a finding is, as `src/lib.rs:34`.
pub fn place(at: &trace::finding::At) -> String {
    format!("{}:{}", line(&at.file), at.line)
}

/// `blocked-executor at src/lib.rs:34: …`
pub fn finding(finding: &CheckFinding) -> String {
    let at = finding
        .at
        .as_ref()
        .map_or_else(String::new, |at| format!(" at {}", place(at)));
    format!("{}{at}: {}", line(&finding.kind), line(&finding.message))
}

/// Why a check is as it is: doubt, findings, schedule, hints, and how to see it again.
pub fn of_check(check: &Check, verdict: &Verdict) -> Vec<String> {
    let mut out = Vec::new();
    if check.status == CheckStatus::NotRun {
        out.push(not_run(verdict).to_owned());
    }
    out.extend(check.doubt.iter().flat_map(|doubt| doubt.lines().map(line)));
    let costing = || check.findings.iter().filter(|found| !found.advice);
    for found in costing().take(FINDINGS) {
        out.push(finding(found));
        out.extend(
            found
                .expected
                .iter()
                .map(|text| format!("  expected: {}", line(text))),
        );
        out.extend(
            found
                .got
                .iter()
                .map(|text| format!("  got:      {}", line(text))),
        );
    }
    let more = costing().count().saturating_sub(FINDINGS);
    if more > 0 {
        out.push(format!("… and {more} more findings"));
    }
    let told = check.schedule.iter().flat_map(|schedule| &schedule.told);
    out.extend(told.map(|text| format!("schedule: {}", line(text))));
    out.extend(
        check
            .hints
            .iter()
            .map(|hint| format!("hint: {}", line(hint))),
    );
    let advice = check.findings.iter().filter(|found| found.advice);
    out.extend(advice.map(|found| format!("advice: {}", finding(found))));
    if check.status == CheckStatus::Failed {
        out.extend(
            check
                .replay
                .iter()
                .map(|replay| format!("again: {}", line(replay))),
        );
    }
    out
}

/// Why a check was not run.
pub fn not_run(verdict: &Verdict) -> &'static str {
    match verdict.status {
        Status::Rejected => "not run: the submission was rejected or did not compile",
        _ => "not run: the run ended before",
    }
}

/// What kept a submission from being graded, as its messages say it.
pub fn of_rejection(verdict: &Verdict) -> Vec<String> {
    let mut out = Vec::new();
    let errors = || verdict.diagnostics.iter().filter(|d| d.is_error());
    for error in errors().take(ERRORS) {
        out.extend(diagnostic(error));
    }
    let more = errors().count().saturating_sub(ERRORS) + verdict.diagnostics_left_out;
    if more > 0 {
        out.push(format!("… and {more} more messages"));
    }
    out
}

/// One message, with the grader's help.
pub fn diagnostic(diagnostic: &Diagnostic) -> Vec<String> {
    let mut out = Vec::new();
    match &diagnostic.at {
        Some(at) if diagnostic.is_own() => {
            out.push(format!("error: {}", line(&diagnostic.message)));
            out.push(format!("  at {}", place(at)));
        }
        _ => out.extend(diagnostic.rendered.trim_end().lines().map(line)),
    }
    out.extend(
        diagnostic
            .help
            .iter()
            .map(|help| format!("help: {}", line(help))),
    );
    out
}

/// `80/100`, what it was before lateness, and what that leaves out.
pub fn score(verdict: &Verdict) -> String {
    let score = format!(
        "score {}/{}{}",
        verdict.score,
        verdict.max_score,
        before(verdict)
    );
    match verdict.status {
        Status::Passed | Status::Failed => score,
        Status::Rejected => "not graded: no check ran".to_owned(),
        Status::Undecided => format!("{score}, undecided: the grader is in doubt"),
        Status::Interrupted => format!("{score}, not complete"),
    }
}

/// The score before lateness, where that took something.
pub fn before(verdict: &Verdict) -> String {
    let before = verdict
        .lateness
        .as_ref()
        .map(|lateness| lateness.score_before);
    let before = before.filter(|before| *before != verdict.score);
    before.map_or_else(String::new, |before| format!(" ({before} before lateness)"))
}

/// How late it came, and what that took: nothing is said of what came in time.
pub fn lateness(verdict: &Verdict) -> Option<String> {
    let late = verdict.lateness.as_ref()?;
    if late.late_seconds == 0 {
        return None;
    }
    let by = Length::of_seconds(late.late_seconds);
    let whose = if late.extended {
        "the extended deadline"
    } else {
        "the deadline"
    };
    let taken = match (late.percent, late.score_before) {
        (_, 0) => String::new(),
        (0, _) => "; nothing was taken for it".to_owned(),
        (percent, before) => format!("; {percent} % of {before} points were taken, rounded down"),
    };
    Some(format!(
        "late: handed in {by} after {whose}, {}{taken}",
        line(&late.deadline)
    ))
}

/// The lines that stand above the checks: trouble, lateness, what did not compile, what nobody looked at.
pub fn above_checks(verdict: &Verdict) -> Vec<String> {
    let mut out: Vec<_> = verdict.trouble.iter().map(|text| line(text)).collect();
    out.extend(lateness(verdict));
    if verdict.status == Status::Rejected {
        out.extend(of_rejection(verdict));
    }
    if !verdict.not_checked.is_empty() {
        let parts = verdict.not_checked.join(", ");
        out.push(format!("not checked on this platform: {parts}"));
    }
    out
}

/// Text of at most so many bytes, cut between two lines, with a word that it was.
pub fn at_most(bytes: usize, lines: &[String]) -> String {
    const CUT: &str = "… cut: the report is too long for this format";
    let mut out = String::new();
    for line in lines {
        if out.len() + line.len() + CUT.len() + 2 > bytes {
            out.push_str(CUT);
            return out;
        }
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(line);
    }
    out
}
