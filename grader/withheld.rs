//! What a submission may not use, and why: the sentence behind rustc's error.

use crate::diagnostic::Diagnostic;
use crate::facts::Facts;
use crate::intake::Submission;
use crate::kit::SUBMISSION_CRATES;

/// What the facade leaves out of tokio, with the sentence for the student.
pub const WITHHELD: [(&str, &str); 14] = [
    (
        "tokio::net",
        "there is no network under the paused clock; the exercise hands you what stands for it",
    ),
    ("tokio::process", "a submission starts no programs"),
    ("tokio::signal", "a submission receives no signals"),
    (
        "tokio::time::pause",
        "the clock is the grader's: it is paused already, and moves when every task waits",
    ),
    (
        "tokio::time::resume",
        "the clock is the grader's: under a running one no result would be exact",
    ),
    (
        "tokio::time::advance",
        "the clock is the grader's: it moves by itself when every task waits",
    ),
    (
        "tokio::runtime::Runtime",
        "your code runs in the grader's runtime already; use `tokio::spawn` and `.await`",
    ),
    (
        "tokio::runtime::Builder",
        "your code runs in the grader's runtime already; use `tokio::spawn` and `.await`",
    ),
    (
        "tokio::runtime::LocalRuntime",
        "your code runs in the grader's runtime already; `tokio::task::LocalSet` has tasks that are not Send",
    ),
    (
        "tokio::runtime::LocalOptions",
        "your code runs in the grader's runtime already",
    ),
    (
        "tokio::runtime::UnhandledPanic",
        "it is one of tokio's unstable features",
    ),
    (
        "tokio::runtime::RngSeed",
        "it is one of tokio's unstable features, and the grader's to set",
    ),
    (
        "tokio::task::Builder",
        "it is one of tokio's unstable features",
    ),
    (
        "tokio::io::unix",
        "there is no I/O driver under the paused clock",
    ),
];

/// The grader's sentence for a compiler error: about what is withheld, or a crate that is not there.
pub fn help(diagnostic: &Diagnostic, submission: &Submission, facts: &Facts) -> Option<String> {
    if !diagnostic.is_error() {
        return None;
    }
    withheld(diagnostic).or_else(|| missing_crate(diagnostic, submission, facts))
}

/// Codes of names that cannot be found.
const UNRESOLVED: [&str; 7] = [
    "E0432", "E0433", "E0425", "E0412", "E0405", "E0603", "E0463",
];

fn unresolved(diagnostic: &Diagnostic) -> bool {
    diagnostic
        .code
        .as_deref()
        .is_some_and(|code| UNRESOLVED.contains(&code))
}

fn withheld(diagnostic: &Diagnostic) -> Option<String> {
    if !unresolved(diagnostic) {
        return None;
    }
    let (path, why) = WITHHELD.iter().find(|(path, _)| names(diagnostic, path))?;
    Some(format!("`{path}` is not part of the grader's tokio: {why}"))
}

/// Whether an error is about `path`: rustc's message or its label under the code names the whole of it,
/// or its last part and the module that it is in.
fn names(diagnostic: &Diagnostic, path: &str) -> bool {
    let (module, last) = path.rsplit_once("::").unwrap_or(("", path));
    let inner = module.rsplit("::").next().unwrap_or(module);
    let told = quoted(diagnostic);
    let has = |name: &str| told.iter().any(|quoted| quoted == name);
    let whole = |quoted: &String| {
        quoted == path
            || quoted
                .strip_prefix(path)
                .is_some_and(|rest| rest.starts_with("::"))
    };
    told.iter().any(whole) || (has(last) && (has(inner) || has(module)))
}

/// What stands between backticks in the message and in the labels that rustc draws under the code.
fn quoted(diagnostic: &Diagnostic) -> Vec<String> {
    let labels = diagnostic.rendered.lines().filter_map(|line| {
        let (_, label) = line.split_once(" | ")?;
        let label = label.trim_start();
        label.starts_with(['^', '-', '|']).then_some(label)
    });
    let texts = std::iter::once(diagnostic.message.as_str()).chain(labels);
    texts
        .flat_map(|text| text.split('`').skip(1).step_by(2))
        .map(str::to_owned)
        .collect()
}

fn missing_crate(
    diagnostic: &Diagnostic,
    submission: &Submission,
    facts: &Facts,
) -> Option<String> {
    if !unresolved(diagnostic) {
        return None;
    }
    let named = diagnostic.message.split('`').nth(1)?.split("::").next()?;
    let looks_like_one = submission.asks_for.iter().any(|asked| asked == named)
        || diagnostic.message.contains("crate")
        || diagnostic.code.as_deref() == Some("E0432");
    let there: Vec<_> = SUBMISSION_CRATES
        .into_iter()
        .chain(facts.handed.iter().map(String::as_str))
        .collect();
    if !looks_like_one
        || there.contains(&named)
        || ["crate", "self", "super", "std"].contains(&named)
    {
        return None;
    }
    Some(format!(
        "the crates you can use are {}; `{named}` is not one of them",
        there.join(", ")
    ))
}
