//! A driver's source as a module of an ordinary test: what its drive needs, and no more.

use std::fs;
use std::path::Path;

use syn::spanned::Spanned;
use syn::{Attribute, File, Item, ItemFn};

use super::edit::{Edit, applied};
use super::{needed, noted, paths};
use crate::error::{Error, Result};

/// A driver, as a module of a test.
#[derive(Debug)]
pub struct Source {
    /// With its own modules in it.
    pub text: String,
    /// What its `#[drive]` says, in virtual milliseconds.
    pub limit_ms: Option<u64>,
    pub grace_ms: Option<u64>,
    /// Whether it is called outside every runtime.
    pub is_outside: bool,
}

impl Source {
    /// The driver of `check` below `tests`, over the crate `krate`.
    ///
    /// # Errors
    /// When a file cannot be read, or has what a test cannot.
    pub fn read(tests: &Path, krate: &str, check: &str) -> Result<Self> {
        let whole = whole(&tests.join("driver.rs"), tests)?;
        let file = parse(&whole)?;
        let drive = drives(&file).find(|drive| drive.sig.ident == check);
        let drive = drive.ok_or_else(|| Error::grader(format!("no driver is named `{check}`")))?;
        let says = |key: &str| drive.attrs.iter().find_map(|a| setting(a, key));
        let (limit_ms, grace_ms) = (says("virtual_limit_ms"), says("grace_ms"));
        let is_outside = drive.sig.asyncness.is_none();
        let text = applied(&whole, needed::without_the_rest(&whole, &file, check));
        let text = applied(&text, noted::edits(&parse(&text)?)?);
        let text = applied(&text, as_a_module(&parse(&text)?, check));
        let contract = tests.join("contract.rs");
        let contract =
            fs::read_to_string(&contract).map_err(|e| Error::io("read", &contract, &e))?;
        let text = text + &noted::of_contract(&contract);
        let text = applied(&text, paths::edits(&text, krate)?);
        Ok(Self {
            text,
            limit_ms,
            grace_ms,
            is_outside,
        })
    }
}

fn parse(text: &str) -> Result<File> {
    syn::parse_file(text).map_err(|e| Error::grader(format!("the driver cannot be read: {e}")))
}

/// A file's text with its modules in it; they are in `folder`.
fn whole(path: &Path, folder: &Path) -> Result<String> {
    let text = fs::read_to_string(path).map_err(|e| Error::io("read", path, &e))?;
    let mut edits = Vec::new();
    for item in &parse(&text)?.items {
        let Item::Mod(module) = item else { continue };
        let Some(semi) = &module.semi else { continue };
        let name = module.ident.to_string();
        let inner = whole(&folder.join(format!("{name}.rs")), &folder.join(&name))?;
        edits.push((semi.span().byte_range(), format!(" {{\n{inner}}}")));
    }
    Ok(applied(&text, edits))
}

/// The functions that are drives, whose attribute says so.
pub fn drives(file: &File) -> impl Iterator<Item = &ItemFn> {
    file.items.iter().filter_map(|item| match item {
        Item::Fn(function) if function.attrs.iter().any(drives_by) => Some(function),
        _ => None,
    })
}

fn drives_by(attribute: &Attribute) -> bool {
    let last = attribute.path().segments.last();
    last.is_some_and(|segment| segment.ident == "drive")
}

/// `key = 7` of an attribute.
fn setting(attribute: &Attribute, key: &str) -> Option<u64> {
    let list = attribute.meta.require_list().ok()?;
    let words = list.tokens.to_string();
    let mut settings = words.split(',').filter_map(|s| s.split_once('='));
    let (_, value) = settings.find(|(name, _)| name.trim() == key)?;
    value.trim().replace('_', "").parse().ok()
}

/// The drive for a test to call, and without what makes a program of a driver.
fn as_a_module(file: &File, check: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    for item in &file.items {
        match item {
            Item::Macro(call) if call.ident.is_none() => {
                edits.push((item.span().byte_range(), String::new()));
            }
            Item::Fn(function) => {
                let ours = function.attrs.iter().filter(|a| drives_by(a));
                edits.extend(ours.map(|a| (a.span().byte_range(), String::new())));
                if function.sig.ident == check {
                    let start = function.sig.span().byte_range().start;
                    edits.push((start..start, "pub ".to_owned()));
                }
            }
            _ => {}
        }
    }
    edits
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::Source;

    const DRIVER: &str = r#"//! Of a limiter.

mod scene;

use contract::{Limiter, Other};
use lab::{Lab, drive};
use scene::{made, others};

lab::driver!(contract);

/// First.
#[drive(grace_ms = 1_000)]
async fn first(lab: Lab) {
    lab.note("a", made(Limiter::new()));
}

/// Whoever reads this knows the second.
#[drive]
fn second(lab: Lab) {
    lab.note("b", others(Other::new()));
}
"#;
    const SCENE: &str = r#"use lab::serde::Serialize;

/// Two.
#[derive(Debug, Serialize)]
#[serde(crate = "lab::serde")]
pub struct Two {
    pub a: u32,
}

pub fn made(_: contract::Limiter) -> Two {
    Two { a: 1 }
}

/// What the second needs.
pub fn others(_: contract::Other) -> u32 {
    8
}
"#;

    const CONTRACT: &str = r"lab::contract! {
    crate rate;

    struct Limiter {
        fn new() -> Self;
    }
    enum Outcome {
        /// It went well.
        Good(u32),
        Bad,
    }
}
";

    #[test]
    fn a_driver_becomes_a_module_over_the_students_crate_with_nothing_of_other_checks() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("driver.rs"), DRIVER).unwrap();
        fs::write(folder.path().join("scene.rs"), SCENE).unwrap();
        fs::write(folder.path().join("contract.rs"), CONTRACT).unwrap();
        let first = Source::read(folder.path(), "rate", "first").unwrap();
        assert_eq!(
            (first.limit_ms, first.grace_ms, first.is_outside),
            (None, Some(1000), false)
        );
        for there in [
            "pub async fn first(lab: Lab)",
            "use crate::lab::{Lab, drive};",
            "use rate::{Limiter, Other};",
            "pub fn made(_: rate::Limiter)",
            "impl crate::lab::serde::Serialize for Two",
            "impl crate::lab::serde::Serialize for rate::Outcome",
        ] {
            assert!(first.text.contains(there), "no {there:?} in {}", first.text);
        }
        for gone in [
            "second",
            "others",
            "Of a limiter",
            "driver!",
            "#[drive",
            "#[serde",
        ] {
            assert!(!first.text.contains(gone), "{gone:?} in {}", first.text);
        }
        let second = Source::read(folder.path(), "rate", "second").unwrap();
        assert!(second.is_outside);
        assert!(!second.text.contains("first") && !second.text.contains("Two"));
    }
}
