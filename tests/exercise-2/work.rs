//! Whether the work was done at all, by sizes alone: what a line or a word is, and the order of the
//! answers, are other checks' subjects.

use judge::Findings;

use crate::reading::Reading;
use crate::values::{Expected, bytes_of, error, number, wrong_answers};

/// Every file has an answer, with these `bytes`; the first that has not is enough to say.
pub fn sizes_are(reading: &Reading, sizes: &[u64]) -> Findings {
    let expected = reading.files.iter().zip(sizes);
    let expected = expected.map(|(file, bytes)| Expected {
        file: file.clone(),
        answer: number(*bytes, "byte"),
    });
    let expected: Vec<_> = expected.collect();
    let wrong = wrong_answers(&expected, &bytes_of(&reading.answers()));
    wrong.into_iter().next().unwrap_or_default()
}

/// The answers stand in the order of the paths; the files have different `sizes`, which tell whose
/// answer is which.
pub fn are_in_order(reading: &Reading, sizes: &[u64]) -> Findings {
    let owner = |bytes: &String| {
        sizes
            .iter()
            .position(|size| number(*size, "byte") == *bytes)
    };
    let owners: Vec<usize> = bytes_of(&reading.answers())
        .iter()
        .filter_map(owner)
        .collect();
    let files: Vec<&str> = owners.iter().map(|place| &*reading.files[*place]).collect();
    let message = "the answers are not in the order of the paths";
    Findings::unless(owners.is_sorted(), "wrong-order", message)
        .expected(reading.files.join(", "))
        .got(files.join(", "))
}

/// All words were counted, of files of `bytes` bytes together with a word in every 16 of them.
pub fn words_are(reading: &Reading, bytes: u64) -> Findings {
    let expected = number(bytes / 16, "word");
    let got = match reading.totals() {
        Ok(totals) => {
            // What a student counted may be any number.
            let words = totals.into_values().fold(0, u64::saturating_add);
            number(words, "word")
        }
        Err(kind) => error(&kind),
    };
    Findings::unless(
        got == expected,
        "wrong-value",
        "the words of all files do not add up",
    )
    .expected(expected)
    .got(got)
}
