//! The failure of a file that comes first in time, and what `word_totals` makes of it.

use judge::{CallSpan, Findings, ms};

use crate::reading::{Reading, was};
use crate::values::error;

/// The earliest failures, which all came in the same millisecond: when, of which files, and with
/// which kinds of error.
struct First<'a> {
    at_ms: u64,
    files: Vec<&'a str>,
    kinds: Vec<&'a str>,
}

impl<'a> First<'a> {
    /// None where nothing failed on the disk: the code went around it, or stopped before.
    fn of(reading: &'a Reading) -> Option<Self> {
        let failure = |span: &'a CallSpan| {
            let (at_ms, kind) = span.failed.as_ref()?;
            Some((*at_ms, &*span.label, &**kind))
        };
        let at_ms = reading
            .spans()
            .filter_map(failure)
            .map(|(at_ms, ..)| at_ms)
            .min()?;
        let first = || {
            reading
                .spans()
                .filter_map(failure)
                .filter(move |failure| failure.0 == at_ms)
        };
        Some(Self {
            at_ms,
            files: first().map(|(_, file, _)| file).collect(),
            kinds: first().map(|(.., kind)| kind).collect(),
        })
    }
}

/// The error is one of those that came first. `around` is asked where none came from the disk.
pub fn is_returned(reading: &Reading, around: impl FnOnce() -> Findings) -> Findings {
    let returned = reading.totals().err();
    // That a file is missing can be found out without opening it, and the trace does not tell when.
    let unopened = |file: &String| file == "missing.txt" && !reading.opened(file);
    if returned.as_deref() == Some("NotFound") && reading.files.iter().any(unopened) {
        return Findings::none();
    }
    let Some(first) = First::of(reading) else {
        return around();
    };
    let right = returned
        .as_deref()
        .is_some_and(|kind| first.kinds.contains(&kind));
    let message = format!(
        "{} the first to fail, at {}",
        was(&first.files),
        ms(first.at_ms)
    );
    Findings::unless(right, "wrong-value", message)
        .expected(error(first.kinds[0]))
        .got(returned.map_or_else(|| "totals".to_owned(), |kind| error(&kind)))
        .at_ms(first.at_ms)
}

/// Before the call returns, no file is opened in a later millisecond. `around` is asked where
/// nothing failed on the disk.
pub fn nothing_is_opened_after_it(
    reading: &Reading,
    around: impl FnOnce() -> Findings,
) -> Findings {
    let Some(first) = First::of(reading) else {
        return around();
    };
    let too_late = first.at_ms + 1..=reading.returned_ms;
    let Some(late) = reading
        .spans()
        .find(|span| too_late.contains(&span.began_ms))
    else {
        return Findings::none();
    };
    let since = format!(
        "{}, when {} failed",
        ms(first.at_ms),
        first.files.join(" and ")
    );
    Findings::one(
        "too-late",
        format!("{} was opened at {}", late.label, ms(late.began_ms)),
    )
    .expected(format!("no file opened after {since}"))
    .got(format!(
        "{} opened {} later",
        late.label,
        ms(late.began_ms - first.at_ms)
    ))
    .at_ms(late.began_ms)
}

/// Once the call has returned, the clock does not move on with one of its files open.
pub fn no_file_stays_open(reading: &Reading) -> Findings {
    let returned_ms = reading.returned_ms;
    let stays = |span: &&CallSpan| {
        span.began_ms <= returned_ms && span.closed.is_none_or(|(at_ms, _)| at_ms > returned_ms)
    };
    let open: Vec<_> = reading
        .spans()
        .filter(stays)
        .map(|span| &*span.label)
        .collect();
    let message = format!(
        "{} still open after the return at {}",
        was(&open),
        ms(returned_ms)
    );
    Findings::unless(open.is_empty(), "leaked-task", message).at_ms(returned_ms)
}
