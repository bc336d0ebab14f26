//! What happens to tasks that end in four ways. No expected value is in here.

use std::any::Any;
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::task::Poll;

use contract::{caught, in_background, passed_on};
use lab::serde::{Deserialize, Serialize};
use lab::{Lab, drive};
use tokio::task::JoinHandle;

lab::driver!(contract);

/// How a job ends.
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
    /// Somebody cancels it at that moment.
    IsCancelled,
}

const ALL: [(&str, End); 6] = [
    ("good", End::Succeeds),
    ("bad", End::Fails),
    ("literal", End::Panics),
    ("formatted", End::PanicsWith),
    ("number", End::PanicsWithNumber),
    ("gone", End::IsCancelled),
];

/// A job: its name, how long it takes in virtual milliseconds, how it ends, and its value, which its
/// error or panic names.
#[derive(Debug, Clone, Serialize)]
#[serde(crate = "lab::serde")]
struct Job {
    name: &'static str,
    takes_ms: u64,
    end: End,
    value: u32,
}

impl Job {
    /// A job that takes `plain_ms` under the plain schedule, and what the schedule says under others.
    fn new(lab: &Lab, name: &'static str, plain_ms: u64, end: End) -> Self {
        let value = lab.draw(&format!("value of {name}"), 40 + plain_ms % 7, 1..=9999);
        Self {
            name,
            takes_ms: lab.draw(&format!("{name} takes"), plain_ms, 20..=900),
            end,
            value: u32::try_from(value).expect("a value is small"),
        }
    }

    async fn work(self, lab: Lab) -> Result<u32, String> {
        let takes_ms = match self.end {
            // Longer than anything: its end is the cancellation.
            End::IsCancelled => 5_000,
            _ => self.takes_ms,
        };
        let value = self.value;
        let answer = match self.end {
            End::Succeeds | End::IsCancelled => Ok(()),
            _ => Err(format!("no {value}")),
        };
        let ended = lab.service("job").call(self.name, takes_ms, answer).await;
        // A panic that a hook tells of would be the driver's own; these are the job's.
        match self.end {
            End::Succeeds | End::IsCancelled | End::Fails => ended.map(|()| value),
            End::Panics => resume_unwind(Box::new("out of luck")),
            End::PanicsWith => resume_unwind(Box::new(format!("{value} is one too many"))),
            End::PanicsWithNumber => resume_unwind(Box::new(value)),
        }
    }

    /// The job as a task, and as a note; cancelled when its time has come, if that is its end.
    fn start(&self, lab: &Lab) -> JoinHandle<Result<u32, String>> {
        lab.note("job", self);
        let task = spawned(self.clone().work(lab.clone()), tokio::spawn);
        if matches!(self.end, End::IsCancelled) {
            let (lab, after_ms, handle) = (lab.clone(), self.takes_ms, task.abort_handle());
            tokio::spawn(async move {
                lab.sleep(after_ms).await;
                handle.abort();
            });
        }
        task
    }
}

/// A job as a task. One that is spawned at a place in a driver is the driver's own, and must not panic;
/// the place of this one is not in here.
fn spawned<F: Future>(job: F, spawn: fn(F) -> JoinHandle<F::Output>) -> JoinHandle<F::Output> {
    spawn(job)
}

/// Each end, one after another.
#[drive]
async fn tells_how_a_task_ended(lab: Lab) {
    for (name, end) in ALL {
        let task = Job::new(&lab, name, 100, end).start(&lab);
        lab.note("caught", caught(task).await);
    }
}

/// A task is waited for while it runs, and looked at when it is long done.
#[drive]
async fn answers_when_the_task_has_ended(lab: Lab) {
    for (name, end) in [
        ("slow", End::Succeeds),
        ("refused", End::Fails),
        ("stopped", End::IsCancelled),
    ] {
        let task = Job::new(&lab, name, 700, end).start(&lab);
        lab.note("answer", caught(task).await.is_ok());
        let task = Job::new(&lab, name, 300, end).start(&lab);
        // That it panics where no panic is due is another check's.
        let passed = survive(passed_on(task)).await;
        lab.note("answer", passed.is_ok_and(|result| result.is_ok()));
    }
    let task = Job::new(&lab, "early", 200, End::Succeeds).start(&lab);
    lab.sleep(1_000).await;
    lab.note("asked", ());
    lab.note("late answer", caught(task).await.is_ok());
}

/// Each end, for somebody who can handle errors only.
#[drive]
async fn a_panic_goes_on(lab: Lab) {
    for (name, end) in ALL {
        let task = Job::new(&lab, name, 100, end).start(&lab);
        let outcome = match end {
            // No panic is due here: one that comes all the same ends the run.
            End::Succeeds => Ok(passed_on(task).await),
            _ => survive(passed_on(task)).await,
        };
        lab.note("passed_on", outcome.map_err(|payload| told(&*payload)));
    }
}

/// All of them at the same time; some handles are kept, some are dropped.
#[drive(grace_ms = 1_000)]
async fn nothing_ends_unseen(lab: Lab) {
    let kept = ALL.iter().enumerate().map(|(n, (name, end))| {
        let job = Job::new(&lab, name, 100 + 60 * n as u64, *end);
        lab.note("job", &job);
        let handle = in_background(name, job.clone().work(lab.clone()));
        match end {
            End::IsCancelled => {
                let (lab, after_ms) = (lab.clone(), job.takes_ms);
                tokio::spawn(async move {
                    lab.sleep(after_ms).await;
                    handle.abort();
                });
                None
            }
            _ => (n % 2 == 0).then_some(handle),
        }
    });
    let kept: Vec<_> = kept.collect();
    lab.note("started", ());
    lab.sleep(1_000).await;
    drop(kept);
}

/// Three jobs in the background; the one in the middle is cancelled, twice.
#[drive(grace_ms = 1_000)]
async fn the_handle_cancels_the_job(lab: Lab) {
    let cancel_ms = lab.draw("cancel", 150, 50..=400);
    let handles = ["left", "middle", "right"].map(|name| {
        let job = Job {
            name,
            takes_ms: 600,
            end: End::Succeeds,
            value: 1,
        };
        in_background(name, job.work(lab.clone()))
    });
    lab.note("started", ());
    lab.sleep(cancel_ms).await;
    lab.note("cancelled", ());
    handles[1].abort();
    handles[1].abort();
    lab.sleep(1_000).await;
}

/// A payload in words that tell its type.
fn told(payload: &(dyn Any + Send)) -> String {
    let literal = payload
        .downcast_ref::<&str>()
        .map(|text| format!("the literal {text:?}"));
    let text = || {
        payload
            .downcast_ref::<String>()
            .map(|text| format!("the text {text:?}"))
    };
    let number = || {
        payload
            .downcast_ref::<u32>()
            .map(|number| format!("the number {number}"))
    };
    let told = literal.or_else(text).or_else(number);
    told.unwrap_or_else(|| "something else".to_owned())
}

/// What comes out of `future`, or its panic.
async fn survive<T>(future: impl Future<Output = T>) -> std::thread::Result<T> {
    let mut future = Box::pin(future);
    poll_fn(|cx| {
        let polled = catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx)));
        match polled {
            Ok(poll) => poll.map(Ok),
            Err(panic) => Poll::Ready(Err(panic)),
        }
    })
    .await
}
