//! A scene: one call of `run`, and what was printed meanwhile.

use judge::{Run, ms};

/// A name, and a wait in virtual milliseconds.
pub type Task = (String, u64);

pub struct Scene {
    pub began_ms: u64,
    pub returned_ms: u64,
    pub tasks: [Task; 2],
    /// How long the other work takes, in virtual milliseconds.
    pub work_ms: u64,
    /// When it began, in virtual milliseconds since the scene began.
    pub work_began_ms: Option<u64>,
    /// What `run` gave.
    pub results: [String; 2],
    /// What was printed from its beginning to the next scene, with virtual times since the drive
    /// began.
    pub lines: Vec<(u64, String)>,
}

impl Scene {
    pub fn all(run: &Run) -> Vec<Self> {
        let (calls, returns) = (run.notes("run"), run.notes("returned"));
        let began = calls.times();
        let ends = began.iter().skip(1).copied().chain([u64::MAX]);
        let calls = began
            .iter()
            .zip(ends)
            .zip(calls.values::<([Task; 2], u64)>());
        let returns = returns.times().into_iter().zip(returns.values());
        let scenes = calls.zip(returns).map(
            |(((began_ms, ends_ms), (tasks, work_ms)), (returned_ms, results))| Self {
                began_ms: *began_ms,
                returned_ms,
                tasks,
                work_ms,
                work_began_ms: began_between(run, *began_ms, ends_ms),
                results,
                lines: printed_between(run, *began_ms, ends_ms),
            },
        );
        scenes.collect()
    }

    /// The scene in words: what a message begins with.
    pub fn setting(&self) -> String {
        let [first, second] = &self.tasks;
        format!(
            "{} waits {}, {} waits {}, other work {}",
            first.0,
            ms(first.1),
            second.0,
            ms(second.1),
            ms(self.work_ms)
        )
    }

    /// When a line said that this task is `start`ing or `done`, in virtual milliseconds since the
    /// scene began, however else that line was spelled.
    pub fn when(&self, name: &str, what: &str) -> Option<u64> {
        let at_ms = when_said(&self.lines, name, what)?;
        Some(at_ms - self.began_ms)
    }

    /// How long `run` took, in virtual milliseconds.
    pub fn took_ms(&self) -> u64 {
        self.returned_ms - self.began_ms
    }

    /// The longer wait, in virtual milliseconds.
    pub fn longer_ms(&self) -> u64 {
        self.tasks[0].1.max(self.tasks[1].1)
    }

    /// When the tasks and the other work are all done, if they run at the same time.
    pub fn all_done_ms(&self) -> u64 {
        self.longer_ms().max(self.work_ms)
    }
}

/// What was printed in this stretch of time, the first millisecond inclusive.
pub fn printed_between(run: &Run, from_ms: u64, to_ms: u64) -> Vec<(u64, String)> {
    let mut lines = run.printed();
    lines.retain(|(at_ms, _)| (from_ms..to_ms).contains(at_ms));
    lines
}

/// When a line first had both this name and this word in it, in capitals or not.
pub fn when_said(lines: &[(u64, String)], name: &str, word: &str) -> Option<u64> {
    let says = |line: &str| line.contains(name) && line.to_lowercase().contains(word);
    let said = lines.iter().find(|(_, line)| says(line));
    said.map(|(at_ms, _)| *at_ms)
}

/// When the other work began, since the first of these milliseconds.
fn began_between(run: &Run, from_ms: u64, to_ms: u64) -> Option<u64> {
    let work = run.calls("work");
    let mut began = work.iter().map(|work| work.began_ms);
    let began_ms = began.find(|at_ms| (from_ms..to_ms).contains(at_ms))?;
    Some(began_ms - from_ms)
}
