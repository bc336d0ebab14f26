//! The picture as Markdown: a fenced block, which shows the same wherever Markdown does.

use anstream::adapter::strip_str;

use super::{Look, terminal};
use crate::timeline::Picture;

/// The picture as one fenced block, with an empty line behind it.
pub fn markdown(picture: &Picture) -> String {
    let text = terminal(picture, Look::default());
    let text = strip_str(&text).to_string();
    let fence = fence(&text);
    format!("{fence}text\n{text}{fence}\n\n")
}

/// Backticks, more than stand anywhere in the text.
fn fence(text: &str) -> String {
    let runs = text.split(|c| c != '`').map(str::len);
    "`".repeat(runs.max().unwrap_or(0).max(2) + 1)
}
