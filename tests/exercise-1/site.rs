//! A simulated site, behind the handed `Client`: it answers as late, or fails in such ways, as a drive
//! says, and each request is a call of the service `request`, labelled with its URL.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::time::Duration;

use lab::Lab;
use lab::service::Service;
use web::{Answer, FetchError, Page, Transport};

/// How long a page takes to answer, or to fail.
#[derive(Debug, Clone)]
pub struct Latency {
    plain_ms: u64,
    drawn_ms: RangeInclusive<u64>,
}

impl Latency {
    /// `plain_ms` virtual milliseconds under the plain schedule; a seeded one draws from `drawn_ms`,
    /// for each page anew.
    pub const fn new(plain_ms: u64, drawn_ms: RangeInclusive<u64>) -> Self {
        Self { plain_ms, drawn_ms }
    }

    /// Whole virtual milliseconds, for the page at `url`.
    fn ms(&self, lab: &Lab, url: &str) -> u64 {
        let Self { plain_ms, drawn_ms } = self;
        if drawn_ms.start() == drawn_ms.end() {
            return *plain_ms;
        }
        lab.draw(&format!("latency of {url}"), *plain_ms, drawn_ms.clone())
    }
}

/// What a host that nobody serves takes to be found out, in virtual milliseconds.
const UNKNOWN_HOST_MS: u64 = 10;

pub struct Site {
    lab: Lab,
    root: String,
    /// None where thousands of requests would make the trace long and say nothing.
    service: Option<Service>,
    answers: BTreeMap<String, (u64, Result<Page, FetchError>)>,
}

impl Site {
    /// A site without pages at `root`, which has no `/` at its end. What it does not serve fails with
    /// `UnknownHost`.
    pub fn new(lab: &Lab, root: &str) -> Self {
        let service = Some(lab.service("request"));
        Self {
            lab: lab.clone(),
            root: root.to_owned(),
            service,
            answers: BTreeMap::new(),
        }
    }

    /// A site whose requests are not in the trace.
    pub fn unrecorded(lab: &Lab, root: &str) -> Self {
        Self {
            lab: lab.clone(),
            root: root.to_owned(),
            service: None,
            answers: BTreeMap::new(),
        }
    }

    /// Adds a page, status 200. Here and below, `page` is a path on the site or a whole URL.
    pub fn page(self, page: &str, latency: &Latency, links: &[&str]) -> Self {
        self.page_with_status(page, 200, latency, links)
    }

    pub fn page_with_status(
        self,
        page: &str,
        status: u16,
        latency: &Latency,
        links: &[&str],
    ) -> Self {
        let answer = Page::with_links(&self.url(page), status, links);
        self.with(page, latency, Ok(answer))
    }

    /// Makes requests for `page` fail.
    pub fn fault(self, page: &str, latency: &Latency, error: FetchError) -> Self {
        self.with(page, latency, Err(error))
    }

    fn with(mut self, page: &str, latency: &Latency, answer: Result<Page, FetchError>) -> Self {
        let url = self.url(page);
        let latency_ms = latency.ms(&self.lab, &url);
        self.answers.insert(url, (latency_ms, answer));
        self
    }

    /// The URL of a path on this site; a whole URL stays what it is.
    pub fn url(&self, page: &str) -> String {
        if page.starts_with('/') {
            format!("{}{page}", self.root)
        } else {
            page.to_owned()
        }
    }

    /// The links of each page that answers.
    pub fn links(&self) -> BTreeMap<String, Vec<String>> {
        let pages = self.answers.iter();
        pages
            .filter_map(|(url, (_, page))| Some((url.clone(), page.as_ref().ok()?.links())))
            .collect()
    }
}

impl Transport for Site {
    // The call is made here, and not when the answer is polled: so that one that never is shows.
    fn get(&self, url: String) -> Answer<'_> {
        let unknown = (UNKNOWN_HOST_MS, Err(FetchError::UnknownHost));
        let (latency_ms, answer) = self.answers.get(&url).cloned().unwrap_or(unknown);
        if let Some(service) = &self.service {
            return Box::pin(service.call(&url, latency_ms, answer));
        }
        Box::pin(async move {
            tokio::time::sleep(Duration::from_millis(latency_ms)).await;
            answer
        })
    }
}
