//! Standard output, with or without colours.

use std::io::{self, IsTerminal, Write};

use clap::ColorChoice;

use crate::error::{Error, Result};

/// Writes a report to standard output. A reader that went away has seen enough.
pub fn print(text: &str, color: ColorChoice) -> Result<()> {
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
