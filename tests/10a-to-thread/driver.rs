//! What happens to blocking jobs. No expected value is in here.

use std::future::Future;
use std::panic::resume_unwind;
use std::rc::Rc;
use std::thread;
use std::time::Duration;

use contract::{Pool, to_thread};
use lab::serde::Serialize;
use lab::{Lab, drive};

lab::driver!(contract);

/// A blocking job: its name, the pool that it is for, how long after it is told of it comes, how long it keeps its
/// thread, both in virtual milliseconds, and its value.
#[derive(Debug, Clone, Serialize)]
#[serde(crate = "lab::serde")]
struct Job {
    name: String,
    pool: &'static str,
    after_ms: u64,
    takes_ms: u64,
    value: u32,
}

impl Job {
    /// A job that comes now, and takes `plain_ms` under the plain schedule, and what the schedule says under others.
    fn new(lab: &Lab, name: &str, plain_ms: u64) -> Self {
        Self {
            name: name.to_owned(),
            pool: "tokio's",
            after_ms: 0,
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

    /// Runs it on tokio's pool, or on this one, when it comes, and tells what came of it. That it comes is
    /// told now.
    fn run(
        mut self,
        lab: &Lab,
        pool: Option<&Bounded>,
        after_ms: u64,
    ) -> impl Future<Output = ()> + use<> {
        self.after_ms = after_ms;
        self.pool = pool.map_or(self.pool, |pool| pool.name);
        lab.note("job", &self);
        let (lab, pool) = (lab.clone(), pool.map(|pool| pool.pool.clone()));
        async move {
            if after_ms > 0 {
                lab.sleep(after_ms).await;
            }
            let (name, work) = (self.name.clone(), self.work(lab.clone()));
            let result = match pool {
                None => to_thread(work).await,
                Some(pool) => pool.run(work).await,
            };
            lab.note("gave", (name, result));
        }
    }
}

fn small(number: u64) -> u32 {
    u32::try_from(number).expect("a drawn number is small")
}

/// A pool of the submission's.
#[derive(Clone)]
struct Bounded {
    name: &'static str,
    pool: Rc<Pool>,
}

impl Bounded {
    /// A pool with as many places as the schedule says.
    fn new(lab: &Lab, name: &'static str, plain: u64) -> Self {
        let threads = lab.draw(name, plain, 1..=4);
        lab.note("threads", (name, threads));
        let pool = Pool::new(usize::try_from(threads).expect("a drawn number is small"));
        Self {
            name,
            pool: Rc::new(pool),
        }
    }

    /// As many jobs as this, all of which come now.
    fn jobs(
        &self,
        lab: &Lab,
        names: &str,
        number: u64,
        plain_ms: u64,
    ) -> Vec<impl Future<Output = ()> + use<>> {
        let jobs = (0..number).map(|n| Job::new(lab, &format!("{names} {n}"), plain_ms));
        jobs.map(|job| job.run(lab, Some(self), 0)).collect()
    }
}

/// The lesson's job, on each of the two pools, beside a heart that beats.
#[drive]
async fn everything_else_goes_on(lab: Lab) {
    let _heart = lab.heartbeat(100);
    let pool = Bounded::new(&lab, "threads", 2);
    Job::new(&lab, "io", 1500).run(&lab, None, 0).await;
    Job::new(&lab, "pooled io", 1000)
        .run(&lab, Some(&pool), 0)
        .await;
}

/// Many jobs at once on tokio's pool, beside a bounded one that is full.
#[drive]
async fn jobs_overlap(lab: Lab) {
    let pool = Bounded::new(&lab, "threads", 2);
    let pooled = pool.jobs(&lab, "pooled", 6, 300);
    let pooled: Vec<_> = pooled.into_iter().map(|job| lab.spawn(job)).collect();
    let number = lab.draw("jobs", 12, 8..=40);
    let times_ms = [500, 300, 700, 200, 400, 600].into_iter().cycle();
    let jobs = (0..number)
        .zip(times_ms)
        .map(|(n, ms)| Job::new(&lab, &format!("job {n}"), ms).run(&lab, None, 0));
    let jobs: Vec<_> = jobs.collect();
    lab.all(jobs).await;
    for job in pooled {
        job.join().await;
    }
}

/// More jobs than places, which come at many times, on each of two pools.
#[drive]
async fn the_pool_is_full_and_never_fuller(lab: Lab) {
    let pools = [("threads", 2), ("other threads", 3)];
    let pools = pools.map(|(name, plain)| Bounded::new(&lab, name, plain));
    let times_ms = [500, 300, 700, 200, 400, 600, 100];
    let jobs = (0_u64..).zip(times_ms).flat_map(|(n, ms)| {
        pools.each_ref().map(|pool| {
            let name = format!("job {n} of {}", pool.name);
            let after_ms = lab.draw(&format!("{name} comes"), 50 * n, 0..=900);
            Job::new(&lab, &name, ms).run(&lab, Some(pool), after_ms)
        })
    });
    let jobs: Vec<_> = jobs.collect();
    lab.all(jobs).await;
}

/// As many jobs as the pool takes at a time; jobs that panic, each with another payload, on each of the pools; and
/// as many jobs again.
#[drive]
async fn a_panic_comes_back_as_an_error(lab: Lab) {
    let pool = Bounded::new(&lab, "threads", 2);
    lab.all(pool.jobs(&lab, "before", 4, 200)).await;
    lab.note("panics", ());
    let left = lab.draw("left", 3, 1..=999);
    for what in ["literal", "formatted", "number"] {
        for pool in [None, Some(pool.pool.clone())] {
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
    lab.all(pool.jobs(&lab, "again", 4, 200)).await;
}

/// As many jobs as the pool takes at a time. Then callers go: one for each place while its job runs, and one that
/// waits for a place; others come.
#[drive(grace_ms = 3000)]
async fn a_job_goes_on_without_its_caller(lab: Lab) {
    let pool = Bounded::new(&lab, "threads", 2);
    lab.all(pool.jobs(&lab, "before", 9, 50)).await;
    lab.note("come", ());
    let left = pool.jobs(&lab, "left", 4, 400).into_iter();
    let left: Vec<_> = left.map(|job| lab.spawn(job)).collect();
    lab.sleep(5).await;
    let gone = pool.jobs(&lab, "gone", 1, 100).into_iter();
    let gone: Vec<_> = gone.map(|job| lab.spawn(job)).collect();
    lab.sleep(5).await;
    for caller in left.into_iter().chain(gone) {
        caller.cancel();
    }
    lab.note("went", ());
    lab.all(pool.jobs(&lab, "behind", 4, 100)).await;
}
