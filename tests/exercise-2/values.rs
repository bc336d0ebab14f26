//! What the calls return, and how it differs from what was asked for.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use judge::{Findings, count};
use serde_json::Value;

use crate::reading::list;

/// What `process_files` says of one file; of an error, its kind.
pub type Answer = Result<Stats, String>;
/// What `word_totals` returns; of an error, its kind.
pub type Totals = Result<BTreeMap<String, u64>, String>;

/// The student's `Stats`.
#[derive(Clone, Copy)]
pub struct Stats {
    pub lines: u64,
    pub words: u64,
    pub bytes: u64,
}

impl fmt::Display for Stats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            lines,
            words,
            bytes,
        } = *self;
        write!(
            f,
            "{}, {}",
            number(lines, "line"),
            words_and_bytes(words, bytes)
        )
    }
}

/// `3 words, 14 bytes`.
pub fn words_and_bytes(words: u64, bytes: u64) -> String {
    format!("{}, {}", number(words, "word"), number(bytes, "byte"))
}

/// `1 byte`, `640 bytes`.
pub fn number(number: u64, noun: &str) -> String {
    if number == 1 {
        format!("1 {noun}")
    } else {
        format!("{number} {noun}s")
    }
}

/// An error, by its kind.
pub fn error(kind: &str) -> String {
    format!("an error of kind {kind}")
}

pub fn answers_in(note: &Value) -> Vec<Answer> {
    let answers: Vec<Result<BTreeMap<String, u64>, String>> =
        serde_json::from_value(note.clone()).expect("the driver notes answers");
    let stats = |it: BTreeMap<String, u64>| Stats {
        lines: it["lines"],
        words: it["words"],
        bytes: it["bytes"],
    };
    answers
        .into_iter()
        .map(|answer| answer.map(stats))
        .collect()
}

pub fn totals_in(note: &Value) -> Totals {
    let totals: Result<Vec<(String, u64)>, String> =
        serde_json::from_value(note.clone()).expect("the driver notes totals");
    totals.map(|totals| totals.into_iter().collect())
}

/// A file's name and what it holds.
pub fn holding(file: &str, contents: &[(&str, &[u8])]) -> String {
    let (_, bytes) = contents
        .iter()
        .find(|(name, _)| *name == file)
        .expect("the driver puts it there");
    format!("{file}, which holds {},", quoted(bytes))
}

/// Answers in words, of which `counts` says those of an `Ok`.
pub fn in_words(answers: &[Answer], counts: impl Fn(&Stats) -> String) -> Vec<String> {
    let in_words = |answer: &Answer| answer.as_ref().map_or_else(|kind| error(kind), &counts);
    answers.iter().map(in_words).collect()
}

pub fn counts_of(answers: &[Answer]) -> Vec<String> {
    in_words(answers, Stats::to_string)
}

pub fn bytes_of(answers: &[Answer]) -> Vec<String> {
    in_words(answers, |stats| number(stats.bytes, "byte"))
}

/// What one file should give: its name and what is to know of it, and the answer in words.
pub struct Expected {
    pub file: String,
    pub answer: String,
}

/// Each file gets its answer; that they come in the order of the files is not asked.
pub fn are_answers(expected: &[Expected], got: &[String]) -> Findings {
    wrong_answers(expected, got).into_iter().collect()
}

/// A finding for each file that does not get its answer, or one if there are not as many answers.
pub fn wrong_answers(expected: &[Expected], got: &[String]) -> Vec<Findings> {
    if got.len() != expected.len() {
        let (answers, files) = (count(got.len(), "answer"), count(expected.len(), "file"));
        return vec![Findings::one(
            "wrong-value",
            format!("{answers} for {files}"),
        )];
    }
    let mut unmatched: Vec<Option<&String>> = got.iter().map(Some).collect();
    let mut missed = Vec::new();
    for (place, expected) in expected.iter().enumerate() {
        match unmatched
            .iter_mut()
            .find(|answer| **answer == Some(&expected.answer))
        {
            Some(answer) => *answer = None,
            None => missed.push((place, expected)),
        }
    }
    let finding = |(place, expected): (usize, &Expected)| {
        // Where answers are out of order too, the one in the file's place may be another's.
        let own = unmatched[place].take();
        let got = own.or_else(|| unmatched.iter_mut().find_map(Option::take));
        let message = format!("the answer for {} is wrong", expected.file);
        Findings::one("wrong-value", message)
            .expected(&expected.answer)
            .got(got.map_or("", |got| got))
    };
    missed.into_iter().map(finding).collect()
}

/// The totals are these. `contents` tells where a word that is counted wrong stands.
pub fn are_totals(expected: &[(&str, u64)], got: &Totals, contents: &[(&str, &[u8])]) -> Findings {
    let got = match got {
        Ok(got) => got,
        Err(kind) => {
            return Findings::one("wrong-value", "there are no totals")
                .expected("totals")
                .got(error(kind));
        }
    };
    let expected: BTreeMap<&str, u64> = expected.iter().copied().collect();
    let times = |word: &str| {
        (
            expected.get(word).copied().unwrap_or(0),
            got.get(word).copied().unwrap_or(0),
        )
    };
    let words: BTreeSet<&str> = expected
        .keys()
        .copied()
        .chain(got.keys().map(String::as_str))
        .collect();
    let mut wrong: Vec<_> = words
        .into_iter()
        .filter(|word| times(word).0 != times(word).1)
        .collect();
    // What should be there, before what should not.
    wrong.sort_by_key(|word| !expected.contains_key(word));
    let shown = |which: fn((u64, u64)) -> u64| {
        let words: Vec<_> = wrong
            .iter()
            .map(|word| format!("{} × {word:?}", which(times(word))))
            .collect();
        list(&words.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let number = match wrong.len() {
        1 => "a word is".to_owned(),
        many => format!("{many} words are"),
    };
    let missed = wrong.first().filter(|word| expected.contains_key(*word));
    let source = missed.and_then(|word| source(word, contents));
    let message = format!("{number} counted wrong{}", source.unwrap_or_default());
    Findings::unless(wrong.is_empty(), "wrong-value", message)
        .expected(shown(|(expected, _)| expected))
        .got(shown(|(_, got)| got))
}

/// `: "the" is in cats.txt, which holds …`
fn source(word: &str, contents: &[(&str, &[u8])]) -> Option<String> {
    let words = |bytes: &[u8]| -> Vec<String> {
        let words = bytes.split(u8::is_ascii_whitespace);
        words
            .map(|word| String::from_utf8_lossy(word).into_owned())
            .collect()
    };
    let (file, bytes) = contents
        .iter()
        .find(|(_, bytes)| words(bytes).iter().any(|other| other == word))?;
    Some(format!(
        ": {word:?} is in {file}, which holds {}",
        quoted(bytes)
    ))
}

/// Bytes as Rust writes them.
pub fn quoted(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => format!("{text:?}"),
        Err(_) => format!("b\"{}\"", bytes.escape_ascii()),
    }
}
