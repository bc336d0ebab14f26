//! `grade help`.

use clap::{Args, ColorChoice};

use super::print;
use crate::error::{Error, Result};
use crate::exit_code::ExitCode;
use crate::help::{self, TOPICS};
use crate::suggestion;

#[derive(Debug, Args)]
pub struct Help {
    /// A topic, or a command; without one, the commands and the topics.
    #[arg(value_name = "TOPIC")]
    about: Option<String>,
}

/// Shows help.
///
/// # Errors
/// When there is nothing of that name.
pub fn helped(asked: &Help) -> Result<ExitCode> {
    let text = match &asked.about {
        None => format!("{}\n{}", super::command().render_long_help(), help::list()),
        Some(name) => {
            let topic = TOPICS.iter().find(|topic| topic.name == name);
            let text = topic.map(help::Topic::text).or_else(|| of_command(name));
            text.ok_or_else(|| unknown(name))?
        }
    };
    print(&text, ColorChoice::Never)?;
    Ok(ExitCode::Passed)
}

/// What a command says itself when it is asked for help.
fn of_command(name: &str) -> Option<String> {
    let grade = super::command();
    grade.find_subcommand(name)?;
    let said = grade
        .try_get_matches_from(["grade", name, "--help"])
        .err()?;
    Some(said.render().to_string())
}

fn unknown(name: &str) -> Error {
    let grade = super::command();
    let commands = grade.get_subcommands().map(clap::Command::get_name);
    let topics = TOPICS.iter().map(|topic| topic.name);
    let hint = suggestion::nearest(name, commands.chain(topics)).map_or_else(
        || "`grade help` lists commands and topics".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    Error::usage(format!("there is no help about `{name}`")).hint(hint)
}
