//! Changes of a text that leave the rest as it was written.

use std::ops::Range;

/// A range of bytes, and the text that stands there instead.
pub type Edit = (Range<usize>, String);

/// The text with all edits made; one inside another is lost with it.
pub fn applied(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut out = String::new();
    let mut at = 0;
    for (range, with) in edits {
        if range.start >= at {
            out.push_str(&text[at..range.start]);
            out.push_str(&with);
            at = range.end;
        }
    }
    out.push_str(&text[at..]);
    out
}
