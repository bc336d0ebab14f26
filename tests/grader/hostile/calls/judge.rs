//! Every call is refused as forbidden, and not for its arguments.

use judge::{Findings, Run, judge};

judge::judges!();

/// `EPERM`, and `ENOSYS`.
const FORBIDDEN: Option<i32> = Some(1);
const UNKNOWN: Option<i32> = Some(38);

const CALLS: [&str; 33] = [
    "socket",
    "socketpair",
    "ptrace",
    "io_uring_setup",
    "unshare",
    "kill the parent",
    "kill all",
    "abort another",
    "abort who has the number that it sees",
    "tkill",
    "shmget",
    "msgget",
    "mq_open",
    "mount",
    "execve",
    "execveat",
    "fork",
    "vfork",
    "clone a process",
    "chmod",
    "fchmodat",
    "setuid",
    "setsid",
    "bpf",
    "keyctl",
    "process_vm_readv",
    "pidfd_open",
    "memfd_create",
    "userfaultfd",
    "prctl (dumpable)",
    "set a limit",
    "type on a terminal",
    "getpid by its number of x32",
];

#[judge(points = 1, title = "calls are refused", hint = "the filter of system calls")]
fn calls_are_refused(run: &Run) -> Findings {
    let clone3 = run.notes("clone3").equals(&UNKNOWN);
    CALLS
        .iter()
        .fold(clone3, |found, name| found.and(run.notes(name).equals(&FORBIDDEN)))
}
