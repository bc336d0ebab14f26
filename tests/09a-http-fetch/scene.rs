//! Scenes: calls of `fetch_all` and of `run`, with what they were given, and what came of it.

use judge::{Notes, Run};
use serde::Deserialize;

/// A page, which the driver notes as a list of these.
#[derive(Debug, Clone, Deserialize)]
pub struct Given {
    pub url: String,
    /// In bytes.
    pub size: usize,
    /// From the call to its last byte, over a connection of its own, in virtual milliseconds.
    pub takes_ms: u64,
}

/// How many bytes came, or the error's text.
pub type Answer = Result<usize, String>;

/// One call of `fetch_all`.
pub struct Fetched {
    pub began_ms: u64,
    pub returned_ms: u64,
    pub list: Vec<Given>,
    pub answers: Vec<Answer>,
}

/// One call of `run`.
pub struct Printed {
    pub began_ms: u64,
    pub returned_ms: u64,
    pub lists: Vec<Vec<Given>>,
    /// What it gave: pages, bytes, failed.
    pub summary: (usize, usize, usize),
    /// What was printed until it returned, with virtual times since the drive began.
    pub lines: Vec<(u64, String)>,
}

impl Fetched {
    pub fn all(run: &Run) -> Vec<Self> {
        let (calls, returns) = (run.notes("fetch_all"), run.notes("fetch_all gave"));
        let lists = calls.values().into_iter().zip(returns.values());
        let scenes = spans(&calls, &returns).zip(lists);
        let scene = |((began_ms, returned_ms), (list, answers))| Self {
            began_ms,
            returned_ms,
            list,
            answers,
        };
        scenes.map(scene).collect()
    }

    /// What comes of it where no page fails.
    pub fn whole(&self) -> Vec<Answer> {
        self.list.iter().map(|page| Ok(page.size)).collect()
    }
}

impl Printed {
    pub fn all(run: &Run) -> Vec<Self> {
        let (calls, returns) = (run.notes("run"), run.notes("run gave"));
        let mut printed = run.printed().into_iter().peekable();
        let lists = calls.values().into_iter().zip(returns.values());
        let scenes = spans(&calls, &returns).zip(lists);
        let scene = |((began_ms, returned_ms), (lists, summary))| Self {
            began_ms,
            returned_ms,
            lists,
            summary,
            lines: std::iter::from_fn(|| printed.next_if(|(at_ms, _)| *at_ms <= returned_ms))
                .collect(),
        };
        scenes.map(scene).collect()
    }

    /// All pages of all lists.
    pub fn pages(&self) -> impl Iterator<Item = &Given> {
        self.lists.iter().flatten()
    }

    /// The lines that name a URL.
    pub fn lines_of_urls(&self) -> Vec<&str> {
        let lines = self.lines.iter().map(|(_, line)| line.as_str());
        lines.filter(|line| line.contains("://")).collect()
    }
}

/// From when to when each call went, in virtual milliseconds.
fn spans(calls: &Notes, returns: &Notes) -> impl Iterator<Item = (u64, u64)> {
    calls.times().into_iter().zip(returns.times())
}
