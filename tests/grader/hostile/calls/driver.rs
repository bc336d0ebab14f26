//! Asks the system, in a submission's process and without the language in the way, for what no submission may have.

use contract::answer;
use lab::{Lab, drive};

lab::driver!(contract);

unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

/// Calls of x86-64. Where they are let through, `vfork` leaves two processes on one stack, and the driver crashes: the
/// kernel's log has a line of that, for the one test that switches the filter off. The signals are those that do nothing, or go to nobody: a test lets them through.
const CALLS: [(&str, i64, [i64; 4]); 33] = [
    ("socket", 41, [2, 1, 0, 0]),
    ("socketpair", 53, [1, 1, 0, 0]),
    ("ptrace", 101, [0, 0, 0, 0]),
    ("io_uring_setup", 425, [1, 0, 0, 0]),
    ("unshare", 272, [0x1000_0000, 0, 0, 0]),
    ("kill the parent", 62, [1, 0, 0, 0]),
    ("kill all", 62, [-1, 0, 0, 0]),
    ("abort another", 234, [0x7FFF_FFFF, 0x7FFF_FFFF, 6, 0]),
    // The number that `getpid` gives in a drive.
    ("abort who has the number that it sees", 234, [1000, 1000, 6, 0]),
    ("tkill", 200, [1, 0, 0, 0]),
    ("shmget", 29, [0, 4096, 0o1600, 0]),
    ("msgget", 68, [0, 0o1600, 0, 0]),
    ("mq_open", 240, [0, 0, 0, 0]),
    ("mount", 165, [0, 0, 0, 0]),
    ("execve", 59, [0, 0, 0, 0]),
    ("execveat", 322, [-1, 0, 0, 0]),
    ("fork", 57, [0, 0, 0, 0]),
    ("vfork", 58, [0, 0, 0, 0]),
    ("clone a process", 56, [17, 0, 0, 0]),
    ("chmod", 90, [0, 0, 0, 0]),
    ("fchmodat", 268, [-100, 0, 0, 0]),
    ("setuid", 105, [0, 0, 0, 0]),
    ("setsid", 112, [0, 0, 0, 0]),
    ("bpf", 321, [0, 0, 0, 0]),
    ("keyctl", 250, [0, 0, 0, 0]),
    ("process_vm_readv", 310, [1, 0, 0, 0]),
    ("pidfd_open", 434, [1, 0, 0, 0]),
    ("memfd_create", 319, [0, 0, 0, 0]),
    ("userfaultfd", 323, [0, 0, 0, 0]),
    ("prctl (dumpable)", 157, [4, 1, 0, 0]),
    ("set a limit", 160, [7, 0, 0, 0]),
    ("type on a terminal", 16, [0, 0x5412, 0, 0]),
    ("getpid by its number of x32", 0x4000_0000 + 39, [0, 0, 0, 0]),
];

#[drive]
async fn calls_are_refused(lab: Lab) {
    lab.note("answer", answer().await);
    for (name, number, [a, b, c, d]) in CALLS {
        // SAFETY: a call that is refused touches no memory; one that is not fails for its null pointers.
        let done = unsafe { syscall(number, a, b, c, d, 0_i64) };
        let error = std::io::Error::last_os_error().raw_os_error();
        lab.note(name, if done == -1 { error } else { None });
    }
    // SAFETY: as above.
    let done = unsafe { syscall(435, 0_i64, 0_i64) };
    let error = std::io::Error::last_os_error().raw_os_error();
    lab.note("clone3", if done == -1 { error } else { None });
}
