//! Embeds the sources that `grade` carries: the lab's crates, which become the kit.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let mut files = vec![root.join("Cargo.toml"), root.join("Cargo.lock")];
    for krate in [
        "contract", "judge", "kit", "lab", "macros", "tokio", "trace",
    ] {
        let krate = root.join("grader/lab").join(krate);
        files.push(krate.join("Cargo.toml"));
        sources(&krate.join("src"), &mut files);
    }
    files.sort();
    let mut text = String::from("pub static FILES: &[(&str, &str)] = &[\n");
    for file in files {
        println!("cargo::rerun-if-changed={}", file.display());
        let below = file.strip_prefix(&root).expect("below the root");
        let (below, file) = (below.display().to_string(), file.display().to_string());
        writeln!(text, "    ({below:?}, include_str!({file:?})),").expect("a string takes text");
    }
    text.push_str("];\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    fs::write(out.join("embedded.rs"), text).expect("cargo's output folder is writable");
}

fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder).expect("a crate has sources").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}
