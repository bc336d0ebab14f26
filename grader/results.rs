//! What came of submissions, kept in the cache so that `grade list` can say what is solved. Nothing here is ever trusted for
//! a grade: a student can write to the cache.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use crate::cache::Cache;
use crate::verdict::{Status, Verdict};

/// Their folder in the cache.
pub const FOLDER: &str = "results";
/// When there are more, the oldest go, down to half of it.
const MOST: usize = 2000;

/// What came of one submission to one version of an exercise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    pub exercise: String,
    pub status: Status,
    pub score: u32,
    pub max_score: u32,
}

#[derive(Debug)]
pub struct Results {
    folder: PathBuf,
}

impl Results {
    pub fn of(cache: &Cache) -> Self {
        Self {
            folder: cache.root().join(FOLDER),
        }
    }

    /// Keeps what a verdict on all checks says. A cache that cannot be written keeps nothing.
    pub fn keep(&self, verdict: &Verdict) {
        if !matches!(verdict.status, Status::Passed | Status::Failed) {
            return;
        }
        let before = verdict.lateness.as_ref().map(|late| late.score_before);
        let kept = Kept {
            exercise: verdict.exercise.clone(),
            status: verdict.status,
            score: before.unwrap_or(verdict.score),
            max_score: verdict.max_score,
        };
        let _ = self.write(
            &self.path(&verdict.exercise_digest, &verdict.submission),
            &kept,
        );
        self.forget_the_oldest();
    }

    fn write(&self, path: &PathBuf, kept: &Kept) -> std::io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
        serde_json::to_writer(&mut file, kept)?;
        file.flush()?;
        file.persist(path)?;
        Ok(())
    }

    /// What came of these files under this version of an exercise, if that was seen.
    pub fn find(&self, exercise_digest: &str, submission: &str) -> Option<Kept> {
        let bytes = fs::read(self.path(exercise_digest, submission)).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// Another version of `grade` may judge otherwise.
    fn path(&self, exercise_digest: &str, submission: &str) -> PathBuf {
        let mut hasher = blake3::Hasher::new();
        for part in [env!("CARGO_PKG_VERSION"), exercise_digest, submission] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        let key = hasher.finalize().to_hex();
        self.folder.join(format!("{}.json", &key[..32]))
    }

    fn forget_the_oldest(&self) {
        let entries: Vec<_> = fs::read_dir(&self.folder)
            .into_iter()
            .flatten()
            .flatten()
            .collect();
        if entries.len() <= MOST {
            return;
        }
        let modified = |entry: &fs::DirEntry| entry.metadata().and_then(|found| found.modified());
        let aged = entries.iter().map(|entry| {
            (
                modified(entry).unwrap_or(SystemTime::UNIX_EPOCH),
                entry.path(),
            )
        });
        let mut aged: Vec<_> = aged.collect();
        aged.sort();
        for (_, path) in &aged[..aged.len() - MOST / 2] {
            let _ = fs::remove_file(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn results() -> (tempfile::TempDir, Results) {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(folder.path().join("cache")).unwrap();
        let results = Results::of(&cache);
        (folder, results)
    }

    fn verdict(status: Status, submission: &str) -> Verdict {
        Verdict {
            status,
            exercise_digest: "digest".to_owned(),
            submission: submission.to_owned(),
            max_score: 100,
            ..Verdict::begun("probe", "Probe")
        }
    }

    #[test]
    fn what_was_graded_is_found_by_the_digests_of_both() {
        let (_folder, results) = results();
        results.keep(&verdict(Status::Passed, "mine"));
        let kept = results.find("digest", "mine").unwrap();
        assert_eq!((kept.status, kept.max_score), (Status::Passed, 100));
        assert_eq!(results.find("digest", "mine, changed"), None);
        assert_eq!(results.find("another digest", "mine"), None);
    }

    #[test]
    fn what_was_not_graded_is_not_kept() {
        let (_folder, results) = results();
        for status in [Status::Rejected, Status::Undecided, Status::Interrupted] {
            results.keep(&verdict(status, "mine"));
        }
        assert_eq!(results.find("digest", "mine"), None);
    }

    #[test]
    fn a_damaged_result_is_none() {
        let (_folder, results) = results();
        results.keep(&verdict(Status::Passed, "mine"));
        fs::write(results.path("digest", "mine"), "{").unwrap();
        assert_eq!(results.find("digest", "mine"), None);
    }

    #[test]
    fn the_oldest_go_when_there_are_too_many() {
        let (_folder, results) = results();
        fs::create_dir_all(&results.folder).unwrap();
        for number in 0..MOST {
            fs::write(results.folder.join(number.to_string()), "").unwrap();
        }
        results.keep(&verdict(Status::Passed, "mine"));
        assert_eq!(fs::read_dir(&results.folder).unwrap().count(), MOST / 2);
        assert!(results.find("digest", "mine").is_some());
    }
}
