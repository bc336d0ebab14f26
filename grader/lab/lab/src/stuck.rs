//! Where tasks are stuck, and on what: each is polled once more with a waker that, when a leaf
//! future clones it to wait, looks at the calls that led there. A future that waits without a waker
//! (`pending()`) is not found.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};

use tokio::task::coop::unconstrained;
use trace::{Awaited, Halt, Hold, Place, Stuck};

use crate::recorder::{self, enter_task, halt, inside};
use crate::suspended::{self, Suspended};
use crate::{leaf, place};

thread_local! {
    /// What the task that is asked waits on, as far as it has said.
    static SAID: RefCell<Option<(Place, Awaited)>> = const { RefCell::new(None) };
    /// Why the drive is halted already, while it is asked where tasks are stuck.
    static HALTS: RefCell<Option<Halt>> = const { RefCell::new(None) };
    /// A std lock that the executor waits for, while it is asked who holds it.
    static LOCK: Cell<Option<Futex>> = const { Cell::new(None) };
}

/// A futex, and the value that its waiter saw.
#[derive(Debug, Clone, Copy)]
pub struct Futex {
    pub address: usize,
    pub seen: u32,
}

/// Whether the drive is over, and tasks are only asked.
pub fn is_asking() -> bool {
    HALTS.with_borrow(Option::is_some)
}

/// Why the drive is halted, whatever the task that is being asked does.
pub fn halts_already() -> Option<Halt> {
    HALTS.with_borrow_mut(Option::take)
}

/// Halts a drive in which nothing can run: asks every task where it is stuck. Once one has gone on,
/// others may go on because of it, so no more is made of those.
pub fn deadlock() -> ! {
    recorder::close();
    let mut all = Vec::new();
    let mut went_on = false;
    while let Some(mut suspended) = suspended::take_first() {
        // Whatever else it does, it went on.
        let interrupted = Stuck {
            task: suspended.task,
            place: Place::Unknown,
            on: Awaited::Unknown,
            ready: !went_on,
        };
        let halts = [all.as_slice(), &[interrupted]].concat();
        HALTS.set(Some(Halt::Deadlock { stuck: halts }));
        let stuck = ask(&mut suspended);
        if !(went_on && stuck.ready) {
            went_on |= stuck.ready;
            all.push(stuck);
        }
    }
    HALTS.set(None);
    halt(Halt::Deadlock { stuck: all })
}

/// Halts a drive at an instant at which nothing can run: asks every task where it waits, then drops one after
/// another, `first` before the rest, and whom that wakes waited for what went. Those that wait for what
/// can be held go last: dropped, they would leave its queue.
pub fn asked(first: Option<u32>) -> ! {
    recorder::close();
    let mut waiting = Vec::new();
    let mut all = Vec::new();
    HALTS.set(Some(Halt::Asked {
        waiting: Vec::new(),
        holds: Vec::new(),
    }));
    while let Some(mut suspended) = suspended::take_first() {
        let stuck = ask(&mut suspended);
        waiting.push(stuck.clone());
        HALTS.set(Some(Halt::Asked {
            waiting: waiting.clone(),
            holds: Vec::new(),
        }));
        all.push((stuck, suspended));
    }
    // Tasks own what they spawned, if anything: the newest first. Queues are in order.
    all.sort_by_key(|(stuck, _)| {
        let (is_held, task) = (stuck.on.is_held(), i64::from(stuck.task));
        let is_first = first == Some(stuck.task);
        (!is_first, is_held, if is_held { task } else { -task })
    });
    let mut holds: Vec<Hold> = Vec::new();
    woken().clear();
    while !all.is_empty() {
        // Who has got what it waited for hands it on.
        let has_got = |stuck: &Stuck| holds.iter().any(|hold| hold.waiter == stuck.task);
        let mut held = all.iter().take_while(|(stuck, _)| stuck.on.is_held());
        let next = held.position(|(stuck, _)| has_got(stuck)).unwrap_or(0);
        let (stuck, suspended) = all.remove(next);
        // What went on when it was asked is not there any more.
        if !stuck.ready {
            let _ = catch_unwind(AssertUnwindSafe(|| suspended.drop()));
        }
        let (holder, is_before) = (stuck.task, has_got(&stuck));
        let woken = std::mem::take(&mut *woken());
        holds.extend(woken.into_iter().map(|waiter| Hold {
            holder,
            waiter,
            is_before,
        }));
    }
    let is_held = |hold: &Hold| {
        let waits = |stuck: &Stuck| stuck.task == hold.waiter && stuck.on.is_held();
        hold.holder != hold.waiter && waiting.iter().any(waits)
    };
    holds.retain(is_held);
    HALTS.set(None);
    halt(Halt::Asked { waiting, holds })
}

/// Halts a drive whose executor waits for a std lock, at `place`: asks every suspended task whether
/// it holds it. What a task that is asked waits for in its turn is this same question.
pub fn locked(by: &str, place: Place, lock: Futex) -> ! {
    let lock = LOCK.get().unwrap_or(lock);
    LOCK.set(Some(lock));
    recorder::close();
    if HALTS.with_borrow(Option::is_none) {
        let by = by.to_owned();
        let holder = None;
        HALTS.set(Some(Halt::Locked { by, place, holder }));
    }
    // Tasks own what they spawned, if anything: the newest first.
    while let Some(mut suspended) = suspended::take_last() {
        let mut stuck = ask(&mut suspended);
        if lock.is_changed() {
            stuck.place = Place::Unknown;
        } else {
            let _ = catch_unwind(AssertUnwindSafe(|| suspended.drop()));
        }
        if lock.is_changed() {
            HALTS.with_borrow_mut(|halts| {
                if let Some(Halt::Locked { holder, .. }) = halts {
                    *holder = Some(stuck);
                }
            });
            break;
        }
    }
    let why = halts_already().expect("it is set above, and taken once");
    halt(why)
}

impl Futex {
    /// Whether the waiter would go on now.
    #[expect(unsafe_code, reason = "a futex is known by its address")]
    pub fn is_changed(self) -> bool {
        let word = std::ptr::with_exposed_provenance::<u32>(self.address);
        // SAFETY: the thread that waits for this futex keeps it alive; it is below on this stack.
        (unsafe { word.read_volatile() }) != self.seen
    }
}

/// Polls a task once more, and answers where it took hold of its waker.
pub fn caught<F: Future>(task: u32, future: Pin<&mut F>) -> Place {
    let waker = asking_waker(task);
    SAID.set(None);
    let before = enter_task(task);
    let _ = place::outermost(|| future.poll(&mut Context::from_waker(&waker)));
    enter_task(before);
    SAID.take().map_or(Place::Unknown, |(place, _)| place)
}

fn ask(suspended: &mut Suspended) -> Stuck {
    let task = suspended.task;
    let waker = asking_waker(task);
    SAID.set(None);
    let before = enter_task(task);
    let asked = poll_fn(|_| Poll::Ready(suspended.poll(&mut Context::from_waker(&waker))));
    let asked = place::outermost(|| {
        catch_unwind(AssertUnwindSafe(|| {
            pin!(unconstrained(asked)).poll(&mut Context::from_waker(Waker::noop()))
        }))
    });
    enter_task(before);
    let (place, on) = SAID.take().unwrap_or((Place::Unknown, Awaited::Unknown));
    // A panic is a way to go on, too.
    let ready = !matches!(asked, Ok(Poll::Ready(false)));
    Stuck {
        task,
        place,
        on,
        ready,
    }
}

/// The first clone counts, but for a `LocalSet`'s, which takes one before it polls what runs in it.
fn note_place() {
    inside(|| {
        let said = SAID.with_borrow(|said| said.as_ref().map(|(_, on)| *on));
        if matches!(said, None | Some(Awaited::LocalSet)) {
            SAID.set(Some((place::here(), leaf::awaited())));
        }
    });
}

/// Tasks that were woken after they were asked.
static WOKEN: Mutex<Vec<u32>> = Mutex::new(Vec::new());

fn woken() -> MutexGuard<'static, Vec<u32>> {
    WOKEN.lock().unwrap_or_else(PoisonError::into_inner)
}

fn note_woken(task: usize) {
    inside(|| woken().extend(u32::try_from(task)));
}

/// A waker whose clones say where they are made, and whose wakes say whom they are for.
#[expect(
    unsafe_code,
    reason = "a waker that sees its own clones needs a vtable"
)]
fn asking_waker(task: u32) -> Waker {
    const VTABLE: RawWakerVTable = RawWakerVTable::new(
        |task| {
            note_place();
            RawWaker::new(task, &VTABLE)
        },
        |task| {
            note_place();
            note_woken(task.addr());
        },
        |task| {
            note_place();
            note_woken(task.addr());
        },
        |_| {},
    );
    let task = std::ptr::without_provenance(task as usize);
    // SAFETY: the vtable's functions only read the number that the data pointer is, so every rule on it holds.
    unsafe { Waker::from_raw(RawWaker::new(task, &VTABLE)) }
}
