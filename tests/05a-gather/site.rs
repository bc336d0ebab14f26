//! What there is to fetch: for each entry of a list, how long it takes and what comes of it.

use std::cell::RefCell;
use std::convert::Infallible;

use lab::Lab;
use lab::service::Service;

/// A URL, its latency in virtual milliseconds, and its text.
pub type Entry = (String, u64, String);

/// One answer for each entry. A URL with several entries has its answers in their order.
pub struct Site {
    service: Service,
    left: RefCell<Vec<Entry>>,
}

impl Site {
    pub fn new(lab: &Lab, entries: &[Entry]) -> Self {
        lab.note("entries", entries);
        Self {
            service: lab.service("fetch"),
            left: RefCell::new(entries.to_vec()),
        }
    }

    pub async fn fetch(&self, url: &str) -> String {
        let (latency_ms, text) = self.next(url);
        let Ok(text) = self
            .service
            .call(url, latency_ms, Ok::<_, Infallible>(text))
            .await;
        text
    }

    fn next(&self, url: &str) -> (u64, String) {
        let mut left = self.left.borrow_mut();
        let at = left.iter().position(|(theirs, ..)| theirs == url);
        at.map_or_else(
            || (1, format!("{url} once more")),
            |at| {
                let (_, latency_ms, text) = left.remove(at);
                (latency_ms, text)
            },
        )
    }
}

pub fn urls(entries: &[Entry]) -> Vec<&str> {
    entries.iter().map(|(url, ..)| url.as_str()).collect()
}
