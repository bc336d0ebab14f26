//! Numbers that the system gives to processes and threads: the same in every drive.
#![expect(unsafe_code, reason = "these are libc's functions")]

use libc::{c_int, cpu_set_t, pid_t, size_t};

use crate::recorder::{Role, role};

/// How many processors a program may use, whatever the machine has.
const PROCESSORS: u8 = 4;

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

/// What `available_parallelism` asks.
#[unsafe(no_mangle)]
unsafe extern "C" fn sched_getaffinity(_: pid_t, bytes: size_t, set: *mut cpu_set_t) -> c_int {
    let set = set.cast::<u8>();
    // SAFETY: the caller has that many bytes there.
    unsafe {
        set.write_bytes(0, bytes);
        if bytes > 0 {
            set.write((1 << PROCESSORS) - 1);
        }
    }
    0
}
