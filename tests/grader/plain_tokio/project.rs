//! One exercise as an ordinary cargo workspace on unmodified tokio: every right answer, each linked with the
//! exercise's own driver.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::bench;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn copy_folder(from: &Path, to: &Path) {
    bench::copy_folder(from, to, &|from, to| fs::copy(from, to).map(drop));
}

/// What a submission may use, beside what it is handed.
const CRATES: &str = r#"
anyhow = "1"
async-stream = "0.3"
bytes = "1"
futures = "0.3"
thiserror = "2"
tokio = { version = "=1.54.1", features = ["full", "test-util"] }
tokio-stream = { version = "0.1", features = ["full"] }
tokio-util = { version = "0.7", features = ["full"] }
"#;

/// An exercise's right answers, built.
pub struct Project {
    folder: tempfile::TempDir,
    /// Each answer as a submission's folder, by name; `reference` is one.
    pub sources: BTreeMap<String, PathBuf>,
}

impl Project {
    /// Writes and builds the workspace.
    pub fn of(exercise: &str) -> Self {
        let tests = Path::new(ROOT).join("tests").join(exercise);
        let settings = fs::read_to_string(tests.join("exercise.toml")).unwrap();
        let settings: toml::Table = settings.parse().unwrap();
        let handed = settings.get("handed").and_then(toml::Value::as_array);
        let handed = handed.into_iter().flatten().filter_map(toml::Value::as_str);
        let folder = tempfile::tempdir().unwrap();
        let writer = Writer {
            folder: folder.path(),
            handed: handed.map(str::to_owned).collect(),
            contract: contract(&tests),
            glue: fs::read_to_string(tests.join("glue.rs")).ok(),
        };
        writer.shared(exercise, &tests);
        let answers = right_answers(exercise).into_iter().map(|(name, source)| {
            let folder = writer.answer(&name, &source);
            (name, folder)
        });
        let sources = answers.collect();
        let project = Self { folder, sources };
        project.build();
        project
    }

    /// What happened in each drive of one answer, by the drive's name, and how it ended.
    pub fn drives(&self, answer: &str, arguments: &[&str]) -> BTreeMap<String, Drive> {
        let program = target().join("debug").join(format!("driver-{answer}"));
        let output = Command::new(program)
            .args(arguments)
            .current_dir(self.folder.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "{answer}: {}\n{said}",
            output.status
        );
        Drive::all(&String::from_utf8(output.stdout).unwrap())
    }

    fn build(&self) {
        let lock = self.folder.path().join("Cargo.lock");
        fs::copy(Path::new(ROOT).join("Cargo.lock"), lock).unwrap();
        let output = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--workspace"])
            .current_dir(self.folder.path())
            .env("CARGO_TARGET_DIR", target())
            // For `rng_seed` only; an answer or a driver that used more of it would not build in the lab.
            .env("RUSTFLAGS", "--cfg tokio_unstable")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "cargo build:\n{said}");
    }
}

fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("plain-tokio")
}

fn contract(tests: &Path) -> contract_code::Contract {
    let text = fs::read_to_string(tests.join("contract.rs")).unwrap();
    contract_code::parse_file(&text).unwrap()
}

/// The reference and every variant, by name.
fn right_answers(exercise: &str) -> BTreeMap<String, PathBuf> {
    let reference = Path::new(ROOT).join("solutions").join(exercise).join("src");
    let mut answers = BTreeMap::from([("reference".to_owned(), reference)]);
    let variants = Path::new(ROOT)
        .join("tests")
        .join(exercise)
        .join("variants");
    for entry in fs::read_dir(variants).unwrap() {
        let path = entry.unwrap().path();
        let name = path
            .file_stem()
            .unwrap()
            .to_string_lossy()
            .replace('_', "-");
        answers.insert(name, path);
    }
    answers
}

/// One drive on plain tokio.
pub struct Drive {
    /// `whole`, or why not.
    pub ended: String,
    /// When and what, in the order in which it happened.
    pub events: Vec<(u64, String)>,
}

impl Drive {
    fn all(text: &str) -> BTreeMap<String, Self> {
        let mut drives = BTreeMap::new();
        let mut name = "";
        for line in text.lines().filter_map(|line| line.strip_prefix('\u{1}')) {
            if let Some((begins, ended)) =
                line.strip_prefix("drive ").and_then(|l| l.split_once(": "))
            {
                name = begins;
                let ended = ended.to_owned();
                drives.insert(
                    name.to_owned(),
                    Self {
                        ended,
                        events: Vec::new(),
                    },
                );
                continue;
            }
            let (at_ms, what) = line.split_once(' ').unwrap();
            let drive: &mut Self = drives.get_mut(name).unwrap();
            drive.events.push((at_ms.parse().unwrap(), what.to_owned()));
        }
        drives
    }
}

/// Writes the packages of one exercise.
struct Writer<'a> {
    folder: &'a Path,
    handed: Vec<String>,
    contract: contract_code::Contract,
    /// What stands between adapter and submission, where the exercise has that.
    glue: Option<String>,
}

impl Writer<'_> {
    /// What every answer is built with: the lab, the contract, the handed crates, and a kit that is none.
    fn shared(&self, exercise: &str, tests: &Path) {
        let workspace =
            "[workspace]\nmembers = [\"driver-*\"]\nresolver = \"3\"\n\n[profile.dev]\ndebug = 0\n";
        fs::write(self.folder.join("Cargo.toml"), workspace).unwrap();
        let lab = self.folder.join("lab");
        copy_folder(&Path::new(ROOT).join("tests/grader/plain_tokio/lab"), &lab);
        let carried = Path::new(ROOT).join("grader/lab/lab/src/contract.rs");
        fs::copy(carried, lab.join("contract.rs")).unwrap();
        let macros = Path::new(ROOT).join("grader/lab/macros");
        let manifest = fs::read_to_string(lab.join("Cargo.toml")).unwrap();
        let manifest = manifest.replace("@MACROS@", &macros.to_string_lossy());
        fs::write(lab.join("Cargo.toml"), manifest).unwrap();
        for krate in &self.handed {
            let from = Path::new(ROOT).join("exercises").join(exercise).join(krate);
            copy_folder(&from, &self.folder.join(krate));
        }
        copy_folder(tests, &self.folder.join("tests"));
        self.package("kit", "[lib]\npath = \"lib.rs\"\n", "");
        fs::write(
            self.folder.join("kit/lib.rs"),
            "//! The crates are ordinary dependencies here.\n",
        )
        .unwrap();
        let dependencies = format!("{CRATES}lab = {{ path = \"../lab\" }}\n{}", self.handed());
        self.package(
            "contract",
            "[lib]\npath = \"../tests/contract.rs\"\n",
            &dependencies,
        );
    }

    /// One answer, the adapter over it, and the driver that both are linked into. Answers the answer's folder.
    fn answer(&self, name: &str, source: &Path) -> PathBuf {
        let (krate, adapter) = (
            self.contract.krate.to_string(),
            contract_code::adapter(&self.contract),
        );
        let student = format!("student-{name}");
        let lib = format!("[lib]\nname = \"{krate}\"\npath = \"src/lib.rs\"\ndoctest = false\n");
        self.package(&student, &lib, &format!("{CRATES}{}", self.handed()));
        // For the grader, without a manifest: its package would be another exercise's.
        let answer = self.folder.join("answers").join(name);
        for src in [self.folder.join(&student), answer.clone()].map(|folder| folder.join("src")) {
            if source.is_dir() {
                copy_folder(source, &src);
            } else {
                fs::create_dir_all(&src).unwrap();
                fs::copy(source, src.join("lib.rs")).unwrap();
            }
        }
        let shared = format!(
            "{CRATES}lab = {{ path = \"../lab\" }}\nkit = {{ path = \"../kit\" }}\ncontract = {{ path = \"../contract\" }}\n{}",
            self.handed()
        );
        let with_answer =
            format!("{shared}{krate} = {{ package = \"{student}\", path = \"../{student}\" }}\n");
        let adapter_name = format!("adapter-{name}");
        self.package(
            &adapter_name,
            "[lib]\nname = \"adapter\"\npath = \"lib.rs\"\n",
            &with_answer,
        );
        let source = match &self.glue {
            Some(glue) => grade::glue::joined(&adapter.source, &krate, glue).0,
            None => adapter.source,
        };
        fs::write(self.folder.join(&adapter_name).join("lib.rs"), source).unwrap();
        let driver = format!(
            "{shared}serde_json = \"1\"\ntokio-test = \"0.4\"\nadapter = {{ package = \"{adapter_name}\", path = \"../{adapter_name}\" }}\n"
        );
        let bin = format!("[[bin]]\nname = \"driver-{name}\"\npath = \"../tests/driver.rs\"\n");
        self.package(&format!("driver-{name}"), &bin, &driver);
        answer
    }

    fn handed(&self) -> String {
        let paths = self
            .handed
            .iter()
            .map(|krate| format!("{krate} = {{ path = \"../{krate}\" }}\n"));
        paths.collect()
    }

    fn package(&self, name: &str, target: &str, dependencies: &str) {
        let folder = self.folder.join(name);
        fs::create_dir_all(&folder).unwrap();
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\nautobins = false\n\n{target}\n[dependencies]\n{dependencies}"
        );
        fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    }
}
