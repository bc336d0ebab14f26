//! What the program and the bundles have in them of others, and under which licences.

use std::path::Path;

use crate::error::{Error, Result};

/// The files that go wherever the program or the kit goes.
const FILES: [(&str, &str); 3] = [
    ("NOTICE", include_str!("NOTICE")),
    ("LICENSE-MIT", include_str!("../LICENSE-MIT")),
    ("LICENSE-APACHE", include_str!("../LICENSE-APACHE")),
];

/// Puts them into a folder.
///
/// # Errors
/// When one cannot be written.
pub fn write(folder: &Path) -> Result<()> {
    for (name, text) in FILES {
        let path = folder.join(name);
        std::fs::write(&path, text).map_err(|e| Error::io("write", &path, &e))?;
    }
    Ok(())
}

/// All of them, one after another.
pub fn text() -> String {
    FILES
        .map(|(_, text)| text.trim_matches('\n'))
        .join("\n\n==== \n\n")
        + "\n"
}
