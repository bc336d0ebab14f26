//! `grade`.

use std::process::ExitCode;

#[cfg(unix)]
fn main() -> ExitCode {
    use std::io::Write;
    use std::process::Termination;

    if let Some(code) = grade::sandbox::part() {
        return code.report();
    }
    let code = match grade::cli::main() {
        Ok(code) => code,
        Err(error) => {
            // Nobody may be there to read it; the exit code says it too.
            let _ = writeln!(std::io::stderr(), "error: {error}");
            error.exit_code()
        }
    };
    code.report()
}

/// Where there are no sockets between processes, no signals and none of libc to stand in for, nothing can be graded.
#[cfg(not(unix))]
fn main() -> ExitCode {
    eprintln!(
        "error: grade needs Linux, where it checks everything, or another Unix\nhint: on Windows, run it in WSL 2"
    );
    ExitCode::from(2)
}
