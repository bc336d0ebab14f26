//! The processors that this process may run on.

/// Which of them the `worker`th of a few workers keeps to, counted from 0. Another run of this program begins
/// with another, so that runs beside each other do not all crowd onto the first.
#[cfg(target_os = "linux")]
pub fn of_worker(worker: usize) -> Option<u32> {
    let allowed = rustix::thread::sched_getaffinity(None).ok()?;
    let allowed: Vec<usize> = (0..rustix::thread::CpuSet::MAX_CPU)
        .filter(|processor| allowed.is_set(*processor))
        .collect();
    let first = std::process::id() as usize;
    let processor = *allowed.get(first.wrapping_add(worker) % allowed.len().max(1))?;
    u32::try_from(processor).ok()
}

/// Elsewhere a worker keeps to none.
#[cfg(not(target_os = "linux"))]
pub fn of_worker(_: usize) -> Option<u32> {
    None
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::of_worker;

    #[test]
    fn workers_share_the_processors_out() {
        let all = std::thread::available_parallelism().unwrap().get();
        let mut own: Vec<_> = (0..all).map(of_worker).collect();
        own.sort();
        own.dedup();
        // A quota can leave fewer cores than there are processors to run on.
        assert_eq!(own.len(), all);
        assert!(own.iter().all(Option::is_some));
        assert_eq!(of_worker(0), of_worker(0));
    }
}
