//! A control group of a sandbox's own: memory and threads of all its tasks together.

use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::Duration;
use std::{fs, io, thread};

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
    /// Whether a thread can be moved by itself: in the first version.
    takes_threads: bool,
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
    /// Whether a thread can be moved into it by itself, and back.
    takes_threads: bool,
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

    /// Starts a process in it. Answers too why it is in none, where the system does not let us.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(&self, command: &mut Command) -> io::Result<(Child, Option<String>)> {
        let refused = |e: Errno| format!("no process can be moved into a group ({e})");
        if self.places.iter().any(|place| !place.takes_threads) {
            let child = command.spawn()?;
            let outside = self.take_in(child.id()).map_err(refused).err();
            return Ok((child, outside));
        }
        let joined = self.go(|place| &place.group);
        let child = joined.is_ok().then(|| command.spawn());
        let back = self.go(|place| &place.parent);
        let child = child.unwrap_or_else(|| command.spawn())?;
        Ok((child, joined.and(back).map_err(refused).err()))
    }

    /// Moves `process` into it. The kernel stops the making and ending of all processes for that, and waits some
    /// milliseconds until it may.
    fn take_in(&self, process: u32) -> rustix::io::Result<()> {
        let process = process.to_string();
        let mut places = self.places.iter();
        places.try_for_each(|place| write(&place.group, "cgroup.procs", &process))
    }

    /// Moves this thread, the only one of its process, which costs nothing.
    fn go(&self, to: impl Fn(&Place) -> &OwnedFd) -> rustix::io::Result<()> {
        let mut places = self.places.iter();
        places.try_for_each(|place| write(to(place), "tasks", "0"))
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
            takes_threads: false,
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
            takes_threads: true,
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
    let takes_threads = hierarchy.takes_threads && open(&parent, "tasks").is_ok();
    Some(Place {
        parent,
        group,
        name: name.to_owned(),
        takes_threads,
    })
}

fn folder(path: &Path) -> Option<OwnedFd> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    rustix::fs::open(path, flags, Mode::empty()).ok()
}

fn write(folder: &OwnedFd, file: &str, text: &str) -> rustix::io::Result<()> {
    rustix::io::write(&open(folder, file)?, text.as_bytes()).map(drop)
}

fn open(folder: &OwnedFd, file: &str) -> rustix::io::Result<OwnedFd> {
    let flags = OFlags::WRONLY | OFlags::CLOEXEC;
    rustix::fs::openat(folder, file, flags, Mode::empty())
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
