//! One call of the student's function, as the trace tells it: which files it was given, and when it
//! had which of them open.

use judge::{CallSpan, Calls, Findings, Notes, Run, count, ms};

use crate::values::{Answer, Totals, answers_in, totals_in};

/// How many names a message lists.
const LISTED: usize = 4;

/// A call of `process_files` or `word_totals`.
pub struct Reading {
    /// The names of the files, in the order of the paths.
    pub files: Vec<String>,
    pub max_open: usize,
    pub called_ms: u64,
    pub returned_ms: u64,
    /// The most heap at a time, where it was measured.
    pub heap: Notes,
    returned: serde_json::Value,
    /// Those of the whole drive: the names tell which are of this call.
    calls: Calls,
}

impl Reading {
    /// The calls of a drive, in order; a drive makes always as many.
    pub fn all<const N: usize>(run: &Run) -> [Self; N] {
        let (called, returned) = (run.notes("called"), run.notes("returned"));
        let files: Vec<Vec<String>> = called.values();
        let max_open: Vec<usize> = run.notes("max_open").values();
        let (called_ms, returned_ms) = (called.times(), returned.times());
        let returned: Vec<serde_json::Value> = returned.values();
        std::array::from_fn(|n| Self {
            files: files[n].clone(),
            max_open: max_open[n],
            called_ms: called_ms[n],
            returned_ms: returned_ms[n],
            heap: run.notes("heap").nth(n),
            returned: returned[n].clone(),
            calls: run.calls("file"),
        })
    }

    /// The only call of a drive.
    pub fn only(run: &Run) -> Self {
        let [reading] = Self::all(run);
        reading
    }

    /// What `process_files` returned.
    pub fn answers(&self) -> Vec<Answer> {
        answers_in(&self.returned)
    }

    /// What `word_totals` returned.
    pub fn totals(&self) -> Totals {
        totals_in(&self.returned)
    }

    /// Each time a file was open, in the order in which it was opened.
    pub fn spans(&self) -> impl Iterator<Item = &CallSpan> {
        self.calls.iter().filter(|span| self.is_ours(span))
    }

    fn is_ours(&self, span: &CallSpan) -> bool {
        self.files.contains(&span.label)
    }

    /// Whether a file was opened through `tokio::fs`, if only in vain.
    pub fn opened(&self, file: &str) -> bool {
        self.spans().any(|span| span.label == file)
    }

    /// The files that had never been opened when the clock moved on from `at_ms`.
    pub fn left_at(&self, at_ms: u64) -> Vec<&str> {
        let begun = |file: &str| {
            self.spans()
                .any(|span| span.label == file && span.began_ms <= at_ms)
        };
        self.files
            .iter()
            .map(String::as_str)
            .filter(|file| !begun(file))
            .collect()
    }

    /// Each time the clock was about to move, from the call to its return, with the files that were
    /// open then.
    fn moments(&self) -> impl Iterator<Item = (u64, Vec<&str>)> {
        let during = self.calls.settled_until(self.returned_ms);
        during
            .skip_while(|settled| settled.at_ms < self.called_ms)
            .map(|settled| {
                let spans = settled.in_flight.iter().map(|call| self.calls.get(*call));
                let open = spans
                    .filter(|span| self.is_ours(span))
                    .map(|span| &*span.label);
                (settled.at_ms, open.collect())
            })
    }

    /// Whether two files are ever open together.
    pub fn overlaps(&self) -> bool {
        self.moments().any(|(_, open)| open.len() > 1)
    }

    /// Whenever the clock is about to move, at most `max_open` files are open.
    pub fn keeps_to_max_open(&self) -> Findings {
        let Some((at_ms, open)) = self.moments().find(|(_, open)| open.len() > self.max_open)
        else {
            return Findings::none();
        };
        Findings::one(
            "unbounded",
            format!("{} are open at {}", count(open.len(), "file"), ms(at_ms)),
        )
        .expected(format!("at most {}", self.max_open))
        .got(list(&open))
        .at_ms(at_ms)
    }

    /// Whenever the clock is about to move and a file is left, `max_open` files are open.
    pub fn uses_every_slot(&self) -> Findings {
        for (at_ms, open) in self.moments() {
            let left = self.left_at(at_ms);
            if !left.is_empty() && open.len() < self.max_open {
                let only = format!("only {} of {} files open", open.len(), self.max_open);
                let message = format!("{only} from {} on, while more are left", ms(at_ms));
                return Findings::one("underused", message)
                    .expected(format!("{} open as long as a file is left", self.max_open))
                    .got(format!("open: {}; left: {}", list(&open), list(&left)))
                    .at_ms(at_ms);
            }
        }
        Findings::none()
    }

    /// Every file is opened through `tokio::fs`.
    pub fn opens_every_file(&self) -> Findings {
        let unopened: Vec<_> = self
            .files
            .iter()
            .map(String::as_str)
            .filter(|file| !self.opened(file))
            .collect();
        let message = format!("{} never opened through `tokio::fs`", was(&unopened));
        Findings::unless(unopened.is_empty(), "underused", message)
            .expected("every file opened through `tokio::fs`; `std::fs`, even on threads of `spawn_blocking`, goes past it")
    }
}

/// At every instant of a drive, between two moves of the clock too, at most `limit` files are open.
pub fn at_every_instant_at_most(limit: usize, run: &Run) -> Findings {
    let (peak, at_ms) = run.calls("file").peak();
    let message = format!(
        "{} are open for an instant at {}",
        count(peak, "file"),
        ms(at_ms)
    );
    Findings::unless(peak <= limit, "unbounded", message)
        .expected(format!(
            "at most {limit}: a file is closed before another takes its place"
        ))
        .at_ms(at_ms)
}

/// `a.txt was`, `a.txt, b.txt and 3 more were`.
pub fn was(names: &[&str]) -> String {
    format!(
        "{} {}",
        list(names),
        if names.len() == 1 { "was" } else { "were" }
    )
}

/// Names, shortened.
pub fn list(names: &[&str]) -> String {
    match names.len() {
        0 => "none".to_owned(),
        // The last would take no more room than saying that there is one more.
        n if n <= LISTED + 1 => names.join(", "),
        n => format!("{} and {} more", names[..LISTED].join(", "), n - LISTED),
    }
}
