//! JSON as text in which nothing acts on a terminal: what JSON leaves as it is, and a terminal obeys, is
//! escaped. The value stays the same.

use std::fmt::Write as _;

use serde::Serialize;

use crate::text::is_harmful;

/// With indentation, and a newline at its end.
///
/// # Panics
/// When the value has no JSON form, which every report has.
pub fn pretty(value: &impl Serialize) -> String {
    let text = serde_json::to_string_pretty(value).expect("a report has a JSON form");
    escaped(&text) + "\n"
}

/// On one line, with a newline at its end.
///
/// # Panics
/// When the value has no JSON form, which every report has.
pub fn line(value: &impl Serialize) -> String {
    let text = serde_json::to_string(value).expect("a report has a JSON form");
    escaped(&text) + "\n"
}

/// Such a character stands within a string only, but for the newlines of the indentation.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    for c in text.chars() {
        if c != '\n' && is_harmful(c) {
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_escaped_and_reads_back_the_same() {
        let value = "a\u{1b}[2J\u{9b}31m\u{7f}\u{202e}größer";
        let text = pretty(&value);
        assert_eq!(text, "\"a\\u001b[2J\\u009b31m\\u007f\\u202egrößer\"\n");
        assert_eq!(serde_json::from_str::<String>(&text).unwrap(), value);
    }
}
