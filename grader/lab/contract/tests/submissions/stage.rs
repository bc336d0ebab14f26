//! A folder in which plain rustc compiles both halves of a contract, over crates that stand in for
//! the lab, the kit and a handed crate.

use std::path::{Path, PathBuf};
use std::process::Command;

use contract_code::{Adapter, Contract, adapter, driver, parse_file};
use tempfile::TempDir;

pub struct Stage {
    folder: TempDir,
    depth: Depth,
    pub contract: Contract,
    pub adapter: Adapter,
}

/// How far rustc goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Types and borrows only.
    Check,
    Run,
}

/// What rustc has to say about one line.
#[derive(Debug)]
pub struct Complaint {
    pub line: u32,
    pub message: String,
}

impl Stage {
    pub fn new(contract: &str, depth: Depth) -> Self {
        let contract = parse_file(contract).unwrap();
        let adapter = adapter(&contract);
        let stage = Stage {
            folder: TempDir::new().unwrap(),
            depth,
            contract,
            adapter,
        };
        stage.built("kit", "", "rlib", &[]);
        stage.built("serde", include_str!("../wide/serde.rs"), "proc-macro", &[]);
        stage.built("lab", include_str!("../wide/lab.rs"), "rlib", &["serde"]);
        stage.built("handed", include_str!("../wide/handed.rs"), "rlib", &[]);
        let tokens = driver(&stage.contract);
        let pretty = prettyplease::unparse(&syn::parse2(tokens).unwrap());
        stage.built("contract", &pretty, "rlib", &["lab", "handed"]);
        stage
    }

    pub fn submission(&self, source: &str) -> Result<(), Vec<Complaint>> {
        self.compile(&self.krate(), source, "rlib", &["lab", "handed"])
    }

    fn krate(&self) -> String {
        self.contract.krate.to_string()
    }

    pub fn adapter(&self) -> Result<(), Vec<Complaint>> {
        let krate = self.krate();
        self.compile(
            "adapter",
            &self.adapter.source,
            "rlib",
            &["kit", "lab", "contract", &krate],
        )
    }

    /// What the driver prints.
    pub fn drive(&self, source: &str) -> String {
        self.built(
            "driver",
            source,
            "bin",
            &["kit", "lab", "handed", "contract", "adapter"],
        );
        let output = Command::new(self.folder.path().join("driver"))
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    }

    fn built(&self, name: &str, source: &str, kind: &str, externs: &[&str]) {
        if let Err(complaints) = self.compile(name, source, kind, externs) {
            panic!("{name} does not compile: {complaints:#?}");
        }
    }

    fn compile(
        &self,
        name: &str,
        source: &str,
        kind: &str,
        externs: &[&str],
    ) -> Result<(), Vec<Complaint>> {
        let folder = self.folder.path();
        let file = folder.join(format!("{name}.rs"));
        std::fs::write(&file, source).unwrap();
        let mut rustc = Command::new("rustc");
        rustc.args([
            "--edition",
            "2024",
            "--error-format",
            "short",
            "--crate-type",
            kind,
            "--crate-name",
            name,
        ]);
        rustc
            .arg("--out-dir")
            .arg(folder)
            .arg("-L")
            .arg(folder)
            .arg(&file);
        for name in externs {
            rustc
                .arg("--extern")
                .arg(format!("{name}={}", library(folder, name).display()));
        }
        if kind == "proc-macro" {
            rustc.args(["--extern", "proc_macro"]);
        } else if self.depth == Depth::Check {
            rustc.args(["--emit", "metadata"]);
        }
        let output = rustc.output().unwrap();
        if output.status.success() {
            return Ok(());
        }
        let said = String::from_utf8(output.stderr).unwrap();
        Err(said
            .lines()
            .filter_map(|line| complaint(&file, line))
            .collect())
    }
}

fn library(folder: &Path, name: &str) -> PathBuf {
    let kinds = ["so", "rlib", "rmeta"].map(|kind| folder.join(format!("lib{name}.{kind}")));
    kinds
        .into_iter()
        .find(|file| file.exists())
        .expect("it was compiled before")
}

/// `adapter.rs:12:3: error[E0433]: …`
fn complaint(file: &Path, line: &str) -> Option<Complaint> {
    let rest = line.strip_prefix(file.to_str()?)?.strip_prefix(':')?;
    let (number, rest) = rest.split_once(':')?;
    let (_column, message) = rest.split_once(": ")?;
    message.starts_with("error").then(|| Complaint {
        line: number.parse().unwrap(),
        message: message.to_owned(),
    })
}
