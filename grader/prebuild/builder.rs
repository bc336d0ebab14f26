//! Builds the hidden half of one exercise.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use trace::finding::{CheckInfo, DriveInfo};

use super::sources::{Sources, files};
use super::{FACTS, PROGRAMS, handed, library_path};
use crate::course::Exercise;
use crate::disk_space;
use crate::error::{Error, Result};
use crate::facts::{Facts, Item, OnPrograms};
use crate::glue;
use crate::kit::Kit;
use crate::process;
use crate::programs::{self, Half, Program};
use crate::rustc;
use crate::toolchain::Toolchain;

/// How an exercise is compiled: its drives are many, and it is built once.
pub const FLAGS: [&str; 4] = [
    "--edition=2024",
    "--cap-lints=warn",
    "-Cdebuginfo=0",
    "-Copt-level=1",
];
/// Compiling a driver, in the worst case.
const LIMIT: Duration = Duration::from_secs(300);
/// One build of one exercise.
pub struct Builder<'a> {
    pub into: &'a Path,
    pub toolchain: &'a Toolchain,
    pub kit: &'a Kit,
    pub exercise: &'a Exercise,
    pub sources: &'a Sources,
}

impl Builder<'_> {
    /// Compiles all of it.
    ///
    /// # Errors
    /// When a part does not compile, or the parts do not fit.
    pub fn build(&self) -> Result<()> {
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
