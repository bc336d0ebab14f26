//! [`History`]: what happened in one scene.

use std::collections::BTreeMap;

use judge::{Notes, Run, count, ms};

use crate::wording::came;

/// One scene: its limiter, and who came, got in or gave up. Times are virtual milliseconds from its
/// beginning.
pub struct History<'a> {
    run: Run<'a>,
    scene: &'a str,
    pub limit: usize,
    pub window_ms: u64,
    began_ms: u64,
}

/// A caller of `acquire`.
pub struct Caller {
    pub called_ms: u64,
    pub admitted_ms: Option<u64>,
    gave_up_ms: Option<u64>,
}

impl Caller {
    /// When it no longer waited. One of which nothing more is heard waits for good.
    pub fn left_ms(&self) -> u64 {
        self.admitted_ms.or(self.gave_up_ms).unwrap_or(u64::MAX)
    }
}

/// A call of `try_acquire`.
pub struct Try {
    pub at_ms: u64,
    pub answered_ms: u64,
    pub admitted: bool,
}

/// What one `rate_limited` came to.
pub struct Results {
    pub at_ms: u64,
    pub values: Vec<usize>,
}

impl<'a> History<'a> {
    pub fn of(run: &Run<'a>, scene: &'a str) -> Self {
        let made = run.notes(&format!("{scene}: limiter"));
        let (limit, window_ms) = made.value();
        Self {
            run: *run,
            scene,
            limit,
            window_ms,
            began_ms: made.times()[0],
        }
    }

    /// From one admission to the next, when they are spaced evenly.
    pub fn step_ms(&self) -> u64 {
        self.window_ms / self.limit as u64
    }

    /// Milliseconds since the drive began, as findings carry them.
    pub fn since_drive(&self, at_ms: u64) -> u64 {
        self.began_ms + at_ms
    }

    fn notes(&self, what: &str) -> Notes {
        self.run.notes(&format!("{}: {what}", self.scene))
    }

    /// When something was noted, in order.
    pub fn times(&self, what: &str) -> Vec<u64> {
        self.of_drive(self.notes(what).times())
    }

    /// Times of the drive as times of the scene, in order.
    pub fn of_drive(&self, times: impl IntoIterator<Item = u64>) -> Vec<u64> {
        let times = times
            .into_iter()
            .filter_map(|at| at.checked_sub(self.began_ms));
        let mut times: Vec<_> = times.collect();
        times.sort_unstable();
        times
    }

    /// Everybody who called `acquire`, by number.
    pub fn callers(&self) -> Vec<Caller> {
        let (admitted, gave_up) = (self.numbered("admitted"), self.numbered("gave up"));
        let callers = self
            .numbered("called")
            .into_iter()
            .map(|(n, called_ms)| Caller {
                called_ms,
                admitted_ms: admitted.get(&n).copied(),
                gave_up_ms: gave_up.get(&n).copied(),
            });
        callers.collect()
    }

    fn numbered(&self, what: &str) -> BTreeMap<u64, u64> {
        let notes = self.notes(what);
        // In the order of the notes, which is the order of time.
        notes.values().into_iter().zip(self.times(what)).collect()
    }

    /// Every `try_acquire`, in the order in which one task made them.
    pub fn tries(&self) -> Vec<Try> {
        let told = self.notes("was told").values();
        let times = self.times("tried").into_iter().zip(self.times("was told"));
        let tries = times.zip(told).map(|((at_ms, answered_ms), admitted)| Try {
            at_ms,
            answered_ms,
            admitted,
        });
        tries.collect()
    }

    /// How many jobs `rate_limited` was called with.
    pub fn jobs(&self) -> usize {
        self.notes("jobs called").value()
    }

    /// When jobs were started.
    pub fn job_starts(&self) -> Vec<u64> {
        let jobs = self.run.calls(&format!("{}: job", self.scene));
        self.of_drive(jobs.iter().map(|job| job.began_ms))
    }

    /// When jobs ended.
    pub fn job_ends(&self) -> Vec<u64> {
        let jobs = self.run.calls(&format!("{}: job", self.scene));
        let ends = jobs.iter().filter_map(|job| job.closed);
        self.of_drive(ends.map(|(at, _)| at))
    }

    /// What `rate_limited` returned.
    pub fn results(&self) -> Results {
        Results {
            at_ms: self.times("results")[0],
            values: self.notes("results").value(),
        }
    }

    /// When somebody got in, in order: callers, tries and jobs alike.
    pub fn admissions(&self) -> Vec<u64> {
        let tries = self.tries().into_iter().filter(|one| one.admitted);
        let mut admissions = self.times("admitted");
        admissions.extend(tries.map(|one| one.answered_ms));
        admissions.extend(self.job_starts());
        admissions.sort_unstable();
        admissions
    }

    /// The admissions of the window with most of them, the first such.
    pub fn densest_window(&self) -> Vec<u64> {
        let admissions = self.admissions();
        let mut densest = Vec::new();
        for from in &admissions {
            let window = *from..from + self.window_ms;
            let inside = admissions.iter().filter(|at| window.contains(at));
            let inside: Vec<_> = inside.copied().collect();
            if inside.len() > densest.len() {
                densest = inside;
            }
        }
        densest
    }

    /// The scene in words: what a message begins with.
    pub fn setting(&self) -> String {
        let tried: Vec<_> = self.tries().iter().map(|one| one.at_ms).collect();
        let called = self.times("called");
        let mut said = vec![format!("{} per {}", self.limit, ms(self.window_ms))];
        if !tried.is_empty() {
            said.push(came(("try", "tries"), &tried));
        }
        if !called.is_empty() {
            said.push(came(("caller", "callers"), &called));
        }
        let gave_up = self.times("gave up").len();
        if gave_up > 0 {
            said.push(format!("{gave_up} of them gave up"));
        }
        for at_ms in self.times("jobs called") {
            said.push(format!("{} at {}", count(self.jobs(), "job"), ms(at_ms)));
        }
        said.join("; ")
    }

    /// What an admission is here: callers get in, jobs start.
    pub fn verb(&self) -> &'static str {
        match (
            self.job_starts().is_empty(),
            self.times("called").is_empty(),
        ) {
            (true, _) => "got in",
            (false, true) => "started",
            (false, false) => "got in or started",
        }
    }
}
