//! `--format json`: the verdict, one object.

use super::json_text;
use crate::timings::Timings;
use crate::verdict::Verdict;

/// The verdict as JSON, with a newline at its end; with `timings` as one more field, on request.
///
/// # Panics
/// Never: a verdict has a JSON form.
pub fn render(verdict: &Verdict, timings: Option<&Timings>) -> String {
    let mut object = serde_json::to_value(verdict).expect("a verdict has a JSON form");
    if let (Some(timings), Some(object)) = (timings, object.as_object_mut()) {
        let stages = serde_json::to_value(timings.stages()).expect("stages have a JSON form");
        object.insert("timings".to_owned(), stages);
    }
    json_text::pretty(&object)
}
