//! Numbers that the system gives to processes and threads: the same in every drive.
#![expect(unsafe_code, reason = "these are libc's functions")]

use libc::pid_t;

use crate::recorder::{Role, role};

/// The process, and its threads by what they are to the drive. std asks for a thread's number when the
/// thread starts, before the drive has made it its own, and prints it when its stack overflows.
const PROCESS: pid_t = 1000;
const EXECUTOR: pid_t = 1001;
const JOB: pid_t = 1002;

#[unsafe(no_mangle)]
extern "C" fn getpid() -> pid_t {
    PROCESS
}

#[unsafe(no_mangle)]
extern "C" fn gettid() -> pid_t {
    if role() == Role::Job { JOB } else { EXECUTOR }
}
