//! A driver's `main`: lists its drives, or drives one, as often as the grader orders.
//!
//! The grader gives a socket as standard input: orders come in through it, and a trace goes out for each.
//! Before any code of the submission is loaded, the socket moves to a descriptor of its own, the standard
//! streams become the null device, and the process gives up what the grader's first words say.

use std::convert::Infallible;
use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::panic::PanicHookInfo;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use rustix::process::{Resource, Rlimit, setrlimit};
use trace::frame::{self, FrameError, Loaded, MAX_FRAME};
use trace::{Kind, Place};

use crate::drive::Drive;
use crate::{interpose, load, lockdown, recorder, runtime, task};

/// A panic's message is kept up to this many bytes.
const MAX_MESSAGE: usize = 4096;

/// The exit code of a driver that could not do its work: the grader's trouble, not the student's.
pub const DRIVER_FAILED: i32 = 70;

/// The address space of a driver's process, in bytes; the runtime and the kit take well under 1 GiB of it.
const MAX_MEMORY: u64 = 4 << 30;

/// Runs a driver whose contract takes its table through `connect`.
pub fn serve<Api>(connect: fn(Api)) -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    match arguments
        .iter()
        .map(|a| a.to_str().unwrap_or(""))
        .collect::<Vec<_>>()[..]
    {
        ["--list"] => {
            let drives: Vec<_> = Drive::all().iter().map(|drive| drive.info()).collect();
            println!(
                "{}",
                serde_json::to_string(&drives).expect("names and numbers have a JSON form")
            );
            ExitCode::SUCCESS
        }
        ["--drive", check, adapter] => match drive(check, Path::new(adapter), connect) {
            Ok(never) => match never {},
            Err(error) => failed(&error),
        },
        _ => failed("a driver is started by `grade`: --list, or --drive CHECK ADAPTER"),
    }
}

fn failed(error: &str) -> ExitCode {
    eprintln!("{error}");
    ExitCode::from(DRIVER_FAILED.unsigned_abs().to_le_bytes()[0])
}

fn drive<Api>(check: &str, adapter: &Path, connect: fn(Api)) -> Result<Infallible, String> {
    let drive = Drive::find(check).ok_or_else(|| format!("no drive is named `{check}`"))?;
    let (socket, output) = take_streams().map_err(|e| format!("no socket for the trace: {e}"))?;
    hold_to_limits().map_err(|e| format!("no limits could be set: {e}"))?;
    let lockdown = frame::read(&mut &socket, MAX_FRAME)
        .map_err(|e| format!("no word of what to give up: {e}"))?
        .ok_or("no word of what to give up")?;
    lockdown::enter(&lockdown, &output).map_err(|e| format!("it cannot be locked down: {e}"))?;
    drop(output);
    std::panic::set_hook(Box::new(on_panic));
    connect(load::adapter(adapter)?);
    frame::write(&mut &socket, &Loaded).map_err(|e| format!("nobody listens: {e}"))?;
    let no_order = |e: FrameError| format!("no order: {e}");
    // It is there for as long as the process is.
    let socket: &'static UnixStream = Box::leak(Box::new(socket));
    while let Some(order) = frame::read(&mut &*socket, MAX_FRAME).map_err(no_order)? {
        // The grader starts a driver in the check's own folder.
        drive.run(order, socket, PathBuf::new());
        if runtime::any_lives() {
            break;
        }
    }
    // std's exit runs the submission's destructors.
    interpose::leave(0)
}

/// Bounds what the submission can take from the machine, and ends with the grader.
fn hold_to_limits() -> io::Result<()> {
    let bounded = |most| Rlimit {
        current: Some(most),
        maximum: Some(most),
    };
    setrlimit(Resource::As, bounded(MAX_MEMORY))?;
    setrlimit(Resource::Core, bounded(0))?;
    #[cfg(target_os = "linux")]
    rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL))?;
    Ok(())
}

/// The socket, and what the grader gave as standard output.
fn take_streams() -> io::Result<(UnixStream, OwnedFd)> {
    let socket = rustix::io::fcntl_dupfd_cloexec(io::stdin(), 64)?;
    let output = rustix::io::fcntl_dupfd_cloexec(io::stdout(), 64)?;
    let null = File::options().read(true).write(true).open("/dev/null")?;
    rustix::stdio::dup2_stdin(&null)?;
    rustix::stdio::dup2_stdout(&null)?;
    Ok((UnixStream::from(socket), output))
}

/// A panic's message and place, in the trace; nothing is printed.
fn on_panic(panic: &PanicHookInfo<'_>) {
    let message = panic.payload_as_str();
    let message = message.unwrap_or("a value that is no text");
    let message = message[..message.floor_char_boundary(MAX_MESSAGE)].to_owned();
    let place = match panic.location() {
        Some(location) if task::is_driver(location) => Place::Known {
            file: location.file().to_owned(),
            line: location.line(),
        },
        Some(location) => task::place_of(location),
        None => Place::Unknown,
    };
    recorder::record(Kind::Panicked { message, place });
}
