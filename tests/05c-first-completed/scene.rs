//! A scene: some jobs, and the waits for them.

use std::collections::BTreeSet;

use judge::{CallSpan, Run};
use serde_json::Value;

/// What comes of a job.
pub type Outcome = Result<u32, String>;

pub struct Scene {
    pub began_ms: u64,
    pub jobs: Vec<Job>,
}

pub struct Job {
    pub place: usize,
    /// When it is over if nobody cancels it, in virtual milliseconds since the drive began.
    pub end_ms: u64,
    pub outcome: Outcome,
    /// None where nobody polled it.
    pub call: Option<CallSpan>,
}

/// One wait for jobs of a scene; times in virtual milliseconds since the drive began.
pub struct Wait {
    pub when: String,
    pub waited_ms: u64,
    pub returned_ms: u64,
    /// What the submission gave: as the driver noted it.
    pub told: Value,
}

impl Scene {
    pub fn of(run: &Run, name: &str) -> Self {
        let began_ms = run.notes(name).times()[0];
        let jobs: Vec<(u64, Outcome)> = run.notes(name).value();
        let calls = run.calls(&format!("{name} job"));
        let call = |place: usize| calls.iter().find(|call| call.label == place.to_string());
        let jobs = jobs.into_iter().enumerate();
        Self {
            began_ms,
            jobs: jobs
                .map(|(place, (takes_ms, outcome))| Job {
                    place,
                    end_ms: began_ms + takes_ms,
                    outcome,
                    call: call(place).cloned(),
                })
                .collect(),
        }
    }

    /// Every place.
    pub fn places(&self) -> BTreeSet<usize> {
        (0..self.jobs.len()).collect()
    }

    /// When a wait for those at `places` is over, by what was given.
    pub fn due_ms(&self, wait: &Wait, places: &BTreeSet<usize>) -> u64 {
        let ends = || places.iter().map(|place| self.jobs[*place].end_ms);
        let failing = places.iter().map(|place| &self.jobs[*place]);
        let failing = failing.filter(|job| job.outcome.is_err());
        let over_ms = match wait.when.as_str() {
            "FirstCompleted" => ends().min(),
            "FirstException" => failing.map(|job| job.end_ms).min().or(ends().max()),
            _ => ends().max(),
        };
        over_ms.map_or(wait.waited_ms, |over_ms| over_ms.max(wait.waited_ms))
    }

    /// Of those at `places`, the ones that are over at `at_ms`.
    pub fn over(&self, places: &BTreeSet<usize>, at_ms: u64) -> BTreeSet<usize> {
        let over = places.iter().copied();
        over.filter(|place| self.jobs[*place].end_ms <= at_ms)
            .collect()
    }
}

impl Wait {
    /// All of a scene, in order.
    pub fn all(run: &Run, name: &str) -> Vec<Self> {
        let waited = run.notes(&format!("{name} waited"));
        let returned = run.notes(&format!("{name} returned"));
        let began = waited.times().into_iter().zip(waited.values::<String>());
        let ended = returned.times().into_iter().zip(returned.values::<Value>());
        began
            .zip(ended)
            .map(|((waited_ms, when), (returned_ms, told))| Self {
                when,
                waited_ms,
                returned_ms,
                told,
            })
            .collect()
    }
}
