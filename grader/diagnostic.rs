//! What rustc, or the grader in rustc's place, says about a submission's code.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::report::schema;

/// How many diagnostics a verdict keeps, and how many bytes of one.
pub const MAX_DIAGNOSTICS: usize = 100;
pub const MAX_RENDERED: usize = 8 * 1024;

/// One message, against the student's own paths.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Diagnostic {
    pub level: Level,
    /// `E0432`, or a lint's name; none where it is the grader's own.
    pub code: Option<String>,
    pub message: String,
    #[schemars(with = "Option<schema::At>")]
    pub at: Option<trace::finding::At>,
    /// As rustc words and draws it.
    pub rendered: String,
    /// What the grader adds to it.
    pub help: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    Error,
    Warning,
}

impl Diagnostic {
    /// The grader's own word, in place of the compiler's.
    pub fn own(message: impl Into<String>, at: Option<trace::finding::At>) -> Self {
        let message = message.into();
        Self {
            level: Level::Error,
            code: None,
            rendered: format!("error: {message}\n"),
            message,
            at,
            help: None,
        }
    }

    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub fn is_error(&self) -> bool {
        self.level == Level::Error
    }

    /// Whether it is the grader's own word: there is no more to it than its message.
    pub fn is_own(&self) -> bool {
        self.rendered
            .strip_prefix("error: ")
            .and_then(|rest| rest.strip_suffix('\n'))
            == Some(&self.message)
    }

    /// Whether it can be the machine's trouble rather than the code's: it points at no code, or says
    /// that a compiled crate cannot be read.
    pub fn is_about_the_machine(&self) -> bool {
        const UNREADABLE: [&str; 6] = ["E0460", "E0461", "E0462", "E0463", "E0514", "E0786"];
        let unreadable = self
            .code
            .as_deref()
            .is_some_and(|code| UNREADABLE.contains(&code));
        self.is_error() && (self.at.is_none() || unreadable)
    }
}

/// Errors first, then warnings, each in the order they came; no more than are kept.
pub fn cap(mut all: Vec<Diagnostic>) -> (Vec<Diagnostic>, usize) {
    all.sort_by_key(|diagnostic| !diagnostic.is_error());
    let left_out = all.len().saturating_sub(MAX_DIAGNOSTICS);
    all.truncate(MAX_DIAGNOSTICS);
    for diagnostic in &mut all {
        cut(&mut diagnostic.rendered, MAX_RENDERED);
        cut(&mut diagnostic.message, MAX_RENDERED);
    }
    (all, left_out)
}

fn cut(text: &mut String, bytes: usize) {
    if text.len() > bytes {
        let end = (0..=bytes)
            .rev()
            .find(|at| text.is_char_boundary(*at))
            .unwrap_or(0);
        text.truncate(end);
        text.push_str("…\n");
    }
}
