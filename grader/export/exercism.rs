//! A test runner for an Exercism track: an image and its `bin/run.sh`.

use std::path::Path;

use super::settings::Extensions;
use super::{Order, fill, grader, place};
use crate::error::Result;

/// Writes it.
///
/// # Errors
/// When something cannot be built or written.
pub fn write(order: &Order<'_>, folder: &Path) -> Result<()> {
    grader(order, folder, Extensions::LeftOut)?;
    for (name, template) in [
        ("Dockerfile", include_str!("template/exercism.Dockerfile")),
        ("README.md", include_str!("template/exercism.md")),
    ] {
        place::text(&folder.join(name), &fill(order, template))?;
    }
    let run = fill(order, include_str!("template/exercism-run.sh"));
    place::script(&folder.join("bin/run.sh"), &run)
}
