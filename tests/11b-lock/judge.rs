//! What must be true of a value that many want to change.

mod object;
mod scene;

use judge::{Findings, Run, judge, ms};

use object::Object;
use scene::Scene;

judge::judges!();

#[judge(
    points = 25,
    title = "one step at a time works on the value, and none is lost",
    hint = "a std lock's guard that lives over an `.await` stops the thread; tokio's lock is made for it",
    hint = "a guard counts only as long as it lives: `let _ = lock.lock().await;` drops it at once",
    hint = "look at the value when the lock is yours, not before",
    hint = "print `NAME acquired` behind `.lock().await`, and `NAME released` when the new value is in its place"
)]
fn lets_one_in_at_a_time(run: &Run) -> Findings {
    let lock = Object::of(run, "lock");
    lock.steps
        .at_most(1)
        .or_else(|| lock.loses_nothing(run))
        .or_else(|| lock.says_it(&run.printed()))
}

#[judge(
    points = 15,
    title = "the lock is never free while somebody waits for it",
    hint = "whoever waits is woken when the lock is free: looking every so often is too late",
    hint = "each `Shared` has a lock of its own",
    hint = "`tokio::sync::Mutex` wakes the next one when its guard is dropped"
)]
fn never_free_while_one_waits(run: &Run) -> Findings {
    let objects = ["left", "right"].map(|name| Object::of(run, name));
    let busy = |object: &Object| object.never_idle();
    // Where everybody is let in, nobody waits: there must be a lock.
    let locked = |object: &Object| object.steps.at_most(1);
    run.never_blocks()
        .or_else(|| objects.iter().map(locked).collect())
        .or_else(|| objects.iter().map(busy).collect())
        .or_else(|| objects.iter().map(Object::makes_each).collect())
}

#[judge(
    points = 20,
    title = "nobody is overtaken by one who came later",
    hint = "whoever finds the lock free may not take it while others wait",
    hint = "`tokio::sync::Mutex` hands its lock on in the order in which they came; a flag and a `Notify` do not"
)]
fn nobody_is_overtaken(run: &Run) -> Findings {
    let lock = Object::of(run, "lock");
    // Where nobody has to wait, nobody can be overtaken: there must be a line.
    lock.steps
        .at_most(1)
        .or_else(|| in_the_order_of_their_coming(&lock))
        .or_else(|| lock.makes_each())
}

fn in_the_order_of_their_coming(lock: &Object) -> Findings {
    let order = lock
        .steps
        .iter()
        .map(|step| (step, lock.came_ms(&step.label)));
    let order: Vec<_> = order.collect();
    for (at, (first, first_came)) in order.iter().enumerate() {
        let overtaken = order[at + 1..].iter().find(|(_, came)| came < first_came);
        if let Some((other, other_came)) = overtaken {
            let message = format!("{} was let in before {}", first.label, other.label);
            return Findings::one("wrong-order", message)
                .expected(format!(
                    "{} first, which came at {}",
                    other.label,
                    ms(*other_came)
                ))
                .got(format!(
                    "{} first, which came at {}",
                    first.label,
                    ms(*first_came)
                ))
                .at_ms(first.began_ms);
        }
    }
    Findings::none()
}

#[judge(
    points = 20,
    title = "a look at the value never waits, and sees what the last update left",
    hint = "`last` is no async function: it cannot wait for a lock that somebody keeps for seconds",
    hint = "two locks: one for whose turn it is, held over the step; one for the value, held for moments",
    hint = "`tokio::sync::Mutex<()>` beside a `std::sync::Mutex<State>`"
)]
fn last_never_waits(run: &Run) -> Findings {
    let lock = Object::of(run, "lock");
    let looks = run.notes("looked");
    let looks = looks.times().into_iter().zip(looks.values::<(u32, u32)>());
    let wrong = looks.into_iter().find(|(at_ms, seen)| {
        let ended = lock.ended_by(*at_ms);
        // What happens in one millisecond has no order.
        ended.tie.is_none_or(|tie| tie != *seen) && ended.state != *seen
    });
    let found = wrong.map_or_else(Findings::none, |(at_ms, seen)| {
        let message = "a look at the value sees something else";
        differs(message, lock.ended_by(at_ms).state, seen, at_ms)
    });
    run.never_blocks()
        .or_else(|| found)
        .or_else(|| dropped_is_not_counted(run, &lock))
}

/// Behind the three there is the looker, which adds nothing; then one that was dropped.
fn dropped_is_not_counted(run: &Run, lock: &Object) -> Findings {
    let after: (u32, u32) = run.notes("after").value();
    let at_ms = run.notes("after").times()[0];
    let (value, updates) = lock.ended_by(at_ms).state;
    let due = (value, updates + 1);
    if after == due {
        return Findings::none();
    }
    differs(
        "an update that was dropped has left something behind",
        due,
        after,
        at_ms,
    )
}

fn differs(message: &str, due: (u32, u32), seen: (u32, u32), at_ms: u64) -> Findings {
    let words = |(value, updates): (u32, u32)| format!("value {value}, updates {updates}");
    Findings::one("wrong-value", message)
        .expected(words(due))
        .got(words(seen))
        .at_ms(at_ms)
}

#[judge(
    points = 20,
    title = "an update that is dropped, or whose step panics, changes nothing and is in nobody's way",
    hint = "when a future is dropped, the code behind its `.await` never runs; the destructors of what it holds do",
    hint = "let a guard hold the lock, on every way out; tokio's guard is one",
    hint = "write the new value, and count the update, when the step is done"
)]
fn leaves_the_lock_on_every_way_out(run: &Run) -> Findings {
    let steps = run.calls("lock");
    let found = Scene::all(run)
        .iter()
        .map(|scene| {
            scene
                .is_in_nobodys_way(run, &steps)
                .or_else(|| scene.leaves_nothing())
        })
        .find(|found| !found.is_empty());
    found.unwrap_or_else(|| {
        let panicked: Vec<bool> = run.notes("panicked").values();
        let message = "a step panicked, and its update did not";
        Findings::unless(panicked == [true; 2], "wrong-value", message)
            .expected("the panic goes on to the caller of `update`")
    })
}
