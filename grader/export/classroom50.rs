//! A folder for each assignment of a Classroom 50: `autograder.py` and what it starts.

use std::path::Path;

use super::settings::Extensions;
use super::{Order, fill, grader, place};
use crate::error::Result;

/// Writes it.
///
/// # Errors
/// When something cannot be built or written.
pub fn write(order: &Order<'_>, folder: &Path) -> Result<()> {
    for exercise in order.exercises {
        let only = Order {
            exercises: &[exercise],
            ..*order
        };
        let to = folder.join("autograders").join(&exercise.id);
        grader(&only, &to, Extensions::LeftOut)?;
        let script = fill(&only, include_str!("template/classroom50.py"));
        place::script(&to.join("autograder.py"), &script)?;
    }
    let runtime = fill(order, include_str!("template/classroom50-runtime.json"));
    place::text(&folder.join("runtime.json"), &runtime)?;
    let readme = fill(order, include_str!("template/classroom50.md"));
    place::text(&folder.join("README.md"), &readme)
}
