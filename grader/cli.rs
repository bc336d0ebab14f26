//! The command line.

mod cache;
mod config;
mod course;
mod doctor;
mod export;
mod grading;
mod help;
mod isolation;
mod judge;
mod list;
mod new;
mod print;
mod run;
mod settings;
mod timeline;

use std::path::PathBuf;

use clap::{Args, ColorChoice, CommandFactory, Parser, Subcommand};

use self::config::{Config, shown};
use self::course::Where;
use self::doctor::{Doctor, doctor};
use self::export::{Export, export};
use self::help::{Help, helped};
use self::isolation::Isolation;
use self::judge::{Judge, judged};
use self::list::{List, listed};
use self::new::{New, new};
use self::print::print;
use self::run::{Run, graded};
use crate::config::range;
use crate::course::Course;
use crate::disk_space;
use crate::error::{Error, Result};
use crate::exit_code::ExitCode;
use crate::grade::Bench;
use crate::progress::Progress;
use crate::report::context::Context;
use crate::{explain, report, start, verify};

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
5 the grader itself failed, 130 interrupted. `grade help` lists topics.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Grade a submission; `grade ID` is short for it.
    Run(Box<Run>),
    /// Show the exercises, and in a folder of your own work which of them you have solved.
    List(List),
    /// Show the settings that are in force, and where each of them comes from.
    Config(Box<Config>),
    /// Write an exercise's starter, and the crates it hands out, into a new folder.
    Start(Start),
    /// Show what a finding means, with a wrong and a right example; without one, list them all.
    Explain(Explain),
    /// Judge the traces that `--trace` wrote again, without the submission.
    Judge(Judge),
    /// Show what is cached and how much it is, or clear it.
    Cache(cache::Asked),
    /// Show what this machine offers to isolate a submission, and what to do about what is missing.
    Doctor(Doctor),
    /// Prove exercises: starter, reference answer, variants and mistakes.
    Verify(Verify),
    /// Write an exercise for its author to go on with: three places are left to fill.
    New(New),
    /// Write what a platform is uploaded, what students are given, or a course without its sources.
    Export(Export),
    /// Show help on a command or on a topic, such as exit-codes.
    Help(Help),
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
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(..=i64::from(range::MOST_SCHEDULES)))]
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
    /// The folder of the course, instead of the one that came with `grade`.
    #[arg(long, value_name = "DIR")]
    course: Option<PathBuf>,
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
        (Some(Command::Run(run)), _) => graded(&run),
        (None, run) => graded(&run),
        (Some(Command::List(asked)), _) => listed(&asked),
        (Some(Command::Config(asked)), _) => shown(&asked),
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
            let text = report::render(asked.format, verdict, &Context::default())?;
            print(&text, asked.color)?;
            Ok(verdict.exit_code().or_zero(asked.exit_zero))
        }
        (Some(Command::Cache(asked)), _) => cache::cache(&asked),
        (Some(Command::Doctor(asked)), _) => doctor(&asked),
        (Some(Command::Verify(verify)), _) => verified(&verify),
        (Some(Command::New(asked)), _) => new(&asked),
        (Some(Command::Export(asked)), _) => export(&asked),
        (Some(Command::Help(asked)), _) => helped(&asked),
    }
}

fn verified(verify: &Verify) -> Result<ExitCode> {
    let course = course::whole(verify.course.as_deref())?.value;
    if let Some(bundle) = course.bundle() {
        return Err(bundle.has_no_sources());
    }
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
        let proof = on_a_bench(&verify.isolation, verify.quiet, &course, |bench| {
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
    course: &Course,
    mut work: impl FnMut(&Bench) -> Result<T>,
) -> Result<T> {
    let ready = || Bench::ready(isolation.policy(), Progress::new(quiet), course.bundle());
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

/// The command line's definition, for tests that read its help.
pub fn command() -> clap::Command {
    Cli::command()
}
