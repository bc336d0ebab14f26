//! The hidden half of an exercise, compiled once and cached by content: the crates it hands out, its
//! contract, its driver, its judge, and the source of the adapter that joins a submission to it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use trace::finding::{CheckInfo, DriveInfo};

use crate::cache::Cache;
use crate::course::Exercise;
use crate::disk_space;
use crate::error::{Error, Result};
use crate::facts::{Facts, Item, OnPrograms};
use crate::glue;
use crate::kit::Kit;
use crate::process;
use crate::programs::{self, Half, Program};
use crate::progress::Progress;
use crate::rustc;
use crate::toolchain::Toolchain;

/// How an exercise is compiled: its drives are many, and it is built once.
const FLAGS: [&str; 4] = [
    "--edition=2024",
    "--cap-lints=warn",
    "-Cdebuginfo=0",
    "-Copt-level=1",
];
/// Compiling a driver, in the worst case.
const LIMIT: Duration = Duration::from_secs(300);
/// The file that says what was prebuilt.
const FACTS: &str = "exercise.json";
/// The folder of programs that must not compile.
const PROGRAMS: &str = "programs";
/// Folders of an exercise's tests that no compilation reads.
const NOT_COMPILED: [&str; 3] = ["mistakes", "variants", "snapshots"];

/// A prebuilt exercise.
#[derive(Debug, Clone)]
pub struct Prebuilt {
    root: PathBuf,
    pub facts: Facts,
}

impl Prebuilt {
    /// The prebuilt exercise, built if it is not in the cache.
    ///
    /// # Errors
    /// When the exercise itself is wrong: its contract, driver or judge does not compile.
    pub fn ready(
        cache: &Cache,
        toolchain: &Toolchain,
        kit: &Kit,
        exercise: &Exercise,
        progress: &Progress,
    ) -> Result<Self> {
        if let Some(held) = &exercise.held {
            return Self::at(held.root.clone());
        }
        let sources = Sources::read(exercise)?;
        let key = &blake3::hash(format!("{}{FLAGS:?}{}", kit.build, sources.digest).as_bytes())
            .to_hex()[..16];
        let name = format!("{}-{key}", exercise.id);
        let root = cache.entry(&name, |into| {
            let _shown =
                progress.long(&format!("building the driver and judge of {}", exercise.id));
            Builder {
                into,
                toolchain,
                kit,
                exercise,
                sources: &sources,
            }
            .build()
        })?;
        Self::at(root)
    }

    /// What was prebuilt in this folder.
    ///
    /// # Errors
    /// When nothing was.
    pub fn at(root: PathBuf) -> Result<Self> {
        let path = root.join(FACTS);
        let facts = fs::read(&path)
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .ok_or_else(|| Error::grader(format!("{} cannot be read", path.display())))?;
        Ok(Self { root, facts })
    }

    /// What it was built from, by the name that it has in the cache.
    pub fn key(&self) -> String {
        let name = self.root.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }

    pub fn driver(&self) -> PathBuf {
        self.root.join("driver")
    }

    pub fn judge(&self) -> PathBuf {
        self.root.join("judge")
    }

    pub fn adapter_source(&self) -> PathBuf {
        self.root.join("adapter.rs")
    }

    pub fn contract(&self) -> PathBuf {
        self.root.join("libcontract.rlib")
    }

    /// Where its programs are that must not compile, each with its twin.
    pub fn programs(&self) -> PathBuf {
        self.root.join("source").join(PROGRAMS)
    }

    /// Where its handed crates' library is.
    pub fn libraries(&self) -> &Path {
        &self.root
    }

    /// Its handed crates, each as it is.
    pub fn handed_libraries(&self) -> Vec<PathBuf> {
        let of = |name: &String| self.root.join(format!("lib{name}.rlib"));
        self.facts.handed.iter().map(of).collect()
    }

    /// The dynamic library around all of them, if there are any.
    pub fn handed_library(&self) -> Option<PathBuf> {
        (!self.facts.handed.is_empty()).then(|| self.root.join("libhanded.so"))
    }

    /// What makes rustc see the handed crates.
    pub fn handed(&self) -> Vec<String> {
        handed(&self.root, &self.facts.handed)
    }
}

fn handed(root: &Path, names: &[String]) -> Vec<String> {
    let extern_of = |name: &String| {
        format!(
            "--extern={name}={}",
            root.join(format!("lib{name}.rlib")).display()
        )
    };
    let mut arguments: Vec<_> = names.iter().map(extern_of).collect();
    if !names.is_empty() {
        // A contract that mentions them is itself a crate that depends on them.
        arguments.push(format!("-Ldependency={}", root.display()));
    }
    arguments
}

/// Everything that decides, read once.
struct Sources {
    /// `contract.rs`, `driver.rs`, `judge.rs` and what they are made of.
    tests: Vec<(PathBuf, Vec<u8>)>,
    digest: String,
}

impl Sources {
    fn read(exercise: &Exercise) -> Result<Self> {
        let all = sources(exercise)?;
        let mut hasher = blake3::Hasher::new();
        for (path, bytes) in &all {
            for part in [path.to_string_lossy().as_bytes(), bytes] {
                hasher.update(&(part.len() as u64).to_le_bytes());
                hasher.update(part);
            }
        }
        let digest = hasher.finalize().to_hex().to_string();
        let mut tests = Vec::new();
        files(&exercise.tests, Path::new(""), &NOT_COMPILED, &mut tests)?;
        Ok(Self { tests, digest })
    }
}

/// blake3 of all that decides, as a verdict's `exercise_digest` has it.
///
/// # Errors
/// When it cannot be read.
pub fn digest(exercise: &Exercise) -> Result<String> {
    if let Some(held) = &exercise.held {
        return Ok(held.digest.clone());
    }
    Sources::read(exercise).map(|sources| sources.digest)
}

/// Every file that decides, by its path below the exercise's tests or below the folder of its handed crates.
///
/// # Errors
/// When one cannot be read.
pub fn sources(exercise: &Exercise) -> Result<Vec<(PathBuf, Vec<u8>)>> {
    let mut all = Vec::new();
    files(&exercise.tests, Path::new(""), &NOT_COMPILED, &mut all)?;
    for name in &exercise.settings.handed {
        files(
            &exercise.starter.join(name),
            Path::new(name),
            &["target"],
            &mut all,
        )?;
    }
    Ok(all)
}

fn files(
    folder: &Path,
    below: &Path,
    without: &[&str],
    into: &mut Vec<(PathBuf, Vec<u8>)>,
) -> Result<()> {
    let entries = fs::read_dir(folder).map_err(|e| Error::io("read", folder, &e))?;
    let mut entries: Vec<_> = entries.flatten().collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let (path, name) = (entry.path(), entry.file_name());
        if path.is_dir() {
            if !without.iter().any(|other| name == *other) {
                files(&path, &below.join(name), without, into)?;
            }
        } else if path.extension().is_some_and(|e| e == "rs" || e == "toml") {
            let bytes = fs::read(&path).map_err(|e| Error::io("read", &path, &e))?;
            into.push((below.join(name), bytes));
        }
    }
    Ok(())
}

/// One build of one exercise.
struct Builder<'a> {
    into: &'a Path,
    toolchain: &'a Toolchain,
    kit: &'a Kit,
    exercise: &'a Exercise,
    sources: &'a Sources,
}

impl Builder<'_> {
    fn build(&self) -> Result<()> {
        let source = self.into.join("source");
        for (path, bytes) in &self.sources.tests {
            write(&source.join(path), bytes)?;
        }
        self.link_dynamically(&source.join("driver.rs"))?;
        let text = fs::read_to_string(source.join("contract.rs"))
            .map_err(|e| Error::io("read", &self.exercise.tests.join("contract.rs"), &e))?;
        let contract = contract_code::parse_file(&text).map_err(|e| {
            self.wrong(
                "contract.rs",
                &format!("line {}: {e}", e.span().start().line),
            )
        })?;
        let adapter = contract_code::adapter(&contract);
        let krate = contract.krate.to_string();
        let (adapter_source, glue) = match fs::read_to_string(source.join("glue.rs")) {
            Ok(glue) => {
                let (joined, line) = glue::joined(&adapter.source, &krate, &glue);
                (joined, Some(line))
            }
            Err(_) => (adapter.source.clone(), None),
        };
        write(&self.into.join("adapter.rs"), adapter_source.as_bytes())?;

        self.handed()?;
        let handed = handed(self.into, &self.exercise.settings.handed);
        let driver: Vec<_> = self.kit.for_driver().into_iter().chain(handed).collect();
        self.rustc(
            &source,
            "contract.rs",
            &["--crate-type=rlib", "--crate-name=contract"],
            &driver,
        )?;
        let mut with_contract = driver;
        with_contract.push(format!(
            "--extern=contract={}",
            self.into.join("libcontract.rlib").display()
        ));
        self.extern_handed(&mut with_contract);
        self.rustc(
            &source,
            "driver.rs",
            &["--crate-type=bin", "--crate-name=driver"],
            &with_contract,
        )?;
        self.rustc(
            &source,
            "judge.rs",
            &["--crate-type=bin", "--crate-name=judge"],
            &self.kit.for_judge(),
        )?;
        let (checks, drives) = self.driven()?;
        let (on_programs, must_not_compile) = self.on_programs(&source.join(PROGRAMS))?;
        let facts = Facts {
            krate,
            handed: self.exercise.settings.handed.clone(),
            checks: checks.into_iter().chain(on_programs).collect(),
            drives,
            items: adapter.items.iter().map(Item::from).collect(),
            must_not_compile,
            glue,
            digest: self.sources.digest.clone(),
        };
        let text = serde_json::to_vec_pretty(&facts).expect("facts have a JSON form");
        write(&self.into.join(FACTS), &text)
    }

    /// The handed crates, each as it is, and one dynamic library that holds them: driver and
    /// submission share their statics.
    fn handed(&self) -> Result<()> {
        let names = &self.exercise.settings.handed;
        if names.is_empty() {
            return Ok(());
        }
        let mut wrapper = String::from("extern crate kit;\n");
        for name in names {
            let folder = self.exercise.starter.join(name);
            let source = self.into.join("handed").join(name);
            let mut sources = Vec::new();
            files(&folder.join("src"), Path::new("src"), &[], &mut sources)?;
            for (path, bytes) in sources {
                write(&source.join(path), &bytes)?;
            }
            let krate = format!("--crate-name={name}");
            // Its places are not the submission's, whose files are below `src`.
            let places = format!("--remap-path-prefix=src={name}");
            self.rustc(
                &source,
                "src/lib.rs",
                &["--crate-type=rlib", &krate, &places],
                &self.kit.for_handed(),
            )?;
            wrapper.extend(["pub extern crate ", name, ";\n"]);
        }
        wrapper.push_str("#[inline(never)]\npub fn linked() {}\n");
        let source = self.into.join("handed");
        write(&source.join("handed.rs"), wrapper.as_bytes())?;
        let externs: Vec<_> = self
            .kit
            .for_driver()
            .into_iter()
            .chain(handed(self.into, names))
            .collect();
        self.rustc(
            &source,
            "handed.rs",
            &["--crate-type=dylib", "--crate-name=handed"],
            &externs,
        )
    }

    /// Makes a driver name the dynamic libraries, at its end so that its lines keep their numbers:
    /// rustc links what is named, and else would put a copy of the kit into the driver.
    fn link_dynamically(&self, driver: &Path) -> Result<()> {
        let mut text = fs::read_to_string(driver).map_err(|e| Error::io("read", driver, &e))?;
        text.push_str("\nextern crate kit;\n");
        if !self.exercise.settings.handed.is_empty() {
            // A driver may use nothing but generic functions of it: the library is needed all the same.
            text.push_str("extern crate handed;\n#[used]\nstatic HANDED: fn() = handed::linked;\n");
        }
        write(driver, text.as_bytes())
    }

    fn extern_handed(&self, arguments: &mut Vec<String>) {
        if !self.exercise.settings.handed.is_empty() {
            arguments.push(format!(
                "--extern=handed={}",
                self.into.join("libhanded.so").display()
            ));
        }
    }

    fn rustc(&self, folder: &Path, file: &str, flags: &[&str], externs: &[String]) -> Result<()> {
        let mut command = self.toolchain.command();
        command
            .current_dir(folder)
            .arg(file)
            .args(flags)
            .args(externs)
            .args(FLAGS)
            .arg(format!("--out-dir={}", self.into.display()))
            .arg(format!("-Clinker={}", self.toolchain.linker.display()));
        let compiled = rustc::run(
            &mut command,
            |command| process::start_quietly(command, LIMIT),
            |_| {},
        )?;
        if compiled.exit.success() {
            return Ok(());
        }
        let said: String = compiled
            .diagnostics
            .iter()
            .filter(|d| d.is_error())
            .map(|d| d.rendered.as_str())
            .collect();
        Err(self.wrong(file, &format!("{said}{}", compiled.noise)))
    }

    fn wrong(&self, file: &str, said: &str) -> Error {
        if disk_space::is_full(self.into) {
            let sentence = format!(
                "{file} of {} cannot be built: the disk of the cache is full",
                self.exercise.id
            );
            return Error::grader(sentence).hint(disk_space::HINT);
        }
        Error::grader(format!(
            "{} of {} does not compile:\n{}",
            file,
            self.exercise.id,
            said.trim_end()
        ))
        .hint(format!(
            "`grade verify {}` shows the state of an exercise",
            self.exercise.id
        ))
    }

    /// Asks driver and judge what they hold, and makes sure that they agree.
    fn driven(&self) -> Result<(Vec<CheckInfo>, Vec<DriveInfo>)> {
        let mut judge = Command::new(self.into.join("judge"));
        let checks: Vec<CheckInfo> = list(&mut judge)?;
        if checks.is_empty() {
            return Err(self.wrong("judge.rs", "it has no #[judge]"));
        }
        let mut driver = Command::new(self.into.join("driver"));
        driver.env(
            "LD_LIBRARY_PATH",
            library_path(self.toolchain, self.kit, self.into),
        );
        let drives: Vec<DriveInfo> = list(&mut driver)?;
        for check in &checks {
            if !drives.iter().any(|drive| drive.name == check.name) {
                return Err(self.wrong(
                    "driver.rs",
                    &format!("`{}` has a judge and no #[drive]", check.name),
                ));
            }
        }
        if let Some(drive) = drives
            .iter()
            .find(|drive| !checks.iter().any(|check| check.name == drive.name))
        {
            return Err(self.wrong(
                "judge.rs",
                &format!("`{}` has a driver and no #[judge]", drive.name),
            ));
        }
        Ok((checks, drives))
    }

    /// The checks on programs, and the crates that have all of these as their modules.
    fn on_programs(&self, folder: &Path) -> Result<(Vec<CheckInfo>, Vec<OnPrograms>)> {
        let wrong = |why: String| self.wrong("exercise.toml", &why);
        let (mut checks, mut on_programs) = (Vec::new(), Vec::new());
        for check in &self.exercise.settings.must_not_compile {
            let read = |name: &String| Program::read(folder, name);
            let programs = check.programs.iter().map(read).collect::<Result<_, _>>();
            on_programs.push(OnPrograms {
                check: check.name.clone(),
                programs: programs.map_err(wrong)?,
            });
            checks.push(CheckInfo {
                name: check.name.clone(),
                title: check.title.clone(),
                points: check.points,
                hints: check.hints.clone(),
            });
        }
        let all = || on_programs.iter().flat_map(|on| &on.programs);
        let is_used = |name: &String| all().any(|program| program.name == *name);
        if let Some(idle) = programs::names(folder).iter().find(|name| !is_used(name)) {
            return Err(wrong(format!("no check is on programs/{idle}")));
        }
        for half in Half::BOTH.iter().filter(|_| all().next().is_some()) {
            let root = programs::root(*half, all());
            write(&folder.join(half.root()), root.as_bytes())?;
        }
        Ok((checks, on_programs))
    }
}

/// Where a driver finds its libraries.
pub fn library_path(toolchain: &Toolchain, kit: &Kit, prebuilt: &Path) -> std::ffi::OsString {
    let folders = [kit.libraries(), toolchain.libraries(), prebuilt.to_owned()];
    std::env::join_paths(folders).expect("the cache's path has no colon")
}

fn list<T: serde::de::DeserializeOwned>(command: &mut Command) -> Result<T> {
    let failed =
        |why: String| Error::grader(format!("{} --list failed: {why}", command_name(command)));
    let mut listing = Command::new(command.get_program());
    listing.arg("--list").env_clear();
    for (name, value) in command.get_envs() {
        listing.env(name, value.unwrap_or_default());
    }
    let answer = process::run(&mut listing, Duration::from_secs(30), 1 << 20)
        .map_err(|e| failed(e.to_string()))?;
    serde_json::from_slice(&answer.stdout).map_err(|_| {
        failed(format!(
            "{}\n{}",
            answer.exit.describe(),
            String::from_utf8_lossy(&answer.stderr)
        ))
    })
}

fn command_name(command: &Command) -> String {
    Path::new(command.get_program())
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|e| Error::io("make", folder, &e))?;
    }
    fs::write(path, bytes).map_err(|e| Error::io("write", path, &e))
}
