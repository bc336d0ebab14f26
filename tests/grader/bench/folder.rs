//! Folders, as tests look at them and change them.

use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::SystemTime;

/// Copies a folder; `file` copies, or links, one file.
pub fn copy_folder(from: &Path, to: &Path, file: &dyn Fn(&Path, &Path) -> std::io::Result<()>) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let (path, copied) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy_folder(&path, &copied, file);
        } else {
            file(&path, &copied).unwrap();
        }
    }
}

/// As `chmod +x` does.
pub fn make_executable(file: &Path) {
    fs::set_permissions(file, fs::Permissions::from_mode(0o755)).unwrap();
}

/// The names in a folder, in order.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().flatten();
    let mut names: Vec<_> = entries
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// A folder as text: every name below it, with what a change would change.
pub fn tree(folder: &Path) -> String {
    let mut out = String::new();
    let modified = fs::symlink_metadata(folder).unwrap().modified().unwrap();
    let _ = writeln!(out, "{} {}", folder.display(), since_epoch(modified));
    for name in names(folder) {
        let path = folder.join(name);
        let metadata = fs::symlink_metadata(&path).unwrap();
        if metadata.is_dir() {
            out.push_str(&tree(&path));
        } else {
            let modified = since_epoch(metadata.modified().unwrap());
            let _ = writeln!(
                out,
                "{} {} bytes {modified}",
                path.display(),
                metadata.len()
            );
        }
    }
    out
}

fn since_epoch(time: SystemTime) -> u128 {
    time.duration_since(SystemTime::UNIX_EPOCH)
        .unwrap()
        .as_nanos()
}
