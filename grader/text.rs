//! Text for people: plurals, and a student's words made harmless.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar;

/// `1 check`, `3 checks`.
pub fn plural(number: usize, noun: &str) -> String {
    if number == 1 {
        format!("1 {noun}")
    } else {
        format!("{number} {noun}s")
    }
}

/// Text for a terminal that has no other letters; what has no likeness is `?`.
pub fn in_ascii(text: &str) -> String {
    let ascii = |c: char| match c {
        '×' | '✗' => "x".to_owned(),
        '✓' => "+".to_owned(),
        '·' | '–' | '—' => "-".to_owned(),
        '→' => "->".to_owned(),
        '…' => "...".to_owned(),
        c if c.is_ascii() => c.to_string(),
        c => "?".repeat(c.width().unwrap_or(0)),
    };
    text.chars().map(ascii).collect()
}

/// Whether it does something to a terminal, or turns the order of what is read.
pub fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// At most so many characters of it, the last of them `…` if it was cut.
pub fn shortened(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some(_) => text.chars().take(characters - 1).chain(['…']).collect(),
        None => text.to_owned(),
    }
}

/// Text without control characters, so that it can do nothing to a terminal.
pub fn plain(text: &str) -> Cow<'_, str> {
    if text.contains(is_harmful) {
        text.chars()
            .map(|c| if is_harmful(c) { '\u{fffd}' } else { c })
            .collect::<String>()
            .into()
    } else {
        text.into()
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn nothing_a_student_prints_moves_the_cursor() {
        assert_eq!(
            plain("a\u{1b}[2Jb\r\u{202e}c"),
            "a\u{fffd}[2Jb\u{fffd}\u{fffd}c"
        );
        assert_eq!(plain("größer ✓"), "größer ✓");
    }
}
