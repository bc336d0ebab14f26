//! Lines of the submission from offsets into the library that it was linked into.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use trace::Place;

/// Resolves places of one library; nothing is read before the first is asked for.
pub struct Locator {
    library: PathBuf,
    loader: Option<addr2line::Loader>,
    known: HashMap<u64, Option<(String, u32)>>,
}

impl Locator {
    pub fn new(library: &Path) -> Self {
        Self {
            library: library.to_owned(),
            loader: None,
            known: HashMap::new(),
        }
    }

    /// Turns frames into the innermost line that is the submission's; into `Unknown` if none is.
    pub fn resolve(&mut self, place: &mut Place) {
        let Place::Frames(offsets) = place else {
            return;
        };
        let found = std::mem::take(offsets)
            .into_iter()
            .find_map(|offset| self.line(offset));
        *place = found.map_or(Place::Unknown, |(file, line)| Place::Known { file, line });
    }

    fn line(&mut self, offset: u64) -> Option<(String, u32)> {
        if let Some(known) = self.known.get(&offset) {
            return known.clone();
        }
        if self.loader.is_none() {
            self.loader = addr2line::Loader::new(&self.library).ok();
        }
        let found = self
            .loader
            .as_ref()
            .and_then(|loader| innermost(loader, offset));
        self.known.insert(offset, found.clone());
        found
    }
}

/// The innermost of the inlined calls at `offset` that is in a file of the submission.
fn innermost(loader: &addr2line::Loader, offset: u64) -> Option<(String, u32)> {
    let mut frames = loader.find_frames(offset).ok()?;
    while let Ok(Some(frame)) = frames.next() {
        if let Some(location) = frame.location
            && let (Some(file), Some(line)) = (location.file, location.line)
            && let Some(file) = below_submission(file)
        {
            return Some((file, line));
        }
    }
    None
}

/// `src/…` as rustc recorded it: relative, since the folder that it compiled in is remapped away.
fn below_submission(file: &str) -> Option<String> {
    let file = file.trim_start_matches(['.', '/']);
    file.starts_with("src/").then(|| file.to_owned())
}

impl std::fmt::Debug for Locator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Locator")
            .field("library", &self.library)
            .finish_non_exhaustive()
    }
}
