//! A chain: deadlines within each other, and which of them counts.

use judge::Run;

pub struct Chain {
    /// When the outermost was made, in virtual milliseconds since the drive began.
    pub began_ms: u64,
    /// Names, and moments in virtual milliseconds since the drive began; the outermost first.
    deadlines: Vec<(String, u64)>,
}

impl Chain {
    pub fn of(run: &Run, scene: &str) -> Self {
        let made = run.notes(&format!("{scene} deadline"));
        let times = made.times();
        let deadlines = made.values::<(String, u64)>().into_iter().zip(&times);
        Self {
            began_ms: times[0],
            deadlines: deadlines
                .map(|((name, limit_ms), made_ms)| (name, made_ms + limit_ms))
                .collect(),
        }
    }

    /// The earliest of the first `number`: its name, and when it is over.
    pub fn earliest(&self, number: usize) -> &(String, u64) {
        let deadlines = self.deadlines.iter().take(number);
        deadlines
            .min_by_key(|(_, at_ms)| *at_ms)
            .expect("a chain has a deadline")
    }

    pub fn len(&self) -> usize {
        self.deadlines.len()
    }

    /// The chain in words: what a message begins with.
    pub fn setting(&self) -> String {
        let said = self.deadlines.iter().map(|(name, at_ms)| {
            let at_ms = at_ms - self.began_ms;
            format!("`{name}` until {at_ms} ms")
        });
        said.collect::<Vec<_>>().join(", ")
    }
}
