//! Grades one submission: intake → compile → drive → judge → verdict.

use std::path::Path;
use std::sync::{Mutex, Once};
use std::time::{Duration, Instant};

use trace::finding::CheckInfo;
use trace::{Completion, Event, Kind, Trace};

use crate::bundle::Bundle;
use crate::cache::Cache;
use crate::compile::{self, Compilation, Compiler};
use crate::course::Exercise;
use crate::decide::decide;
use crate::diagnostic::{self, Diagnostic};
use crate::discarded;
use crate::disk_space;
use crate::drive::Driver;
use crate::error::{Error, Result};
use crate::explore::Explored;
use crate::instant;
use crate::intake::{self, Intake, Submission};
use crate::judging::Judge;
use crate::kit::Kit;
use crate::must_not_compile::Programs;
use crate::parallel;
use crate::plan::Plan;
use crate::prebuild::{self, Prebuilt};
use crate::progress::Progress;
use crate::reach::Reach;
use crate::results::Results;
use crate::sandbox::{Policy, Sandbox, Surroundings};
use crate::scan;
use crate::scratch::Scratch;
use crate::so_far::SoFar;
use crate::steps::Steps;
use crate::timings::Timings;
use crate::toolchain::Toolchain;
use crate::unawaited;
use crate::verdict::{Check, CheckStatus, Verdict};
use crate::workers::{explore_all, judges};

/// What grading any submission on this machine needs.
#[derive(Debug)]
pub struct Bench {
    pub(crate) cache: Cache,
    pub toolchain: Toolchain,
    pub(crate) kit: Kit,
    policy: Policy,
    progress: Progress,
    warned: Once,
}

/// A graded submission: the verdict, and the traces that it rests on.
#[derive(Debug)]
pub struct Graded {
    pub verdict: Verdict,
    pub traces: Vec<Trace>,
    /// The first check's drive up to the instant that the plan asks for.
    pub looked_at: Option<Trace>,
    pub timings: Timings,
}

/// What one grading is held to.
#[derive(Debug, Clone, Copy)]
struct Bounds<'a> {
    exercise: &'a Exercise,
    reach: Reach<'a>,
    plan: &'a Plan,
    sandbox: &'a Sandbox,
    /// Where the submission is compiled.
    build: &'a Path,
    /// Where it is driven.
    drives: &'a Path,
    so_far: &'a SoFar,
}

impl Bench {
    /// Finds the toolchain and makes the kit ready.
    ///
    /// # Errors
    /// When the machine has no usable toolchain or cache, or the kit cannot be built.
    pub fn ready(policy: Policy, progress: Progress, bundle: Option<&Bundle>) -> Result<Self> {
        let cache = Cache::open()?;
        let toolchain = Toolchain::find(&cache)?;
        let kit = match bundle {
            Some(bundle) => bundle.kit(&toolchain)?,
            None => Kit::ready(&cache, &toolchain, &progress)?,
        };
        Ok(Self {
            cache,
            toolchain,
            kit,
            policy,
            progress,
            warned: Once::new(),
        })
    }

    /// What came of submissions, for overviews.
    pub fn results(&self) -> Results {
        Results::of(&self.cache)
    }

    /// A sandbox that is isolated enough.
    fn sandbox(&self, surroundings: &Surroundings) -> Result<Sandbox> {
        let sandbox = Sandbox::start(surroundings, &self.policy.without)?;
        self.policy.admit(sandbox.layers())?;
        if let Some(warning) = self.policy.warning(sandbox.layers()) {
            self.warned.call_once(|| Progress::warn(&warning));
        }
        Ok(sandbox)
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

    /// Grades the crate in `folder`, as far as the plan goes, and notes in `so_far` what is known by then.
    ///
    /// # Errors
    /// When the grader cannot do its work, or is in doubt because of its damaged cache.
    pub fn grade(
        &self,
        exercise: &Exercise,
        prebuilt: &Prebuilt,
        folder: &Path,
        plan: &Plan,
        so_far: &SoFar,
    ) -> Result<Graded> {
        let checks = plan.checks(&prebuilt.facts)?;
        so_far.begin(Verdict {
            schedules: plan.usual(&exercise.settings),
            checks: not_run(exercise, &checks),
            ..self.verdict(exercise, prebuilt, String::new(), Vec::new())
        });
        let submission = match intake::take(folder)? {
            Intake::Accepted(submission) => submission,
            Intake::Refused {
                digest,
                diagnostics,
            } => {
                return Ok(self.rejected(exercise, prebuilt, digest, diagnostics));
            }
        };
        let refused = scan::refusals(&submission);
        if !refused.is_empty() {
            return Ok(self.rejected(exercise, prebuilt, submission.digest, refused));
        }
        let began = Instant::now();
        let scratch = Scratch::new()?;
        let (build, drives) = (scratch.folder("submission")?, scratch.folder("drives")?);
        scratch.folder("submission/library")?;
        let reach = Reach {
            toolchain: &self.toolchain,
            kit: &self.kit,
            prebuilt,
        };
        let sandbox = self.sandbox(&reach.surroundings(&build, &drives))?;
        let mut timings = Timings::default();
        timings.add("sandbox", began.elapsed());
        let bounds = Bounds {
            exercise,
            reach,
            plan,
            sandbox: &sandbox,
            build: &build,
            drives: &drives,
            so_far,
        };
        let graded = self.grade_in(&bounds, submission, timings);
        let began = Instant::now();
        let gone = sandbox.close().and_then(|()| scratch.close());
        let mut graded = graded?;
        gone?;
        graded.timings.add("sandbox's end", began.elapsed());
        Ok(graded)
    }

    /// Compiles, drives and judges in a sandbox that is up.
    fn grade_in(
        &self,
        bounds: &Bounds<'_>,
        submission: Submission,
        mut timings: Timings,
    ) -> Result<Graded> {
        let Bounds {
            exercise,
            reach,
            plan,
            sandbox,
            build,
            ..
        } = *bounds;
        let prebuilt = reach.prebuilt;
        let checks = plan.checks(&prebuilt.facts)?;
        let on_programs = |check: &CheckInfo| prebuilt.facts.programs(&check.name).is_some();
        let (on_programs, checks): (Vec<_>, Vec<_>) = checks.into_iter().partition(on_programs);
        let library = compile::library(build);
        let library_path = prebuild::library_path(&self.toolchain, &self.kit, prebuilt.libraries());
        let driver = Driver {
            sandbox,
            reach,
            library_path: &library_path,
            adapter: &library,
            lockdown: &sandbox.lockdown()?,
            limit: Duration::from_millis(exercise.settings.limits.wall_ms),
            launched: Mutex::default(),
        };
        // They get ready while the compiler works, and so do the drivers.
        let judges = judges(prebuilt, checks.len())?;
        let compiler = self.compiler(bounds);
        let compiled = parallel::beside(
            || compiler.compile(&submission, build, &mut timings),
            &checks,
            |check| driver.launch_early(&check.name, bounds.drives),
        );
        let diagnostics = match compiled? {
            Compilation::Library { diagnostics } => diagnostics,
            Compilation::Refused(diagnostics) => {
                return self.refused(bounds, submission.digest, diagnostics);
            }
        };
        let began = Instant::now();
        let programs = || {
            let programs = Programs { compiler, build };
            decide_on_programs(bounds, &programs, &on_programs, &submission)
        };
        let drives = || {
            let steps = Steps::new(compiler, build, &driver, bounds.drives);
            decide_on_drives(bounds, &driver, judges, &checks, &steps)
        };
        let ((mut checks, traces), on_programs) = parallel::both(drives, programs);
        timings.add("drive and judge", began.elapsed());
        checks.extend(on_programs);
        let looked_at = looked_at(bounds, &driver, traces.first())?;
        self.is_in_no_doubt(&checks, &traces)?;
        let failed = |check: &Check| check.status == CheckStatus::Failed;
        if checks.iter().any(failed) {
            let discarded = discarded::warnings(&compiler, &submission, build);
            unawaited::advise(&mut checks, &[diagnostics.as_slice(), &discarded].concat());
        }
        Ok(Graded {
            verdict: self.decided(bounds, checks, submission.digest, diagnostics),
            traces,
            looked_at,
            timings,
        })
    }

    /// Makes sure that what is undecided or unexplained is not the machine's doing.
    fn is_in_no_doubt(&self, checks: &[Check], traces: &[Trace]) -> Result<()> {
        let undecided = |check: &Check| check.status == CheckStatus::Undecided;
        if checks.iter().any(undecided) || traces.iter().any(is_unexplained) {
            self.is_able()?;
        }
        Ok(())
    }

    /// The verdict that rests on these checks.
    fn decided(
        &self,
        bounds: &Bounds<'_>,
        checks: Vec<Check>,
        digest: String,
        diagnostics: Vec<Diagnostic>,
    ) -> Verdict {
        let exercise = bounds.exercise;
        let verdict = self.verdict(exercise, bounds.reach.prebuilt, digest, diagnostics);
        Verdict {
            schedules: bounds.plan.usual(&exercise.settings),
            isolation: isolation(bounds.sandbox),
            checks,
            ..verdict
        }
        .summed()
    }

    fn compiler<'a>(&'a self, bounds: &Bounds<'a>) -> Compiler<'a> {
        Compiler {
            toolchain: &self.toolchain,
            kit: &self.kit,
            prebuilt: bounds.reach.prebuilt,
            exercise: bounds.exercise,
            sandbox: bounds.sandbox,
        }
    }

    /// It did not compile, and that is not the machine's fault.
    fn refused(
        &self,
        bounds: &Bounds<'_>,
        digest: String,
        diagnostics: Vec<Diagnostic>,
    ) -> Result<Graded> {
        if diagnostics.iter().any(Diagnostic::is_about_the_machine) {
            self.is_able()?;
        }
        let prebuilt = bounds.reach.prebuilt;
        let mut graded = self.rejected(bounds.exercise, prebuilt, digest, diagnostics);
        graded.verdict.isolation = isolation(bounds.sandbox);
        Ok(graded)
    }

    /// The verdict where there is no submission to read; `why` says what is there instead.
    pub fn refuse(&self, exercise: &Exercise, prebuilt: &Prebuilt, why: &Error) -> Graded {
        let (message, hint) = why.said();
        let mut diagnostic = Diagnostic::own(message, None);
        diagnostic.help = hint.map(str::to_owned);
        let digest = blake3::hash(&[]).to_hex().to_string();
        self.rejected(exercise, prebuilt, digest, vec![diagnostic])
    }

    pub(crate) fn rejected(
        &self,
        exercise: &Exercise,
        prebuilt: &Prebuilt,
        digest: String,
        diagnostics: Vec<Diagnostic>,
    ) -> Graded {
        let verdict = self.verdict(exercise, prebuilt, digest, diagnostics);
        Graded {
            verdict: Verdict {
                checks: not_run(exercise, &prebuilt.facts.checks),
                ..verdict
            }
            .summed(),
            traces: Vec::new(),
            looked_at: None,
            timings: Timings::default(),
        }
    }

    pub(crate) fn verdict(
        &self,
        exercise: &Exercise,
        prebuilt: &Prebuilt,
        digest: String,
        diagnostics: Vec<Diagnostic>,
    ) -> Verdict {
        let (diagnostics, diagnostics_left_out) = diagnostic::cap(diagnostics);
        Verdict {
            exercise_digest: prebuilt.facts.digest.clone(),
            submission: digest,
            toolchain: self.toolchain.version.to_string(),
            not_checked: not_checked(),
            diagnostics,
            diagnostics_left_out,
            ..Verdict::begun(&exercise.id, &exercise.settings.title)
        }
    }
}

/// What is said of the checks that are driven, and the traces that it rests on.
fn decide_on_drives(
    bounds: &Bounds<'_>,
    driver: &Driver<'_>,
    judges: Vec<Judge>,
    checks: &[CheckInfo],
    steps: &Steps<'_>,
) -> (Vec<Check>, Vec<Trace>) {
    let Bounds { exercise, plan, .. } = *bounds;
    let facts = &bounds.reach.prebuilt.facts;
    let schedules = |check: &CheckInfo| plan.schedules(&exercise.settings, facts, &check.name);
    let decided = |info: &CheckInfo, explored: Result<Explored>| {
        let explored = explored.map(|explored| steps.told(explored));
        let (check, trace) = decide(exercise, info, explored);
        bounds.so_far.decided(&check);
        (check, trace)
    };
    let decided = explore_all(driver, judges, checks, schedules, decided, bounds.drives);
    let (checks, traces): (_, Vec<_>) = decided.into_iter().unzip();
    (checks, traces.into_iter().flatten().collect())
}

/// What is said of the checks on programs that must not compile.
fn decide_on_programs(
    bounds: &Bounds<'_>,
    programs: &Programs<'_>,
    checks: &[CheckInfo],
    submission: &Submission,
) -> Vec<Check> {
    let decided = programs.decide(checks, submission);
    for check in &decided {
        bounds.so_far.decided(check);
    }
    decided
}

/// The first check's drive up to the instant that the plan asks for.
fn looked_at(
    bounds: &Bounds<'_>,
    driver: &Driver<'_>,
    first: Option<&Trace>,
) -> Result<Option<Trace>> {
    let (Some(at_ms), Some(first)) = (bounds.plan.look_at_ms, first) else {
        return Ok(None);
    };
    instant::look(driver, &first.check, &first.schedule, at_ms, bounds.drives).map(Some)
}

fn isolation(sandbox: &Sandbox) -> Vec<String> {
    sandbox.layers().iter().map(|layer| layer.name()).collect()
}

fn not_run(exercise: &Exercise, checks: &[CheckInfo]) -> Vec<Check> {
    let task = |check: &CheckInfo| exercise.settings.tasks.get(&check.name).copied();
    let checks = checks
        .iter()
        .map(|check| Check::not_run(check, task(check)));
    checks.collect()
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
