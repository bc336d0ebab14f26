//! `grade explain`: the list of all findings, and a page for each.

use std::fmt::Write as _;

use anstyle::Style;

use crate::error::{Error, Result};
use crate::suggestion;

const STRONG: Style = Style::new().bold();

/// A finding that a verdict can have, as it is explained to a student.
#[derive(Debug, Clone, Copy)]
pub struct Explained {
    pub id: &'static str,
    /// What it is, in the words of a list.
    pub summary: &'static str,
    /// Markdown, its lines at most 78 columns wide: what the renderer does not wrap.
    pub page: &'static str,
}

/// Takes ids with summaries, and finds each one's page by its id.
macro_rules! findings {
    ($($id:literal $summary:literal)*) => {
        &[$(Explained {
            id: $id,
            summary: $summary,
            page: include_str!(concat!("explain/", $id, ".md")),
        }),*]
    };
}

/// Every finding that the lab, a word of the judges or an exercise can raise.
pub const FINDINGS: &[Explained] = findings! {
    "blocked-executor" "the runtime's thread was held by a blocking call"
    "spinning" "a task reads a clock over and over instead of waiting"
    "livelock" "tasks are polled on and on, and the clock never moves"
    "deadlock" "every task waits, and nothing can wake one"
    "never-finishes" "something goes on, but the call does not return"
    "too-sequential" "work that could overlap was done piece by piece"
    "unbounded" "more at a time than the limit allows"
    "underused" "less at a time than the limit allows, while work waited"
    "leaked-task" "a task outlived the call or the object it belongs to"
    "never-awaited" "a future was made and dropped without being polled"
    "lock-across-await" "a std lock was held while its task waited"
    "cancel-unsafe" "a future that is dropped loses or repeats work"
    "lost-wakeup" "a task waits for what has come, and nobody wakes it"
    "swallowed-panic" "a task panicked, and nobody looked"
    "panicked" "a panic came out of the call"
    "real-clock" "results rest on a thread, or on the time of day"
    "holds-too-much" "more memory at a time than the exercise allows"
    "ended-early" "the process was gone before the check was over"
    "nondeterministic" "two drives that should be the same were not"
    "wrong-order" "the right things in the wrong order"
    "wrong-output" "other lines on standard output than asked for"
    "wrong-value" "another value than asked for"
    "too-late" "something came after it was due"
    "too-early" "something came before it was due"
    "escapes" "a program that lets something out of its scope compiles"
    "does-not-fit" "a program that must compile against your crate does not"
};

/// The finding with this id, if it has a page.
pub fn find(id: &str) -> Option<&'static Explained> {
    FINDINGS.iter().find(|finding| finding.id == id)
}

/// The page of the finding that a command line names.
///
/// # Errors
/// When there is none.
pub fn page(id: &str) -> Result<String> {
    find(id).map(render).ok_or_else(|| {
        let ids = FINDINGS.iter().map(|finding| finding.id);
        let hint = suggestion::nearest(id, ids).map_or_else(
            || "`grade explain` shows the findings".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        Error::usage(format!("there is no finding `{id}`")).hint(hint)
    })
}

/// Every finding, one a line.
pub fn list() -> String {
    let width = FINDINGS.iter().map(|f| f.id.len()).max().unwrap_or(0);
    let mut out = String::new();
    for Explained { id, summary, .. } in FINDINGS {
        let _ = writeln!(out, "{id:<width$}  {summary}");
    }
    out.push_str("\n`grade explain FINDING` shows the page of one\n");
    out
}

/// A page for a terminal, with ANSI styles that the caller may strip: headings stand out, code is
/// indented in place of its fences.
fn render(finding: &Explained) -> String {
    let mut out = String::new();
    let mut code = false;
    for line in finding.page.lines() {
        if line.starts_with("```") {
            code = !code;
        } else if code && !line.is_empty() {
            let _ = writeln!(out, "    {line}");
        } else if let Some(title) = line.strip_prefix("# ").filter(|_| !code) {
            let _ = writeln!(out, "{STRONG}{title}{STRONG:#}: {}", finding.summary);
        } else if let Some(heading) = line.strip_prefix("## ").filter(|_| !code) {
            let _ = writeln!(out, "{STRONG}{heading}{STRONG:#}");
        } else {
            let _ = writeln!(out, "{line}");
        }
    }
    out
}
