//! What the grader is doing, on standard error, where a person watches.

use std::io::{IsTerminal, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// Where progress is shown.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    quiet: bool,
}

impl Progress {
    pub fn new(quiet: bool) -> Self {
        Self { quiet }
    }

    /// Says what a person must know, also one who wants no progress.
    pub fn warn(what: &str) {
        let _ = writeln!(std::io::stderr(), "{what}");
    }

    /// Says that something long has begun; the line goes when the answer is dropped.
    #[must_use]
    pub fn long(&self, what: &str) -> Shown {
        if self.quiet {
            return Shown(None);
        }
        if !std::io::stderr().is_terminal() {
            let _ = writeln!(std::io::stderr(), "{what} …");
            return Shown(None);
        }
        let bar = ProgressBar::new_spinner();
        bar.set_style(
            ProgressStyle::with_template("{spinner} {msg} · {elapsed}")
                .unwrap_or_else(|_| ProgressStyle::default_spinner()),
        );
        bar.set_message(what.to_owned());
        bar.enable_steady_tick(Duration::from_millis(100));
        Shown(Some(bar))
    }
}

/// A line of progress.
#[derive(Debug)]
pub struct Shown(Option<ProgressBar>);

impl Drop for Shown {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
