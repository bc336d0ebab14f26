//! Tasks that a third-party crate of the kit spawns on real tokio: the facade never saw them, the
//! runtime's hooks do. How they end is not told apart: they finish.

use std::cell::{Cell, RefCell};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::runtime::{Builder, TaskMeta};
use tokio::task::Id;
use trace::{Ending, Kind, Owner, Place};

use crate::recorder::{self, enter_task, inside, record};
use crate::supervise;
use crate::task::place_of;

/// The numbers of foreign tasks: spawned on one thread, one may be polled on another. There are few.
static FOREIGN: Mutex<Vec<(Id, u32)>> = Mutex::new(Vec::new());

thread_local! {
    static OURS: Cell<bool> = const { Cell::new(false) };
    /// The tasks that were being polled when a foreign one was.
    static OUTER: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
}

/// Runs `spawn`, whose tasks carry their own record.
pub fn not_foreign<R>(spawn: impl FnOnce() -> R) -> R {
    let before = OURS.replace(true);
    let spawned = spawn();
    OURS.set(before);
    spawned
}

/// Has `builder`'s runtime record the tasks that nothing else records.
pub fn watch(builder: &mut Builder) {
    builder
        .on_task_spawn(|meta| {
            if !OURS.get() {
                let task = recorder::new_task();
                let place = place_of(meta.spawned_at());
                record(Kind::Spawned {
                    task,
                    owner: Owner::Submission,
                    place,
                });
                inside(|| foreign().push((meta.id(), task)));
            }
        })
        .on_before_task_poll(|meta| {
            recorder::look_at_the_clock();
            if let Some(task) = number(meta) {
                inside(|| OUTER.with_borrow_mut(|outer| outer.push(enter_task(task))));
                if supervise::count_poll(task) {
                    supervise::livelock(Place::Unknown);
                }
            }
        })
        .on_after_task_poll(|meta| {
            if number(meta).is_some()
                && let Some(outer) = OUTER.with_borrow_mut(Vec::pop)
            {
                enter_task(outer);
            }
        })
        .on_task_terminate(|meta| {
            let task = inside(|| {
                let mut foreign = foreign();
                let at = foreign.iter().position(|(id, _)| *id == meta.id())?;
                Some(foreign.swap_remove(at).1)
            });
            if let Some(task) = task {
                record(Kind::Ended {
                    task,
                    how: Ending::Finished,
                });
            }
        });
}

fn foreign() -> MutexGuard<'static, Vec<(Id, u32)>> {
    FOREIGN.lock().unwrap_or_else(PoisonError::into_inner)
}

fn number(meta: &TaskMeta<'_>) -> Option<u32> {
    let foreign = foreign();
    let found = foreign.iter().find(|(id, _)| *id == meta.id());
    found.map(|(_, task)| *task)
}

/// A drive begins: it has no foreign tasks.
pub fn reset() {
    foreign().clear();
}
