//! Compiles a submission, alone, and the adapter that joins it to the driver.
//!
//! The adapter needs only the submission's metadata, so its compilation starts when that is out and
//! runs beside the submission's code generation. The two are then linked into one library, whose
//! other symbols the driver's process has already.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::course::Exercise;
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::intake::Submission;
use crate::kit::Kit;
use crate::prebuild::Prebuilt;
use crate::process::Exit;
use crate::reach::Reach;
use crate::rustc::{self, Compiled};
use crate::sandbox::Sandbox;
use crate::timings::Timings;
use crate::toolchain::Toolchain;
use crate::{guards, instantiated, mismatch, withheld};

/// LLVM's pass that calls `__sanitizer_cov_trace_pc_guard` at each edge of the code, which the lab defines.
const COUNTS_STEPS: [&str; 4] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=3",
    "-Cllvm-args=-sanitizer-coverage-trace-pc-guard",
    "-Cllvm-args=-sanitizer-coverage-prune-blocks=0",
];

/// What became of a submission's code.
#[derive(Debug)]
pub enum Compilation {
    /// The [`library`] is there; what the compiler warns of.
    Library { diagnostics: Vec<Diagnostic> },
    /// It did not compile, or is not what the contract asks for.
    Refused(Vec<Diagnostic>),
}

/// All that compiling a submission needs.
#[derive(Debug, Clone, Copy)]
pub struct Compiler<'a> {
    pub toolchain: &'a Toolchain,
    pub kit: &'a Kit,
    pub prebuilt: &'a Prebuilt,
    pub exercise: &'a Exercise,
    pub sandbox: &'a Sandbox,
}

impl Compiler<'_> {
    /// Compiles `submission` in `folder`, which is fresh.
    ///
    /// # Errors
    /// When the grader cannot do its part; never for what is in the submission.
    pub fn compile(
        &self,
        submission: &Submission,
        folder: &Path,
        timings: &mut Timings,
    ) -> Result<Compilation> {
        write(&submission.files, folder)?;
        let began = Instant::now();
        let limit = Duration::from_millis(self.exercise.settings.limits.compile_ms);
        let (own, adapter) = std::thread::scope(|scope| {
            let mut adapter = None;
            let reach = self.reach();
            let start =
                |access| move |command: &mut Command| self.sandbox.run(command, access, limit);
            let may = start(reach.submission(folder));
            let own = rustc::run(
                &mut self.submission(folder, "src/lib.rs", "metadata,link"),
                may,
                |metadata| {
                    let metadata = folder.join(metadata);
                    let may = start(reach.adapter(folder));
                    adapter = Some(scope.spawn(move || {
                        rustc::run(&mut self.adapter(folder, &metadata), may, |_| {})
                    }));
                },
            );
            (
                own,
                adapter.map(|thread| {
                    thread
                        .join()
                        .expect("reading rustc's output does not panic")
                }),
            )
        });
        timings.add("rustc", began.elapsed());
        let own = own?;
        if !own.exit.success() {
            return Ok(Compilation::Refused(self.refused(own, submission)));
        }
        let adapter =
            adapter.ok_or_else(|| Error::grader("rustc gave no metadata for the submission"))??;
        if !adapter.exit.success() {
            let explained =
                mismatch::explain(&adapter.diagnostics, &self.prebuilt.facts, submission)
                    .or_else(|| self.instantiated(&adapter));
            return match explained {
                Some(diagnostics) => Ok(Compilation::Refused(diagnostics)),
                None => Err(grader_compile_error(&adapter)),
            };
        }
        let own_library = format!("lib{}.rlib", self.prebuilt.facts.krate);
        timings.time("link", || self.link(folder, &own_library, &library(folder)))?;
        Ok(Compilation::Library {
            diagnostics: own.diagnostics,
        })
    }

    /// What rustc says of these files, in the place of those of the submission that was compiled in `folder`; they are
    /// compiled as far as their types are checked.
    ///
    /// # Errors
    /// When they cannot be written, or rustc cannot be started.
    pub fn warnings(&self, files: &[(String, String)], folder: &Path) -> Result<Vec<Diagnostic>> {
        const BESIDE: &str = "beside";
        write(files, &folder.join(BESIDE))?;
        let root = format!("{BESIDE}/src/lib.rs");
        let mut command = self.submission(folder, &root, "metadata=beside.rmeta");
        command.arg(format!("--remap-path-prefix={BESIDE}/="));
        let limit = Duration::from_millis(self.exercise.settings.limits.compile_ms);
        let access = self.reach().submission(folder);
        let start = |command: &mut Command| self.sandbox.run(command, access, limit);
        Ok(rustc::run(&mut command, start, |_| {})?.diagnostics)
    }

    /// Compiles a program of the exercise's against the submission that was compiled in `folder`, as far as its borrows
    /// are checked. Answers its errors; `None` where it compiles.
    ///
    /// # Errors
    /// When rustc cannot be started.
    pub fn program(
        &self,
        folder: &Path,
        source: &Path,
        name: &str,
    ) -> Result<Option<Vec<Diagnostic>>> {
        let krate = &self.prebuilt.facts.krate;
        let mut command = self.common(folder);
        command
            .arg(source)
            .args(["--edition=2024", "--crate-name=program", "--crate-type=lib"])
            .args(["--emit=metadata", "--cap-lints=allow"])
            .args(["-o", &format!("{name}.rmeta")])
            .arg(format!("--extern={krate}=lib{krate}.rmeta"))
            .args(self.kit.for_submission())
            .args(self.prebuilt.handed());
        let (access, limit_ms) = (
            self.reach().program(folder),
            self.exercise.settings.limits.compile_ms,
        );
        let limit = Duration::from_millis(limit_ms);
        let start = |command: &mut Command| self.sandbox.run(command, access, limit);
        let compiled = rustc::run(&mut command, start, |_| {})?;
        if compiled.exit.success() {
            return Ok(None);
        }
        let mut errors = compiled.diagnostics;
        errors.retain(Diagnostic::is_error);
        if errors.is_empty() {
            errors.push(without_error(compiled.exit, &compiled.noise, limit_ms));
        }
        Ok(Some(errors))
    }

    /// Compiles once more what was compiled in `folder`, so that each of its steps is counted: the library that a driver
    /// loads, where rustc can do that.
    ///
    /// # Errors
    /// When rustc or the linker cannot be started, or the linker fails.
    pub fn with_steps(&self, folder: &Path) -> Result<Option<PathBuf>> {
        const OWN: &str = "steps.rlib";
        let mut command = self.submission(folder, "src/lib.rs", &format!("link={OWN}"));
        command.arg("--cap-lints=allow").args(COUNTS_STEPS);
        let limit = Duration::from_millis(self.exercise.settings.limits.compile_ms);
        let access = self.reach().submission(folder);
        let start = |command: &mut Command| self.sandbox.run(command, access, limit);
        if !rustc::run(&mut command, start, |_| {})?.exit.success() {
            return Ok(None);
        }
        let path = library(folder).with_file_name("libsteps.so");
        self.link(folder, OWN, &path)?;
        Ok(Some(path))
    }

    fn reach(&self) -> Reach<'_> {
        Reach {
            toolchain: self.toolchain,
            kit: self.kit,
            prebuilt: self.prebuilt,
        }
    }

    fn submission(&self, folder: &Path, root: &str, what: &str) -> Command {
        let mut command = self.common(folder);
        command
            .arg(root)
            .arg(format!("--edition={}", self.exercise.settings.edition))
            .arg(format!("--crate-name={}", self.prebuilt.facts.krate))
            .arg(format!("--emit={what}"))
            .args(["--crate-type=rlib", "-Funsafe_code", "--out-dir=."])
            .args(self.kit.for_submission())
            .args(self.prebuilt.handed());
        command
    }

    fn adapter(&self, folder: &Path, metadata: &Path) -> Command {
        let mut command = self.common(folder);
        command
            .arg(self.prebuilt.adapter_source())
            .args([
                "--edition=2024",
                "--crate-name=adapter",
                "--crate-type=rlib",
                "--emit=link",
            ])
            .args([
                "-o",
                "libadapter.rlib",
                "-Ccodegen-units=2",
                "--cap-lints=allow",
            ])
            .arg(format!(
                "--extern={}={}",
                self.prebuilt.facts.krate,
                metadata.display()
            ))
            .arg(format!(
                "--extern=contract={}",
                self.prebuilt.contract().display()
            ))
            .args(self.kit.for_driver())
            .args(self.prebuilt.handed());
        if let Some(library) = self.prebuilt.handed_library() {
            command.arg(format!("--extern=handed={}", library.display()));
        }
        command
    }

    fn common(&self, folder: &Path) -> Command {
        let mut command = self.toolchain.command();
        command
            .current_dir(folder)
            .env("TMPDIR", folder)
            .env("LD_LIBRARY_PATH", self.toolchain.own_libraries())
            .arg("--sysroot")
            .arg(&self.toolchain.sysroot)
            .args([
                "-Cdebuginfo=line-tables-only",
                "-Copt-level=0",
                "-Cembed-bitcode=no",
            ])
            .arg(format!("--remap-path-prefix={}=", folder.display()));
        command
    }

    /// Links adapter, submission and contract into one library. Nothing else goes in: the kit, std
    /// and the handed crates are in the driver's process.
    fn link(&self, folder: &Path, own: &str, into: &Path) -> Result<()> {
        let lld = self.toolchain.linker_in_sysroot();
        let mut command = Command::new(lld.as_ref().unwrap_or(&self.toolchain.linker));
        if lld.is_some() {
            command.args([
                "-flavor",
                "gnu",
                "--eh-frame-hdr",
                "-z",
                "noexecstack",
                "-z",
                "relro",
            ]);
        } else {
            command.arg("-nostdlib");
        }
        command
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("LD_LIBRARY_PATH", self.toolchain.own_libraries())
            .current_dir(folder)
            .arg("-shared")
            .arg("-o")
            .arg(into)
            .args(["-u", "grade_api"])
            .arg("libadapter.rlib")
            .arg(own)
            .arg(self.prebuilt.contract());
        let mut access = self.reach().linking(folder);
        access.write.extend(into.parent().map(Path::to_owned));
        let linked = self
            .sandbox
            .finish(&command, access, Duration::from_secs(60), 1 << 20)
            .map_err(|e| Error::grader(format!("the linker cannot be started: {e}")))?;
        if linked.exit.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&linked.stderr);
        Err(Error::grader(format!(
            "the submission did not link: {}",
            said.trim()
        )))
    }

    /// What a submission's generic code does to the compilation of the adapter, which calls it.
    fn instantiated(&self, adapter: &Compiled) -> Option<Vec<Diagnostic>> {
        if adapter.exit == Exit::Code(1) {
            return instantiated::explain(&adapter.diagnostics, &self.prebuilt.adapter_source());
        }
        // rustc ends so on the reference answer's adapter never.
        let limit_ms = self.exercise.settings.limits.compile_ms;
        let why = without_error(adapter.exit, &adapter.noise, limit_ms);
        Some(vec![why.help(instantiated::HELP)])
    }

    fn refused(&self, own: Compiled, submission: &Submission) -> Vec<Diagnostic> {
        let mut diagnostics = own.diagnostics;
        for diagnostic in &mut diagnostics {
            let help = withheld::help(diagnostic, submission, &self.prebuilt.facts);
            let help = help.or_else(|| guards::help(diagnostic));
            diagnostic.help = help.or(diagnostic.help.take());
        }
        if !diagnostics.iter().any(Diagnostic::is_error) {
            diagnostics.push(without_error(
                own.exit,
                &own.noise,
                self.exercise.settings.limits.compile_ms,
            ));
        }
        diagnostics
    }
}

/// rustc ended badly without an error message: it crashed, was killed, or took too long.
fn without_error(exit: Exit, noise: &str, limit_ms: u64) -> Diagnostic {
    match exit {
        Exit::TimedOut => Diagnostic::own(
            format!("compiling took longer than {} s", limit_ms / 1000),
            None,
        ),
        _ if noise.contains("memory allocation of") => {
            Diagnostic::own("the compiler ran out of memory on this code", None)
        }
        _ if noise.contains("stack overflow")
            || exit == Exit::Signal(11)
            || exit == Exit::Signal(6) =>
        {
            Diagnostic::own("the compiler crashed on this code: it nests too deep", None)
        }
        _ => Diagnostic::own(
            format!("the compiler failed on this code: {}", exit.describe()),
            None,
        ),
    }
}

fn grader_compile_error(adapter: &Compiled) -> Error {
    let said: String = adapter
        .diagnostics
        .iter()
        .map(|d| d.rendered.as_str())
        .collect();
    Error::grader(format!(
        "the adapter did not compile ({}):\n{said}{}",
        adapter.exit.describe(),
        adapter.noise
    ))
}

/// Where the library of a submission that is compiled in `folder` will be. Only what drivers load is in its folder.
pub fn library(folder: &Path) -> PathBuf {
    folder.join("library").join("libadapter.so")
}

fn write(files: &[(String, String)], folder: &Path) -> Result<()> {
    for (path, text) in files {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|e| Error::io("make", parent, &e))?;
        }
        fs::write(&path, text).map_err(|e| Error::io("write", &path, &e))?;
    }
    Ok(())
}
