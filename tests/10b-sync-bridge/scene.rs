//! Pieces of the drives: work that is asked for, and where it is.

use std::cell::Cell;
use std::convert::Infallible;
use std::sync::Arc;

use contract::Bridge;
use lab::Lab;

pub fn bridge() -> Bridge {
    Bridge::new().expect("the system has room for a bridge")
}

/// Work that somebody waits for: its name, how long it takes in virtual milliseconds, what it gives.
#[derive(Debug, Clone)]
pub struct Work {
    name: String,
    pub takes_ms: u64,
    pub value: u64,
}

impl Work {
    pub fn new(lab: &Lab, name: &str) -> Self {
        Self::taking(lab, name, 200)
    }

    /// Work that takes `plain_ms` under the plain schedule, and what the schedule says under others.
    pub fn taking(lab: &Lab, name: &str, plain_ms: u64) -> Self {
        Self {
            name: name.to_owned(),
            takes_ms: lab.draw(&format!("{name} takes"), plain_ms, 20..=900),
            value: lab.draw(&format!("{name} gives"), 40 + plain_ms % 7, 1..=9999),
        }
    }

    /// The work itself.
    pub async fn done(&self, lab: &Lab) -> u64 {
        let answer = Ok::<_, Infallible>(self.value);
        let Ok(value) = lab
            .service("work")
            .call(&self.name, self.takes_ms, answer)
            .await;
        value
    }

    /// Notes that it is asked for, and how: what a message begins with.
    pub fn begins(&self, lab: &Lab, how: &str) {
        lab.note("asked for", (&self.name, how, self.takes_ms, self.value));
    }

    /// With what came of it; nothing where it was refused.
    pub fn ends(&self, lab: &Lab, got: Option<u64>) {
        lab.note("got", (&self.name, got));
    }

    /// Notes what `ask` gets.
    pub fn noted(&self, lab: &Lab, how: &str, ask: impl FnOnce() -> Option<u64>) {
        self.begins(lab, how);
        let got = ask();
        self.ends(lab, got);
    }

    /// Has `bridge` run it.
    pub fn runs(&self, lab: &Lab, place: &str, bridge: &Bridge) {
        self.noted(lab, &format!("`run` {place}"), || {
            bridge.run(self.done(lab)).ok()
        });
    }
}

/// Asks `bridge` to run a future, and notes whether it did, or at least looked at it.
pub fn asks(lab: &Lab, place: &str, bridge: &Bridge) {
    let is_polled = Cell::new(false);
    let told = bridge.run(async { is_polled.set(true) });
    lab.note("told", (place, told.is_ok(), is_polled.get()));
}

/// Calls `work` on a thread that is no runtime's.
pub async fn outside(
    lab: &Lab,
    bridge: Arc<Bridge>,
    work: impl FnOnce(Lab, Arc<Bridge>) + Send + 'static,
) {
    let thread = lab.clone();
    lab.outside(move || work(thread, bridge)).await;
}

/// Has `bridge` run a future that leaves a task behind, which would never end.
pub fn leaves_a_task(lab: &Lab, bridge: &Bridge) {
    let service = lab.service("left");
    let _ = bridge.run(async {
        tokio::spawn(async move { service.hang::<()>("behind").await });
        lab.sleep(5).await;
    });
}
