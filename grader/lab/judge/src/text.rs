//! Numbers as people read them.

/// `1 call`, `3 calls`.
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 {
        format!("1 {noun}")
    } else {
        format!("{number} {noun}s")
    }
}

/// `1st`, `2nd`, `3rd`, `4th`…
pub fn nth(number: u64) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// An amount of memory: `512 KiB`, `1.5 MiB`; tenths are rounded down.
pub fn bytes(number: u64) -> String {
    const KIB: u64 = 1024;
    const MIB: u64 = 1024 * KIB;
    let (unit, name) = match number {
        ..KIB => return format!("{number} B"),
        KIB..MIB => (KIB, "KiB"),
        MIB.. => (MIB, "MiB"),
    };
    match number % unit * 10 / unit {
        0 => format!("{} {name}", number / unit),
        tenths => format!("{}.{tenths} {name}", number / unit),
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
    use super::{bytes, count, cut, nth, thousands};

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
    fn ordinals_end_as_they_are_spoken() {
        let numbers = [1, 2, 3, 4, 11, 12, 13, 21, 102, 113];
        let said = numbers.map(nth).join(" ");
        assert_eq!(said, "1st 2nd 3rd 4th 11th 12th 13th 21st 102nd 113th");
    }

    #[test]
    fn memory_has_the_unit_that_fits() {
        let amounts = [
            0, 1023, 1024, 32_768, 524_290, 1_048_575, 1_048_576, 1_600_000,
        ];
        let said = amounts.map(bytes).join(", ");
        assert_eq!(
            said,
            "0 B, 1023 B, 1 KiB, 32 KiB, 512 KiB, 1023.9 KiB, 1 MiB, 1.5 MiB"
        );
    }

    #[test]
    fn a_long_text_is_cut_between_characters() {
        assert_eq!(cut("kürzer"), "kürzer");
        assert_eq!(cut(&"ü".repeat(200)), format!("{}…", "ü".repeat(160)));
    }
}
