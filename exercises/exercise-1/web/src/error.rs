use std::{error::Error, fmt};

/// Why no page came back.
///
/// A page that is missing is not among these: a server that says 404 has answered, and its answer
/// is a [`Page`](crate::Page) like any other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FetchError {
    /// The text is not an absolute `http` or `https` URL. Nothing was sent.
    BadUrl,
    /// No server goes by that host name.
    UnknownHost,
    /// The server would not talk to us.
    ConnectionRefused,
    /// The server hung up before it had answered.
    ConnectionReset,
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::BadUrl => "not an absolute http or https URL",
            Self::UnknownHost => "unknown host",
            Self::ConnectionRefused => "connection refused",
            Self::ConnectionReset => "connection reset",
        })
    }
}

impl Error for FetchError {}
