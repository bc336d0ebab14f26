//! What a file holds, held against what it should.

use judge::{Findings, cut};

/// What a call gave; of an error, its kind.
pub type Given<T> = Result<T, String>;

/// The values that the driver notes once for each of so many cases.
pub fn each<T, const N: usize>(values: Vec<T>) -> [T; N] {
    let count = values.len();
    let wrong = |_| panic!("the driver notes {N} values, not {count}");
    values.try_into().unwrap_or_else(wrong)
}

/// An error in words.
pub fn error(kind: &str) -> String {
    format!("an error of kind {kind}")
}

/// A call was asked for `Ok`, and gave it.
pub fn is_ok<T>(call: &str, given: &Given<T>) -> Findings {
    match given {
        Ok(_) => Findings::none(),
        Err(kind) => Findings::one("wrong-value", format!("{call} fails"))
            .expected("`Ok`")
            .got(error(kind)),
    }
}

/// A call was asked for an error of this kind, and gave it.
pub fn fails_with<T>(call: &str, kind: &str, given: &Given<T>) -> Findings {
    let got = match given {
        Err(got) if got == kind => return Findings::none(),
        Err(got) => error(got),
        Ok(_) => "`Ok`".to_owned(),
    };
    Findings::one("wrong-value", format!("{call} gives something else"))
        .expected(error(kind))
        .got(got)
}

/// `what` holds these bytes.
pub fn hold(what: &str, expected: &[u8], got: Option<&[u8]>) -> Findings {
    let message = format!("{what} is not what it should be");
    Findings::unless(got == Some(expected), "wrong-value", message)
        .expected(whole(expected))
        .got(against(expected, got))
}

/// The same of text.
pub fn hold_text(what: &str, expected: &str, got: Option<&str>) -> Findings {
    hold(what, expected.as_bytes(), got.map(str::as_bytes))
}

/// Contents in words.
pub fn whole(bytes: &[u8]) -> String {
    match bytes.len() {
        0 => "nothing".to_owned(),
        1 => format!("1 byte: {}", quoted(bytes)),
        many => format!("{many} bytes: {}", quoted(bytes)),
    }
}

/// What is there, as far as it is a part of what should be.
pub fn against(expected: &[u8], got: Option<&[u8]>) -> String {
    let Some(got) = got else {
        return "there is no such file".to_owned();
    };
    if !got.is_empty() && got.len() < expected.len() && expected.starts_with(got) {
        return format!("only the first {} of {} bytes", got.len(), expected.len());
    }
    if !expected.is_empty() && got.len() > expected.len() && got.starts_with(expected) {
        let more = &got[expected.len()..];
        return format!("these, and then {}", whole(more));
    }
    whole(got)
}

/// Bytes as Rust writes them, shortened.
fn quoted(bytes: &[u8]) -> String {
    const SHOWN: usize = 40;
    let Ok(text) = std::str::from_utf8(bytes) else {
        let bytes = &bytes[..bytes.len().min(SHOWN / 2)];
        return format!("b\"{}\"…", cut(&bytes.escape_ascii().to_string()));
    };
    let text: String = text.chars().take(SHOWN).collect();
    let rest = if text.len() < bytes.len() { "…" } else { "" };
    format!("{text:?}{rest}")
}
