//! What happens to loops. No expected value is in here.

mod scene;

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::rc::Rc;
use std::thread;
use std::time::Duration;

use contract::{current_loop, program, start};
use lab::{Lab, drive};
use tokio::runtime::Handle;

use scene::{Runner, Work};

lab::driver!(contract);

/// Each runs one main after another, one of which is not `Send` and borrows.
#[drive]
#[expect(clippy::needless_pass_by_value, reason = "a drive is given its lab")]
fn runs_main_to_its_end(lab: Lab) {
    for runner in Runner::BOTH {
        for nth in ["first", "second"] {
            let name = format!("{nth} of {}", runner.name());
            runner.runs(&lab, &Work::new(&lab, &name, 300));
        }
        let borrowed = Work::new(&lab, &format!("borrowed by {}", runner.name()), 100);
        borrowed.begins(&lab, runner.name());
        let here = Rc::new(Cell::new(None));
        runner.run(async { here.set(Some(borrowed.done(&lab).await)) });
        borrowed.ends(&lab, here.get());
    }
}

/// On which thread a task runs: the one that called, or another.
#[drive]
#[expect(clippy::needless_pass_by_value, reason = "a drive is given its lab")]
fn tasks_have_the_thread_or_threads_of_their_own(lab: Lab) {
    for runner in Runner::BOTH {
        let tasks = lab.draw(&format!("tasks of {}", runner.name()), 2, 1..=4);
        let caller = thread::current().id();
        let on_the_caller = runner.run(async {
            let mut on_the_caller = 0_u64;
            for _ in 0..tasks {
                let task = tokio::spawn(async { thread::current().id() });
                on_the_caller += u64::from(task.await.ok() == Some(caller));
            }
            on_the_caller
        });
        lab.note(runner.name(), (tasks, on_the_caller));
    }
}

/// What is found, and what a task that is started there gives: `(Ok, its own loop, the task's loop is it)`.
async fn finds(lab: Lab, place: &'static str) {
    let here = Handle::current().id();
    let found = current_loop().ok().map(|found| found.id() == here);
    lab.note("found", (place, found));
    let work = Work::new(&lab, place, 200);
    work.begins(&lab, "start");
    let (task, clock) = (work.clone(), lab.clone());
    let started = start(async move {
        clock.note("task is here", (place, Handle::current().id() == here));
        task.done(&clock).await
    });
    let got = match started {
        Ok(task) => task.await.ok(),
        Err(_) => None,
    };
    work.ends(&lab, got);
}

/// What is found outside every loop.
fn misses(lab: &Lab, place: &str) {
    let found = current_loop().is_ok();
    let clock = lab.clone();
    let polled = async move {
        clock.note("polled outside", ());
        0
    };
    let started = start(polled).is_ok();
    lab.note("outside", (place, found, started));
}

/// In a loop, in a task of it, in one that the student runs, and outside before and after.
#[drive]
async fn finds_the_loop_or_says_that_there_is_none(lab: Lab) {
    finds(lab.clone(), "in a future").await;
    let task = tokio::spawn(finds(lab.clone(), "in a task"));
    let _ = task.await;
    let outside = lab.clone();
    lab.outside(move || {
        misses(&outside, "before a loop");
        for (runner, place) in Runner::BOTH
            .into_iter()
            .zip(["in `run`", "in `run_threaded`"])
        {
            runner.run(finds(outside.clone(), place));
        }
        misses(&outside, "after a loop");
    })
    .await;
}

/// Both are asked in the driver's own loop, in a loop of each, and in a task there; then outside.
#[drive]
async fn no_loop_runs_inside_a_loop(lab: Lab) {
    for inner in Runner::BOTH {
        inner.asks(&lab, "in a loop of somebody else's");
    }
    let outside = lab.clone();
    lab.outside(move || {
        let lab = &outside;
        for outer in Runner::BOTH {
            let main = format!("in the main future of `{}`", outer.name());
            let in_a_task = format!("in a task of `{}`", outer.name());
            outer.run(async {
                for inner in Runner::BOTH {
                    inner.asks(lab, &main);
                    let (lab, place) = (lab.clone(), in_a_task.clone());
                    let task = tokio::spawn(async move { inner.asks(&lab, &place) });
                    let _ = task.await;
                }
            });
        }
        for runner in Runner::BOTH {
            let name = format!("{} outside", runner.name());
            runner.runs(lab, &Work::new(lab, &name, 100));
        }
    })
    .await;
}

/// A main that leaves tasks behind; one that leaves a blocking job behind as well; one that panics.
#[drive]
#[expect(clippy::needless_pass_by_value, reason = "a drive is given its lab")]
fn ends_the_loop_cleanly(lab: Lab) {
    for runner in Runner::BOTH {
        let name = runner.name();
        let main_ms = lab.draw(&format!("main of {name}"), 100, 20..=300);
        let job_ms = lab.draw(&format!("job of {name}"), 400, 310..=900);
        let leaves = async |what: &str| {
            let (tasks, label) = (lab.service("left"), format!("{name} {what}"));
            let (hangs, ends) = (tasks.clone(), label.clone());
            tokio::spawn(async move { hangs.hang::<()>(&label).await });
            tokio::spawn(async move {
                let late = tasks.call(&ends, 2_000, Ok::<(), ()>(()));
                let _ = late.await;
            });
            lab.sleep(main_ms).await;
            lab.note("main ends", (name, what));
        };
        lab.note("closes", (name, "tasks", main_ms));
        let ran = runner.run(leaves("tasks"));
        lab.note("closed", ran.is_some());
        let with_a_job = async {
            let clock = lab.clone();
            tokio::task::spawn_blocking(move || {
                thread::sleep(Duration::from_millis(job_ms));
                clock.note("job ends", name);
            });
            leaves("tasks and a job").await;
        };
        lab.note("closes", (name, "tasks and a job", job_ms));
        let ran = runner.run(with_a_job);
        lab.note("closed", ran.is_some());
        let panics = async {
            leaves("tasks, and panics").await;
            resume_unwind(Box::new("out of luck"))
        };
        let caught = catch_unwind(AssertUnwindSafe(|| runner.run::<()>(panics)));
        let payload = caught.err().map(|payload| payload.is::<&str>());
        lab.note("panicked", (name, payload));
        // What is left of it has its turn before the next.
        thread::sleep(Duration::from_millis(5));
    }
}

/// The program by itself; then inside a loop, where it has nothing to do.
#[drive]
async fn a_whole_program_has_a_beginning_and_an_end(lab: Lab) {
    let jobs = lab.draw("jobs", 3, 2..=5);
    let jobs: Vec<_> = (0..jobs)
        .map(|n| {
            let name = lab.draw(&format!("name {n}"), 10 * n, 10 * n..=10 * n + 9);
            let wait_ms = lab.draw(&format!("wait {n}"), 600 - 100 * n, 20..=900);
            (format!("job {name}"), wait_ms)
        })
        .collect();
    lab.note("program", &jobs);
    let timed = |(name, ms): (String, u64)| (name, Duration::from_millis(ms));
    let jobs: Vec<_> = jobs.into_iter().map(timed).collect();
    let again = jobs.clone();
    lab.outside(move || program(jobs)).await;
    lab.note("over", ());
    lab.sleep(10).await;
    // Where a loop inside a loop is not even refused, that is another check's.
    let refuses =
        |runner: Runner| catch_unwind(|| runner.run(async {})).is_ok_and(|ran| ran.is_none());
    if Runner::BOTH.into_iter().all(refuses) {
        lab.note("inside", ());
        program(again);
    }
}
