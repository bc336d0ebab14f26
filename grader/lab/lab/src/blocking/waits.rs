//! What a job gives its turn back for: a sleep, a futex, others.

use std::cell::RefCell;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::held;
use super::job::{Job, State};
use crate::recorder::{current_task, enter_task, inside};
use crate::stuck::Futex;
use crate::turns::{Blocked, Turn};

/// Jobs that wait on a futex, by its address, in the order in which they came.
static WAITERS: Mutex<Vec<(usize, Arc<Job>)>> = Mutex::new(Vec::new());

thread_local! {
    /// The job that this thread is.
    static THIS: RefCell<Option<Arc<Job>>> = const { RefCell::new(None) };
}

pub fn reset() {
    held(&WAITERS).clear();
}

/// This thread is that job.
pub fn is(job: &Arc<Job>) {
    THIS.set(Some(job.clone()));
}

/// A blocking sleep in a job: its turn goes back until `length` of virtual time has passed.
pub fn sleep(length: Duration) {
    inside(|| give_back(Turn::Sleep(length)));
}

/// The job lets everybody go first who could.
pub fn yield_turn() {
    inside(|| give_back(Turn::Yield));
}

/// A job's wait on the futex at `address`, for at most `limit` of virtual time; whether it was woken.
pub fn wait(address: usize, limit: Option<Duration>) -> bool {
    inside(|| {
        let Some(this) = THIS.with_borrow(Clone::clone) else {
            return true;
        };
        held(&WAITERS).push((address, this.clone()));
        give_back(Turn::Wait(limit));
        // Still listed: the time ran out.
        let mut waiters = held(&WAITERS);
        let listed = waiters
            .iter()
            .position(|(_, other)| Arc::ptr_eq(other, &this));
        listed.map(|at| waiters.remove(at)).is_none()
    })
}

/// Wakes up to `count` jobs that wait on the futex at `address`; how many there were.
pub fn wake(address: usize, count: usize) -> usize {
    inside(|| {
        let mut waiters = held(&WAITERS);
        let mut woken = 0;
        while woken < count
            && let Some(at) = waiters.iter().position(|(other, _)| *other == address)
        {
            let (_, job) = waiters.remove(at);
            *held(&job.state) = State::Ready;
            job.woken.notify_one();
            woken += 1;
        }
        woken
    })
}

/// The jobs that wait on a futex for good, in the order in which they came: the futex, and what that is.
pub fn blocked() -> Vec<(Futex, Blocked)> {
    inside(|| {
        let waiters = held(&WAITERS).clone();
        let for_good = waiters
            .iter()
            .filter(|(_, job)| matches!(*held(&job.state), State::Waiting(None)));
        let asked = for_good.filter_map(|(address, job)| {
            let mut blocked = job.turns.ask()?;
            // A worker has no number.
            blocked.task = Some(job.task()).filter(|task| *task > 0);
            Some((Futex::now(*address), blocked))
        });
        asked.collect()
    })
}

/// Gives a job's turn back, and takes it again, to go on with the task that it was at.
fn give_back(why: Turn) {
    THIS.with_borrow(|this| {
        if let Some(this) = this {
            let task = current_task();
            this.turns.give_back(why);
            this.turns.take();
            enter_task(task);
        }
    });
}
