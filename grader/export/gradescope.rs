//! A zip for Gradescope's autograder, one for each exercise: one is for one assignment.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::settings::Extensions;
use super::{Order, fill, grader, place};
use crate::error::{Error, Result};

/// Writes it.
///
/// # Errors
/// When something cannot be built or written.
pub fn write(order: &Order<'_>, folder: &Path) -> Result<()> {
    for exercise in order.exercises {
        let only = Order {
            exercises: &[exercise],
            ..*order
        };
        let inside = folder.join(".inside");
        grader(&only, &inside, Extensions::Kept)?;
        let setup = fill(&only, include_str!("template/gradescope-setup.sh"));
        place::script(&inside.join("setup.sh"), &setup)?;
        let run = fill(&only, include_str!("template/gradescope-run.sh"));
        place::script(&inside.join("run_autograder"), &run)?;
        let path = folder.join(format!("{}.zip", exercise.id));
        zipped(&inside, &path).map_err(|e| Error::io("write", &path, &e))?;
        fs::remove_dir_all(&inside).map_err(|e| Error::io("remove", &inside, &e))?;
    }
    let readme = fill(order, include_str!("template/gradescope.md"));
    place::text(&folder.join("README.md"), &readme)
}

/// Puts what is in a folder into a zip, in the order of names, with their rights and no times.
fn zipped(folder: &Path, path: &Path) -> io::Result<()> {
    let mut zip = ZipWriter::new(BufWriter::new(File::create(path)?));
    add(folder, folder, &mut zip)?;
    zip.finish()?.flush()
}

fn add(root: &Path, folder: &Path, zip: &mut ZipWriter<BufWriter<File>>) -> io::Result<()> {
    let mut entries: Vec<_> = fs::read_dir(folder)?.flatten().collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if path.is_dir() {
            add(root, &path, zip)?;
            continue;
        }
        let below = path.strip_prefix(root).unwrap_or(&path);
        let mode = fs::metadata(&path)?.permissions().mode() & 0o777;
        let options = SimpleFileOptions::default().unix_permissions(mode);
        zip.start_file(below.to_string_lossy(), options)?;
        io::copy(&mut File::open(&path)?, zip)?;
    }
    Ok(())
}
