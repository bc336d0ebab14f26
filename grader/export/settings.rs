//! A course's `grade.toml`, as far as it is about the exercises that are exported.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use toml::{Table, Value};

use super::place;
use crate::config::NAME;
use crate::course::Exercise;
use crate::error::{Error, Result};

/// What becomes of an extensions file, which has students' names in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extensions {
    Kept,
    /// Where nobody passes on who handed something in.
    LeftOut,
}

const EXTENSIONS: &str = "extensions.toml";

/// Writes what it says of these exercises, and as much of the extensions file that it names.
///
/// # Errors
/// When one of the two cannot be read or written.
pub fn write(
    path: &Path,
    exercises: &[&Exercise],
    extensions: Extensions,
    folder: &Path,
) -> Result<()> {
    let mut table = read(path)?;
    let is_exported = |id: &str| exercises.iter().any(|exercise| exercise.id == id);
    if let Some(Value::Array(listed)) = table.get_mut("exercises") {
        listed.retain(|id| id.as_str().is_some_and(is_exported));
    }
    if let Some(Value::Table(of)) = table.get_mut("exercise") {
        of.retain(|id, _| is_exported(id));
    }
    match (table.remove("extensions"), extensions) {
        (Some(Value::String(named)), Extensions::Kept) => {
            let from = path.parent().unwrap_or(Path::new(".")).join(named);
            let mut all = read(&from)?;
            only(&mut all, &is_exported);
            put(&all, &folder.join(EXTENSIONS))?;
            table.insert("extensions".to_owned(), EXTENSIONS.into());
        }
        (_, Extensions::Kept | Extensions::LeftOut) => {}
    }
    put(&table, &folder.join(NAME))
}

/// Leaves the extensions that are for these exercises or for all, and the groups that they are for.
fn only(all: &mut Table, is_exported: &impl Fn(&str) -> bool) {
    let mut groups = BTreeSet::new();
    if let Some(Value::Array(extensions)) = all.get_mut("extension") {
        let of = |extension: &Value, key: &str| Some(extension.get(key)?.as_str()?.to_owned());
        extensions.retain(|extension| of(extension, "exercise").is_none_or(|id| is_exported(&id)));
        groups.extend(
            extensions
                .iter()
                .filter_map(|extension| of(extension, "group")),
        );
    }
    if let Some(Value::Table(named)) = all.get_mut("groups") {
        named.retain(|name, _| groups.contains(name));
    }
}

fn read(path: &Path) -> Result<Table> {
    let text = fs::read_to_string(path).map_err(|e| Error::io("read", path, &e))?;
    toml::from_str(&text).map_err(|e| Error::usage(format!("{} is wrong: {e}", path.display())))
}

fn put(table: &Table, path: &Path) -> Result<()> {
    let text = toml::to_string(table).expect("what was read can be written");
    place::text(path, &text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_extensions_file_goes_along_what_is_about_the_exercises_and_nobody_else() {
        let mut all: Table = toml::from_str(
            r#"
            [groups]
            lab-1 = ["ada"]
            lab-2 = ["grace"]
            [[extension]]
            group = "lab-1"
            deadline = 2026-11-22T23:59:59+01:00
            [[extension]]
            group = "lab-2"
            exercise = "another"
            deadline = 2026-11-22T23:59:59+01:00
            "#,
        )
        .unwrap();
        only(&mut all, &|id| id == "probe");
        let text = toml::to_string(&all).unwrap();
        assert!(
            text.contains("ada") && text.contains("2026-11-22"),
            "{text}"
        );
        assert!(!text.contains("grace") && !text.contains("lab-2"), "{text}");
    }
}
