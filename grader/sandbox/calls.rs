//! seccomp: which system calls a task may make. A call that is not allowed fails with `EPERM`, as one does that
//! the user has no right to.

use std::collections::BTreeMap;

use libc::c_long;
use seccompiler::{
    BpfProgram, Error, SeccompAction, SeccompCmpArgLen as Length, SeccompCmpOp as Is,
    SeccompCondition as Condition, SeccompFilter, SeccompRule as Rule, TargetArch,
};
use trace::lockdown::{Filter, OWN_PROCESS};

/// `ioctl`'s request that a descriptor is closed at an exec.
const FIOCLEX: u32 = 0x5451;

type Rules = BTreeMap<i64, Vec<Rule>>;

/// What no task has a use for, rustc and a driver before its second lock-down included: other
/// processes, mounts, namespaces, modules, keys, the kernel's own programs, sockets, and memory and queues
/// that outlive a process.
const DENIED: &[c_long] = &[
    libc::SYS_accept,
    libc::SYS_accept4,
    libc::SYS_acct,
    libc::SYS_add_key,
    libc::SYS_adjtimex,
    libc::SYS_bind,
    libc::SYS_bpf,
    libc::SYS_chroot,
    libc::SYS_clock_adjtime,
    libc::SYS_clock_settime,
    libc::SYS_connect,
    libc::SYS_delete_module,
    libc::SYS_fanotify_init,
    libc::SYS_finit_module,
    libc::SYS_fsconfig,
    libc::SYS_fsmount,
    libc::SYS_fsopen,
    libc::SYS_fspick,
    libc::SYS_init_module,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
    libc::SYS_io_uring_setup,
    libc::SYS_kcmp,
    libc::SYS_kexec_file_load,
    libc::SYS_kexec_load,
    libc::SYS_keyctl,
    libc::SYS_kill,
    libc::SYS_listen,
    libc::SYS_lookup_dcookie,
    libc::SYS_mount,
    libc::SYS_mount_setattr,
    libc::SYS_move_mount,
    libc::SYS_mq_open,
    libc::SYS_msgctl,
    libc::SYS_msgget,
    libc::SYS_name_to_handle_at,
    libc::SYS_open_by_handle_at,
    libc::SYS_open_tree,
    libc::SYS_perf_event_open,
    libc::SYS_personality,
    libc::SYS_pidfd_getfd,
    libc::SYS_pidfd_open,
    libc::SYS_pidfd_send_signal,
    libc::SYS_pivot_root,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_ptrace,
    libc::SYS_quotactl,
    libc::SYS_reboot,
    libc::SYS_request_key,
    libc::SYS_rt_sigqueueinfo,
    libc::SYS_rt_tgsigqueueinfo,
    libc::SYS_semctl,
    libc::SYS_semget,
    libc::SYS_setdomainname,
    libc::SYS_sethostname,
    libc::SYS_setns,
    libc::SYS_settimeofday,
    libc::SYS_shmat,
    libc::SYS_shmctl,
    libc::SYS_shmget,
    libc::SYS_socket,
    libc::SYS_swapoff,
    libc::SYS_swapon,
    libc::SYS_syslog,
    libc::SYS_tkill,
    libc::SYS_umount2,
    libc::SYS_unshare,
    libc::SYS_userfaultfd,
    libc::SYS_vhangup,
];

/// What std, tokio and the lab ask for while a submission runs. No file is opened with these that
/// the ruleset of its files does not allow.
const ALLOWED: &[c_long] = &[
    libc::SYS_brk,
    libc::SYS_chdir,
    libc::SYS_clock_getres,
    libc::SYS_clock_gettime,
    libc::SYS_clock_nanosleep,
    // It is answered with ENOSYS by the filter beside this one; see `without_clone3`.
    libc::SYS_clone3,
    libc::SYS_close,
    libc::SYS_copy_file_range,
    libc::SYS_dup,
    libc::SYS_dup3,
    libc::SYS_epoll_create1,
    libc::SYS_epoll_ctl,
    libc::SYS_epoll_pwait,
    libc::SYS_eventfd2,
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_faccessat,
    libc::SYS_faccessat2,
    libc::SYS_fadvise64,
    libc::SYS_fallocate,
    libc::SYS_fchmod,
    libc::SYS_fdatasync,
    libc::SYS_flock,
    libc::SYS_fstat,
    libc::SYS_fsync,
    libc::SYS_ftruncate,
    libc::SYS_futex,
    libc::SYS_getcwd,
    libc::SYS_getdents64,
    libc::SYS_getegid,
    libc::SYS_geteuid,
    libc::SYS_getgid,
    libc::SYS_getpid,
    libc::SYS_getppid,
    libc::SYS_getrandom,
    libc::SYS_getrusage,
    libc::SYS_gettid,
    libc::SYS_gettimeofday,
    libc::SYS_getuid,
    libc::SYS_lseek,
    libc::SYS_madvise,
    libc::SYS_membarrier,
    libc::SYS_mincore,
    libc::SYS_mkdirat,
    libc::SYS_mmap,
    libc::SYS_mprotect,
    libc::SYS_mremap,
    libc::SYS_munmap,
    libc::SYS_nanosleep,
    libc::SYS_newfstatat,
    libc::SYS_openat,
    libc::SYS_pipe2,
    libc::SYS_ppoll,
    libc::SYS_pread64,
    libc::SYS_preadv,
    libc::SYS_pwrite64,
    libc::SYS_pwritev,
    libc::SYS_read,
    libc::SYS_readlinkat,
    libc::SYS_readv,
    libc::SYS_renameat2,
    libc::SYS_restart_syscall,
    libc::SYS_rseq,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sched_getaffinity,
    libc::SYS_sched_yield,
    libc::SYS_sendfile,
    libc::SYS_set_robust_list,
    libc::SYS_set_tid_address,
    libc::SYS_shutdown,
    libc::SYS_sigaltstack,
    libc::SYS_statx,
    libc::SYS_sysinfo,
    libc::SYS_timerfd_create,
    libc::SYS_timerfd_settime,
    libc::SYS_uname,
    libc::SYS_unlinkat,
    libc::SYS_write,
    libc::SYS_writev,
    // Data goes over the socket that is open; the system's own are denied with `socket`.
    libc::SYS_recvfrom,
    libc::SYS_recvmsg,
    libc::SYS_sendmsg,
    libc::SYS_sendto,
];

/// The same by their older names.
#[cfg(target_arch = "x86_64")]
const ALLOWED_BY_OLDER_NAMES: &[c_long] = &[
    libc::SYS_access,
    libc::SYS_arch_prctl,
    libc::SYS_dup2,
    libc::SYS_epoll_create,
    libc::SYS_epoll_wait,
    libc::SYS_getdents,
    libc::SYS_lstat,
    libc::SYS_mkdir,
    libc::SYS_open,
    libc::SYS_pipe,
    libc::SYS_poll,
    libc::SYS_readlink,
    libc::SYS_rename,
    libc::SYS_renameat,
    libc::SYS_rmdir,
    libc::SYS_select,
    libc::SYS_stat,
    libc::SYS_time,
    libc::SYS_unlink,
];
#[cfg(not(target_arch = "x86_64"))]
const ALLOWED_BY_OLDER_NAMES: &[c_long] = &[libc::SYS_renameat];

/// Whether the kernel has it, for this machine's processor; if not, why. A thread that restricts itself
/// finds out.
pub fn is_offered() -> Result<(), String> {
    let filter = denied_to_all().map_err(|e| e.to_string())?;
    let applied = std::thread::spawn(move || seccompiler::apply_filter(&filter));
    let applied = applied.join().map_err(|_| "it panicked".to_owned())?;
    applied.map_err(|e| e.to_string())
}

fn architecture() -> Result<TargetArch, Error> {
    Ok(std::env::consts::ARCH.try_into()?)
}

fn filter(rules: Rules, else_: SeccompAction, then: SeccompAction) -> Result<BpfProgram, Error> {
    let filter = SeccompFilter::new(rules, else_, then, architecture()?)?;
    Ok(filter.try_into()?)
}

fn refused(error: libc::c_int) -> SeccompAction {
    SeccompAction::Errno(error.unsigned_abs())
}

/// For every task, from before its program starts.
pub fn denied_to_all() -> Result<BpfProgram, Error> {
    let rules = DENIED.iter().map(|call| (*call, Vec::new())).collect();
    filter(rules, SeccompAction::Allow, refused(libc::EPERM))
}

/// `clone3` keeps its flags in memory, where no filter sees them. Told that there is none, libc makes threads
/// with `clone`.
fn without_clone3() -> Result<BpfProgram, Error> {
    let rules = Rules::from([(libc::SYS_clone3, Vec::new())]);
    filter(rules, SeccompAction::Allow, refused(libc::ENOSYS))
}

/// For a driver, from before it loads the submission: threads, but no process and no other program.
fn allowed_to_driver() -> Result<BpfProgram, Error> {
    let calls = ALLOWED.iter().chain(ALLOWED_BY_OLDER_NAMES);
    let mut rules: Rules = calls.map(|call| (*call, Vec::new())).collect();
    for (call, conditions) in allowed_if()? {
        let rule = Rule::new(conditions)?;
        rules.entry(call).or_default().push(rule);
    }
    filter(rules, refused(libc::EPERM), SeccompAction::Allow)
}

/// Calls that are allowed for some arguments only.
fn allowed_if() -> Result<Vec<(c_long, Vec<Condition>)>, Error> {
    let is = |argument, value: libc::c_int| {
        Condition::new(
            argument,
            Length::Dword,
            Is::Eq,
            u64::from(value.unsigned_abs()),
        )
    };
    let thread = u64::from(libc::CLONE_THREAD.unsigned_abs());
    let mut allowed = vec![
        (
            libc::SYS_clone,
            vec![Condition::new(
                0,
                Length::Dword,
                Is::MaskedEq(thread),
                thread,
            )?],
        ),
        // An abort is a signal to oneself.
        (
            libc::SYS_tgkill,
            vec![
                Condition::new(0, Length::Dword, Is::Eq, u64::from(OWN_PROCESS))?,
                is(2, libc::SIGABRT)?,
            ],
        ),
        // One's own limits may be read: no process is named and no new limit given.
        (
            libc::SYS_prlimit64,
            vec![is(0, 0)?, Condition::new(2, Length::Qword, Is::Eq, 0)?],
        ),
        // The times of an open file, and of no path.
        (
            libc::SYS_utimensat,
            vec![Condition::new(1, Length::Qword, Is::Eq, 0)?],
        ),
    ];
    for option in [libc::PR_SET_NAME, libc::PR_GET_NAME, libc::PR_SET_VMA] {
        allowed.push((libc::SYS_prctl, vec![is(0, option)?]));
    }
    for command in [
        libc::F_GETFD,
        libc::F_SETFD,
        libc::F_GETFL,
        libc::F_SETFL,
        libc::F_DUPFD,
        libc::F_DUPFD_CLOEXEC,
    ] {
        allowed.push((libc::SYS_fcntl, vec![is(1, command)?]));
    }
    let close_on_exec = Condition::new(1, Length::Dword, Is::Eq, u64::from(FIOCLEX))?;
    allowed.push((libc::SYS_ioctl, vec![close_on_exec]));
    Ok(allowed)
}

/// What a driver puts in force before it loads the submission.
pub fn for_driver() -> Result<Vec<Filter>, Error> {
    let plain = |program: BpfProgram| {
        program
            .into_iter()
            .map(|i| (i.code, i.jt, i.jf, i.k))
            .collect()
    };
    // The last one's answer counts where both refuse, so it lets `clone3` pass.
    Ok(vec![plain(without_clone3()?), plain(allowed_to_driver()?)])
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_filters_fit_into_the_kernel() {
        let most = 4096;
        for filter in [super::denied_to_all(), super::allowed_to_driver()] {
            assert!(filter.unwrap().len() <= most);
        }
    }
}
