//! Pages of a site, with sizes and times that the schedule chooses, and what the judge is told of them.

use std::time::Duration;

use lab::Lab;
use web::{Reply, Site};

use crate::recorded::Recorded;

/// How long a connection takes to come about, or to fail, in virtual milliseconds.
const CONNECT_MS: u64 = 20;

/// A page as the judge is told of it.
#[derive(Debug, Clone)]
pub struct Given {
    pub url: String,
    /// In bytes.
    pub size: usize,
    /// From the call to its last byte, over a connection of its own, in virtual milliseconds.
    pub takes_ms: u64,
}

impl Given {
    /// As a note.
    pub fn noted(&self) -> (String, usize, u64) {
        (self.url.clone(), self.size, self.takes_ms)
    }
}

/// A site, whose connections and requests are calls of the services `connection` and `request`.
pub struct Pages {
    lab: Lab,
    site: Site,
    given: Vec<Given>,
}

impl Pages {
    pub fn new(lab: &Lab) -> Self {
        let site = Site::new()
            .connect_latency(Duration::from_millis(CONNECT_MS))
            .watched(Recorded::new(lab));
        Self {
            lab: lab.clone(),
            site,
            given: Vec::new(),
        }
    }

    /// Adds a page of about `size` bytes, which answers after `latency_ms`.
    pub fn page(self, url: &str, size: u64, latency_ms: u64) -> Self {
        let size = self
            .lab
            .draw(&format!("size of {url}"), size, size / 2..=2 * size);
        let size = usize::try_from(size).expect("a small size");
        self.given(url, size, latency_ms)
            .route(url, Reply::ok(vec![b'x'; size]), latency_ms)
    }

    /// The same, of a text that has fewer characters than bytes.
    pub fn text_page(self, url: &str, size: u64, latency_ms: u64) -> Self {
        let body = text(&self.lab, url, size);
        self.given(url, body.len(), latency_ms)
            .route(url, Reply::ok(body), latency_ms)
    }

    /// Adds a page whose body takes `body_ms` more than its first byte.
    pub fn slow_page(self, url: &str, latency_ms: u64, body_ms: u64) -> Self {
        const BYTES_PER_MS: u64 = 40;
        let size = usize::try_from(BYTES_PER_MS * body_ms).expect("a small size");
        let reply = Reply::ok(vec![b'x'; size]).bytes_per_ms(BYTES_PER_MS);
        self.given(url, size, latency_ms + body_ms)
            .route(url, reply, latency_ms)
    }

    /// Adds what is no page of a list, or one that the judge is told of otherwise.
    pub fn route(mut self, url: &str, reply: Reply, latency_ms: u64) -> Self {
        let reply = reply.after(Duration::from_millis(latency_ms));
        self.site = self.site.route(url, reply);
        self
    }

    fn given(mut self, url: &str, size: usize, after_connection_ms: u64) -> Self {
        self.given.push(Given {
            url: url.to_owned(),
            size,
            takes_ms: CONNECT_MS + after_connection_ms,
        });
        self
    }

    pub fn site(&self) -> &Site {
        &self.site
    }

    /// All pages, in the order in which they were added.
    pub fn list(&self) -> Vec<Given> {
        self.given.clone()
    }
}

/// The URLs of a list.
pub fn urls(list: &[Given]) -> Vec<String> {
    list.iter().map(|page| page.url.clone()).collect()
}

/// A text of about `plain` characters, some of which are several bytes.
pub fn text(lab: &Lab, name: &str, plain: u64) -> String {
    let length = lab.draw(&format!("length of {name}"), plain, plain / 2..=2 * plain);
    let length = usize::try_from(length).expect("a small length");
    let letters = "é grüße an alle, ".chars().cycle();
    letters.take(length).collect()
}
