//! Runs rustc and reads its JSON messages.

use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde::Deserialize;
use trace::finding::At;

use crate::diagnostic::{Diagnostic, Level};
use crate::error::{Error, Result};
use crate::process::{Child, Exit};
use crate::unawaited;

/// How much of rustc's output is read, in bytes; what comes after is dropped.
const MAX_OUTPUT: u64 = 16 << 20;

/// What rustc said and how it ended.
#[derive(Debug)]
pub struct Compiled {
    pub exit: Exit,
    pub diagnostics: Vec<Diagnostic>,
    /// What it said that was no diagnostic: a crash of the compiler.
    pub noise: String,
}

#[derive(Deserialize)]
struct Message {
    #[serde(rename = "$message_type")]
    kind: String,
    // An artifact.
    artifact: Option<PathBuf>,
    emit: Option<String>,
    // A diagnostic.
    #[serde(rename = "message")]
    text: Option<String>,
    level: Option<String>,
    code: Option<Code>,
    #[serde(default)]
    spans: Vec<Span>,
    rendered: Option<String>,
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

#[derive(Deserialize)]
struct Span {
    file_name: String,
    line_start: u32,
    is_primary: bool,
    expansion: Option<Box<Expansion>>,
}

#[derive(Deserialize)]
struct Expansion {
    span: Span,
}

/// Runs `command`, a rustc that `start` starts, to its end. `metadata` is told as soon as the crate's metadata is out.
///
/// # Errors
/// When rustc cannot be started.
pub fn run<C: Child>(
    command: &mut Command,
    start: impl FnOnce(&mut Command) -> io::Result<C>,
    mut metadata: impl FnMut(&Path),
) -> Result<Compiled> {
    command.args(["--error-format=json", "--json=artifacts"]);
    let mut running =
        start(command).map_err(|e| Error::grader(format!("rustc cannot be started: {e}")))?;
    let stderr = running.errors();
    let (lines, received) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let mut stderr = BufReader::new(stderr.take(MAX_OUTPUT));
        let mut line = Vec::new();
        while matches!(stderr.read_until(b'\n', &mut line), Ok(1..)) {
            if lines.send(std::mem::take(&mut line)).is_err() {
                return;
            }
        }
        let _ = std::io::copy(&mut stderr.into_inner().into_inner(), &mut std::io::sink());
    });
    let mut diagnostics = Vec::new();
    let mut noise = String::new();
    while let Ok(line) = received.recv_timeout(running.left().max(Duration::from_millis(1))) {
        let Ok(message) = serde_json::from_slice::<Message>(&line) else {
            noise.push_str(&String::from_utf8_lossy(&line));
            continue;
        };
        match message.kind.as_str() {
            "artifact" if message.emit.as_deref() == Some("metadata") => {
                metadata(message.artifact.as_deref().unwrap_or(Path::new("")));
            }
            "diagnostic" => diagnostics.extend(diagnostic(message)),
            _ => {}
        }
    }
    Ok(Compiled {
        exit: running.wait(),
        diagnostics,
        noise,
    })
}

/// A diagnostic, without the closing counts ("aborting due to …") that rustc adds.
fn diagnostic(message: Message) -> Option<Diagnostic> {
    let text = message.text?;
    let level = match message.level.as_deref()? {
        "warning" => Level::Warning,
        "error" | "error: internal compiler error" => Level::Error,
        _ => return None,
    };
    if message.spans.is_empty()
        && (text.starts_with("aborting due to")
            || text.ends_with("warning emitted")
            || text.ends_with("warnings emitted"))
    {
        return None;
    }
    let at = message
        .spans
        .iter()
        .find(|span| span.is_primary)
        .map(origin);
    let rendered = message.rendered.unwrap_or_default();
    let diagnostic = Diagnostic {
        level,
        code: message.code.map(|c| c.code),
        message: text,
        at,
        rendered,
        help: None,
    };
    let help = unawaited::help(&diagnostic);
    Some(Diagnostic { help, ..diagnostic })
}

/// Where the student wrote what a span is about: outside every macro expansion.
fn origin(span: &Span) -> At {
    match &span.expansion {
        Some(expansion) if !span.file_name.starts_with("src/") => origin(&expansion.span),
        _ => At {
            file: span.file_name.clone(),
            line: span.line_start,
        },
    }
}
