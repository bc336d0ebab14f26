//! `--format classroom50`: `result.json`, a closed object, as schemas/result-v1.schema.json of
//! foundation50/classroom50 has it. What it says of the submission comes from the platform's variables.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::context::Context;
use super::{json_text, words};
use crate::error::{Error, Result};
use crate::verdict::{CheckStatus, Verdict};

/// Fields that the platform knows, with the variables that hold them.
const REQUIRED: [(&str, &str); 6] = [
    ("classroom", "CLASSROOM"),
    ("assignment", "ASSIGNMENT"),
    ("submission", "SUBMISSION_TAG"),
    ("commit", "COMMIT_URL"),
    ("release", "RELEASE_URL"),
    ("review", "REVIEW_URL"),
];

/// Makes sure that the platform's variables are set.
///
/// # Errors
/// With the names of those that are not.
pub fn check(context: &Context) -> Result<()> {
    let lacks = |name: &&str| context.variable(name).is_none();
    let mut missing: Vec<_> = REQUIRED
        .iter()
        .map(|(_, name)| *name)
        .filter(lacks)
        .collect();
    if owner(context).is_none() {
        missing.push("OWNER");
    }
    if missing.is_empty() {
        return Ok(());
    }
    let sentence = format!(
        "the format classroom50 needs {} in the environment",
        missing.join(", ")
    );
    Err(Error::usage(sentence).hint("Classroom 50 sets them in its own workflow"))
}

fn owner(context: &Context) -> Option<&str> {
    context
        .variable("OWNER")
        .or_else(|| context.variable("GITHUB_REPOSITORY_OWNER"))
}

/// Renders a verdict.
///
/// # Errors
/// What [`check`] answers.
pub fn render(verdict: &Verdict, context: &Context) -> Result<String> {
    check(context)?;
    let mut result = Map::new();
    let mut field = |name: &str, value: Value| result.insert(name.to_owned(), value);
    field("schema", "classroom50/result/v1".into());
    for (name, variable) in REQUIRED {
        field(name, context.variable(variable).unwrap_or_default().into());
        if name == "assignment" {
            field(
                "assignment_type",
                context
                    .variable("ASSIGNMENT_TYPE")
                    .unwrap_or("individual")
                    .into(),
            );
            field("owner", owner(context).unwrap_or_default().into());
        }
    }
    let now = utc(context.now);
    field(
        "datetime",
        context.variable("SUBMITTED_AT").unwrap_or(&now).into(),
    );
    field("graded_at", now.as_str().into());
    field("score", verdict.score.into());
    field("max-score", verdict.max_score.into());
    let tests = verdict.checks.iter().map(|check| {
        json!({
            "test-name": words::line(&check.title),
            "passed": check.status == CheckStatus::Passed,
            "score": check.points,
            "max-score": check.max_points,
        })
    });
    field("tests", tests.collect());
    Ok(json_text::pretty(&result))
}

/// Seconds since 1970 as `YYYY-MM-DDTHH:MM:SSZ`; the last second that there is a name for, where it is later.
fn utc(seconds: u64) -> String {
    let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
    Timestamp::from_second(seconds)
        .unwrap_or(Timestamp::MAX)
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::utc;

    #[test]
    fn a_moment_is_told_in_utc() {
        for (seconds, told) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_709_164_799, "2024-02-28T23:59:59Z"),
            (4_102_444_800, "2100-01-01T00:00:00Z"),
        ] {
            assert_eq!(utc(seconds), told);
        }
    }
}
