//! The second lock-down: what the grader orders is given up for good, by this thread and all that it starts,
//! before any code of the submission is loaded.
#![cfg_attr(
    target_os = "linux",
    expect(
        unsafe_code,
        reason = "a filter and a ruleset go to the kernel by its own calls"
    )
)]

use std::io;
use std::os::fd::OwnedFd;

use trace::lockdown::Lockdown;

/// Puts it in force; `output` is what the grader gave as standard output.
///
/// # Errors
/// When the system refuses; nothing may be loaded then.
#[cfg(target_os = "linux")]
pub fn enter(lockdown: &Lockdown, output: &OwnedFd) -> io::Result<()> {
    if let Some(processor) = lockdown.processor {
        linux::stay_on(processor);
    }
    if lockdown.has_ruleset {
        linux::restrict(output)?;
    }
    for filter in &lockdown.filters {
        linux::filter(filter)?;
    }
    Ok(())
}

/// There is nothing to be put in force here.
///
/// # Errors
/// When there is all the same.
#[cfg(not(target_os = "linux"))]
pub fn enter(lockdown: &Lockdown, _: &OwnedFd) -> io::Result<()> {
    if *lockdown == Lockdown::default() {
        return Ok(());
    }
    Err(io::Error::from(io::ErrorKind::Unsupported))
}

#[cfg(target_os = "linux")]
mod linux {
    use std::io;
    use std::os::fd::{AsRawFd, OwnedFd};

    use rustix::thread::{CpuSet, sched_setaffinity};
    use trace::lockdown::{Filter, OWN_PROCESS};

    /// Keeps the process on one processor, where the system lets it: a drive's threads take turns, and handing a
    /// turn to another processor costs more than most drives.
    pub fn stay_on(processor: u32) {
        let mut only = CpuSet::new();
        only.set(processor as usize);
        // Elsewhere it is slower, and nothing else.
        let _ = sched_setaffinity(None, &only);
    }

    /// Landlock: from here on no more files than the ruleset allows.
    pub fn restrict(ruleset: &OwnedFd) -> io::Result<()> {
        // SAFETY: the call takes a descriptor and flags, and no memory of ours.
        let answer =
            unsafe { libc::syscall(libc::SYS_landlock_restrict_self, ruleset.as_raw_fd(), 0) };
        done(answer == 0)
    }

    /// seccomp: from here on no more calls than the filter allows.
    pub fn filter(filter: &Filter) -> io::Result<()> {
        let own = own_number();
        let mut instructions: Vec<libc::sock_filter> = filter
            .iter()
            .map(|&(code, jt, jf, k)| libc::sock_filter {
                code,
                jt,
                jf,
                k: if k == OWN_PROCESS { own } else { k },
            })
            .collect();
        let program = libc::sock_fprog {
            len: instructions
                .len()
                .try_into()
                .map_err(|_| io::Error::from(io::ErrorKind::InvalidInput))?,
            filter: instructions.as_mut_ptr(),
        };
        // SAFETY: the program and its instructions live for the length of the call, which copies them.
        let answer = unsafe {
            libc::prctl(
                libc::PR_SET_SECCOMP,
                libc::SECCOMP_MODE_FILTER,
                &raw const program,
            )
        };
        done(answer == 0)
    }

    /// The process's own number. `std::process::id` gives what a submission sees, which is another.
    fn own_number() -> u32 {
        // SAFETY: the call takes nothing, and always succeeds.
        let number = unsafe { libc::syscall(libc::SYS_getpid) };
        u32::try_from(number).expect("a process has a positive number")
    }

    fn done(is_done: bool) -> io::Result<()> {
        if is_done {
            return Ok(());
        }
        Err(io::Error::last_os_error())
    }
}
