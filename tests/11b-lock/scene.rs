//! A holder, one that does not get to its end, and one behind it.

use judge::{CallSpan, Calls, Closing, Findings, Run, ms};

/// How much later than at once the one behind may be let in, in virtual milliseconds: that the lock is never free
/// is another check's.
const GRACE_MS: u64 = 20;

/// Times are virtual milliseconds.
pub struct Scene {
    /// What became of the one in the middle.
    what: String,
    from_ms: u64,
    to_ms: u64,
    began_with: u32,
    /// What the step of the one behind was given.
    given: Option<u32>,
}

impl Scene {
    pub fn all(run: &Run) -> Vec<Self> {
        let scenes = run.notes("scene");
        let spans = scenes.times().into_iter().zip(run.notes("after").times());
        let began: Vec<(String, u32)> = run.notes("began").values();
        let given = run.notes("given");
        let noted: Vec<(String, String, u32)> = given.values();
        let given: Vec<_> = given.times().into_iter().zip(noted).collect();
        let all = spans.zip(scenes.values::<String>()).zip(began);
        all.map(|(((from_ms, to_ms), what), (_, began_with))| {
            let mut here = given
                .iter()
                .filter(|(at_ms, _)| (from_ms..to_ms).contains(at_ms));
            let behind = here.find(|(_, (_, name, _))| name == "the one behind");
            Self {
                what,
                from_ms,
                to_ms,
                began_with,
                given: behind.map(|(_, (.., value))| *value),
            }
        })
        .collect()
    }

    fn step<'a>(&self, steps: &'a Calls, label: &str) -> Option<&'a CallSpan> {
        let mut here = steps
            .iter()
            .filter(|step| (self.from_ms..self.to_ms).contains(&step.began_ms));
        here.find(|step| step.label == label)
    }

    /// The one behind is let in as soon as nobody is before it, and gets to its end.
    pub fn is_in_nobodys_way(&self, run: &Run, steps: &Calls) -> Findings {
        let holder = self.step(steps, "the holder").and_then(|step| step.closed);
        let mut went = run.notes("went").times().into_iter();
        let went_ms = went.find(|at_ms| (self.from_ms..self.to_ms).contains(at_ms));
        let free_ms = holder.map(|(at_ms, _)| at_ms);
        let due_ms = free_ms.max(went_ms);
        let behind = self.step(steps, "the one behind");
        let is_done =
            behind.is_some_and(|step| matches!(step.closed, Some((_, Closing::Answered))));
        let began_ms = behind.map(|step| step.began_ms);
        // Before the one that goes, but behind the holder: the order is another check's.
        let is_let_in = began_ms
            .zip(free_ms.zip(due_ms))
            .is_some_and(|(at, (free, due))| (free..=due + GRACE_MS).contains(&at));
        let kind = if behind.is_none() {
            "deadlock"
        } else {
            "wrong-order"
        };
        let message = format!(
            "an update {}, and the one behind it has to suffer",
            self.what
        );
        let in_words = |at_ms: Option<u64>| {
            at_ms.map_or_else(
                || "never let in".to_owned(),
                |at_ms| format!("let in at {}", ms(at_ms)),
            )
        };
        Findings::unless(is_let_in && is_done, kind, message)
            .expected(in_words(due_ms))
            .got(in_words(began_ms))
            .at_ms(due_ms.unwrap_or(self.from_ms))
    }

    /// The one behind works on what the holder made. One that looks before it is let in is another check's.
    pub fn leaves_nothing(&self) -> Findings {
        let due = self.began_with + 1;
        let is_due = self.given == Some(due) || self.given == Some(self.began_with);
        let message = format!("an update {}, and left something behind", self.what);
        Findings::unless(is_due, "wrong-value", message)
            .expected(due)
            .got(
                self.given
                    .map_or_else(|| "nothing".to_owned(), |value| value.to_string()),
            )
            .at_ms(self.from_ms)
    }
}
