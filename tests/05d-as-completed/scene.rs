//! A scene: some futures, and what became of each.

use judge::{CallSpan, Closing, Run, ms};

pub struct Scene {
    pub name: String,
    pub began_ms: u64,
    /// Those that are done first come first.
    pub futures: Vec<Running>,
}

pub struct Running {
    /// When it is done if it begins with the scene, in virtual milliseconds since then.
    pub takes_ms: u64,
    pub value: u64,
    /// None where nobody polled it.
    pub call: Option<CallSpan>,
}

impl Scene {
    pub fn of(run: &Run, name: &str) -> Self {
        let list: Vec<(u64, u64)> = run.notes(name).value();
        let calls = run.calls(&format!("{name} future"));
        let call = |value: u64| calls.iter().find(|call| call.label == value.to_string());
        let futures = list.into_iter().map(|(takes_ms, value)| Running {
            takes_ms,
            value,
            call: call(value).cloned(),
        });
        let mut futures: Vec<Running> = futures.collect();
        futures.sort_by_key(|future| future.takes_ms);
        Self {
            name: name.to_owned(),
            began_ms: run.notes(name).times()[0],
            futures,
        }
    }

    /// All values, in the order in which they come.
    pub fn values(&self) -> Vec<u64> {
        self.futures.iter().map(|future| future.value).collect()
    }

    /// A time of the drive, in words, since this scene began.
    pub fn since(&self, at_ms: u64) -> String {
        ms(at_ms - self.began_ms)
    }
}

impl Running {
    /// When it was done, in virtual milliseconds since the drive began.
    pub fn done_ms(&self) -> Option<u64> {
        let closed = self.call.as_ref()?.closed?;
        (closed.1 == Closing::Answered).then_some(closed.0)
    }

    /// What became of it, in words.
    pub fn became(&self, scene: &Scene) -> String {
        let Some(call) = &self.call else {
            return "never begun".to_owned();
        };
        match call.closed {
            Some((at_ms, Closing::Dropped)) => format!("dropped at {}", scene.since(at_ms)),
            Some((at_ms, _)) => format!("done at {}", scene.since(at_ms)),
            None => "still under way at the end".to_owned(),
        }
    }
}
