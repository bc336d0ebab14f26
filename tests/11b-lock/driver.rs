//! What happens to a value that many want to change. No expected value is in here.

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::rc::Rc;
use std::task::Poll;

use contract::Shared;
use lab::{Lab, drive};

lab::driver!(contract);

/// What an update does: its name, when it comes, how long its step takes, both in virtual milliseconds, and
/// what the step adds.
#[derive(Clone)]
struct Update {
    name: String,
    comes_ms: u64,
    takes_ms: u64,
    adds: u32,
}

impl Update {
    fn new(lab: &Lab, name: &str, plain_comes_ms: u64, plain_takes_ms: u64) -> Self {
        let comes = || lab.draw(&format!("{name} comes"), plain_comes_ms, 0..=900);
        Self {
            name: name.to_owned(),
            comes_ms: if plain_comes_ms == 0 { 0 } else { comes() },
            takes_ms: lab.draw(&format!("{name} takes"), plain_takes_ms, 20..=1500),
            adds: small(lab.draw(&format!("{name} adds"), 1, 1..=99)),
        }
    }

    /// Comes, waits for its turn, and tells what it was given and what it gave.
    async fn run(self, lab: Lab, object: &'static str, shared: Rc<Shared>) {
        lab.sleep(self.comes_ms).await;
        lab.note("came", (object, &self.name, self.takes_ms, self.adds));
        let step = async |value: u32| {
            lab.note("given", (object, &self.name, value));
            wait(&lab, object, &self.name, self.takes_ms).await;
            value + self.adds
        };
        let value = shared.update(&self.name, step).await;
        lab.note("gave", (object, &self.name, value));
    }
}

/// What a step does with its time.
async fn wait(lab: &Lab, object: &str, name: &str, ms: u64) {
    let answer: Result<(), ()> = Ok(());
    let _ = lab.service(object).call(name, ms, answer).await;
}

fn small(number: u64) -> u32 {
    u32::try_from(number).expect("a drawn number is small")
}

/// An object, with a value that the schedule says.
fn shared(lab: &Lab, object: &'static str) -> Rc<Shared> {
    let value = small(lab.draw(&format!("{object} begins with"), 0, 0..=999));
    lab.note("began", (object, value));
    Rc::new(Shared::new(value))
}

/// The lesson's three workers, and as many as the schedule says under others.
#[drive]
async fn lets_one_in_at_a_time(lab: Lab) {
    let shared = shared(&lab, "lock");
    let number = lab.draw("workers", 3, 2..=6);
    let updates = ["A", "B", "C", "D", "E", "F"]
        .into_iter()
        .zip(0..number)
        .map(|(name, _)| Update::new(&lab, name, 0, 1000).run(lab.clone(), "lock", shared.clone()));
    let updates: Vec<_> = updates.collect();
    lab.all(updates).await;
}

/// Two objects with updates of their own, that come at many times.
#[drive]
async fn never_free_while_one_waits(lab: Lab) {
    let (left, right) = (shared(&lab, "left"), shared(&lab, "right"));
    let mut updates = Vec::new();
    for (n, name) in ["A", "B", "C", "D"].into_iter().enumerate() {
        let n = n as u64;
        let update = |object: &str, comes_ms, takes_ms| {
            Update::new(&lab, &format!("{name} {object}"), comes_ms, takes_ms)
        };
        let of_left = update("left", 70 * n, 210);
        let of_right = update("right", 300 * n, 130);
        updates.push(of_left.run(lab.clone(), "left", left.clone()));
        updates.push(of_right.run(lab.clone(), "right", right.clone()));
    }
    lab.all(updates).await;
}

/// Updates that come one after another, and one among them that comes again as soon as it was there.
#[drive]
async fn nobody_is_overtaken(lab: Lab) {
    let shared = shared(&lab, "lock");
    let mut updates = Vec::new();
    for (n, name) in ["A", "B", "C", "D", "E"].into_iter().enumerate() {
        let update = Update::new(&lab, name, 40 * n as u64, 100);
        updates.push(lab.spawn(update.run(lab.clone(), "lock", shared.clone())));
    }
    let again = lab.draw("again", 4, 2..=5);
    let (own_lab, own) = (lab.clone(), shared.clone());
    let greedy = async move {
        for n in 0..again {
            let mut update = Update::new(&own_lab, &format!("again {n}"), 0, 60);
            // The first of them comes right behind A.
            update.comes_ms = u64::from(n == 0) * 10;
            update.run(own_lab.clone(), "lock", own.clone()).await;
        }
    };
    updates.push(lab.spawn(greedy));
    for update in updates {
        update.join().await;
    }
}

/// Looks before, while and after there are updates, which come one after another; one look is a step's own.
/// The last update is dropped.
#[drive]
async fn last_never_waits(lab: Lab) {
    let shared = shared(&lab, "lock");
    let look = |shared: &Shared| {
        let last = shared.last();
        lab.note("looked", (last.value, last.updates));
    };
    look(&shared);
    let updates = ["A", "B", "C"].map(|name| Update::new(&lab, name, 0, 200));
    let (own_lab, own) = (lab.clone(), shared.clone());
    lab.spawn(async move {
        for update in updates {
            own_lab.sleep(20).await;
            update.run(own_lab.clone(), "lock", own.clone()).await;
        }
    });
    for n in 0..6 {
        lab.sleep(lab.draw(&format!("look {n}"), 95, 1..=900)).await;
        look(&shared);
    }
    lab.sleep(6_000).await;
    look(&shared);
    let step = async |value: u32| {
        look(&shared);
        value
    };
    shared.update("looker", step).await;
    let goes = Update::new(&lab, "goes", 0, 1_000);
    let goes = lab.spawn(goes.run(lab.clone(), "lock", shared.clone()));
    lab.sleep(10).await;
    goes.cancel();
    lab.sleep(10).await;
    let last = shared.last();
    lab.note("after", (last.value, last.updates));
}

/// How an update ends that is not to come to its end.
#[derive(Clone, Copy)]
enum Fate {
    /// It is dropped, so many virtual milliseconds after the one before it was let in.
    Dropped(u64),
    /// Its step panics, so many after it was let in.
    Panics(u64),
}

/// One holds the lock; one comes that does not get to its end; one is behind it.
#[drive]
async fn leaves_the_lock_on_every_way_out(lab: Lab) {
    let holds_ms = lab.draw("holds", 100, 50..=200);
    for (what, fate) in [
        ("was dropped while it waited", Fate::Dropped(holds_ms / 2)),
        ("was dropped as it was let in", Fate::Dropped(holds_ms)),
        ("was dropped from inside", Fate::Dropped(holds_ms + 20)),
        ("panicked at once", Fate::Panics(0)),
        ("panicked after a wait", Fate::Panics(30)),
    ] {
        let shared = shared(&lab, "lock");
        lab.note("scene", what);
        let update = |name: &str, takes_ms, adds| Update {
            name: name.to_owned(),
            comes_ms: 0,
            takes_ms,
            adds,
        };
        let run = |update: Update| lab.spawn(update.run(lab.clone(), "lock", shared.clone()));
        run(update("the holder", holds_ms, 1));
        lab.sleep(5).await;
        let goes = match fate {
            Fate::Dropped(_) => run(update("the one that goes", 1_000, 1_000)),
            Fate::Panics(after_ms) => lab.spawn(fails(lab.clone(), shared.clone(), after_ms)),
        };
        lab.sleep(5).await;
        run(update("the one behind", 10, 10));
        if let Fate::Dropped(at_ms) = fate {
            lab.sleep(at_ms - 10).await;
            goes.cancel();
            lab.note("went", ());
        }
        lab.sleep(1_000).await;
        lab.note("after", ());
    }
}

/// An update whose step panics.
async fn fails(lab: Lab, shared: Rc<Shared>, after_ms: u64) {
    let step = async |_: u32| {
        wait(&lab, "lock", "the one that goes", after_ms).await;
        lab.note("went", ());
        // Without the hook: a panic that the grader sees in here is its own.
        resume_unwind(Box::new("the step fails"))
    };
    let outcome = survive(shared.update("the one that goes", step)).await;
    lab.note("panicked", outcome.is_err());
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
