//! How much room a disk has: a full one fails in many words, and none of them is the student's fault.

use std::path::Path;

/// What to do about a full disk.
pub const HINT: &str = "free some space, or set GRADE_CACHE and TMPDIR to another disk";

/// Less than this, in bytes, and nothing compiles.
const FULL: u64 = 1 << 20;

/// The bytes that this user may still write to the disk of `path`; `None` where that is unknown.
pub fn left(path: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(path)
        .ok()
        .filter(|disk| disk.f_blocks > 0)?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// Whether the disk of `path` is full.
pub fn is_full(path: &Path) -> bool {
    left(path).is_some_and(|bytes| bytes < FULL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_that_is_not_there_is_not_full() {
        assert_eq!(left(Path::new("/there/is/no/such/folder")), None);
        assert!(!is_full(Path::new("/there/is/no/such/folder")));
    }

    #[test]
    fn what_has_no_size_is_not_full() {
        assert!(!is_full(Path::new("/proc")));
    }
}
