//! Embeds what `grade` carries: the lab's crates, which become the kit, and the course.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    embed(&root, "FILES", "include_str", "&str", kit(&root));
    embed(&root, "COURSE", "include_bytes", "&[u8]", course(&root));
}

/// Writes a table of paths below the root and what is in the files.
fn embed(root: &Path, name: &str, include: &str, of: &str, mut files: Vec<PathBuf>) {
    files.sort();
    let mut text = format!("pub static {name}: &[(&str, {of})] = &[\n");
    for file in files {
        println!("cargo::rerun-if-changed={}", file.display());
        let below = file.strip_prefix(root).expect("below the root");
        let (below, file) = (below.display().to_string(), file.display().to_string());
        writeln!(text, "    ({below:?}, {include}!({file:?})),").expect("a string takes text");
    }
    text.push_str("];\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    let out = out.join(format!("{}.rs", name.to_lowercase()));
    fs::write(out, text).expect("cargo's output folder is writable");
}

fn kit(root: &Path) -> Vec<PathBuf> {
    let mut files = vec![root.join("Cargo.toml"), root.join("Cargo.lock")];
    for krate in [
        "contract", "judge", "kit", "lab", "macros", "tokio", "trace",
    ] {
        let krate = root.join("grader/lab").join(krate);
        files.push(krate.join("Cargo.toml"));
        sources(&krate.join("src"), &|path| is(path, "rs"), &mut files);
    }
    files
}

/// Every exercise's three folders, and the front page.
fn course(root: &Path) -> Vec<PathBuf> {
    let mut files = vec![root.join("exercises/README.md")];
    println!("cargo::rerun-if-changed={}", root.join("tests").display());
    for tests in folders(&root.join("tests")) {
        if !tests.join("exercise.toml").is_file() {
            continue;
        }
        let id = tests.file_name().expect("an exercise has an id");
        for folder in [
            tests.clone(),
            root.join("exercises").join(id),
            root.join("solutions").join(id),
        ] {
            sources(&folder, &is_of_the_course, &mut files);
        }
    }
    files
}

/// What belongs to an exercise, and not to somebody's work on it.
fn is_of_the_course(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let is_left_over = name == "target" || name == "Cargo.lock" || name.starts_with('.');
    !is_left_over && !is(path, "new")
}

fn is(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|e| e == extension)
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .expect("the checkout is whole")
        .flatten();
    let paths = entries.map(|entry| entry.path());
    paths.filter(|path| path.is_dir()).collect()
}

fn sources(folder: &Path, is_wanted: &dyn Fn(&Path) -> bool, files: &mut Vec<PathBuf>) {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder).expect("a crate has sources").flatten() {
        let path = entry.path();
        if path.is_dir() && path.file_name().is_none_or(|name| name != "target") {
            sources(&path, is_wanted, files);
        } else if path.is_file() && is_wanted(&path) {
            files.push(path);
        }
    }
}
