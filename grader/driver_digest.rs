//! What a drive rests on: everything of an exercise but its judge and its settings. Traces of one such digest can be
//! judged by a corrected judge.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::course::Exercise;
use crate::error::{Error, Result};
use crate::prebuild;

/// blake3 of the contract, the driver with its modules, and the crates that are handed out.
///
/// A file counts unless only the judge has it: where it cannot be told what a driver takes in (it includes
/// files, or gives its modules paths), all but `judge.rs` itself counts.
///
/// # Errors
/// When the exercise cannot be read.
pub fn of(exercise: &Exercise) -> Result<String> {
    if let Some(held) = &exercise.held {
        return Ok(held.driver_digest.clone());
    }
    let all = prebuild::sources(exercise)?;
    let of_driver = Modules::of(&exercise.tests, "driver.rs")?;
    let of_judge = Modules::of(&exercise.tests, "judge.rs")?;
    let judge = PathBuf::from("judge.rs");
    let is_judges = |path: &Path| {
        path == judge
            || (!of_driver.takes_in_more
                && of_judge.files.contains(path)
                && !of_driver.files.contains(path))
    };
    let mut hasher = blake3::Hasher::new();
    for (path, bytes) in &all {
        if path == Path::new("exercise.toml") || is_judges(path) {
            continue;
        }
        for part in [path.to_string_lossy().as_bytes(), bytes] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
    }
    Ok(hasher.finalize().to_hex().to_string())
}

/// The files of a program, by its `mod` items.
#[derive(Debug, Default)]
struct Modules {
    files: BTreeSet<PathBuf>,
    /// Whether something in them names a file in another way.
    takes_in_more: bool,
}

impl Modules {
    fn of(folder: &Path, root: &str) -> Result<Self> {
        let mut modules = Self::default();
        modules.read(folder, Path::new(root), Path::new(""))?;
        Ok(modules)
    }

    /// Reads a file, whose modules are in `below`.
    fn read(&mut self, folder: &Path, file: &Path, below: &Path) -> Result<()> {
        let path = folder.join(file);
        let text = fs::read_to_string(&path).map_err(|e| Error::io("read", &path, &e))?;
        self.files.insert(file.to_owned());
        self.takes_in_more |= ["include!", "include_str!", "include_bytes!"]
            .iter()
            .any(|includes| text.contains(includes));
        // What does not parse does not compile, which is told elsewhere.
        let items = syn::parse_file(&text).map_or_else(|_| Vec::new(), |file| file.items);
        self.modules(folder, &items, below)
    }

    fn modules(&mut self, folder: &Path, items: &[syn::Item], below: &Path) -> Result<()> {
        for item in items {
            let syn::Item::Mod(module) = item else {
                continue;
            };
            let has_path = |attribute: &syn::Attribute| attribute.path().is_ident("path");
            self.takes_in_more |= module.attrs.iter().any(has_path);
            let inside = below.join(module.ident.to_string());
            if let Some((_, items)) = &module.content {
                self.modules(folder, items, &inside)?;
                continue;
            }
            let candidates = [inside.with_extension("rs"), inside.join("mod.rs")];
            let found = candidates
                .into_iter()
                .find(|file| folder.join(file).is_file());
            match found {
                Some(file) if !self.files.contains(&file) => self.read(folder, &file, &inside)?,
                _ => {}
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use crate::course::Course;

    /// The digest of the grader's own course after a change to it.
    fn after(changes: &[(&str, &str)]) -> String {
        let course = tempfile::tempdir().unwrap();
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/grader/course");
        for file in ["contract.rs", "driver.rs", "judge.rs", "exercise.toml"] {
            let to = course.path().join("tests/probe");
            fs::create_dir_all(&to).unwrap();
            fs::copy(own.join("tests/probe").join(file), to.join(file)).ok();
        }
        let tests = course.path().join("tests/probe");
        fs::write(tests.join("contract.rs"), "").unwrap();
        fs::write(tests.join("driver.rs"), "mod scene;\n").unwrap();
        fs::write(tests.join("judge.rs"), "mod scene;\nmod rules;\n").unwrap();
        for file in ["scene.rs", "rules.rs"] {
            fs::write(tests.join(file), "").unwrap();
        }
        for (file, text) in changes {
            fs::write(tests.join(file), text).unwrap();
        }
        let course = Course::read(course.path()).unwrap();
        super::of(course.find("probe").unwrap()).unwrap()
    }

    #[test]
    fn a_corrected_judge_leaves_what_was_driven_as_it_was() {
        let before = after(&[]);
        let judges = [("judge.rs", "mod scene;\nmod rules;\n// more\n")];
        assert_eq!(after(&judges), before);
        assert_eq!(after(&[("rules.rs", "// more\n")]), before);
    }

    #[test]
    fn what_a_driver_has_in_it_is_what_was_driven() {
        let before = after(&[]);
        for file in ["driver.rs", "scene.rs", "contract.rs"] {
            assert_ne!(after(&[(file, "mod scene;\n// more\n")]), before, "{file}");
        }
    }

    #[test]
    fn a_driver_that_includes_files_may_have_any_of_them_in_it() {
        let driver = (
            "driver.rs",
            "mod scene;\nconst R: &str = include_str!(\"rules.rs\");\n",
        );
        assert_ne!(
            after(&[driver, ("rules.rs", "// more\n")]),
            after(&[driver])
        );
    }
}
