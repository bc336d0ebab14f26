//! `grade verify`: an author's proof of an exercise. The starter is unsolved, right answers get full
//! marks, every mistake is caught by the check and for the reason that it names, no check is idle,
//! and the reference answer's snapshots are current.

mod claim;
mod proof;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

pub use proof::{Proof, render};

use claim::Claim;
use trace::Trace;
use trace::peaks::Peaks;

use crate::course::{Exercise, Unsolved};
use crate::error::{Error, Result};
use crate::grade::{Bench, Graded};
use crate::mutants;
use crate::parallel;
use crate::plan::Plan;
use crate::prebuild::Prebuilt;
use crate::report;
use crate::scratch::Scratch;
use crate::so_far::SoFar;
use crate::text::plural;
use crate::timeline::{Timeline, block};
use crate::transcript;
use crate::verdict::{CheckStatus, Status, Verdict};

/// What is done about timelines in the README that are not current.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readme {
    IsToldOf,
    IsRewritten,
}

/// What is proved, and how.
#[derive(Debug, Clone, Copy)]
pub struct How {
    /// Seeded schedules a check is driven under, where not the exercise's own number.
    pub schedules: Option<u32>,
    pub readme: Readme,
    /// Whether the mutants of the reference are graded too.
    pub mutants: bool,
}

/// Verifies one exercise.
///
/// # Errors
/// When the grader cannot do its work, or the exercise does not build.
pub fn verify(bench: &Bench, exercise: &Exercise, how: &How) -> Result<Proof> {
    let prebuilt = bench.prebuild(exercise)?;
    let verifier = Verifier {
        bench,
        exercise,
        prebuilt,
        plan: Plan {
            schedules: how.schedules,
            ..Plan::default()
        },
        readme: how.readme,
    };
    let mut proof = Proof {
        exercise: exercise.id.clone(),
        rows: Vec::new(),
    };
    verifier.points(&mut proof);
    verifier.starter(&mut proof)?;
    verifier.reference(&mut proof)?;
    verifier.variants(&mut proof)?;
    verifier.mistakes(&mut proof)?;
    if how.mutants {
        verifier.mutants(&mut proof)?;
    }
    Ok(proof)
}

struct Verifier<'a> {
    bench: &'a Bench,
    exercise: &'a Exercise,
    prebuilt: Prebuilt,
    plan: Plan,
    readme: Readme,
}

impl Verifier<'_> {
    fn grade(&self, folder: &Path) -> Result<Graded> {
        self.bench.grade(
            self.exercise,
            &self.prebuilt,
            folder,
            &self.plan,
            &SoFar::default(),
        )
    }

    /// Grades a submission that is one file.
    fn grade_file(&self, file: &Path) -> Result<Graded> {
        let scratch = Scratch::new()?;
        let lib = scratch.folder("submission/src")?.join("lib.rs");
        fs::copy(file, &lib).map_err(|e| Error::io("copy", file, &e))?;
        self.grade(&scratch.path().join("submission"))
    }

    fn points(&self, proof: &mut Proof) {
        let checks = &self.prebuilt.facts.checks;
        let sum: u32 = checks.iter().map(|check| check.points).sum();
        let shortfall = (sum != 100).then(|| format!("the points add up to {sum}, not 100"));
        proof.row(
            "points",
            format!("{}, 100 points", plural(checks.len(), "check")),
            shortfall.into_iter().collect(),
        );
    }

    fn starter(&self, proof: &mut Proof) -> Result<()> {
        let verdict = self.grade(&self.exercise.starter)?.verdict;
        let mut shortfalls = Vec::new();
        let good = match &self.exercise.settings.starter {
            Unsolved::EveryCheckFinds(kind) => {
                for check in &verdict.checks {
                    // Nothing of a starter runs in a check on programs: that it fails is enough.
                    let is_on_programs = self.prebuilt.facts.programs(&check.name).is_some();
                    if is_on_programs && check.status == CheckStatus::Failed {
                        continue;
                    }
                    if !check
                        .findings
                        .iter()
                        .any(|finding| finding.kind == *kind && !finding.advice)
                    {
                        shortfalls.push(format!("{} does not find `{kind}`", check.name));
                    }
                }
                format!("unsolved: every check finds `{kind}`")
            }
            Unsolved::DoesNotCompile(code) => {
                if !verdict
                    .diagnostics
                    .iter()
                    .any(|d| d.code.as_deref() == Some(code))
                {
                    shortfalls.push(format!("rustc does not refuse it with {code}"));
                }
                format!("unsolved: rustc refuses it with {code}")
            }
        };
        if verdict.score > 0 {
            shortfalls.push(format!("it earns {} points", verdict.score));
        }
        proof.row("starter", good, shortfalls);
        Ok(())
    }

    fn reference(&self, proof: &mut Proof) -> Result<()> {
        let first = self.grade(&self.exercise.solution)?;
        proof.row(
            "reference",
            format!("{} points", first.verdict.score),
            full_marks("the reference", &first.verdict),
        );
        let second = self.grade(&self.exercise.solution)?;
        let same = report::json::render(&first.verdict, None)
            == report::json::render(&second.verdict, None)
            && first.traces == second.traces;
        let shortfall = (!same).then(|| "two runs gave different bytes".to_owned());
        proof.row(
            "deterministic",
            "two runs, the same bytes".to_owned(),
            shortfall.into_iter().collect(),
        );
        let peaks = first.traces.iter().map(|trace| trace.peaks);
        let peaks = peaks.fold(Peaks::default(), Peaks::or);
        proof.row(
            "limits",
            format!("{MARGIN} times above the reference at least"),
            near_a_limit(peaks),
        );
        let is_right = first.verdict.status == Status::Passed;
        let (stale, written) = self.snapshots(&first.traces, is_right)?;
        let mut good = format!("{} current", first.traces.len());
        if written > 0 {
            let _ = write!(good, ", {written} of them written now: look at them");
        }
        proof.row("snapshots", good, stale);
        self.timelines(&first.traces, proof)
    }

    /// The timelines in the README are those of the reference's plain drives.
    fn timelines(&self, traces: &[Trace], proof: &mut Proof) -> Result<()> {
        let path = self.exercise.starter.join("README.md");
        let readme = match fs::read_to_string(&path) {
            Ok(readme) => readme,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(Error::io("read", &path, &error)),
        };
        let blocks = block::fill(&readme, |check| {
            let trace = traces.iter().find(|trace| trace.check == check)?;
            Some(block::text(check, Timeline::of(trace)))
        });
        let mut shortfalls = blocks.wrong;
        if self.readme == Readme::IsRewritten && blocks.text != readme {
            fs::write(&path, &blocks.text).map_err(|e| Error::io("write", &path, &e))?;
        } else {
            let told = blocks.stale.iter().map(|check| {
                format!("{check} is not current; `grade verify --write-timelines` rewrites it")
            });
            shortfalls.extend(told);
        }
        let good = format!("{} in the README, current", blocks.count);
        proof.row("timelines", good, shortfalls);
        Ok(())
    }

    fn variants(&self, proof: &mut Proof) -> Result<()> {
        let files = rust_files(&self.exercise.tests.join("variants"))?;
        let mut shortfalls = Vec::new();
        let graded = parallel::map(&files, |file| self.grade_file(file))?;
        for (file, graded) in files.iter().zip(graded) {
            shortfalls.extend(full_marks(&name(file), &graded.verdict));
        }
        if files.len() < 2 {
            shortfalls.push(format!(
                "{} of at least 2 right answers in another style",
                files.len()
            ));
        }
        proof.row(
            "variants",
            format!("{} with full marks", files.len()),
            shortfalls,
        );
        Ok(())
    }

    fn mistakes(&self, proof: &mut Proof) -> Result<()> {
        let files = rust_files(&self.exercise.tests.join("mistakes"))?;
        let mut shortfalls = Vec::new();
        let mut failed = BTreeSet::new();
        let graded = parallel::map(&files, |file| self.grade_file(file))?;
        for (file, graded) in files.iter().zip(graded) {
            let text = fs::read_to_string(file).map_err(|e| Error::io("read", file, &e))?;
            let Some(claim) = Claim::read(&text) else {
                shortfalls.push(format!(
                    "{}: its first two lines are not `//! caught-by:` and `//! finding:`",
                    name(file)
                ));
                continue;
            };
            let verdict = graded.verdict;
            let failing = verdict
                .checks
                .iter()
                .filter(|check| check.status == CheckStatus::Failed);
            failed.extend(failing.map(|check| check.name.clone()));
            if let Some(shortfall) = claim.missed(&verdict) {
                shortfalls.push(format!("{}: {shortfall}", name(file)));
            }
        }
        proof.row(
            "mistakes",
            format!("{} caught, each for its reason", files.len()),
            shortfalls,
        );
        let checks = &self.prebuilt.facts.checks;
        let idle: Vec<_> = checks
            .iter()
            .filter(|check| !failed.contains(&check.name))
            .collect();
        let idle = idle
            .iter()
            .map(|check| format!("{} fails for no mistake", check.name))
            .collect();
        proof.row(
            "no idle check",
            format!("each of {} fails for a mistake", checks.len()),
            idle,
        );
        Ok(())
    }

    fn mutants(&self, proof: &mut Proof) -> Result<()> {
        // One that never ends has to be told from the reference, and from nothing slower.
        let mut exercise = self.exercise.clone();
        let limit_ms = &mut exercise.settings.limits.wall_ms;
        *limit_ms = MUTANTS_WALL_MS.min(*limit_ms);
        let grade = |folder: &Path| {
            self.bench
                .grade(
                    &exercise,
                    &self.prebuilt,
                    folder,
                    &self.plan,
                    &SoFar::default(),
                )
                .map(|graded| graded.verdict)
        };
        let tally = mutants::tally(&exercise, &grade)?;
        let (caught, all) = (tally.caught, tally.all());
        let mut good = format!("{caught} of {all} caught");
        if tally.equivalent > 0 {
            let _ = write!(
                good,
                ", {} more as right as the reference",
                tally.equivalent
            );
        }
        for survivor in &tally.survived {
            let _ = write!(good, "\n      passes: {survivor}");
        }
        proof.row("mutants", good, tally.shortfalls());
        Ok(())
    }

    /// The names of snapshots that are missing or stale; the new ones are left for
    /// `cargo insta review`. One that says of itself that nobody has seen it yet is written, if the reference is right: how
    /// many were.
    fn snapshots(&self, traces: &[Trace], is_right: bool) -> Result<(Vec<String>, usize)> {
        let folder = self.exercise.tests.join("snapshots");
        let (mut stale, mut written) = (Vec::new(), 0);
        for trace in traces {
            let path = folder.join(format!("{}.snap", trace.check));
            let new = folder.join(format!("{}.snap.new", trace.check));
            let text = transcript::render(trace);
            let kept = fs::read_to_string(&path).unwrap_or_default();
            if contents(&kept).trim_end() == text.trim_end() {
                let _ = fs::remove_file(&new);
                continue;
            }
            let source = format!("tests/{}/driver.rs", self.exercise.id);
            let pending = format!(
                "---\nsource: {source}\nexpression: {}\n---\n{text}",
                trace.check
            );
            if contents(&kept).starts_with(UNSEEN) {
                if is_right {
                    fs::write(&path, pending).map_err(|e| Error::io("write", &path, &e))?;
                    written += 1;
                } else {
                    stale.push(format!("{} waits for a right reference", trace.check));
                }
                continue;
            }
            fs::create_dir_all(&folder).map_err(|e| Error::io("make", &folder, &e))?;
            fs::write(&new, pending).map_err(|e| Error::io("write", &new, &e))?;
            stale.push(format!(
                "{} is not current; `cargo insta review` shows what changed",
                trace.check
            ));
        }
        Ok((stale, written))
    }
}

/// How a snapshot begins that nobody has seen yet: `grade new` writes such ones.
const UNSEEN: &str = "not seen yet";

/// Milliseconds of processor time that one drive of a mutant may take.
const MUTANTS_WALL_MS: u64 = 2_000;

/// How many times further than a reference answer gets the counts are that end a drive.
const MARGIN: u64 = 100;

/// The counts that got too near to what ends a drive.
fn near_a_limit(peaks: Peaks) -> Vec<String> {
    let near = peaks
        .table()
        .into_iter()
        .filter(|(_, peak, limit)| peak * MARGIN > *limit);
    near.map(|(what, peak, limit)| format!("{what}: {peak}, and {limit} end a drive"))
        .collect()
}

/// A snapshot without insta's header.
fn contents(snapshot: &str) -> &str {
    snapshot
        .strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n"))
        .map_or(snapshot, |(_, contents)| contents)
}

fn full_marks(who: &str, verdict: &Verdict) -> Vec<String> {
    if verdict.status == Status::Passed {
        return Vec::new();
    }
    let report = anstream::adapter::strip_str(&report::terminal::render(verdict)).to_string();
    vec![format!("{who} does not get full marks:\n{report}")]
}

fn rust_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Error::io("read", folder, &error)),
    };
    let files = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "rs"));
    let mut files: Vec<_> = files.collect();
    files.sort();
    Ok(files)
}

fn name(file: &Path) -> String {
    file.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_stays_a_hundred_times_below_every_limit() {
        let events = |events| Peaks {
            events,
            ..Peaks::default()
        };
        assert!(near_a_limit(events(4_000)).is_empty());
        assert_eq!(
            near_a_limit(events(4_001)),
            ["events: 4001, and 400000 end a drive"]
        );
    }

    #[test]
    fn a_snapshot_is_what_stands_under_instas_header() {
        assert_eq!(
            contents("---\nsource: x\nexpression: y\n---\n  0 ms\n"),
            "  0 ms\n"
        );
    }
}
