//! `--format github`: what GitHub Actions reads from a step's standard output: annotations on the student's lines; and,
//! between `::stop-commands::`, the report, in which nothing is a command. The step's summary is the Markdown report.

use std::fmt::Write as _;

use super::page::Setting;
use super::{concise, markdown, words};
use crate::diagnostic::Level;
use crate::timeline::Picture;
use crate::verdict::{Check, CheckStatus, Verdict};

/// How many annotations of each kind a step has.
const MOST: usize = 10;
/// How long one message may be.
const LONGEST: usize = 4000;
/// How many bytes a step's summary has, less what others may have written.
const SUMMARY: usize = 1000 * 1024;

/// An annotation.
struct Annotation {
    command: &'static str,
    at: Option<trace::finding::At>,
    title: String,
    message: String,
}

/// Renders a verdict; `folder` stands before the paths.
pub fn render(verdict: &Verdict, folder: &str) -> String {
    // No text of a submission has the hash of itself in it.
    let token = blake3::hash(format!("{verdict:?}").as_bytes()).to_hex();
    let mut out = format!(
        "::stop-commands::{token}\n{}::{token}::\n",
        concise::render(verdict, Setting::default())
    );
    let all = annotations(verdict);
    for command in ["error", "warning", "notice"] {
        for annotation in all.iter().filter(|a| a.command == command).take(MOST) {
            out.push_str(&annotation.line(folder));
        }
    }
    out
}

fn annotations(verdict: &Verdict) -> Vec<Annotation> {
    let mut all = Vec::new();
    if let Some(trouble) = &verdict.trouble {
        all.push(Annotation {
            command: "error",
            at: None,
            title: "not graded".to_owned(),
            message: words::line(trouble),
        });
    }
    if let Some(late) = words::lateness(verdict) {
        all.push(Annotation {
            command: "notice",
            at: None,
            title: "late".to_owned(),
            message: late,
        });
    }
    for diagnostic in &verdict.diagnostics {
        all.push(Annotation {
            command: if diagnostic.level == Level::Error {
                "error"
            } else {
                "warning"
            },
            at: diagnostic.at.clone(),
            title: words::line(diagnostic.code.as_deref().unwrap_or("rejected")),
            message: words::diagnostic(diagnostic).join("\n"),
        });
    }
    all.extend(verdict.checks.iter().flat_map(of_check));
    all
}

fn of_check(check: &Check) -> Vec<Annotation> {
    let findings = check.findings.iter().map(|found| {
        let told = [("expected", &found.expected), ("got", &found.got)];
        let told = told
            .into_iter()
            .filter_map(|(name, text)| Some((name, text.as_ref()?)));
        let mut message = format!(
            "{}: {}",
            words::line(&check.title),
            words::line(&found.message)
        );
        for (name, text) in told {
            let _ = write!(message, "\n{name}: {}", words::line(text));
        }
        Annotation {
            command: if found.advice { "notice" } else { "error" },
            at: found.at.clone(),
            title: words::line(&found.kind),
            message,
        }
    });
    let doubt = check
        .doubt
        .iter()
        .filter(|_| check.status == CheckStatus::Undecided);
    let doubt = doubt.map(|doubt| Annotation {
        command: "warning",
        at: None,
        title: "undecided".to_owned(),
        message: format!("{}: {}", words::line(&check.title), words::line(doubt)),
    });
    findings.chain(doubt).collect()
}

impl Annotation {
    fn line(&self, folder: &str) -> String {
        let place = self.at.as_ref().map_or_else(String::new, |at| {
            let file = format!("{folder}{}", words::line(&at.file));
            format!("file={},line={},", property(&file), at.line)
        });
        let message = crate::text::shortened(&self.message, LONGEST);
        format!(
            "::{} {place}title={}::{}\n",
            self.command,
            property(&self.title),
            data(&message)
        )
    }
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// The step's summary: the Markdown report, within its limit.
pub fn summary(verdict: &Verdict, pictures: &[Picture]) -> String {
    let text = markdown::render(verdict, pictures);
    if text.len() <= SUMMARY {
        return text;
    }
    let score = words::score(verdict);
    format!(
        "## {}\n\n{score}. The report is too long for a summary.\n\n",
        markdown::escaped(&verdict.title)
    )
}

/// The step's outputs.
pub fn outputs(verdict: &Verdict) -> String {
    let status = serde_json::to_value(verdict.status).ok();
    let status = status
        .as_ref()
        .and_then(serde_json::Value::as_str)
        .unwrap_or_default();
    let before = verdict.lateness.as_ref().map(|late| late.score_before);
    let before = before.map_or_else(String::new, |before| {
        format!("score-before-lateness={before}\n")
    });
    format!(
        "score={}\nmax-score={}\nstatus={status}\n{before}",
        verdict.score, verdict.max_score
    )
}
