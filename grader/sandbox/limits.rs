//! What every process of a sandbox can take at most, by itself.

use rustix::process::{Resource, Rlimit, setrlimit};

/// Address space, in bytes. rustc and the kit's runtime take about 1 GiB of it.
const MEMORY: u64 = 4 << 30;
/// The longest file, in bytes: a library of a submission takes some MB.
const FILE: u64 = 256 << 20;
/// Open descriptors.
const DESCRIPTORS: u64 = 1024;
/// Processor time, in seconds. The grader ends what takes longer than an exercise allows; this is for when it
/// is gone.
const PROCESSOR: u64 = 600;
/// Processes and threads, where they are counted for the sandbox alone.
const THREADS: u64 = 16384;

/// Puts them on this process and all that it starts. Threads are limited where `counts_alone`, that is where the
/// system does not count the user's other processes with them.
pub fn put_on(counts_alone: bool) -> rustix::io::Result<()> {
    let mut limits = vec![
        (Resource::As, MEMORY),
        (Resource::Fsize, FILE),
        (Resource::Nofile, DESCRIPTORS),
        (Resource::Cpu, PROCESSOR),
        (Resource::Core, 0),
    ];
    #[cfg(target_os = "linux")]
    limits.push((Resource::Msgqueue, 0));
    if counts_alone {
        limits.push((Resource::Nproc, THREADS));
    }
    for (resource, most) in limits {
        let now = rustix::process::getrlimit(resource);
        let most = now.maximum.map_or(most, |maximum| maximum.min(most));
        let limit = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        setrlimit(resource, limit)?;
    }
    Ok(())
}
