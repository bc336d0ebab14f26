//! Where tasks are stuck, and on what: each is polled once more with a waker that, when a leaf
//! future clones it to wait, looks at the calls that led there. Of a future that takes no waker the stack
//! tells where it was.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};

use tokio::task::coop::unconstrained;
use trace::{Awaited, Halt, Hold, Place, Stuck};

use crate::interpose::{threads, waiting};
use crate::recorder::{self, enter_task, halt, inside};
use crate::suspended::{self, Suspended};
use crate::turns::Blocked;
use crate::{blocking, leaf, left, place};

thread_local! {
    /// What the task that is asked waits on, as far as it has said.
    static SAID: RefCell<Option<(Place, Awaited)>> = const { RefCell::new(None) };
    /// Why the drive is halted already, while it is asked where tasks are stuck.
    static HALTS: RefCell<Option<Halt>> = const { RefCell::new(None) };
    /// A std lock that the executor waits for, while it is asked who holds it.
    static LOCK: Cell<Option<Futex>> = const { Cell::new(None) };
    /// How many wakers of the task that is asked there are.
    static WAKERS: Cell<usize> = const { Cell::new(0) };
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

/// Halts a drive in which nothing can run: asks every task where it is stuck, and every blocked job. Once a
/// task has gone on, others may go on because of it, so no more is made of those. Where the submission has
/// threads of its own nobody is asked: whether a task goes on is theirs to decide.
pub fn deadlock() -> ! {
    recorder::close();
    if threads::any() {
        halt(Halt::Deadlock { stuck: Vec::new() })
    }
    let blocked = blocking::blocked();
    held_up(&blocked);
    let mut all = Vec::new();
    let mut suspended = Vec::new();
    let mut went_on = false;
    while let Some(mut next) = suspended::take_first() {
        // Whatever else it does, it went on.
        let interrupted = Stuck {
            task: next.task,
            place: Place::Unknown,
            on: Awaited::Unknown,
            ready: !went_on,
            kept: true,
        };
        let halts = [all.as_slice(), &[interrupted]].concat();
        HALTS.set(Some(Halt::Deadlock { stuck: halts }));
        let mut stuck = ask(&mut next);
        if let Some((_, job)) = blocked.iter().find(|(_, job)| job.task == Some(stuck.task)) {
            stuck.place = job.place.clone();
            stuck.on = Awaited::Blocking;
        }
        if !(went_on && stuck.ready) {
            went_on |= stuck.ready;
            suspended.push((stuck.clone(), next));
            all.push(stuck);
        }
    }
    let why = Halt::Deadlock { stuck: all };
    HALTS.set(Some(why.clone()));
    let locked = if went_on {
        None
    } else {
        locked_out(&blocked, suspended)
    };
    HALTS.set(None);
    halt(locked.unwrap_or(why))
}

/// Halts the drive where a job holds up a runtime for good: what its tasks wait for may have come since.
fn held_up(blocked: &[(Futex, Blocked)]) {
    let mut polls = blocked.iter().filter(|(_, job)| job.polls);
    if let Some((futex, by, job)) = polls.clone().find_map(|(futex, job)| {
        let by = job.lock()?;
        Some((*futex, by, job))
    }) {
        locked(by, job.place.clone(), futex)
    }
    if let Some((_, job)) = polls.next() {
        halt(Halt::Stopped {
            by: job.by.map_or(waiting::BY, |(by, _)| by).to_owned(),
            place: job.place.clone(),
        })
    }
}

/// Why nothing can run, where a job waits for a std lock that one of these tasks holds while it waits.
fn locked_out(blocked: &[(Futex, Blocked)], suspended: Vec<(Stuck, Suspended)>) -> Option<Halt> {
    let locks = blocked
        .iter()
        .filter_map(|(futex, job)| Some((*futex, job.lock()?, &job.place)));
    let locks: Vec<_> = locks.collect();
    if locks.is_empty() {
        return None;
    }
    // Tasks own what they spawned, if anything: the newest first.
    suspended.into_iter().rev().find_map(|(stuck, suspended)| {
        let _ = catch_unwind(AssertUnwindSafe(|| suspended.drop()));
        let (_, by, place) = locks.iter().find(|(futex, ..)| futex.is_changed())?;
        Some(Halt::LockedOut {
            by: (*by).to_owned(),
            place: (*place).clone(),
            holder: stuck,
        })
    })
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
    /// A futex that somebody waits for, as it is now.
    pub fn now(address: usize) -> Self {
        let seen = Self::word(address);
        Self { address, seen }
    }

    /// Whether the waiter would go on now.
    pub fn is_changed(self) -> bool {
        Self::word(self.address) != self.seen
    }

    #[expect(unsafe_code, reason = "a futex is known by its address")]
    fn word(address: usize) -> u32 {
        let word = std::ptr::with_exposed_provenance::<u32>(address);
        // SAFETY: the thread that waits for this futex keeps it alive; it is blocked, or below on this stack.
        unsafe { word.read_volatile() }
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
    WAKERS.set(1);
    let waker = asking_waker(task);
    SAID.set(None);
    let before = enter_task(task);
    let asked = poll_fn(|_| Poll::Ready(suspended.poll(&mut Context::from_waker(&waker))));
    let left = left::Stack::wiped();
    let asked = place::outermost(|| {
        catch_unwind(AssertUnwindSafe(|| {
            pin!(unconstrained(asked)).poll(&mut Context::from_waker(Waker::noop()))
        }))
    });
    let left = left.read();
    enter_task(before);
    // A panic is a way to go on, too.
    let ready = !matches!(asked, Ok(Poll::Ready(false)));
    let kept = WAKERS.get() > 1;
    // What went on has gone on calling, too.
    let was_at = || {
        if ready {
            (Place::Unknown, Awaited::Unknown)
        } else if leaf::is_pending(left.called()) {
            (left.calls(), Awaited::Pending)
        } else {
            (left.calls(), Awaited::Unknown)
        }
    };
    let (place, on) = SAID.take().unwrap_or_else(|| inside(was_at));
    Stuck {
        task,
        place,
        on,
        ready,
        kept,
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
            WAKERS.set(WAKERS.get() + 1);
            RawWaker::new(task, &VTABLE)
        },
        |task| {
            note_place();
            note_woken(task.addr());
            WAKERS.set(WAKERS.get().saturating_sub(1));
        },
        |task| {
            note_place();
            note_woken(task.addr());
        },
        |_| WAKERS.set(WAKERS.get().saturating_sub(1)),
    );
    let task = std::ptr::without_provenance(task as usize);
    // SAFETY: the vtable's functions only read the number that the data pointer is, so every rule on it holds.
    unsafe { Waker::from_raw(RawWaker::new(task, &VTABLE)) }
}
