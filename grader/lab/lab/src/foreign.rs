//! Tasks that a third-party crate of the kit spawns on real tokio: the facade never saw them, the
//! runtime's hooks do. How they end is not told apart: they finish.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use tokio::runtime::{Builder, TaskMeta};
use tokio::task::Id;
use trace::{Ending, Kind, Owner, Place};

use crate::recorder::{self, enter_task, inside, record};
use crate::supervise;
use crate::task::place_of;

thread_local! {
    static OURS: Cell<bool> = const { Cell::new(false) };
    static FOREIGN: RefCell<HashMap<Id, u32>> = RefCell::new(HashMap::new());
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
                inside(|| FOREIGN.with_borrow_mut(|foreign| foreign.insert(meta.id(), task)));
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
            let task = FOREIGN.try_with(|foreign| foreign.borrow_mut().remove(&meta.id()));
            if let Ok(Some(task)) = task {
                record(Kind::Ended {
                    task,
                    how: Ending::Finished,
                });
            }
        });
}

fn number(meta: &TaskMeta<'_>) -> Option<u32> {
    FOREIGN.with_borrow(|foreign| foreign.get(&meta.id()).copied())
}
