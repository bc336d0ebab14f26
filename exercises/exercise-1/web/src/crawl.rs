use std::time::Duration;

use crate::FetchError;

/// How far, how wide and how patiently a crawl goes. Each limit is at least 1 (one millisecond,
/// for the time).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// At most this many requests are under way at any moment.
    pub max_in_flight: usize,
    /// Only pages that can be reached from the start page by at most this many links are asked for.
    pub max_depth: usize,
    /// How long one request may take, counted from its own start.
    pub timeout: Duration,
}

/// What became of one page of a crawl.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The server answered, with whatever status.
    Fetched {
        /// The HTTP status, 200 or 404 say.
        status: u16,
        /// How many links the page holds: the length of [`Page::links`](crate::Page::links).
        links: usize,
    },
    /// The request failed.
    Failed(FetchError),
    /// The request had not ended by [`Limits::timeout`].
    TimedOut,
}
