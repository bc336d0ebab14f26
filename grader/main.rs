//! `grade`.

use std::io::Write;

use grade::exit_code::ExitCode;

fn main() -> ExitCode {
    if let Some(code) = grade::sandbox::part() {
        return code;
    }
    match grade::cli::main() {
        Ok(code) => code,
        Err(error) => {
            // Nobody may be there to read it; the exit code says it too.
            let _ = writeln!(std::io::stderr(), "error: {error}");
            error.exit_code()
        }
    }
}
