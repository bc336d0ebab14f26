//! What comes from outside, as bytes: a trace's frames, archives, source text and stored traces. Whatever comes,
//! the answer is a refusal or a result, and neither a panic nor more than was asked for.
//!
//! `tests/fuzz/` has a target of libFuzzer for each. The inputs in `tests/grader/corpus/` are where it begins, and
//! the tests beside this file; an input that once broke something is kept there.

use trace::frame::{self, MAX_EVENTS};

use crate::intake::{self, Intake, Submission};
use crate::{scan, stored};

/// The stream of one drive.
pub fn frames(input: &[u8]) {
    let decoded = frame::decode(&mut &input[..], &[7; 16]);
    assert!(decoded.events.len() <= MAX_EVENTS);
    // An event is four bytes of length at least.
    assert!(decoded.events.len() * 4 <= input.len());
}

/// A `.tar`, a `.tar.gz` or a `.zip` that is handed in.
pub fn archive(input: &[u8]) {
    let Some(Intake::Accepted(submission)) = intake::take_archive(input) else {
        return;
    };
    assert!(!submission.files.is_empty());
    for (name, _) in submission.files {
        assert!(name.starts_with("src/"), "{name}");
        let is_plain = |part: &str| !["", ".", ".."].contains(&part);
        assert!(name.split('/').all(is_plain), "{name}");
    }
}

/// A source file of a submission.
pub fn tokens(input: &[u8]) {
    let text = String::from_utf8_lossy(input).into_owned();
    let submission = Submission {
        files: vec![("src/lib.rs".to_owned(), text)],
        asks_for: Vec::new(),
        digest: String::new(),
    };
    let refused = scan::refusals(&submission);
    assert!(refused.iter().all(|refused| refused.at.is_some()));
}

/// A file that `--trace` wrote, or somebody else.
pub fn stored(input: &[u8]) {
    if let Ok(stored) = stored::read(input) {
        let mut written = Vec::new();
        stored::write(&mut written, &stored).expect("memory takes all");
        assert!(stored::read(&written[..]).is_ok(), "it is not read back");
    }
}

#[cfg(test)]
mod tests;
