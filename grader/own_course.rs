//! The course that came with `grade`: the checkout, for who works in it; else what the program carries.

use std::fs;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use crate::cache::Cache;
use crate::error::{Error, Result};

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/course.rs"));
}

/// Where the course is: an exercise that is edited in the checkout counts at once there. A program that was
/// installed knows no checkout, even where it is still there, and unpacks what it carries into the cache.
///
/// # Errors
/// When the cache cannot be written to.
pub fn folder() -> Result<PathBuf> {
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR"));
    if runs_in(checkout) {
        return Ok(checkout.to_owned());
    }
    unpacked(&Cache::open()?)
}

/// Whether cargo runs this program for the checkout, or it lies in it.
fn runs_in(checkout: &Path) -> bool {
    let for_it = std::env::var_os("CARGO_MANIFEST_DIR").is_some_and(|of| of == checkout);
    let in_it = || std::env::current_exe().is_ok_and(|program| program.starts_with(checkout));
    checkout.join("tests").is_dir() && (for_it || in_it())
}

/// The embedded course in the cache, by what is in it. Nobody but the user can read it: the submission least.
fn unpacked(cache: &Cache) -> Result<PathBuf> {
    let mut digest = blake3::Hasher::new();
    for (path, bytes) in embedded::COURSE {
        digest.update(blake3::hash(path.as_bytes()).as_bytes());
        digest.update(blake3::hash(bytes).as_bytes());
    }
    let name = format!("course-{}", &digest.finalize().to_hex()[..16]);
    cache.entry(&name, |into| {
        for (path, bytes) in embedded::COURSE {
            write(&into.join(path), bytes)?;
        }
        Ok(())
    })
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().unwrap_or(path);
    let mut folders = fs::DirBuilder::new();
    let made = folders.recursive(true).mode(0o700).create(folder);
    made.map_err(|e| Error::io("make", folder, &e))?;
    let mut file = fs::OpenOptions::new();
    let file = file.write(true).create_new(true).mode(0o600).open(path);
    file.and_then(|mut file| std::io::Write::write_all(&mut file, bytes))
        .map_err(|e| Error::io("write", path, &e))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::Course;

    #[test]
    fn what_the_program_carries_is_the_course_of_its_checkout() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(folder.path().join("cache")).unwrap();
        let carried = Course::read(&unpacked(&cache).unwrap()).unwrap();
        let checkout = Course::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
        assert_eq!(carried.ids(), checkout.ids());
        for exercise in checkout.exercises() {
            let other = carried.find(&exercise.id).unwrap();
            for file in ["contract.rs", "driver.rs", "judge.rs"] {
                let read = |tests: &Path| fs::read(tests.join(file)).unwrap();
                assert_eq!(read(&exercise.tests), read(&other.tests), "{}", exercise.id);
            }
            assert!(other.starter.join("README.md").is_file(), "{}", exercise.id);
            assert!(
                other.solution.join("src/lib.rs").is_file(),
                "{}",
                exercise.id
            );
        }
    }

    #[test]
    fn nobody_else_can_read_what_is_hidden() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(folder.path().join("cache")).unwrap();
        let tests = unpacked(&cache).unwrap().join("tests/exercise-3");
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&tests), 0o700);
        assert_eq!(mode(&tests.join("judge.rs")), 0o600);
    }
}
