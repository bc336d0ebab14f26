//! `grade run`: what it takes, and one run from the command line to its reports.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use clap::{Args, ColorChoice};

use super::course::Where;
use super::grading::{Done, Grading};
use super::isolation::Isolation;
use super::on_a_bench;
use super::print::print;
use super::settings::{self, Driving, Marks};
use super::timeline::{Timeline, columns};
use crate::config::Said;
use crate::course::{Course, Exercise};
use crate::error::{Error, Result};
use crate::exit_code::ExitCode;
use crate::grade::{Bench, Graded};
use crate::output::{Named, Outputs};
use crate::plan::{Asked, Plan};
use crate::prebuild::Prebuilt;
use crate::report::context::Context;
use crate::report::{self, Format};
use crate::so_far::SoFar;
use crate::timeline::Picture;
use crate::timings::Timings;
use crate::verdict::{Status, Verdict};
use crate::{intake, interrupt};

#[derive(Debug, Args)]
pub struct Run {
    /// The exercise, or the beginning of its id.
    #[arg(value_name = "ID")]
    exercise: Option<String>,
    /// The folder of the submission.
    #[arg(long, value_name = "DIR")]
    path: Option<PathBuf>,
    /// Run this check only.
    #[arg(long, value_name = "NAME")]
    check: Option<String>,
    /// Drive under this schedule only: `plain`, the number of a seeded one, or a code from a report.
    #[arg(long, value_name = "CODE", conflicts_with = "schedules")]
    schedule: Option<Asked>,
    /// What to print on standard output; `full` if nothing is said.
    #[arg(long, value_name = "FORMAT", value_enum)]
    format: Option<Format>,
    /// Write a report in this format to this file too, or to standard output with `-`.
    #[arg(long = "output", value_name = "FORMAT=PATH")]
    outputs: Vec<Named>,
    /// When to use colours.
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = ColorChoice::Auto)]
    color: ColorChoice,
    /// End with 0 whatever the student did, for platforms that read other codes as a crash.
    #[arg(long)]
    exit_zero: bool,
    /// Add how long each stage took: in JSON as `timings`, else on standard error.
    #[arg(long)]
    timings: bool,
    /// Show no progress.
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    instead: Instead,
    #[command(flatten)]
    timeline: Timeline,
    #[command(flatten)]
    marks: Marks,
    #[command(flatten)]
    driving: Driving,
    #[command(flatten)]
    isolation: Isolation,
    #[command(flatten)]
    at: Where,
}

/// What is printed where a report would be.
#[derive(Debug, Args)]
struct Instead {
    /// Print the failure of this check as a paused test of your crate, for plain cargo.
    #[arg(long, requires = "check", conflicts_with_all = ["format", "timeline", "at"])]
    as_test: bool,
}

/// Lines that each drive may take in a timeline within a report.
const ROWS: usize = 12;
/// How long a reader of standard output may keep a run that was interrupted from ending.
const PATIENCE: Duration = Duration::from_secs(1);

/// Grades what the command line names, and writes every report that it asks for.
///
/// # Errors
/// When that cannot be done; what a student did is no error.
pub fn graded(run: &Run) -> Result<ExitCode> {
    let began = Instant::now();
    let chosen = run.at.chosen()?;
    let said = run.marks.said().or(&run.driving.said());
    let by = settings::graded(said, &chosen, chosen.course.find(run.id()?)?)?;
    let exercise = &by.exercise;
    run.instead.needs_sources(&chosen.course)?;
    let stdout = on_stdout(run.format, &run.outputs)?;
    let (folder, missing) = run.submission(exercise)?;
    let plan = run.plan(stdout, &by.near)?;
    let trace = run.timeline.open_trace()?;
    let context = Context {
        look: run.timeline.look(report::terminal::INDENT, ROWS),
        ..Context::here(&folder)
    };
    let outputs = Outputs::open(&run.outputs, &context)?;
    stdout.check(&context)?;
    let told = by.disclosures();
    let verdict = Verdict::begun(&exercise.id, &exercise.settings.title);
    let so_far = SoFar::new(verdict, told.clone());
    let due = by.due;
    let late = move |verdict: Verdict| verdict.due(due.as_ref());
    write_when_interrupted(&so_far, late, &outputs, stdout, &context, run.color);
    if stdout == Format::JsonLines {
        tell_events(&so_far);
    }
    let grading = Grading {
        by: &by,
        folder: &folder,
        missing: missing.as_ref(),
        plan: &plan,
        so_far: &so_far,
        told: &told,
        as_test: run.instead.as_test,
    };
    let mut timings = Timings::default();
    let done = on_a_bench(&run.isolation, run.quiet, &chosen.course, |bench| {
        let prebuilt = by.worth(bench.prebuild(exercise)?)?;
        timings.add("get ready", began.elapsed());
        let done = grading.on(bench, &prebuilt)?;
        timings.append(done.graded.timings.clone());
        let pictures = || run.pictures(bench, exercise, &prebuilt, &done.graded, stdout);
        let pictures = timings.time("timelines", pictures)?;
        Ok((done, pictures))
    });
    let (done, pictures) = match done {
        Ok(done) => done,
        Err(error) => {
            if error.exit_code() == ExitCode::Grader
                && let Some(verdict) = so_far.verdict()
            {
                let verdict = late(verdict.failed(&error.to_string()));
                let told = so_far.has_told();
                let context = Context { told, ..context };
                run.deliver_failure(&verdict, &context, stdout, &outputs)?;
            }
            return Err(error);
        }
    };
    run.timeline.write_trace(trace, exercise, &done.graded)?;
    timings.add("all", began.elapsed());
    let context = Context {
        timings: run.timings.then_some(timings),
        pictures,
        told: so_far.has_told(),
        ..context
    };
    let instead = run.instead(&done, &context);
    run.deliver(&done.graded.verdict, &context, stdout, &outputs, instead)
}

impl Instead {
    /// A test is made from the driver's source, which a bundle has not.
    fn needs_sources(&self, course: &Course) -> Result<()> {
        match course.bundle() {
            Some(bundle) if self.as_test => Err(bundle.has_no_sources()),
            _ => Ok(()),
        }
    }
}

impl Run {
    fn id(&self) -> Result<&str> {
        self.exercise.as_deref().ok_or_else(|| {
            Error::usage("no exercise is named")
                .hint("`grade list` shows them, `grade --help` what else there is")
        })
    }

    /// The folder of the submission, and why there is none in it.
    fn submission(&self, exercise: &Exercise) -> Result<(PathBuf, Option<Error>)> {
        let found = intake::find(exercise, &exercise.krate()?, self.path.as_deref());
        match (found, &self.path) {
            (Ok(folder), _) => Ok((folder, None)),
            // Whoever reads a report has to be told there: what was handed in is nobody's command line.
            (Err(why), Some(path)) if !self.outputs.is_empty() => Ok((path.clone(), Some(why))),
            (Err(why), _) => Err(why),
        }
    }

    fn plan(&self, stdout: Format, near: &Said) -> Result<Plan> {
        if self.timeline.is_asked_for() && stdout != Format::Full {
            return Err(Error::usage("--timeline is for a person")
                .hint("`--trace FILE` writes what happened for programs"));
        }
        let mut plan = Plan {
            check: self.check.clone(),
            schedules: near.schedules.as_ref().map(|told| told.value),
            seed: near.seed.as_ref().map(|told| told.value),
            schedule: self.schedule.clone(),
            look_at_ms: None,
        };
        self.timeline.plan(&mut plan)?;
        Ok(plan)
    }

    /// The timelines, where some report shows them.
    fn pictures(
        &self,
        bench: &Bench,
        exercise: &Exercise,
        prebuilt: &Prebuilt,
        graded: &Graded,
        stdout: Format,
    ) -> Result<Vec<Picture>> {
        let mut formats = self.outputs.iter().map(|named| named.format);
        if !stdout.shows_timelines() && !formats.any(Format::shows_timelines) {
            return Ok(Vec::new());
        }
        bench.pictures(exercise, prebuilt, graded, self.timeline.wanted())
    }

    /// What is known where the grader failed: a person hears of the error itself.
    fn deliver_failure(
        &self,
        verdict: &Verdict,
        context: &Context,
        stdout: Format,
        outputs: &Outputs,
    ) -> Result<()> {
        outputs.write(verdict, context)?;
        if stdout.is_for_a_person() {
            return Ok(());
        }
        show(stdout, verdict, context, self.color)
    }

    /// What is printed in a report's stead, where something is.
    fn instead(&self, done: &Done, context: &Context) -> Option<String> {
        let Done {
            graded,
            test,
            undrawn,
        } = done;
        let is_drawn = self.timeline.is_asked_for() && graded.verdict.status != Status::Rejected;
        let drawing = || self.timeline.render(graded, &context.pictures, undrawn);
        test.clone().or_else(|| is_drawn.then(drawing))
    }

    /// Files first: a reader of standard output may have gone away.
    fn deliver(
        &self,
        verdict: &Verdict,
        context: &Context,
        stdout: Format,
        outputs: &Outputs,
        instead: Option<String>,
    ) -> Result<ExitCode> {
        outputs.write(verdict, context)?;
        if let Some(instead) = instead {
            print(&instead, self.color)?;
        } else {
            show(stdout, verdict, context, self.color)?;
            if stdout.is_for_a_person() {
                for stage in context.timings.iter().flat_map(Timings::stages) {
                    let _ = writeln!(io::stderr(), "{:>8.1} ms  {}", stage.ms, stage.stage);
                }
            }
        }
        Ok(verdict.exit_code().or_zero(self.exit_zero))
    }
}

/// The one format for standard output.
fn on_stdout(format: Option<Format>, outputs: &[Named]) -> Result<Format> {
    let dashes: Vec<_> = outputs
        .iter()
        .filter(|named| named.path == Path::new("-"))
        .map(|named| named.format)
        .collect();
    match (format, &dashes[..]) {
        (format, []) => Ok(format.unwrap_or(Format::Full)),
        (None, [one]) => Ok(*one),
        _ => Err(Error::usage("standard output takes one report")
            .hint("write the others to files: --output FORMAT=PATH")),
    }
}

fn show(format: Format, verdict: &Verdict, context: &Context, color: ColorChoice) -> Result<()> {
    let shown = Context {
        columns: columns(),
        ..context.clone()
    };
    let text = report::render(format, verdict, &shown)?;
    context.note_for_github(format, verdict)?;
    let color = if format.is_for_a_person() {
        color
    } else {
        ColorChoice::Never
    };
    print(&text, color)
}

/// Each check's line, as soon as it and those before it are decided.
fn tell_events(so_far: &SoFar) {
    so_far.listen(|verdict, check| {
        let first = verdict.checks.first().is_some_and(|c| c.name == check.name);
        let mut text = String::new();
        if first {
            text = report::json_lines::started(verdict);
        }
        text.push_str(&report::json_lines::check(check));
        // A reader that went away has seen enough.
        let _ = print(&text, ColorChoice::Never);
    });
}

fn write_when_interrupted(
    so_far: &SoFar,
    late: impl Fn(Verdict) -> Verdict + Send + 'static,
    outputs: &Outputs,
    stdout: Format,
    context: &Context,
    color: ColorChoice,
) {
    let (so_far, outputs, mut context) = (so_far.clone(), outputs.clone(), context.clone());
    interrupt::before_leaving(move || {
        let Some(verdict) = so_far.verdict().map(|verdict| late(verdict.cut_short())) else {
            return;
        };
        if !outputs.are_written() {
            let _ = outputs.write(&verdict, &context);
        }
        if stdout.is_for_a_person() {
            return;
        }
        context.told = so_far.has_told();
        let (done, wait) = mpsc::channel();
        thread::spawn(move || {
            let _ = show(stdout, &verdict, &context, color);
            let _ = done.send(());
        });
        let _ = wait.recv_timeout(PATIENCE);
    });
}
