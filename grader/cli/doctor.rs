//! `grade doctor`.

use clap::{Args, ColorChoice};

use super::isolation::Isolation;
use super::print;
use crate::doctor;
use crate::error::Result;
use crate::exit_code::ExitCode;

#[derive(Debug, Args)]
pub struct Doctor {
    #[command(flatten)]
    isolation: Isolation,
}

/// Shows the layers. It ends as a grading would that they are not enough for.
///
/// # Errors
/// When they are not enough, or cannot be found out.
pub fn doctor(asked: &Doctor) -> Result<ExitCode> {
    let policy = asked.isolation.policy();
    let examined = doctor::examine(&policy.without)?;
    print(&doctor::render(&examined), ColorChoice::Never)?;
    policy.admit(&examined.layers)?;
    Ok(ExitCode::Passed)
}
