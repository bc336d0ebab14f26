//! A disk that is a folder. It takes no time that a paused clock would tell, and has no faults.

use std::io;
use std::path::PathBuf;

use crate::beyond;

#[derive(Debug, Clone)]
pub struct Disk {
    root: PathBuf,
}

impl Disk {
    pub(crate) fn new(root: PathBuf) -> Self {
        std::fs::create_dir_all(&root).expect("the drive's folder is writable");
        Self { root }
    }

    #[must_use]
    pub fn open_ms(self, _: u64) -> Self {
        self
    }

    #[must_use]
    pub fn bytes_per_ms(self, _: u64) -> Self {
        self
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    pub fn put(&self, name: &str, contents: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, contents).expect("the drive's folder is writable");
        path
    }

    pub fn get(&self, name: &str) -> io::Result<Vec<u8>> {
        std::fs::read(self.path(name))
    }

    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.root).expect("the disk's folder is there");
        let name = |entry: std::fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
        let mut names: Vec<_> = entries.flatten().map(name).collect();
        names.sort();
        names
    }

    pub fn room(&self, _: Option<u64>) {
        beyond("it has as much room as the machine");
    }

    pub fn fail_open(&self, _: &str, _: io::ErrorKind) {
        beyond("its files have no faults");
    }

    pub fn fail_read(&self, _: &str, _: u64, _: io::ErrorKind) {
        beyond("its files have no faults");
    }
}
