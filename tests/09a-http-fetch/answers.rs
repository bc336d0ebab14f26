//! Answers and lines, held against what they should be.

use judge::{Findings, count, cut};

use crate::scene::{Given, Printed};

/// The line of a page that came.
pub fn page_line(page: &Given) -> String {
    format!("{}: {} bytes", page.url, page.size)
}

/// A URL in a message.
pub fn shown(url: &str) -> String {
    format!("`{url}`")
}

/// A body is this, byte by byte.
pub fn bytes_are(url: &str, status: u16, body: &[u8], given: &Result<Vec<u8>, String>) -> Findings {
    let message = match given {
        Ok(_) => format!("the body of {} is not what the site sent", shown(url)),
        Err(_) => format!("{}, status {status}, is an error", shown(url)),
    };
    let got = match given {
        Ok(given) => quoted(given),
        Err(error) => format!("`Err`: {error}"),
    };
    Findings::unless(given.as_deref() == Ok(body), "wrong-value", message)
        .expected(quoted(body))
        .got(got)
}

/// Bytes as Rust writes them, shortened.
fn quoted(bytes: &[u8]) -> String {
    const SHOWN: usize = 24;
    let first = &bytes[..bytes.len().min(SHOWN)];
    let rest = if first.len() < bytes.len() { "…" } else { "" };
    let text = first.escape_ascii();
    cut(&format!(
        "{}, b\"{text}\"{rest}",
        count(bytes.len(), "byte")
    ))
}

/// What was printed is this, line by line.
pub fn lines_are(scene: &Printed, expected: &[String]) -> Findings {
    let lines = &scene.lines;
    let wrong = (0..expected.len().max(lines.len()))
        .find(|at| expected.get(*at) != lines.get(*at).map(|(_, line)| line));
    let Some(at) = wrong else {
        return Findings::none();
    };
    let quoted = |line: Option<&String>| {
        line.map_or_else(
            || "nothing more".to_owned(),
            |line| cut(&format!("{line:?}")),
        )
    };
    let at_ms = lines.get(at).map_or(scene.returned_ms, |(at_ms, _)| *at_ms);
    Findings::one("wrong-output", format!("line {} of `run` is wrong", at + 1))
        .expected(quoted(expected.get(at)))
        .got(quoted(lines.get(at).map(|(_, line)| line)))
        .at_ms(at_ms)
}

/// The sum of what came, where so many failed.
pub fn summary_is(scene: &Printed, failed: usize) -> Findings {
    let (pages, bytes) = scene.pages().fold((0, 0), |(pages, bytes), page| {
        (pages + 1, bytes + page.size)
    });
    let expected = (pages - failed, bytes, failed);
    let said = |(pages, bytes, failed): (usize, usize, usize)| {
        format!("Summary {{ pages: {pages}, bytes: {bytes}, failed: {failed} }}")
    };
    Findings::unless(
        scene.summary == expected,
        "wrong-value",
        "`run` gave another summary",
    )
    .expected(said(expected))
    .got(said(scene.summary))
    .at_ms(scene.returned_ms)
}

/// These texts, place by place; `what` names them.
pub fn are_in_order(what: &str, expected: &[String], got: &[String]) -> Findings {
    let wrong = (0..expected.len().max(got.len())).find(|at| expected.get(*at) != got.get(*at));
    let Some(at) = wrong else {
        return Findings::none();
    };
    let sorted = |texts: &[String]| {
        let mut texts = texts.to_vec();
        texts.sort();
        texts
    };
    let (kind, message) = if sorted(expected) == sorted(got) {
        (
            "wrong-order",
            format!("{what} do not have the order of the list"),
        )
    } else if expected.len() == got.len() {
        (
            "wrong-value",
            format!("number {} of {what} is wrong", at + 1),
        )
    } else {
        (
            "wrong-value",
            format!(
                "{what} are {}, for {}",
                got.len(),
                count(expected.len(), "URL")
            ),
        )
    };
    let said = |text: Option<&String>| match text {
        Some(text) => format!("in place {}: {}", at + 1, cut(text)),
        None => format!("nothing in place {}", at + 1),
    };
    Findings::one(kind, message)
        .expected(said(expected.get(at)))
        .got(said(got.get(at)))
}
