//! Why a request failed.

use std::error::Error as _;
use std::{fmt, io};

use http::StatusCode;

/// Why a request failed. A response of any status is none of the reasons, unless
/// [`error_for_status`](crate::Response::error_for_status) asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    url: String,
    kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    Url,
    UnknownHost,
    Refused,
    Reset,
    Truncated,
    Redirects(usize),
    Status(StatusCode),
    Protocol(String),
}

impl Error {
    pub(crate) fn new(url: &str, kind: Kind) -> Self {
        Self {
            url: url.to_owned(),
            kind,
        }
    }

    pub(crate) fn of(url: &str, error: &hyper::Error) -> Self {
        let mut source = error.source();
        let mut io = None;
        while let Some(cause) = source {
            io = cause.downcast_ref::<io::Error>().or(io);
            source = cause.source();
        }
        let kind = match io.map(io::Error::kind) {
            Some(io::ErrorKind::ConnectionReset) => Kind::Reset,
            Some(io::ErrorKind::UnexpectedEof) => Kind::Truncated,
            _ if error.is_incomplete_message() => Kind::Truncated,
            _ => Kind::Protocol(error.to_string()),
        };
        Self::new(url, kind)
    }

    /// The URL that was asked for, the last one where there were redirects.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Whether no connection came about: the host is unknown, or refuses.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self.kind, Kind::UnknownHost | Kind::Refused)
    }

    /// Whether the connection went before the response was whole.
    #[must_use]
    pub fn is_interrupted(&self) -> bool {
        matches!(self.kind, Kind::Reset | Kind::Truncated)
    }

    /// Whether there were more redirects than the client follows.
    #[must_use]
    pub fn is_redirect(&self) -> bool {
        matches!(self.kind, Kind::Redirects(_))
    }

    /// The status, if that is the reason.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self.kind {
            Kind::Status(status) => Some(status),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = &self.url;
        match &self.kind {
            Kind::Url => write!(f, "`{url}` is not an absolute http URL"),
            Kind::UnknownHost => write!(f, "{url}: unknown host"),
            Kind::Refused => write!(f, "{url}: connection refused"),
            Kind::Reset => write!(f, "{url}: connection reset"),
            Kind::Truncated => write!(f, "{url}: connection closed before the end"),
            Kind::Redirects(most) => write!(f, "{url}: more than {most} redirects"),
            Kind::Status(status) => write!(f, "{url}: {status}"),
            Kind::Protocol(why) => write!(f, "{url}: {why}"),
        }
    }
}

impl std::error::Error for Error {}
