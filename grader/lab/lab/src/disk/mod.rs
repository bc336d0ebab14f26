//! A simulated disk over real files: the contents are real, the time is virtual. A disk is slow by
//! bytes, not by call, so that a small buffer costs what a large one does.

mod busy;
mod file;
mod options;
mod times;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

pub use file::File;
pub use options::OpenOptions;
pub use times::FileTimes;

use crate::recorder::inside;
use crate::service::{Call, Service};

/// The service under which open files are recorded, labelled with the path below the disk.
pub const SERVICE: &str = "file";

/// How the disk behaves in this drive; what the facade's `fs` asks.
#[derive(Debug)]
struct Behaviour {
    root: PathBuf,
    open_ms: u64,
    bytes_per_ms: u64,
    open_faults: BTreeMap<PathBuf, io::ErrorKind>,
    read_faults: BTreeMap<PathBuf, (u64, io::ErrorKind)>,
    /// How many bytes can still be written, where that is limited.
    room: Option<u64>,
}

static BEHAVIOUR: Mutex<Behaviour> = Mutex::new(Behaviour::NEW);

impl Behaviour {
    const NEW: Self = Self {
        root: PathBuf::new(),
        open_ms: 1,
        bytes_per_ms: 100_000,
        open_faults: BTreeMap::new(),
        read_faults: BTreeMap::new(),
        room: None,
    };
}

/// A drive begins: the disk is as new, and empty.
pub fn reset() {
    let before = std::mem::replace(&mut *behaviour(), Behaviour::NEW);
    if !before.root.as_os_str().is_empty() {
        // What cannot be removed stays in the way of the new one, which says so.
        let _ = std::fs::remove_dir_all(before.root);
    }
}

fn behaviour() -> MutexGuard<'static, Behaviour> {
    BEHAVIOUR.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A driver's handle to its disk.
#[derive(Debug, Clone)]
pub struct Disk {
    root: PathBuf,
}

impl Disk {
    pub(crate) fn new(root: PathBuf) -> Self {
        inside(|| {
            std::fs::create_dir_all(&root).expect("the check's folder is writable");
            behaviour().root.clone_from(&root);
        });
        Self { root }
    }

    /// Opening a file takes this many virtual milliseconds (1 unless said).
    #[must_use]
    pub fn open_ms(self, ms: u64) -> Self {
        behaviour().open_ms = ms;
        self
    }

    /// How many bytes are read or written in a virtual millisecond (100,000 unless said). A file's
    /// whole cost is rounded down to whole milliseconds, whatever the pieces.
    #[must_use]
    pub fn bytes_per_ms(self, bytes: u64) -> Self {
        behaviour().bytes_per_ms = bytes.max(1);
        self
    }

    /// A file's path; the file need not be there. It is relative, and so the same on every machine.
    pub fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// Puts a file on the disk, at no cost, and answers its path.
    pub fn put(&self, name: &str, contents: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        inside(|| std::fs::write(&path, contents).expect("the check's folder is writable"));
        path
    }

    /// What is in a file now, at no cost.
    ///
    /// # Errors
    /// Those of reading it.
    pub fn get(&self, name: &str) -> io::Result<Vec<u8>> {
        inside(|| std::fs::read(self.path(name)))
    }

    /// The names of the files on the disk now, sorted, at no cost.
    ///
    /// # Panics
    /// When the disk's folder is not there any more.
    pub fn names(&self) -> Vec<String> {
        inside(|| {
            let entries = std::fs::read_dir(&self.root).expect("the disk's folder is there");
            let name = |entry: std::fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
            let mut names: Vec<_> = entries.flatten().map(name).collect();
            names.sort();
            names
        })
    }

    /// From now on, so many bytes can be written and no more: then writing fails with
    /// `StorageFull`. What is removed makes no room. `None` is as much as the machine has.
    pub fn room(&self, bytes: Option<u64>) {
        behaviour().room = bytes;
    }

    /// From now on, opening `name` fails after the usual time.
    pub fn fail_open(&self, name: &str, kind: io::ErrorKind) {
        behaviour().open_faults.insert(PathBuf::from(name), kind);
    }

    /// From now on, reading `name` past its first `bytes` bytes fails.
    pub fn fail_read(&self, name: &str, bytes: u64, kind: io::ErrorKind) {
        behaviour()
            .read_faults
            .insert(PathBuf::from(name), (bytes, kind));
    }
}

/// Waits for as long as the disk needs to find something.
pub async fn seek_time() {
    let ms = inside(|| behaviour().open_ms);
    if ms > 0 {
        tokio::time::sleep(Duration::from_millis(ms)).await;
    }
}

/// Does `work` on the real file system, after the disk's time, unseen as std's.
///
/// # Errors
/// Those of `work`.
pub async fn operate<T>(work: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    seek_time().await;
    inside(work)
}

/// Looks at the real file system, at no cost, unseen as std's.
///
/// # Errors
/// Those of `work`.
pub fn look<T>(work: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    inside(work)
}

fn begin(path: &Path) -> Call {
    let label = below_root(path).unwrap_or_else(|| path.to_owned());
    Service::new(SERVICE).begin(&inside(|| label.to_string_lossy().into_owned()))
}

/// What a path is called on the disk, however it is written: relative, absolute or resolved. The
/// label must not tell where on the machine the disk is.
fn below_root(path: &Path) -> Option<PathBuf> {
    inside(|| {
        let root = behaviour().root.clone();
        let path = std::path::absolute(path).ok()?;
        let roots = [std::path::absolute(&root).ok(), root.canonicalize().ok()];
        roots
            .into_iter()
            .flatten()
            .find_map(|root| path.strip_prefix(root).ok().map(Path::to_owned))
    })
}

fn open_fault(path: &Path) -> Option<io::ErrorKind> {
    let name = below_root(path)?;
    inside(|| behaviour().open_faults.get(&name).copied())
}

fn read_fault(path: &Path) -> Option<(u64, io::ErrorKind)> {
    let name = below_root(path)?;
    inside(|| behaviour().read_faults.get(&name).copied())
}

/// Of `bytes` that are to be written, takes those for which there is room.
fn take_room(bytes: usize) -> usize {
    let room = &mut behaviour().room;
    let Some(left) = room else { return bytes };
    let taken = bytes.min(usize::try_from(*left).unwrap_or(usize::MAX));
    *left -= taken as u64;
    taken
}

/// What moving from the `from`th byte to the `to`th costs, in whole milliseconds.
fn cost_ms(from: u64, to: u64) -> u64 {
    let rate = inside(|| behaviour().bytes_per_ms);
    to / rate - from / rate
}
