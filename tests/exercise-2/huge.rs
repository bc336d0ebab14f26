//! The huge file: what it may take of the heap, what its answer is, and what goes on beside it.

use judge::{Findings, bytes, ms};

use crate::reading::{Reading, list};
use crate::values::{Answer, error, number};

const WORDS: u64 = 141_700;
const LINES: u64 = 28_340;
const BYTES: u64 = 1_048_580;
/// How far off its size may be: bytes that were decoded wrongly are another check's subject.
const SLACK: u64 = 10_000;

/// The call's heap stays below half of the size of the file.
pub fn holds_less_than_half(reading: &Reading, huge: &str) -> Findings {
    let half = BYTES / 2;
    reading
        .heap
        .hold_less_than(half, &format!(" while the call read {huge}"))
        .expected(format!(
            "less than {}, which is half of the file",
            bytes(half)
        ))
}

/// Files that are left when the huge one is opened are not all left until it is closed.
pub fn others_go_on_beside(reading: &Reading, huge: &str) -> Findings {
    let spans = || reading.spans().filter(|span| span.label == huge);
    let began_ms = spans().map(|span| span.began_ms).min();
    let closed_ms = spans()
        .filter_map(|span| span.closed)
        .map(|(at_ms, _)| at_ms)
        .max();
    // An answer that never has two files open is another check's subject.
    let (true, Some(began_ms), Some(closed_ms)) = (reading.overlaps(), began_ms, closed_ms) else {
        return Findings::none();
    };
    let left = reading.left_at(began_ms);
    let meanwhile = |at_ms| (began_ms + 1..=closed_ms).contains(&at_ms);
    let mut others = reading.spans().filter(|span| span.label != huge);
    let goes_on = others.any(|span| span.closed.is_some_and(|(at_ms, _)| meanwhile(at_ms)));
    let message = format!(
        "{huge} was open from {} to {}, and nothing else was finished",
        ms(began_ms),
        ms(closed_ms)
    );
    Findings::unless(left.is_empty() || goes_on, "too-sequential", message)
        .expected("other files opened, read and closed while it is open")
        .got(format!("{} left until it was closed", list(&left)))
        .at_ms(began_ms)
}

/// The huge file's answer, wherever it stands: the one of about its size.
///
/// # Errors
/// When there is none.
pub fn answer(answers: &[Answer]) -> Result<crate::values::Stats, Findings> {
    let about = |bytes: u64| bytes.abs_diff(BYTES) <= SLACK;
    if let Some(stats) = answers.iter().flatten().find(|stats| about(stats.bytes)) {
        return Ok(*stats);
    }
    let got = match answers.first() {
        Some(Ok(stats)) => stats.to_string(),
        Some(Err(kind)) => error(kind),
        None => "no answer".to_owned(),
    };
    let expected = number(BYTES, "byte");
    Err(
        Findings::one("wrong-value", "the answer for the huge file is wrong")
            .expected(expected)
            .got(got),
    )
}

/// Every word of the huge file counts once, and its neighbours have their answers. A word cut in two
/// at the end of a piece is this check's subject, what ends a line is not.
pub fn is_counted(answers: &[Answer]) -> Findings {
    let stats = match answer(answers) {
        Ok(stats) => stats,
        Err(findings) => return findings,
    };
    let right = stats.words == WORDS && stats.lines.abs_diff(LINES) <= 1;
    let counted = Findings::unless(right, "wrong-value", "the huge file is counted wrong")
        .expected(format!(
            "{}, {}",
            number(LINES, "line"),
            number(WORDS, "word")
        ))
        .got(format!(
            "{}, {}",
            number(stats.lines, "line"),
            number(stats.words, "word")
        ));
    let small = answers
        .iter()
        .flatten()
        .filter(|stats| stats.bytes == 8192)
        .count();
    let others = Findings::unless(
        small == 8,
        "wrong-value",
        "a small file beside the huge one is counted wrong",
    )
    .expected("8 answers of 8192 bytes")
    .got(small);
    counted.and(others)
}
