//! A scene: some jobs, and what `outcomes` or `report` made of them.

use judge::Run;
use serde_json::Value;

/// As the contract has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Success(u32),
    Error(String),
    Panic(String),
    Cancelled,
}

impl Outcome {
    /// # Panics
    /// When the driver noted something else: the exercise's mistake.
    fn read(value: &Value) -> Self {
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        match value.as_object().and_then(|one| one.iter().next()) {
            None => Self::Cancelled,
            Some((kind, value)) => match kind.as_str() {
                "Success" => {
                    Self::Success(serde_json::from_value(value.clone()).expect("a number"))
                }
                "Error" => Self::Error(text(value)),
                _ => Self::Panic(text(value)),
            },
        }
    }
}

/// A job, as the driver noted it.
#[derive(Debug, Clone)]
pub struct Job {
    pub name: String,
    takes_ms: u64,
    end: String,
    value: u32,
}

impl Job {
    fn read(value: &Value) -> Self {
        let text = |key: &str| value[key].as_str().expect("a text").to_owned();
        let number = |key: &str| value[key].as_u64().expect("a number");
        Self {
            name: text("name"),
            takes_ms: number("takes_ms"),
            end: text("end"),
            value: u32::try_from(number("value")).expect("a small number"),
        }
    }

    /// What becomes of it; `None` where it is a panic with any message.
    pub fn outcome(&self) -> Option<Outcome> {
        Some(match self.end.as_str() {
            "Succeeds" => Outcome::Success(self.value),
            "Fails" => Outcome::Error(format!("no {}", self.value)),
            "Panics" => Outcome::Panic("out of luck".to_owned()),
            "PanicsWith" => Outcome::Panic(format!("{} is one too many", self.value)),
            "PanicsWithNumber" => return None,
            _ => Outcome::Cancelled,
        })
    }

    pub fn succeeds(&self) -> bool {
        self.end == "Succeeds"
    }

    /// Its line of the report.
    pub fn line(&self) -> String {
        let name = &self.name;
        match self.outcome() {
            Some(Outcome::Success(value)) => format!("{name}: success {value}"),
            Some(Outcome::Error(error)) => format!("{name}: error {error}"),
            Some(Outcome::Panic(message)) => format!("{name}: panic {message}"),
            Some(Outcome::Cancelled) => format!("{name}: cancelled"),
            None => format!("{name}: panic unknown"),
        }
    }
}

/// Times are virtual milliseconds, since the drive began where nothing else is said.
pub struct Scene {
    pub began_ms: u64,
    pub jobs: Vec<Job>,
    /// When the answer was there, since the scene began.
    pub returned_ms: u64,
    /// What `outcomes` gave; nothing where the scene is about `report`.
    pub outcomes: Vec<Outcome>,
    /// What `report` gave.
    pub reported: Option<usize>,
    /// What was printed until the next scene.
    pub lines: Vec<(u64, String)>,
}

impl Scene {
    pub fn all(run: &Run) -> Vec<Self> {
        let began = run.notes("jobs");
        let (outcomes, reported) = (run.notes("outcomes"), run.notes("reported"));
        let answers = outcomes
            .values::<Vec<Value>>()
            .into_iter()
            .zip(outcomes.times());
        let answers = answers.map(|(outcomes, at_ms)| (outcomes, None, at_ms));
        let reports = reported.values::<usize>().into_iter().zip(reported.times());
        let reports = reports.map(|(successes, at_ms)| (Vec::new(), Some(successes), at_ms));
        let mut answers: Vec<_> = answers.chain(reports).collect();
        answers.sort_by_key(|(_, _, at_ms)| *at_ms);
        let ends = began.times().into_iter().skip(1).chain([u64::MAX]);
        let scenes = began
            .values::<Vec<Value>>()
            .into_iter()
            .zip(began.times())
            .zip(ends);
        let scenes = scenes.zip(answers).map(
            |(((jobs, began_ms), ends_ms), (outcomes, reported, at_ms))| {
                let mut lines = run.printed();
                lines.retain(|(at_ms, _)| (began_ms..ends_ms).contains(at_ms));
                Self {
                    began_ms,
                    jobs: jobs.iter().map(Job::read).collect(),
                    returned_ms: at_ms - began_ms,
                    outcomes: outcomes.iter().map(Outcome::read).collect(),
                    reported,
                    lines,
                }
            },
        );
        scenes.collect()
    }

    /// When the last of its tasks ends, since the scene began.
    pub fn last_end_ms(&self) -> u64 {
        self.jobs.iter().map(|job| job.takes_ms).max().unwrap_or(0)
    }

    /// The scene in words: what a message begins with.
    pub fn setting(&self) -> String {
        let jobs = self.jobs.iter().map(|job| {
            let end = match job.end.as_str() {
                "Succeeds" => "succeeds",
                "Fails" => "fails",
                "IsCancelled" => "is cancelled",
                _ => "panics",
            };
            format!("`{}` {end} after {} ms", job.name, job.takes_ms)
        });
        match &jobs.collect::<Vec<_>>()[..] {
            [] => "no tasks".to_owned(),
            [one] => one.clone(),
            [first, others @ ..] => format!("{first}, and {} more", others.len()),
        }
    }
}
