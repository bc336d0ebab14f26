//! What happens to tasks that end in four ways. No expected value is in here.

use std::panic::resume_unwind;

use contract::{outcomes, report, start_all};
use lab::serde::{Deserialize, Serialize};
use lab::{Lab, drive};
use tokio::task::JoinHandle;

lab::driver!(contract);

type Task = JoinHandle<Result<u32, String>>;

/// What lies between two scenes, in virtual milliseconds: what is printed belongs to one of them.
const GAP_MS: u64 = 10;

/// How a job ends, if nobody cancels it before.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(crate = "lab::serde")]
enum End {
    Succeeds,
    Fails,
    /// With a literal for its message.
    Panics,
    /// With a message that was formatted.
    PanicsWith,
    /// With something that is no text.
    PanicsWithNumber,
    /// The driver cancels it at that moment.
    IsCancelled,
}

/// A job: its name, how long it takes in virtual milliseconds, how it ends.
#[derive(Debug, Clone, Serialize)]
#[serde(crate = "lab::serde")]
struct Job {
    name: String,
    takes_ms: u64,
    end: End,
    /// What it succeeds with, or what its error or panic names.
    value: u32,
}

impl Job {
    /// A job that takes `plain_ms` under the plain schedule, and what the schedule says under others.
    fn new(lab: &Lab, name: &str, plain_ms: u64, end: End) -> Self {
        let value = lab.draw(&format!("value of {name}"), 40 + plain_ms % 7, 1..=9999);
        Self {
            name: name.to_owned(),
            takes_ms: lab.draw(&format!("{name} takes"), plain_ms, 20..=900),
            end,
            value: u32::try_from(value).expect("a value is small"),
        }
    }

    async fn work(self, lab: Lab) -> Result<u32, String> {
        let call = lab.service("job");
        let takes_ms = match self.end {
            // Longer than anything: its end is the cancellation.
            End::IsCancelled => 5_000,
            _ => self.takes_ms,
        };
        let value = self.value;
        let answer: Result<(), String> = match self.end {
            End::Succeeds | End::IsCancelled => Ok(()),
            _ => Err(self.name.clone()),
        };
        let _ = call.call(&self.name, takes_ms, answer).await;
        // A panic is of the student's own making where a hook tells of it; these are not.
        match self.end {
            End::Succeeds | End::IsCancelled => Ok(value),
            End::Fails => Err(format!("no {value}")),
            End::Panics => resume_unwind(Box::new("out of luck")),
            End::PanicsWith => resume_unwind(Box::new(format!("{} is one too many", self.value))),
            End::PanicsWithNumber => resume_unwind(Box::new(self.value)),
        }
    }
}

/// Starts the jobs, notes them, and has those cancelled that are to be.
fn started(lab: &Lab, jobs: &[Job]) -> Vec<Task> {
    lab.note("jobs", jobs);
    let works = jobs.iter().map(|job| job.clone().work(lab.clone()));
    let tasks = start_all(works.collect());
    for (task, job) in tasks.iter().zip(jobs) {
        if matches!(job.end, End::IsCancelled) {
            let (lab, after_ms, task) = (lab.clone(), job.takes_ms, task.abort_handle());
            let clock = lab.clone();
            lab.spawn(async move {
                clock.sleep(after_ms).await;
                task.abort();
            });
        }
    }
    tasks
}

/// Starts the jobs, asks for their outcomes, and notes them.
async fn told(lab: &Lab, jobs: &[Job]) {
    let tasks = started(lab, jobs);
    let outcomes = outcomes(tasks).await;
    lab.note("outcomes", outcomes);
}

/// One that fails at once and one that panics soon, before others that take longer.
#[drive]
async fn waits_for_every_task(lab: Lab) {
    let jobs = [
        Job::new(&lab, "slow", 700, End::Succeeds),
        Job::new(&lab, "fails", 100, End::Fails),
        Job::new(&lab, "panics", 200, End::Panics),
        Job::new(&lab, "leaves", 300, End::IsCancelled),
        Job::new(&lab, "late", 500, End::Fails),
    ];
    told(&lab, &jobs).await;
}

/// Each way to end, by itself and among others.
#[drive]
async fn tells_the_outcomes_apart(lab: Lab) {
    let ends = [
        ("good", End::Succeeds),
        ("bad", End::Fails),
        ("literal", End::Panics),
        ("formatted", End::PanicsWith),
        ("number", End::PanicsWithNumber),
        ("gone", End::IsCancelled),
    ];
    let jobs = ends.map(|(name, end)| Job::new(&lab, name, 100, end));
    for job in &jobs {
        told(&lab, std::slice::from_ref(job)).await;
    }
    told(&lab, &jobs).await;
}

/// The first is done last; and no tasks at all.
#[drive]
async fn keeps_the_order_of_the_tasks(lab: Lab) {
    let jobs: Vec<_> = (0..6)
        .map(|n| {
            let end = if n % 2 == 0 {
                End::Succeeds
            } else {
                End::Fails
            };
            Job::new(&lab, &format!("n{n}"), 600 - 80 * n, end)
        })
        .collect();
    told(&lab, &jobs).await;
    told(&lab, &[]).await;
}

/// Jobs that nobody asks about for a while.
#[drive]
async fn starts_all_at_once(lab: Lab) {
    let jobs: Vec<_> = (0..4)
        .map(|n| Job::new(&lab, &format!("n{n}"), 300 + 50 * n, End::Succeeds))
        .collect();
    let tasks = started(&lab, &jobs);
    lab.sleep(1_500).await;
    lab.note("asked", ());
    let outcomes = outcomes(tasks).await;
    lab.note("outcomes", outcomes);
}

/// A report of all four, and one in which nothing succeeds.
#[drive]
async fn reports_each_task_in_a_line(lab: Lab) {
    let mixed = [
        Job::new(&lab, "cats", 300, End::Succeeds),
        Job::new(&lab, "dogs", 200, End::Fails),
        Job::new(&lab, "birds", 100, End::PanicsWith),
        Job::new(&lab, "fish", 150, End::IsCancelled),
        Job::new(&lab, "mice", 50, End::Succeeds),
    ];
    let hopeless = [
        Job::new(&lab, "left", 80, End::Fails),
        Job::new(&lab, "right", 40, End::Fails),
    ];
    for jobs in [&mixed[..], &hopeless] {
        let tasks = started(&lab, jobs);
        let names: Vec<_> = jobs.iter().map(|job| job.name.clone()).collect();
        let successes = report(&names, tasks).await;
        lab.note("reported", successes);
        lab.sleep(GAP_MS).await;
    }
}
