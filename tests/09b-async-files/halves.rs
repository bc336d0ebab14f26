//! What readers see of a file that is being written, and what is left of one that is not to its end.

use judge::{Cancellation, Findings};

use crate::contents::{Given, against, is_ok, whole};

/// What a reader saw of one file, from before a call to its end.
pub struct Seen<'a> {
    /// The call in words: what a message begins with.
    pub setting: &'a str,
    /// What the file held before; none where there was no file.
    pub before: Option<&'a str>,
    /// What it may hold from some moment on; none where the call has to fail.
    pub after: &'a [&'a String],
    /// Each change, with its virtual time in milliseconds.
    pub seen: Vec<(u64, Option<String>)>,
}

/// A reader sees what was there before, or all of what is new; and that in the end.
pub fn sees_no_half(scene: &Seen) -> Findings {
    let is_new = |sees: &Option<String>| scene.after.iter().any(|new| Some(*new) == sees.as_ref());
    let half = scene
        .seen
        .iter()
        .find(|(_, sees)| sees.as_deref() != scene.before && !is_new(sees));
    let expected = match (scene.before, scene.after) {
        (Some(_), []) => "what was there before",
        (Some(_), _) => "what was there before, or all of the new text",
        (None, _) => "no file, or all of a text",
    };
    if let Some((at_ms, sees)) = half {
        let new = scene.after.first().map_or("", |new| new.as_str());
        let message = format!(
            "{}: a reader sees neither the old nor the new",
            scene.setting
        );
        return Findings::one("wrong-value", message)
            .expected(expected)
            .got(against(new.as_bytes(), sees.as_deref().map(str::as_bytes)))
            .at_ms(*at_ms);
    }
    let last = scene.seen.last().map(|(_, sees)| sees);
    let is_there = scene.after.is_empty() || last.is_some_and(is_new);
    let message = format!("{}: the new text is never there", scene.setting);
    Findings::unless(is_there, "wrong-value", message)
}

/// What is left of a file is all of the old or all of a new text, at once and later; a call that was not
/// dropped has written the new one.
pub fn is_old_or_new(one: &Cancellation<'_>, old: &str, new: &[&String]) -> Findings {
    let is_new = |text: &Option<String>| new.iter().any(|new| Some(*new) == text.as_ref());
    for (key, when) in [("at once", "at once"), ("afterwards", "a while later")] {
        let left: Option<String> = one.notes(key).value();
        if left.as_deref() != Some(old) && !is_new(&left) {
            let got = left
                .as_deref()
                .map_or("there is no such file".to_owned(), |left| {
                    let of = new.iter().find(|new| new.starts_with(left));
                    let of = of.map_or(old, |new| new.as_str());
                    against(of.as_bytes(), Some(left.as_bytes()))
                });
            let message = format!("{when}, the file is neither the old one nor the new one");
            return Findings::one("wrong-value", message)
                .expected(whole(old.as_bytes()))
                .got(got);
        }
    }
    if one.dropped.is_some() {
        return Findings::none();
    }
    let gave: Option<Given<()>> = one.notes("gave").value();
    let left: Option<String> = one.notes("afterwards").value();
    let gave = gave.unwrap_or_else(|| Err("dropped".to_owned()));
    let message = "the new text is never there";
    is_ok("a call that nobody drops", &gave)
        .or_else(|| Findings::unless(is_new(&left), "wrong-value", message))
}
