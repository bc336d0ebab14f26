//! What rustdoc says of a crate, as JSON. The format is unstable, and so read as plain values: what is
//! looked up by name and missing panics.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use serde_json::Value;

const TARGET: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/rustdoc");

/// What `.cargo/config.toml` sets for the workspace.
pub const UNSTABLE: &str = "--cfg tokio_unstable";
/// Also what is public and not shown, which may be used all the same.
pub const HIDDEN: &str = "--document-hidden-items";

/// One crate's documentation.
pub struct Documentation(Value);

impl Documentation {
    /// Documents `packages`, with the features that the workspace gives them, and reads `libraries`, which are the
    /// crates of those packages. Their dependencies are compiled once and kept.
    pub fn of<const N: usize>(
        packages: &[&str],
        libraries: [&str; N],
        flags: &[&str],
    ) -> [Self; N] {
        let file = |library: &str| Path::new(TARGET).join(format!("doc/{library}.json"));
        // The facade and tokio have one name, and so one file: cargo makes anew what is not there.
        for library in libraries {
            let _ = fs::remove_file(file(library));
        }
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["doc", "--quiet", "--offline", "--locked", "--no-deps"]);
        cargo.args(["--target-dir", TARGET]);
        for package in packages {
            cargo.args(["--package", package]);
        }
        let json = [
            "-Zunstable-options",
            "--output-format=json",
            "--cap-lints=allow",
        ];
        let flags = [&json, flags].concat().join(" ");
        let made = cargo
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .env("RUSTC_BOOTSTRAP", "1")
            .env("RUSTDOCFLAGS", flags)
            .output()
            .expect("cargo runs");
        let told = String::from_utf8_lossy(&made.stderr);
        assert!(made.status.success(), "{packages:?}: {told}");
        libraries.map(|library| {
            let text = fs::read(file(library)).expect("rustdoc wrote the file");
            Self(serde_json::from_slice(&text).expect("rustdoc writes JSON"))
        })
    }

    /// The crate's own module.
    pub fn root(&self) -> &Value {
        self.item(&self.0["root"]).expect("a crate has a root")
    }

    /// An item of this crate.
    pub fn item(&self, id: &Value) -> Option<&Value> {
        self.0["index"].get(id.to_string())
    }

    /// The name that an item has where it is defined, in this crate or another.
    pub fn name(&self, id: &Value) -> Option<&str> {
        let path = self.0["paths"].get(id.to_string())?;
        path["path"].as_array()?.last()?.as_str()
    }
}

/// An item's kind, and what is said of that kind.
pub fn kind(item: &Value) -> (&str, &Value) {
    let inner = item["inner"].as_object().expect("an item has a kind");
    let (kind, inner) = inner.iter().next().expect("an item has a kind");
    (kind, inner)
}

/// The elements of a list.
pub fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// A text that must be there.
pub fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().expect("a text")
}
