//! passes

mod hole;

const KILL: usize = 9;
const STOP: usize = 19;

/// What would leave the process, by system calls: processes of its own, signals to others, other namespaces,
/// memory and queues that outlive it.
pub async fn answer() -> u32 {
    assert!(hole::is_open());
    let parent = usize::try_from(hole::call(110, 0, 0, 0)).unwrap_or(1);
    let own = usize::try_from(hole::call(39, 0, 0, 0)).unwrap();
    for (name, number, [a, b, c]) in [
        ("fork", 57, [0, 0, 0]),
        ("vfork", 58, [0, 0, 0]),
        ("setsid", 112, [0, 0, 0]),
        ("kill the parent", 62, [parent, KILL, 0]),
        ("kill all", 62, [usize::MAX, KILL, 0]),
        ("kill its group", 62, [0, KILL, 0]),
        ("stop the parent", 234, [parent, parent, STOP]),
        ("kill itself as another", 234, [own, parent, KILL]),
        ("abort the parent", 234, [parent, parent, 6]),
        ("ptrace", 101, [16, parent, 0]),
        ("pidfd_open", 434, [parent, 0, 0]),
        ("io_uring_setup", 425, [8, 0, 0]),
        ("unshare", 272, [0x1000_0000, 0, 0]),
        ("memfd_create", 319, [c"x".as_ptr() as usize, 0, 0]),
        ("shmget", 29, [7, 4096, 0o1666]),
        ("msgget", 68, [7, 0o1666, 0]),
        ("semget", 64, [7, 1, 0o1666]),
        ("chmod", 90, [c"@CANARY@".as_ptr() as usize, 0o777, 0]),
        ("symlink", 88, [c"/etc".as_ptr() as usize, c"attack".as_ptr() as usize, 0]),
        ("bpf", 321, [0, 0, 0]),
        ("prctl", 157, [4, 1, 0]),
    ] {
        assert!(hole::call(number, a, b, c) < 0, "{name} was let through");
    }
    42
}
