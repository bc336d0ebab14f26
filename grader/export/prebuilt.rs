//! A course without its sources: what `--course` takes where the hidden half must not be.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::settings::{self, Extensions};
use super::{Order, place};
use crate::bundle::{KIT, Manifest, NAME, PREBUILT, Recorded};
use crate::cache::MANIFEST;
use crate::error::{Error, Result};
use crate::prebuild::Prebuilt;
use crate::programs::Half;
use crate::{cache, driver_digest, licences, start};

/// Writes it.
///
/// # Errors
/// When something cannot be built or written.
pub fn write(order: &Order<'_>, folder: &Path, extensions: Extensions) -> Result<()> {
    let kit = folder.join(KIT);
    place::copy(order.bench.kit.root(), &kit, &[MANIFEST])?;
    cache::record(&kit)?;
    let mut exercises = BTreeMap::new();
    for exercise in order.exercises {
        let built = order.bench.prebuild(exercise)?;
        let to = folder.join(PREBUILT).join(&exercise.id);
        as_built(&built, &to)?;
        cache::record(&to)?;
        let starter = folder.join("exercises").join(&exercise.id);
        place::copy(&exercise.starter, &starter, &start::NOT_THE_AUTHORS)?;
        let own = exercise.tests.join("exercise.toml");
        let text = fs::read_to_string(&own).map_err(|e| Error::io("read", &own, &e))?;
        let to_settings = folder.join("tests").join(&exercise.id);
        place::text(&to_settings.join("exercise.toml"), &text)?;
        exercises.insert(
            exercise.id.clone(),
            Recorded {
                prebuilt: cache::identity(&to)?,
                driver_digest: driver_digest::of(exercise)?,
            },
        );
    }
    if let Some(path) = order.settings {
        settings::write(path, order.exercises, extensions, folder)?;
    }
    let manifest = Manifest::of(&order.bench.toolchain, cache::identity(&kit)?, exercises);
    let text = serde_json::to_string_pretty(&manifest).expect("a manifest has a JSON form");
    licences::write(folder)?;
    place::text(&folder.join(NAME), &text)
}

/// Copies what was built. All sources are in folders below it, and stay where they are but for two kinds: the adapter, which
/// is compiled with each submission and says what the contract says, and programs that must not compile.
fn as_built(built: &Prebuilt, to: &Path) -> Result<()> {
    let from = built.libraries();
    let entries = fs::read_dir(from).map_err(|e| Error::io("read", from, &e))?;
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_file() && !path.ends_with(MANIFEST) {
            place::copy_file(&path, to)?;
        }
    }
    let programs = built.programs();
    let to = to.join(programs.strip_prefix(from).unwrap_or(&programs));
    let facts = built.facts.must_not_compile.iter();
    for program in facts.flat_map(|check| &check.programs) {
        for half in Half::BOTH {
            let folder = programs.join(&program.name);
            place::copy_file(&folder.join(half.file()), &to.join(&program.name))?;
            place::copy_file(&programs.join(half.root()), &to)?;
        }
    }
    Ok(())
}
