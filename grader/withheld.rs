//! What a submission may not use, and why: the sentence behind rustc's error.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::diagnostic::Diagnostic;
use crate::facts::Facts;
use crate::intake::Submission;
use crate::kit::SUBMISSION_CRATES;

/// What the facade leaves out of tokio, with the sentences for students.
static LIST: LazyLock<List> = LazyLock::new(|| {
    toml::from_str(include_str!("lab/tokio/withheld.toml")).expect("a test reads the list as well")
});

#[derive(Deserialize)]
struct List {
    withheld: Vec<Decision>,
}

#[derive(Deserialize)]
struct Decision {
    items: Vec<String>,
    because: String,
}

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

/// Whether a type of another crate lacks a function: of the submission's own, rustc shows the definition.
fn lacks_a_function(diagnostic: &Diagnostic) -> bool {
    diagnostic.code.as_deref() == Some("E0599")
        && !diagnostic.rendered.contains("not found for this ")
}

fn withheld(diagnostic: &Diagnostic) -> Option<String> {
    if !unresolved(diagnostic) && !lacks_a_function(diagnostic) {
        return None;
    }
    let told = quoted(diagnostic);
    let decisions = LIST.withheld.iter();
    let mut items = decisions.flat_map(|d| d.items.iter().map(|path| (path, &d.because)));
    let (path, because) = items.find(|(path, _)| names(diagnostic, &told, path))?;
    Some(format!(
        "`{path}` is not part of the grader's tokio: {because}"
    ))
}

/// Whether an error is about `path`: rustc's message or its label under the code names the whole of it,
/// or its last part and the module or type that it is in; of what is private they name the last part only.
fn names(diagnostic: &Diagnostic, told: &[String], path: &str) -> bool {
    let (module, last) = path.rsplit_once("::").unwrap_or(("", path));
    let inner = module.rsplit("::").next().unwrap_or(module);
    let has = |name: &str| told.iter().any(|quoted| quoted == name);
    let whole = |quoted: &String| {
        quoted == path
            || quoted
                .strip_prefix(path)
                .is_some_and(|rest| rest.starts_with("::"))
    };
    let shown = || diagnostic.rendered.contains(path);
    told.iter().any(whole) || (has(last) && (has(inner) || has(module) || shown()))
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
        .map(|quoted| {
            quoted
                .trim_start_matches('&')
                .trim_start_matches("mut ")
                .to_owned()
        })
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
