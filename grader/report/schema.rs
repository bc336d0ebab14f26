//! The JSON Schema of a verdict, `verdict.schema.json` beside this file: generated, and held current by a test.

use schemars::JsonSchema;
use serde_json::Value;

use crate::verdict::Verdict;

/// A line of the submission, counted from 1, in a file below its folder.
#[derive(JsonSchema)]
#[expect(
    dead_code,
    reason = "it stands for the type of another crate, in the schema alone"
)]
pub struct At {
    file: String,
    line: u32,
}

/// What `--format json` prints, but for `timings`.
///
/// # Panics
/// Never: a schema has a JSON form.
pub fn verdict() -> Value {
    serde_json::to_value(schemars::schema_for!(Verdict)).expect("a schema has a JSON form")
}
