//! The parts of a `PrairieLearn` course: the grader in `serverFilesCourse`, and a question for each exercise.

use std::fs;
use std::path::Path;

use serde_json::json;

use super::settings::Extensions;
use super::{Order, fill, grader, place};
use crate::course::Exercise;
use crate::error::{Error, Result};

/// Where the grader is, in the course and below `/grade`.
const SERVER_FILES: &str = "serverFilesCourse/grade";

/// Writes it.
///
/// # Errors
/// When something cannot be built or written.
pub fn write(order: &Order<'_>, folder: &Path) -> Result<()> {
    grader(order, &folder.join(SERVER_FILES), Extensions::LeftOut)?;
    let run = fill(order, include_str!("template/prairielearn-run.sh"));
    place::script(&folder.join(SERVER_FILES).join("run.sh"), &run)?;
    for exercise in order.exercises {
        question(
            order,
            exercise,
            &folder.join("questions").join(&exercise.id),
        )?;
    }
    let readme = fill(order, include_str!("template/prairielearn.md"));
    place::text(&folder.join("README.md"), &readme)
}

fn question(order: &Order<'_>, exercise: &Exercise, folder: &Path) -> Result<()> {
    let version = order.bench.toolchain.version.to_string();
    let info = json!({
        "uuid": uuid(&exercise.id),
        "title": exercise.settings.title,
        "topic": "Asynchronous Rust",
        "tags": [],
        "type": "v3",
        "gradingMethod": "External",
        "singleVariant": true,
        "externalGradingOptions": {
            "enabled": true,
            "image": format!("rust:{version}"),
            "entrypoint": ["/bin/bash", format!("/grade/{SERVER_FILES}/run.sh"), exercise.id],
            "timeout": 120,
            "enableNetworking": false,
            "serverFilesCourse": ["grade/"],
        },
    });
    let text = serde_json::to_string_pretty(&info).expect("it has a JSON form");
    place::text(&folder.join("info.json"), &(text + "\n"))?;
    let page = include_str!("template/prairielearn-question.html");
    place::text(&folder.join("question.html"), page)?;
    for (from, to) in [
        ("src/lib.rs", "starter.rs"),
        ("README.md", "clientFilesQuestion/README.md"),
    ] {
        let from = exercise.starter.join(from);
        let text = fs::read_to_string(&from).map_err(|e| Error::io("read", &from, &e))?;
        place::text(&folder.join(to), &text)?;
    }
    Ok(())
}

/// The same for the same exercise, so that a course that is exported again has no second question.
fn uuid(id: &str) -> String {
    let hash = blake3::hash(format!("grade question {id}").as_bytes()).to_hex();
    let part = |from: usize, to: usize| &hash[from..to];
    format!(
        "{}-{}-4{}-8{}-{}",
        part(0, 8),
        part(8, 12),
        part(12, 15),
        part(15, 18),
        part(18, 30)
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_questions_uuid_is_its_own_and_stays() {
        let uuid = super::uuid("exercise-3");
        assert_eq!(uuid, super::uuid("exercise-3"));
        assert_ne!(uuid, super::uuid("exercise-2"));
        assert_eq!(uuid.len(), 36);
    }
}
