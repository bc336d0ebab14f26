//! Text for people: plurals, and a student's words made harmless.

use std::borrow::Cow;

/// `1 check`, `3 checks`.
pub fn plural(number: usize, noun: &str) -> String {
    if number == 1 {
        format!("1 {noun}")
    } else {
        format!("{number} {noun}s")
    }
}

/// Text without control characters, so that it can do nothing to a terminal.
pub fn plain(text: &str) -> Cow<'_, str> {
    let harmful = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if text.contains(harmful) {
        text.chars()
            .map(|c| if harmful(c) { '\u{fffd}' } else { c })
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
