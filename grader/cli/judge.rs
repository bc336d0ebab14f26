//! `grade judge`: stored traces, judged again.

use std::path::PathBuf;

use clap::{Args, ColorChoice};

use super::isolation::Isolation;
use super::{Where, on_a_bench};
use crate::disclosure::Disclosure;
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
    /// Tell no more of a check than this.
    #[arg(long, value_name = "LEVEL", value_enum, default_value_t = Disclosure::Everything)]
    pub disclosure: Disclosure,
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
    let course = asked.at.course()?;
    let exercise = rejudge::exercise(&course, &stored.run)?;
    on_a_bench(&asked.isolation, asked.quiet, |bench| {
        let prebuilt = bench.prebuild(exercise)?;
        let graded = bench.judge(exercise, &prebuilt, stored.clone())?;
        let told = exercise.disclosures().limited_to(asked.disclosure);
        Ok(told.disclose(graded))
    })
}
