//! A scene: one operation, and what became of it.

use judge::{CallSpan, Closing, Findings, Run, ms};

pub struct Scene {
    pub name: String,
    /// In virtual milliseconds since the drive began.
    pub began_ms: u64,
    pub takes_ms: u64,
    pub value: u32,
    pub limit_ms: Option<u64>,
    /// None where nobody polled it.
    pub call: Option<CallSpan>,
}

impl Scene {
    pub fn of(run: &Run, name: &str) -> Self {
        let (takes_ms, value, limit_ms) = run.notes(name).value();
        let calls = run.calls(&format!("{name} operation"));
        Self {
            name: name.to_owned(),
            began_ms: run.notes(name).times()[0],
            takes_ms,
            value,
            limit_ms,
            call: calls.iter().next().cloned(),
        }
    }

    /// The scene in words: what a message begins with.
    pub fn setting(&self) -> String {
        let limit = self.limit_ms.map_or_else(
            || "no limit".to_owned(),
            |limit_ms| format!("limit {}", ms(limit_ms)),
        );
        format!("{limit}, operation {}", ms(self.takes_ms))
    }

    /// What became of the operation, in words.
    pub fn became(&self) -> String {
        let Some(call) = &self.call else {
            return "never begun".to_owned();
        };
        let since = |at_ms: u64| ms(at_ms - self.began_ms);
        match call.closed {
            Some((at_ms, Closing::Dropped)) => format!("dropped at {}", since(at_ms)),
            Some((at_ms, _)) => format!("done at {}", since(at_ms)),
            None => "still under way at the end".to_owned(),
        }
    }

    /// The operation ended in this way, so long after the scene began.
    pub fn ends(&self, after_ms: u64, how: Closing) -> Findings {
        let end = (self.began_ms + after_ms, how);
        let ended = self.call.as_ref().and_then(|call| call.closed);
        let (kind, expected) = match how {
            Closing::Dropped => ("leaked-task", "dropped"),
            _ => ("wrong-value", "done"),
        };
        // One that was dropped too soon, or never begun, is not leaked.
        let goes_on = ended.is_none_or(|(at_ms, _)| at_ms > end.0) && self.call.is_some();
        let kind = if goes_on { kind } else { "wrong-value" };
        let message = format!("{}: the operation did not end so", self.setting());
        Findings::unless(ended == Some(end), kind, message)
            .expected(format!("{expected} at {}", ms(after_ms)))
            .got(self.became())
            .at_ms(end.0)
    }
}
