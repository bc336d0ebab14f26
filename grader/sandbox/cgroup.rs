//! A control group of a sandbox's own: memory and threads of all its tasks together.

use std::fs;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use rustix::fs::{AtFlags, Mode, OFlags};
use rustix::io::Errno;

/// Memory of all tasks together, in bytes. What drives write to their files counts.
const MEMORY: &str = "4294967296";
/// Threads of all tasks together. One process has room for 2,000 in its own memory, and that is to end first.
const THREADS: &str = "16384";
const ROOT: &str = "/sys/fs/cgroup";
/// The beginning of a group's name; the process number of its maker follows.
const PREFIX: &str = "grade-";

/// What a hierarchy of the first or of the second version calls things.
struct Hierarchy {
    /// Where a group can be made.
    parent: PathBuf,
    limits: Vec<(&'static str, &'static str)>,
}

/// A group for the inner process of a sandbox and all that it starts. Its folders stay open: in the sandbox's own
/// file system they have no path.
#[derive(Debug)]
pub struct Cgroup {
    places: Vec<Place>,
}

#[derive(Debug)]
struct Place {
    parent: OwnedFd,
    group: OwnedFd,
    name: String,
}

impl Cgroup {
    /// Makes a group.
    ///
    /// # Errors
    /// When the system does not let us; why.
    pub fn make() -> Result<Self, String> {
        let own = fs::read_to_string("/proc/self/cgroup").map_err(|e| e.to_string())?;
        let hierarchies = of_the_second(&own)
            .or_else(|| of_the_first(&own))
            .ok_or("no group here may have groups below it that limit memory and threads")?;
        let mut this = Self { places: Vec::new() };
        let name = format!("{PREFIX}{}", std::process::id());
        for hierarchy in hierarchies {
            sweep(&hierarchy.parent);
            if let Some(place) = make(&hierarchy, &name) {
                this.places.push(place);
            } else {
                let _ = this.remove();
                let parent = hierarchy.parent.display();
                return Err(format!("no group can be made in {parent} by this user"));
            }
        }
        Ok(this)
    }

    /// Moves `process` into it.
    ///
    /// # Errors
    /// When the system does not let us; why.
    pub fn take_in(&self, process: u32) -> Result<(), String> {
        for place in &self.places {
            write(&place.group, "cgroup.procs", &process.to_string())
                .map_err(|e| format!("no process can be moved into a group ({e})"))?;
        }
        Ok(())
    }

    /// Removes it. Nothing may be in it any more.
    ///
    /// # Errors
    /// When that fails, or a process is there still.
    pub fn remove(self) -> Result<(), String> {
        for place in self.places {
            remove(&place.parent, &place.name).map_err(|e| format!("a control group ({e})"))?;
        }
        Ok(())
    }
}

/// `0::/user.slice/…`: one group for all controllers, beside the one we are in.
fn of_the_second(own: &str) -> Option<Vec<Hierarchy>> {
    let path = own.lines().find_map(|line| line.strip_prefix("0::"))?;
    let home = Path::new(ROOT).join(path.trim_start_matches('/'));
    // The topmost group alone may have both processes and groups below it.
    let parent = if path == "/" {
        home
    } else {
        home.parent()?.to_owned()
    };
    let handed_on = fs::read_to_string(parent.join("cgroup.subtree_control")).ok()?;
    let has = |controller: &str| handed_on.split_whitespace().any(|c| c == controller);
    (has("memory") && has("pids")).then(|| {
        vec![Hierarchy {
            parent,
            limits: vec![
                ("memory.max", MEMORY),
                ("memory.swap.max", "0"),
                ("pids.max", THREADS),
            ],
        }]
    })
}

/// `5:memory:/…`: a group for each controller, below the one we are in.
fn of_the_first(own: &str) -> Option<Vec<Hierarchy>> {
    let of = |controller: &str, limits| {
        let path = own.lines().find_map(|line| {
            let mut parts = line.splitn(3, ':').skip(1);
            let controllers = parts.next()?;
            controllers
                .split(',')
                .any(|c| c == controller)
                .then(|| parts.next())?
        })?;
        let home = Path::new(ROOT)
            .join(controller)
            .join(path.trim_start_matches('/'));
        Some(Hierarchy {
            parent: home,
            limits,
        })
    };
    Some(vec![
        of("memory", vec![("memory.limit_in_bytes", MEMORY)])?,
        of("pids", vec![("pids.max", THREADS)])?,
    ])
}

fn make(hierarchy: &Hierarchy, name: &str) -> Option<Place> {
    let parent = folder(&hierarchy.parent)?;
    rustix::fs::mkdirat(&parent, name, Mode::from_raw_mode(0o755)).ok()?;
    let optional = |file: &str| file == "memory.swap.max";
    let group = folder(&hierarchy.parent.join(name)).filter(|group| {
        let mut limits = hierarchy.limits.iter();
        limits.all(|(file, most)| write(group, file, most).is_ok() || optional(file))
    });
    let Some(group) = group else {
        let _ = remove(&parent, name);
        return None;
    };
    Some(Place {
        parent,
        group,
        name: name.to_owned(),
    })
}

fn folder(path: &Path) -> Option<OwnedFd> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    rustix::fs::open(path, flags, Mode::empty()).ok()
}

fn write(folder: &OwnedFd, file: &str, text: &str) -> rustix::io::Result<()> {
    let flags = OFlags::WRONLY | OFlags::CLOEXEC;
    let file = rustix::fs::openat(folder, file, flags, Mode::empty())?;
    rustix::io::write(&file, text.as_bytes()).map(drop)
}

/// A group is busy for a moment after its last process ended.
fn remove(parent: &OwnedFd, name: &str) -> rustix::io::Result<()> {
    let mut removed = Ok(());
    for _ in 0..1000 {
        removed = rustix::fs::unlinkat(parent, name, AtFlags::REMOVEDIR);
        match removed {
            Err(Errno::BUSY) => thread::sleep(Duration::from_millis(1)),
            // Another run has cleared up.
            Err(Errno::NOENT) => return Ok(()),
            other => return other,
        }
    }
    removed
}

/// Removes what a killed sandbox left: a group whose maker is gone, and all that was in it.
fn sweep(parent: &Path) {
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let Some(maker) = name.strip_prefix(PREFIX) else {
            continue;
        };
        if !Path::new("/proc").join(maker).exists() {
            let _ = fs::remove_dir(entry.path());
        }
    }
}
