//! What the machine does, and what it lets a test do.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

use super::run::LIMIT;

/// Whether permissions do not bind.
pub fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Waits until something is there.
#[track_caller]
pub fn until<T>(what: &str, look: impl FnMut() -> Option<T>) -> T {
    until_within(LIMIT, what, look)
}

/// Waits that long until something is there.
#[track_caller]
pub fn until_within<T>(limit: Duration, what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + limit;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(
            Instant::now() < deadline,
            "waited {limit:?} in vain for {what}"
        );
        thread::park_timeout(Duration::from_millis(2));
    }
}

/// The programs that run in a folder or below it.
#[cfg(target_os = "linux")]
pub fn running_in(folder: &Path) -> Vec<String> {
    let folder = fs::canonicalize(folder).unwrap();
    let processes = fs::read_dir("/proc").unwrap().flatten();
    let inside = processes.filter_map(|process| {
        fs::read_link(process.path().join("cwd"))
            .ok()
            .filter(|cwd| cwd.starts_with(&folder))?;
        let program = fs::read_link(process.path().join("exe")).ok()?;
        Some(program.file_name()?.to_string_lossy().into_owned())
    });
    inside.collect()
}

/// A way to mount, for a run of its own: as root, else in a user namespace.
///
/// Where neither is allowed a test says on the terminal that it did not look; with `GRADE_TESTS_ALL`
/// set, as in CI, it fails.
pub fn may_mount(test: &str) -> Option<&'static [&'static str]> {
    static WAY: OnceLock<Result<&'static [&'static str], String>> = OnceLock::new();
    let way = WAY.get_or_init(|| {
        let ways: [&[&str]; 2] = [
            &["unshare", "--mount"],
            &["unshare", "--user", "--map-root-user", "--mount"],
        ];
        let mut said = String::new();
        for way in ways {
            let mut tried = Command::new(way[0]);
            match tried
                .args(&way[1..])
                .args(["mount", "-t", "tmpfs", "none", "/mnt"])
                .output()
            {
                Ok(output) if output.status.success() => return Ok(way),
                Ok(output) => {
                    said = String::from_utf8_lossy(output.stderr.trim_ascii()).into_owned();
                }
                Err(error) => said = format!("unshare: {error}"),
            }
        }
        Err(said)
    });
    way.as_ref()
        .map_err(|why| not_checked(test, why))
        .ok()
        .copied()
}

/// Says that a machine cannot show something, past the test harness's capture.
pub fn not_checked(test: &str, why: &str) {
    assert!(
        std::env::var_os("GRADE_TESTS_ALL").is_none(),
        "{test} cannot be checked here: {why}"
    );
    let _ = std::io::stderr().write_all(format!("NOT CHECKED: {test}: {why}\n").as_bytes());
}
