//! The jobs of a drive: what the driver noted of them, and when they had a thread.

use judge::{Findings, Run, count, ms};
use serde_json::Value;

/// Times are virtual milliseconds.
pub struct Job {
    pub name: String,
    /// The name of its pool.
    pub pool: String,
    pub came_ms: u64,
    value: u64,
    pub began_ms: Option<u64>,
    pub ended_ms: Option<u64>,
    /// When its caller had a result, and which.
    gave: Option<(u64, Value)>,
}

impl Job {
    /// In the order in which they were told of.
    pub fn all(run: &Run) -> Vec<Self> {
        let jobs = run.notes("job");
        let noted: Vec<Value> = jobs.values();
        let all = jobs.times().into_iter().zip(noted);
        all.map(|(told_ms, noted)| Self::read(run, told_ms, &noted))
            .collect()
    }

    fn read(run: &Run, told_ms: u64, noted: &Value) -> Self {
        let number = |key: &str| noted[key].as_u64().expect("the driver noted a number");
        let text = |key: &str| noted[key].as_str().expect("the driver noted a name");
        let name = text("name");
        let when = |key: &str| {
            let notes = run.notes(key);
            let mut all = notes.times().into_iter().zip(notes.values::<String>());
            all.find(|(_, of)| of == name).map(|(at_ms, _)| at_ms)
        };
        let gave = run.notes("gave");
        let mut all = gave
            .times()
            .into_iter()
            .zip(gave.values::<(String, Value)>());
        Self {
            name: name.to_owned(),
            pool: text("pool").to_owned(),
            came_ms: told_ms + number("after_ms"),
            value: number("value"),
            began_ms: when("begins"),
            ended_ms: when("ends"),
            gave: all
                .find(|(_, (of, _))| of == name)
                .map(|(at_ms, (_, result))| (at_ms, result)),
        }
    }

    /// Its caller has its value, in the millisecond in which it is done.
    pub fn gives_its_value_at_once(&self) -> Findings {
        self.gives_its_value().or_else(|| {
            let at_ms = self.gave.as_ref().map_or(self.came_ms, |(at_ms, _)| *at_ms);
            let done_ms = self.ended_ms.unwrap_or(self.came_ms);
            let message = format!("{} is done, and its caller does not hear of it", self.name);
            Findings::unless(at_ms == done_ms, "too-late", message)
                .expected(ms(done_ms))
                .got(ms(at_ms))
                .at_ms(at_ms)
        })
    }

    /// Its caller has its value.
    pub fn gives_its_value(&self) -> Findings {
        let due = serde_json::json!({ "Ok": self.value });
        let (at_ms, result) = self.gave.clone().unwrap_or((self.came_ms, Value::Null));
        let message = format!("{} gives another value", self.name);
        Findings::unless(result == due, "wrong-value", message)
            .expected(format!("Ok({})", self.value))
            .got(result.to_string())
            .at_ms(at_ms)
    }

    /// It has a thread as soon as it comes.
    pub fn begins_at_once(&self) -> Findings {
        let message = format!("{} waits for a thread", self.name);
        Findings::unless(self.began_ms == Some(self.came_ms), "too-late", message)
            .expected(format!("it begins at {}", ms(self.came_ms)))
            .got(
                self.began_ms
                    .map_or_else(|| "never".to_owned(), |at_ms| format!("at {}", ms(at_ms))),
            )
            .at_ms(self.came_ms)
    }

    fn runs_at(&self, at_ms: u64) -> bool {
        self.began_ms.is_some_and(|began_ms| began_ms <= at_ms)
            && self.ended_ms.is_none_or(|ended_ms| ended_ms > at_ms)
    }

    fn waits_at(&self, at_ms: u64) -> bool {
        self.came_ms <= at_ms && self.began_ms.is_none_or(|began_ms| began_ms > at_ms)
    }
}

/// The first of the findings.
pub fn first(all: impl Iterator<Item = Findings>) -> Findings {
    let mut all = all.filter(|found| !found.is_empty());
    all.next().unwrap_or_default()
}

/// When something begins or ends among the jobs.
fn moments(jobs: &[Job]) -> Vec<u64> {
    let moments = |job: &Job| [Some(job.came_ms), job.began_ms, job.ended_ms];
    let mut all: Vec<_> = jobs.iter().flat_map(moments).flatten().collect();
    all.sort_unstable();
    all
}

/// The most of these that run at a time.
pub fn peak(jobs: &[Job]) -> usize {
    let running = |at_ms: u64| jobs.iter().filter(|job| job.runs_at(at_ms)).count();
    moments(jobs).into_iter().map(running).max().unwrap_or(0)
}

/// Never more jobs at a time than there are places.
pub fn at_most(jobs: &[Job], threads: usize) -> Findings {
    let running = |at_ms: u64| jobs.iter().filter(|job| job.runs_at(at_ms)).count();
    let fuller = moments(jobs)
        .into_iter()
        .find(|at_ms| running(*at_ms) > threads);
    fuller.map_or_else(Findings::none, |at_ms| {
        Findings::one(
            "unbounded",
            "more jobs run at a time than the pool has places",
        )
        .expected(count(threads, "job"))
        .got(running(at_ms))
        .at_ms(at_ms)
    })
}

/// No place is free while one of these waits.
pub fn at_least(jobs: &[Job], threads: usize) -> Findings {
    let running = |at_ms: u64| jobs.iter().filter(|job| job.runs_at(at_ms)).count();
    let idle =
        |at_ms: &u64| running(*at_ms) < threads && jobs.iter().any(|job| job.waits_at(*at_ms));
    let idle = moments(jobs).into_iter().find(idle);
    idle.map_or_else(Findings::none, |at_ms| {
        Findings::one("underused", "a place is free, and a job waits for one")
            .expected(count(threads, "job"))
            .got(running(at_ms))
            .at_ms(at_ms)
    })
}
