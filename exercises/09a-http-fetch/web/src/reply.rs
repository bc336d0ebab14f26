//! What a site answers a request with.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};

/// How long a reply takes where nothing else was said.
const LATENCY: Duration = Duration::from_millis(50);

/// What a site answers a request with, when, and how it fails.
#[derive(Debug, Clone)]
pub struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) latency: Duration,
    pub(crate) bytes_per_ms: Option<u64>,
    pub(crate) fault: Option<Fault>,
}

/// How a reply fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The connection is closed behind so many bytes of the body.
    ClosedAfter(usize),
    /// The connection breaks behind so many bytes of the body.
    ResetAfter(usize),
    /// The connection breaks, and nothing was sent.
    Reset,
    /// Nothing is ever sent.
    Silent,
}

impl Reply {
    /// Status 200, with this body.
    pub fn ok(body: impl Into<Bytes>) -> Self {
        Self::status(200).body(body)
    }

    /// A status of your choice, without a body.
    ///
    /// # Panics
    /// When it is not from 100 to 999.
    #[must_use]
    pub fn status(status: u16) -> Self {
        Self {
            status: StatusCode::from_u16(status).expect("a status has three digits"),
            headers: HeaderMap::new(),
            body: Bytes::new(),
            latency: LATENCY,
            bytes_per_ms: None,
            fault: None,
        }
    }

    /// Status 302, to a URL or a path.
    #[must_use]
    pub fn redirect(to: &str) -> Self {
        Self::status(302).header("location", to)
    }

    /// The connection breaks when the reply is due.
    #[must_use]
    pub fn reset() -> Self {
        Self::status(200).failing(Fault::Reset)
    }

    /// The reply never comes.
    #[must_use]
    pub fn silence() -> Self {
        Self::status(200).failing(Fault::Silent)
    }

    #[must_use]
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self
    }

    /// Adds a header.
    ///
    /// # Panics
    /// When HTTP does not allow that name or value.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name = HeaderName::from_bytes(name.as_bytes()).expect("a header's name");
        let value = HeaderValue::from_str(value).expect("a header's value");
        self.headers.append(name, value);
        self
    }

    /// How long the site takes until it answers; 50 ms unless it is said.
    #[must_use]
    pub fn after(mut self, latency: Duration) -> Self {
        self.latency = latency;
        self
    }

    /// How fast the body comes, in bytes each millisecond; all at once unless it is said.
    ///
    /// # Panics
    /// When it is 0.
    #[must_use]
    pub fn bytes_per_ms(mut self, bytes: u64) -> Self {
        assert!(bytes > 0, "a body that comes has a speed");
        self.bytes_per_ms = Some(bytes);
        self
    }

    /// The site closes the connection behind this reply, which is whole.
    #[must_use]
    pub fn closing(self) -> Self {
        self.header(header::CONNECTION.as_str(), "close")
    }

    /// The site closes the connection behind so many bytes of the body, whose length it had announced.
    #[must_use]
    pub fn truncated_after(self, bytes: usize) -> Self {
        self.failing(Fault::ClosedAfter(bytes))
    }

    /// The connection breaks behind so many bytes of the body.
    #[must_use]
    pub fn reset_after(self, bytes: usize) -> Self {
        self.failing(Fault::ResetAfter(bytes))
    }

    fn failing(mut self, fault: Fault) -> Self {
        self.fault = Some(fault);
        self
    }
}
