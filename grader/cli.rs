//! The command line.

mod doctor;
mod isolation;
mod judge;
mod timeline;

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::{Args, ColorChoice, CommandFactory, Parser, Subcommand, ValueEnum};

use self::doctor::{Doctor, doctor};
use self::isolation::Isolation;
use self::judge::{Judge, judged};
use self::timeline::Timeline;
use crate::course::Course;
use crate::disclosure::Disclosure;
use crate::disk_space;
use crate::error::{Error, Result};
use crate::exit_code::ExitCode;
use crate::grade::Bench;
use crate::plan::{Asked, Plan};
use crate::progress::Progress;
use crate::timeline::Picture;
use crate::timings::Timings;
use crate::verdict::{Status, Verdict};
use crate::{explain, intake, list, report, start, verify};

/// Grade asynchronous Rust, exactly and the same way every time.
///
/// `grade exercise-3` compiles your crate in a temporary folder, runs it under a paused clock and
/// says what it did. Your folder is never written to.
#[derive(Debug, Parser)]
#[command(name = "grade", version, args_conflicts_with_subcommands = true, disable_help_subcommand = true, after_help = AFTER_HELP)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    run: Run,
}

const AFTER_HELP: &str = "\
Exit codes: 0 all checks passed, 1 not all passed, 2 usage, 3 rejected or did not compile,
5 the grader itself failed, 130 interrupted.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Grade a submission; `grade ID` is short for it.
    Run(Run),
    /// Show the exercises.
    List(Where),
    /// Write an exercise's starter, and the crates it hands out, into a new folder.
    Start(Start),
    /// Show what a finding means, with a wrong and a right example; without one, list them all.
    Explain(Explain),
    /// Judge the traces that `--trace` wrote again, without the submission.
    Judge(Judge),
    /// Show what this machine offers to isolate a submission, and what to do about what is missing.
    Doctor(Doctor),
    /// Prove exercises: starter, reference answer, variants and mistakes.
    Verify(Verify),
}

#[derive(Debug, Args)]
struct Run {
    /// The exercise, or the beginning of its id.
    #[arg(value_name = "ID")]
    exercise: Option<String>,
    /// The folder of the submission.
    #[arg(long, value_name = "DIR")]
    path: Option<PathBuf>,
    /// Run this check only.
    #[arg(long, value_name = "NAME")]
    check: Option<String>,
    /// Drive each check under this many seeded schedules, beside the plain one.
    #[arg(long, value_name = "N", conflicts_with = "schedule", value_parser = clap::value_parser!(u32).range(..=MOST_SCHEDULES))]
    schedules: Option<u32>,
    /// Make the seeded schedules from this number.
    #[arg(long, value_name = "SEED")]
    seed: Option<u64>,
    /// Drive under this schedule only: `plain`, the number of a seeded one, or a code from a report.
    #[arg(long, value_name = "CODE")]
    schedule: Option<Asked>,
    /// What to print on standard output.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Full)]
    format: Format,
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
    timeline: Timeline,
    /// Tell no more of a check than this.
    #[arg(long, value_name = "LEVEL", value_enum, default_value_t = Disclosure::Everything)]
    disclosure: Disclosure,
    #[command(flatten)]
    isolation: Isolation,
    #[command(flatten)]
    at: Where,
}

/// Lines that each drive may take in a timeline within a report.
const ROWS: usize = 12;
/// What `--schedules` takes at most.
const MOST_SCHEDULES: i64 = 1_000_000;

#[derive(Debug, Args)]
struct Where {
    /// The folder of the course, instead of the one that came with `grade`.
    #[arg(long, value_name = "DIR")]
    course: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct Start {
    /// The exercise, or the beginning of its id.
    #[arg(value_name = "ID")]
    exercise: String,
    /// The folder to make, instead of ./ID.
    #[arg(value_name = "DIR")]
    into: Option<PathBuf>,
    #[command(flatten)]
    at: Where,
}

#[derive(Debug, Args)]
struct Explain {
    /// The finding, as a report names it.
    #[arg(value_name = "FINDING")]
    finding: Option<String>,
    /// When to use colours.
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = ColorChoice::Auto)]
    color: ColorChoice,
}

#[derive(Debug, Args)]
struct Verify {
    /// The exercises, or all.
    #[arg(value_name = "ID")]
    exercises: Vec<String>,
    /// Drive each check under this many seeded schedules, beside the plain one.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(..=MOST_SCHEDULES))]
    schedules: Option<u32>,
    /// Rewrite the timelines in READMEs that are not current.
    #[arg(long)]
    write_timelines: bool,
    /// Grade mutants of each reference answer too: the checks have to catch 95 % of them.
    #[arg(long)]
    mutants: bool,
    /// Show no progress.
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    isolation: Isolation,
    #[command(flatten)]
    at: Where,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a person.
    Full,
    /// The verdict, one JSON object.
    Json,
}

/// Does what the command line says.
///
/// # Errors
/// When it cannot be done; what a student did is no error.
pub fn main() -> Result<ExitCode> {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return Ok(if error.use_stderr() {
                ExitCode::Usage
            } else {
                ExitCode::Passed
            });
        }
    };
    crate::interrupt::watch()
        .map_err(|e| Error::grader(format!("signals cannot be watched: {e}")))?;
    match (cli.command, cli.run) {
        (Some(Command::Run(run)), _) | (None, run) => graded(&run),
        (Some(Command::List(at)), _) => {
            print(&list::render(&at.course()?), ColorChoice::Never)?;
            Ok(ExitCode::Passed)
        }
        (Some(Command::Start(start)), _) => {
            let course = start.at.course()?;
            let exercise = course.find(&start.exercise)?;
            let into = start.into.unwrap_or_else(|| PathBuf::from(&exercise.id));
            let said = start::write(exercise, &into, start.at.course.as_deref())?;
            print(&said, ColorChoice::Never)?;
            Ok(ExitCode::Passed)
        }
        (Some(Command::Explain(asked)), _) => {
            let said = asked
                .finding
                .as_deref()
                .map_or_else(|| Ok(explain::list()), explain::page)?;
            print(&said, asked.color)?;
            Ok(ExitCode::Passed)
        }
        (Some(Command::Judge(asked)), _) => {
            let graded = judged(&asked)?;
            let verdict = &graded.verdict;
            let text = match asked.format {
                Format::Full => report::terminal::render(verdict),
                Format::Json => report::json::render(verdict, None),
            };
            print(&text, asked.color)?;
            Ok(verdict.exit_code().or_zero(asked.exit_zero))
        }
        (Some(Command::Doctor(asked)), _) => doctor(&asked),
        (Some(Command::Verify(verify)), _) => verified(&verify),
    }
}

fn graded(run: &Run) -> Result<ExitCode> {
    let mut timings = Timings::default();
    let began = Instant::now();
    let course = run.at.course()?;
    let Some(id) = &run.exercise else {
        return Err(Error::usage("no exercise is named")
            .hint("`grade list` shows them, `grade --help` what else there is"));
    };
    let exercise = course.find(id)?;
    let krate = exercise.krate()?;
    let folder = intake::find(exercise, &krate, run.path.as_deref())?;
    let mut plan = Plan {
        check: run.check.clone(),
        schedules: run.schedules,
        seed: run.seed,
        schedule: run.schedule.clone(),
        look_at_ms: None,
    };
    run.timeline.plan(&mut plan)?;
    if run.timeline.is_asked_for() && run.format != Format::Full {
        return Err(Error::usage("--timeline is for a person")
            .hint("`--trace FILE` writes what happened for programs"));
    }
    let trace = run.timeline.open_trace()?;
    let mut drawn = Duration::ZERO;
    let (graded, pictures) = on_a_bench(&run.isolation, run.quiet, |bench| {
        let prebuilt = bench.prebuild(exercise)?;
        timings.add("get ready", began.elapsed());
        let graded = bench.grade(exercise, &prebuilt, &folder, &plan)?;
        let told = exercise.disclosures().limited_to(run.disclosure);
        let graded = told.disclose(graded);
        let drawing = Instant::now();
        let pictures = match run.format {
            Format::Full => bench.pictures(exercise, &prebuilt, &graded, run.timeline.wanted())?,
            Format::Json => Vec::new(),
        };
        drawn = drawing.elapsed();
        Ok((graded, pictures))
    })?;
    run.timeline.write_trace(trace, exercise, &graded)?;
    timings.append(graded.timings.clone());
    timings.add("timelines", drawn);
    timings.add("all", began.elapsed());
    if run.timeline.is_asked_for() && graded.verdict.status != Status::Rejected {
        print(&run.timeline.render(&graded, &pictures), run.color)?;
    } else {
        show(
            &graded.verdict,
            &pictures,
            run.timings.then_some(&timings),
            run,
        )?;
    }
    Ok(graded.verdict.exit_code().or_zero(run.exit_zero))
}

fn show(
    verdict: &Verdict,
    pictures: &[Picture],
    timings: Option<&Timings>,
    run: &Run,
) -> Result<()> {
    match run.format {
        Format::Full => {
            let drawn = report::terminal::Drawn {
                pictures,
                look: run.timeline.look(report::terminal::INDENT, ROWS),
            };
            print(&report::terminal::render_with(verdict, drawn), run.color)?;
            for stage in timings.map(Timings::stages).unwrap_or_default() {
                let _ = writeln!(io::stderr(), "{:>8.1} ms  {}", stage.ms, stage.stage);
            }
            Ok(())
        }
        Format::Json => print(&report::json::render(verdict, timings), ColorChoice::Never),
    }
}

fn verified(verify: &Verify) -> Result<ExitCode> {
    let course = verify.at.course()?;
    let exercises = match &verify.exercises[..] {
        [] => course.exercises().collect(),
        ids => ids
            .iter()
            .map(|id| course.find(id))
            .collect::<Result<Vec<_>>>()?,
    };
    let how = verify::How {
        schedules: verify.schedules,
        readme: if verify.write_timelines {
            verify::Readme::IsRewritten
        } else {
            verify::Readme::IsToldOf
        },
        mutants: verify.mutants,
    };
    let mut sound = true;
    for exercise in exercises {
        let proof = on_a_bench(&verify.isolation, verify.quiet, |bench| {
            verify::verify(bench, exercise, &how)
        })?;
        print(&verify::render(&proof), ColorChoice::Never)?;
        sound &= proof.is_sound();
    }
    Ok(if sound {
        ExitCode::Passed
    } else {
        ExitCode::NotPassed
    })
}

/// Works on a bench; once more on a new one when it failed because the cache is damaged.
fn on_a_bench<T>(
    isolation: &Isolation,
    quiet: bool,
    mut work: impl FnMut(&Bench) -> Result<T>,
) -> Result<T> {
    let ready = || Bench::ready(isolation.policy(), Progress::new(quiet));
    let bench = ready()?;
    let failed = match work(&bench) {
        Err(error) if error.exit_code() == ExitCode::Grader => error,
        other => return other,
    };
    if !bench.is_intact() {
        return work(&ready()?);
    }
    let full = !failed.has_hint() && bench.has_full_disk();
    Err(if full {
        failed.hint(disk_space::HINT)
    } else {
        failed
    })
}

/// Writes a report to standard output. A reader that went away has seen enough.
fn print(text: &str, color: ColorChoice) -> Result<()> {
    let colored = match color {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => {
            let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
            !refused && io::stdout().is_terminal()
        }
    };
    let mut stdout = io::stdout().lock();
    let written = if colored {
        stdout.write_all(text.as_bytes())
    } else {
        stdout.write_all(anstream::adapter::strip_str(text).to_string().as_bytes())
    };
    match written.and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Error::grader(format!(
            "the report could not be written: {error}"
        ))),
        _ => Ok(()),
    }
}

impl Where {
    fn course(&self) -> Result<Course> {
        self.course
            .as_deref()
            .map_or_else(Course::own, Course::read)
    }
}

/// The command line's definition, for tests that read its help.
pub fn command() -> clap::Command {
    Cli::command()
}
