//! What happens to blocking jobs. No expected value is in here.

use std::panic::resume_unwind;
use std::rc::Rc;
use std::thread;
use std::time::Duration;

use contract::{Pool, to_thread};
use lab::serde::Serialize;
use lab::{Lab, drive};

lab::driver!(contract);

/// A blocking job: its name, how long it keeps its thread, in virtual milliseconds, and its value.
#[derive(Debug, Clone, Serialize)]
#[serde(crate = "lab::serde")]
struct Job {
    name: String,
    takes_ms: u64,
    value: u32,
}

impl Job {
    /// A job that takes `plain_ms` under the plain schedule, and what the schedule says under others.
    fn new(lab: &Lab, name: &str, plain_ms: u64) -> Self {
        Self {
            name: name.to_owned(),
            takes_ms: lab.draw(&format!("{name} takes"), plain_ms, 20..=1500),
            value: small(lab.draw(&format!("{name} gives"), 7, 1..=9999)),
        }
    }

    /// What it does, on whatever thread it is called.
    fn work(self, lab: Lab) -> impl FnOnce() -> u32 + Send + 'static {
        move || {
            lab.note("begins", &self.name);
            thread::sleep(Duration::from_millis(self.takes_ms));
            lab.note("ends", &self.name);
            self.value
        }
    }

    /// Runs it on tokio's pool, or on this one, and tells what came of it.
    async fn run(self, lab: Lab, pool: Option<Rc<Pool>>) {
        lab.note("job", &self);
        let (name, work) = (self.name.clone(), self.work(lab.clone()));
        let result = match pool {
            None => to_thread(work).await,
            Some(pool) => pool.run(work).await,
        };
        lab.note("gave", (name, result));
    }
}

fn small(number: u64) -> u32 {
    u32::try_from(number).expect("a drawn number is small")
}

/// A pool with as many places as the schedule says.
fn pool(lab: &Lab, plain: u64) -> Rc<Pool> {
    let threads = lab.draw("threads", plain, 1..=4);
    lab.note("threads", threads);
    Rc::new(Pool::new(
        usize::try_from(threads).expect("a drawn number is small"),
    ))
}

/// The lesson's job, on each of the two pools, beside a heart that beats.
#[drive]
async fn everything_else_goes_on(lab: Lab) {
    let _heart = lab.heartbeat(100);
    let pool = pool(&lab, 2);
    Job::new(&lab, "io", 1500).run(lab.clone(), None).await;
    Job::new(&lab, "pooled io", 1000)
        .run(lab.clone(), Some(pool))
        .await;
}

/// Many jobs at once on tokio's pool.
#[drive]
async fn jobs_overlap(lab: Lab) {
    let times_ms = [500, 300, 700, 200, 400, 600];
    let number = lab.draw("jobs", 4, 2..=6);
    let jobs = (0..number)
        .zip(times_ms)
        .map(|(n, ms)| Job::new(&lab, &format!("job {n}"), ms).run(lab.clone(), None));
    let jobs: Vec<_> = jobs.collect();
    lab.all(jobs).await;
}

/// More jobs than places, which come at many times.
#[drive]
async fn the_pool_is_full_and_never_fuller(lab: Lab) {
    let pool = pool(&lab, 2);
    let times_ms = [500, 300, 700, 200, 400, 600, 100];
    let jobs = (0_u64..).zip(times_ms).map(|(n, ms)| {
        let job = Job::new(&lab, &format!("job {n}"), ms);
        let after_ms = lab.draw(&format!("job {n} comes"), 50 * n, 0..=900);
        let (lab, pool) = (lab.clone(), pool.clone());
        async move {
            lab.sleep(after_ms).await;
            job.run(lab, Some(pool)).await;
        }
    });
    let jobs: Vec<_> = jobs.collect();
    lab.all(jobs).await;
}

/// Jobs that panic, each with another payload, on each of the pools; then as many jobs as there are places.
#[drive]
async fn a_panic_comes_back_as_an_error(lab: Lab) {
    let pool = pool(&lab, 2);
    let left = lab.draw("left", 3, 1..=999);
    for what in ["literal", "formatted", "number"] {
        for pool in [None, Some(pool.clone())] {
            let sleep_ms = lab.draw(&format!("{what} after"), 30, 1..=90);
            let work = move || -> u32 {
                thread::sleep(Duration::from_millis(sleep_ms));
                // Without the hook: a panic that the grader sees in here is its own.
                match what {
                    "literal" => resume_unwind(Box::new("out of luck")),
                    "formatted" => resume_unwind(Box::new(format!("{left} left"))),
                    _ => resume_unwind(Box::new(left)),
                }
            };
            let result = match pool {
                None => to_thread(work).await,
                Some(pool) => pool.run(work).await,
            };
            lab.note("panicked", (what, left, result));
        }
    }
    lab.note("again", ());
    let jobs = ["A", "B", "C", "D"]
        .map(|name| Job::new(&lab, name, 200).run(lab.clone(), Some(pool.clone())));
    lab.all(jobs).await;
}

/// Callers go: one for each place while its job runs, and one that waits for a place; others come.
#[drive(grace_ms = 3000)]
async fn a_job_goes_on_without_its_caller(lab: Lab) {
    let pool = pool(&lab, 2);
    let spawn = |name: &str, plain_ms| {
        let job = Job::new(&lab, name, plain_ms);
        lab.spawn(job.run(lab.clone(), Some(pool.clone())))
    };
    let holders: Vec<_> = (0..4).map(|n| spawn(&format!("left {n}"), 400)).collect();
    lab.sleep(5).await;
    let waits = spawn("gone", 100);
    lab.sleep(5).await;
    for caller in holders {
        caller.cancel();
    }
    waits.cancel();
    lab.note("went", ());
    let behind: Vec<_> = (0..4).map(|n| spawn(&format!("behind {n}"), 100)).collect();
    for caller in behind {
        caller.join().await;
    }
}
