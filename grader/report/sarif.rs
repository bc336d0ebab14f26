//! `--format sarif`: SARIF 2.1.0, for code scanning: each finding and each message of the compiler on its line. What
//! has no line is told of the submission's first file, since code scanning drops a result without a place.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{json_text, words};
use crate::explain;
use crate::verdict::{Status, Verdict};

/// Renders a verdict; `folder` stands before the paths.
pub fn render(verdict: &Verdict, folder: &str) -> String {
    let mut rules = BTreeMap::new();
    let mut results = Vec::new();
    for check in &verdict.checks {
        for found in &check.findings {
            let kind = words::line(&found.kind);
            let summary = explain::find(&found.kind).map_or(kind.as_str(), |page| page.summary);
            rules.insert(
                kind.clone(),
                json!({ "id": kind, "shortDescription": { "text": text(summary) } }),
            );
            let message = format!(
                "{}: {}",
                words::line(&check.title),
                words::line(&found.message)
            );
            let level = if found.advice { "note" } else { "error" };
            results.push(result(&kind, level, &message, found.at.as_ref(), folder));
        }
    }
    for diagnostic in &verdict.diagnostics {
        let id = words::line(diagnostic.code.as_deref().unwrap_or("rejected"));
        rules.entry(id.clone()).or_insert_with(|| json!({ "id": id, "shortDescription": { "text": "a message of the compiler, or of the intake" } }));
        let level = if diagnostic.is_error() {
            "error"
        } else {
            "warning"
        };
        let message = words::line(&diagnostic.message);
        results.push(result(&id, level, &message, diagnostic.at.as_ref(), folder));
    }
    let whole = !matches!(verdict.status, Status::Undecided | Status::Interrupted);
    let trouble = verdict
        .trouble
        .iter()
        .map(|said| json!({ "level": "error", "message": { "text": text(&words::line(said)) } }));
    json_text::pretty(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "grade",
                "version": verdict.grader,
                "rules": rules.into_values().collect::<Vec<_>>(),
            } },
            "automationDetails": { "id": format!("grade/{}/", verdict.exercise) },
            "invocations": [{
                "executionSuccessful": whole,
                "toolExecutionNotifications": trouble.collect::<Vec<_>>(),
            }],
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn result(
    rule: &str,
    level: &str,
    message: &str,
    at: Option<&trace::finding::At>,
    folder: &str,
) -> Value {
    let file = at.map_or("src/lib.rs", |at| at.file.as_str());
    let mut place = json!({ "artifactLocation": { "uri": uri(&format!("{folder}{file}")) } });
    if let Some(at) = at {
        place["region"] = json!({ "startLine": at.line.max(1) });
    }
    json!({
        "ruleId": rule,
        "level": level,
        "message": { "text": text(message) },
        "locations": [{ "physicalLocation": place }],
    })
}

/// Plain text of SARIF: in it `[…](…)` would be a link and `{0}` a place holder.
fn text(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\\' | '[' | ']' => out.extend(['\\', c]),
            '{' | '}' => out.extend([c, c]),
            _ => out.push(c),
        }
    }
    out
}

/// A relative reference: what is not plain in a path is given by its bytes.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(byte.into());
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
