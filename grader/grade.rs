//! Grades one submission: intake → compile → drive → judge → verdict.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use trace::finding::{CheckInfo, Outcome};
use trace::{Completion, Event, Kind, Trace};

use crate::cache::Cache;
use crate::compile::{Compilation, Compiler};
use crate::course::Exercise;
use crate::diagnostic::{self, Diagnostic};
use crate::disk_space;
use crate::drive::Driver;
use crate::error::{Error, Result};
use crate::intake::{self, Intake};
use crate::judging::Judge;
use crate::kit::Kit;
use crate::prebuild::{self, Prebuilt};
use crate::progress::Progress;
use crate::scratch::Scratch;
use crate::timings::Timings;
use crate::toolchain::Toolchain;
use crate::unawaited;
use crate::verdict::{Check, CheckFinding, CheckStatus, SCHEMA, Status, Verdict};

/// What grading any submission on this machine needs.
#[derive(Debug)]
pub struct Bench {
    cache: Cache,
    pub toolchain: Toolchain,
    kit: Kit,
    progress: Progress,
}

/// A graded submission: the verdict, and the traces that it rests on.
#[derive(Debug)]
pub struct Graded {
    pub verdict: Verdict,
    pub traces: Vec<Trace>,
    pub timings: Timings,
}

impl Bench {
    /// Finds the toolchain and makes the kit ready.
    ///
    /// # Errors
    /// When the machine has no usable toolchain or cache, or the kit cannot be built.
    pub fn ready(progress: Progress) -> Result<Self> {
        let cache = Cache::open()?;
        let toolchain = Toolchain::find(&cache)?;
        let kit = Kit::ready(&cache, &toolchain, &progress)?;
        Ok(Self {
            cache,
            toolchain,
            kit,
            progress,
        })
    }

    /// Makes an exercise ready.
    ///
    /// # Errors
    /// When the exercise itself is wrong.
    pub fn prebuild(&self, exercise: &Exercise) -> Result<Prebuilt> {
        Prebuilt::ready(
            &self.cache,
            &self.toolchain,
            &self.kit,
            exercise,
            &self.progress,
        )
    }

    /// Whether the cache holds what was built, byte for byte. If it does not, another bench builds
    /// it anew.
    pub fn is_intact(&self) -> bool {
        self.cache.is_intact()
    }

    /// Whether the cache, or the temporary folder, has no room left.
    pub fn has_full_disk(&self) -> bool {
        [self.cache.root(), &std::env::temp_dir()]
            .into_iter()
            .any(disk_space::is_full)
    }

    /// Something failed: makes sure that it was not the machine.
    fn is_able(&self) -> Result<()> {
        if self.has_full_disk() {
            return Err(Error::grader("the disk is full").hint(disk_space::HINT));
        }
        if !self.is_intact() {
            return Err(Error::grader("what was built in the cache is damaged")
                .hint("set GRADE_CACHE to a new folder: it is built anew there"));
        }
        Ok(())
    }

    /// Grades the crate in `folder`; only the check named `only`, if one is.
    ///
    /// # Errors
    /// When the grader cannot do its work, or is in doubt because of its damaged cache.
    pub fn grade(
        &self,
        exercise: &Exercise,
        prebuilt: &Prebuilt,
        folder: &Path,
        only: Option<&str>,
    ) -> Result<Graded> {
        let submission = match intake::take(folder)? {
            Intake::Accepted(submission) => submission,
            Intake::Refused {
                digest,
                diagnostics,
            } => {
                return Ok(self.rejected(exercise, prebuilt, digest, diagnostics));
            }
        };
        let mut timings = Timings::default();
        let checks = checks(prebuilt, only)?;
        let scratch = Scratch::new()?;
        let mut judge = Judge::start(&prebuilt.judge())?;
        let compiler = Compiler {
            toolchain: &self.toolchain,
            kit: &self.kit,
            prebuilt,
            exercise,
        };
        let (library, diagnostics) =
            match compiler.compile(&submission, &scratch.folder("submission")?, &mut timings) {
                Ok(Compilation::Library { path, diagnostics }) => (path, diagnostics),
                Ok(Compilation::Refused(diagnostics)) => {
                    if diagnostics.iter().any(Diagnostic::is_about_the_machine) {
                        self.is_able()?;
                    }
                    return Ok(self.rejected(exercise, prebuilt, submission.digest, diagnostics));
                }
                Err(error) => return Err(error),
            };
        let library_path = prebuild::library_path(&self.toolchain, &self.kit, prebuilt.libraries());
        let driver = Driver {
            program: &prebuilt.driver(),
            library_path: &library_path,
            adapter: &library,
            limit: Duration::from_millis(exercise.settings.limits.wall_ms),
        };
        let mut graded = Vec::new();
        let mut traces = Vec::new();
        let began = Instant::now();
        drive_all(&driver, &checks, &scratch, |check, trace| {
            let (outcome, trace) = match trace {
                Ok(trace) => (judge.judge(&trace), Some(trace)),
                Err(error) => (
                    Outcome::Failed {
                        error: error.to_string(),
                    },
                    None,
                ),
            };
            graded.push(decide(exercise, check, outcome));
            traces.extend(trace);
        })?;
        timings.add("drive and judge", began.elapsed());
        let doubt = graded
            .iter()
            .any(|check| check.status == CheckStatus::Undecided)
            || traces.iter().any(is_unexplained);
        if doubt {
            self.is_able()?;
        }
        unawaited::advise(&mut graded, &diagnostics);
        let verdict = self.verdict(exercise, prebuilt, submission.digest, diagnostics);
        Ok(Graded {
            verdict: Verdict {
                checks: graded,
                ..verdict
            }
            .summed(),
            traces,
            timings,
        })
    }

    fn rejected(
        &self,
        exercise: &Exercise,
        prebuilt: &Prebuilt,
        digest: String,
        diagnostics: Vec<Diagnostic>,
    ) -> Graded {
        let checks = prebuilt.facts.checks.iter().map(|check| Check {
            name: check.name.clone(),
            title: check.title.clone(),
            status: CheckStatus::NotRun,
            points: 0,
            max_points: check.points,
            hints: Vec::new(),
            findings: Vec::new(),
            doubt: None,
            replay: None,
        });
        let verdict = self.verdict(exercise, prebuilt, digest, diagnostics);
        Graded {
            verdict: Verdict {
                checks: checks.collect(),
                ..verdict
            }
            .summed(),
            traces: Vec::new(),
            timings: Timings::default(),
        }
    }

    fn verdict(
        &self,
        exercise: &Exercise,
        prebuilt: &Prebuilt,
        digest: String,
        diagnostics: Vec<Diagnostic>,
    ) -> Verdict {
        let (diagnostics, diagnostics_left_out) = diagnostic::cap(diagnostics);
        Verdict {
            schema: SCHEMA.to_owned(),
            grader: env!("CARGO_PKG_VERSION").to_owned(),
            exercise: exercise.id.clone(),
            title: exercise.settings.title.clone(),
            exercise_digest: prebuilt.facts.digest.clone(),
            status: Status::Passed,
            score: 0,
            max_score: 0,
            schedules: 1,
            submission: digest,
            toolchain: self.toolchain.version.to_string(),
            isolation: Vec::new(),
            not_checked: not_checked(),
            diagnostics,
            diagnostics_left_out,
            checks: Vec::new(),
        }
    }
}

/// Whether a drive was cut although nothing in it ended the process: a damaged library can do that.
fn is_unexplained(trace: &Trace) -> bool {
    let ended = |event: &Event| matches!(event.kind, Kind::Exited { .. });
    matches!(trace.ending, Completion::Cut { .. }) && !trace.events.iter().any(ended)
}

/// What this platform cannot observe; nothing passes because of it silently.
fn not_checked() -> Vec<String> {
    if cfg!(all(target_os = "linux", target_env = "gnu")) {
        return Vec::new();
    }
    [
        "std::thread::sleep",
        "std clocks",
        "randomness",
        "printed lines",
        "std::fs",
        "own threads",
        "std locks",
        "heap",
    ]
    .map(str::to_owned)
    .to_vec()
}

/// The checks to run: all, or the one that is named.
fn checks(prebuilt: &Prebuilt, only: Option<&str>) -> Result<Vec<CheckInfo>> {
    let all = &prebuilt.facts.checks;
    let Some(name) = only else {
        return Ok(all.clone());
    };
    if let Some(check) = all.iter().find(|check| check.name == name) {
        return Ok(vec![check.clone()]);
    }
    let names: Vec<_> = all.iter().map(|check| check.name.as_str()).collect();
    let hint = crate::suggestion::nearest(name, names.iter().copied()).map_or_else(
        || format!("there are {}", names.join(", ")),
        |near| format!("did you mean `{near}`?"),
    );
    Err(Error::usage(format!("there is no check `{name}`")).hint(hint))
}

/// Drives every check, a process each, on all cores; `done` hears of them in their order.
fn drive_all(
    driver: &Driver<'_>,
    checks: &[CheckInfo],
    scratch: &Scratch,
    mut done: impl FnMut(&CheckInfo, Result<Trace>),
) -> Result<()> {
    let folders: Vec<PathBuf> = checks
        .iter()
        .map(|check| scratch.folder(&format!("drive/{}", check.name)))
        .collect::<Result<_>>()?;
    let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let next = AtomicUsize::new(0);
    let slots: Vec<Mutex<Option<Result<Trace>>>> =
        checks.iter().map(|_| Mutex::new(None)).collect();
    thread::scope(|scope| {
        let work = || {
            while let Some(at) =
                Some(next.fetch_add(1, Ordering::Relaxed)).filter(|at| *at < checks.len())
            {
                let trace = driver.drive(&checks[at].name, &folders[at]);
                *slots[at].lock().expect("no thread panics with a slot") = Some(trace);
            }
        };
        for _ in 1..cores.min(checks.len()) {
            scope.spawn(work);
        }
        work();
    });
    for (check, slot) in checks.iter().zip(slots) {
        let trace = slot
            .into_inner()
            .expect("no thread panics with a slot")
            .expect("every check was driven");
        done(check, trace);
    }
    Ok(())
}

fn decide(exercise: &Exercise, info: &CheckInfo, outcome: Outcome) -> Check {
    let (status, findings, doubt) = match outcome {
        Outcome::Failed { error } => (CheckStatus::Undecided, Vec::new(), Some(error)),
        Outcome::Judged { findings, advice } => {
            let status = if findings.is_empty() {
                CheckStatus::Passed
            } else {
                CheckStatus::Failed
            };
            let findings = findings
                .into_iter()
                .map(|finding| CheckFinding::new(finding, false));
            let advice = advice
                .into_iter()
                .map(|finding| CheckFinding::new(finding, true));
            (status, findings.chain(advice).collect(), None)
        }
    };
    let failed = status == CheckStatus::Failed;
    Check {
        name: info.name.clone(),
        title: info.title.clone(),
        status,
        points: if status == CheckStatus::Passed {
            info.points
        } else {
            0
        },
        max_points: info.points,
        hints: if failed {
            info.hints.clone()
        } else {
            Vec::new()
        },
        findings,
        doubt,
        replay: failed.then(|| format!("grade {} --check {}", exercise.id, info.name)),
    }
}
