//! Numbers as people read them.

/// `1 call`, `3 calls`.
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 {
        format!("1 {noun}")
    } else {
        format!("{number} {noun}s")
    }
}

/// A large number, its thousands apart: `1 000 000`.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut apart = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            apart.push(' ');
        }
        apart.push(digit);
    }
    apart
}

/// What fits a line of a report; the rest is left out, and an ellipsis says so.
pub fn cut(text: &str) -> String {
    const LONGEST: usize = 160;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Virtual milliseconds.
pub fn ms(milliseconds: u64) -> String {
    format!("{milliseconds} ms")
}

#[cfg(test)]
mod tests {
    use super::{count, cut, thousands};

    #[test]
    fn numbers_read_as_people_write_them() {
        assert_eq!(thousands(7), "7");
        assert_eq!(thousands(1_000_000), "1 000 000");
        assert_eq!(
            (count(1, "task"), count(2, "task")),
            ("1 task".to_owned(), "2 tasks".to_owned())
        );
    }

    #[test]
    fn a_long_text_is_cut_between_characters() {
        assert_eq!(cut("kürzer"), "kürzer");
        assert_eq!(cut(&"ü".repeat(200)), format!("{}…", "ü".repeat(160)));
    }
}
