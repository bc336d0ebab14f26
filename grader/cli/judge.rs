//! `grade judge`: stored traces, judged again.

use std::path::PathBuf;

use clap::{Args, ColorChoice};

use super::course::Where;
use super::isolation::Isolation;
use super::on_a_bench;
use super::settings::{self, Marks};
use crate::error::Result;
use crate::grade::Graded;
use crate::rejudge;
use crate::report::Format;

#[derive(Debug, Args)]
pub struct Judge {
    /// The file that `--trace` wrote.
    #[arg(value_name = "TRACE")]
    pub trace: PathBuf,
    /// What to print on standard output.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Full)]
    pub format: Format,
    /// When to use colours.
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = ColorChoice::Auto)]
    pub color: ColorChoice,
    /// End with 0 whatever the student did, for platforms that read other codes as a crash.
    #[arg(long)]
    pub exit_zero: bool,
    /// Show no progress.
    #[arg(long, short)]
    pub quiet: bool,
    #[command(flatten)]
    pub marks: Marks,
    #[command(flatten)]
    pub isolation: Isolation,
    #[command(flatten)]
    pub at: Where,
}

/// The verdict on stored traces.
///
/// # Errors
/// When they cannot be read, or are of another version of their exercise.
pub fn judged(asked: &Judge) -> Result<Graded> {
    let stored = rejudge::open(&asked.trace)?;
    let chosen = asked.at.chosen()?;
    let exercise = rejudge::exercise(&chosen.course, &stored.run)?;
    let by = settings::graded(asked.marks.said(), &chosen, exercise)?;
    on_a_bench(&asked.isolation, asked.quiet, &chosen.course, |bench| {
        let prebuilt = by.worth(bench.prebuild(exercise)?)?;
        let graded = bench.judge(exercise, &prebuilt, stored.clone())?;
        let mut graded = by.disclosures().disclose(graded);
        graded.verdict = graded.verdict.due(by.due.as_ref());
        Ok(graded)
    })
}
