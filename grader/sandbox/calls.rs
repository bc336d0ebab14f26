//! seccomp: which system calls a task may make. A call that is not allowed fails with `EPERM`, as one does that
//! the user has no right to.

use std::collections::BTreeMap;

use libc::c_long;
use seccompiler::{
    BpfProgram, Error, SeccompAction, SeccompFilter, SeccompRule as Rule, TargetArch,
};

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

#[cfg(test)]
mod tests {
    #[test]
    fn the_filters_fit_into_the_kernel() {
        let most = 4096;
        assert!(super::denied_to_all().unwrap().len() <= most);
    }
}
