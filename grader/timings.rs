//! How long each stage took, in real milliseconds. Never part of a verdict: shown on request only.

use std::time::{Duration, Instant};

use serde::Serialize;

/// Stages in the order they ran.
#[derive(Debug, Clone, Default)]
pub struct Timings {
    stages: Vec<(&'static str, Duration)>,
}

/// One stage, as `--timings` shows it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Stage {
    pub stage: &'static str,
    /// Real milliseconds, to a tenth.
    pub ms: f64,
}

impl Timings {
    /// Runs a stage and remembers how long it took.
    pub fn time<T>(&mut self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        let began = Instant::now();
        let result = work();
        self.add(stage, began.elapsed());
        result
    }

    pub fn add(&mut self, stage: &'static str, length: Duration) {
        self.stages.push((stage, length));
    }

    /// Puts another's stages behind these.
    pub fn append(&mut self, mut other: Self) {
        self.stages.append(&mut other.stages);
    }

    pub fn stages(&self) -> Vec<Stage> {
        let stage = |(stage, length): &(&'static str, Duration)| Stage {
            stage,
            ms: (length.as_secs_f64() * 10_000.0).round() / 10.0,
        };
        self.stages.iter().map(stage).collect()
    }
}
