//! NOTICE: what `grade` and its bundles have in them of others.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Licences whose text is in the repository.
const KEPT: [&str; 2] = ["MIT", "Apache-2.0"];

#[test]
fn the_notice_names_every_crate_that_is_in_the_program_or_in_the_kit() {
    let path = Path::new(ROOT).join("grader/NOTICE");
    let current = notice(&metadata());
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        fs::write(&path, &current).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == current,
        "NOTICE is not what cargo says: INSTA_UPDATE=always writes it"
    );
    assert!(kept.contains("\ntokio 1.54.1"), "{kept}");
}

fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--locked", "--format-version=1"])
        .arg("--filter-platform=x86_64-unknown-linux-gnu")
        .current_dir(ROOT)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The packages that are linked into the program or the kit: what is needed to build or test only is not.
fn linked(metadata: &Value) -> BTreeSet<&str> {
    let nodes: BTreeMap<_, _> = metadata["resolve"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| (node["id"].as_str().unwrap(), node))
        .collect();
    let is_ours = |id: &&str| id.starts_with("path+") && !id.contains("/tests/");
    let mut open: Vec<&str> = nodes.keys().copied().filter(is_ours).collect();
    let mut found = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !found.insert(id) {
            continue;
        }
        for dependency in nodes[id]["deps"].as_array().unwrap() {
            let kinds = dependency["dep_kinds"].as_array().unwrap();
            if kinds.iter().any(|kind| kind["kind"].is_null()) {
                open.push(dependency["pkg"].as_str().unwrap());
            }
        }
    }
    found
}

fn notice(metadata: &Value) -> String {
    let linked = linked(metadata);
    let mut out = String::from(
        "grade is licensed under MIT or Apache 2.0, as you like: LICENSE-MIT and LICENSE-APACHE in its repository.\n\
         The program, and the kit that bundles have in them, contain Rust's standard library (MIT or Apache-2.0)\n\
         and these crates:\n",
    );
    let mut texts = String::new();
    let packages = metadata["packages"].as_array().unwrap();
    let is_in = |package: &&Value| {
        linked.contains(package["id"].as_str().unwrap()) && !package["source"].is_null()
    };
    for package in packages.iter().filter(is_in) {
        let text = |field: &str| package[field].as_str().unwrap_or_default();
        let licence = text("license");
        assert_ne!(licence, "", "{} has no licence", text("name"));
        let _ = write!(out, "\n{} {} ({licence})", text("name"), text("version"));
        let _ = writeln!(out, " {}", text("repository"));
        let folder = Path::new(text("manifest_path")).parent().unwrap();
        let files = licences(folder);
        let copyrights: BTreeSet<_> = files.iter().flat_map(|text| copyrights(text)).collect();
        for copyright in copyrights {
            let _ = writeln!(out, "    {copyright}");
        }
        if !KEPT.iter().any(|kept| licence.contains(kept)) {
            let _ = writeln!(texts, "\n==== {} ====\n", text("name"));
            texts.extend(files);
        }
    }
    out + "\nTexts of the licences that are neither:\n" + &texts
}

fn licences(folder: &Path) -> Vec<String> {
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            let name = path.file_name().unwrap().to_string_lossy().to_uppercase();
            path.is_file()
                && ["LICEN", "COPYING", "NOTICE"]
                    .iter()
                    .any(|n| name.starts_with(n))
        })
        .collect();
    paths.sort();
    let texts = paths.iter().map(|path| fs::read(path).unwrap());
    texts
        .map(|bytes| String::from_utf8_lossy(&bytes).replace('\r', ""))
        .collect()
}

/// Whose it is; the licences' own templates and definitions are nobody's.
fn copyrights(text: &str) -> BTreeSet<String> {
    let lines = text.lines().map(str::trim).filter(|line| {
        let is_a_year = |word: &str| word.trim_matches(|c: char| !c.is_ascii_digit()).len() == 4;
        line.starts_with("Copyright") && line.split([' ', '-', ',']).any(is_a_year)
            || line.starts_with("Copyright (c) ")
    });
    lines
        .filter(|line| !line.contains('[') && !line.contains('{'))
        .map(str::to_owned)
        .collect()
}
