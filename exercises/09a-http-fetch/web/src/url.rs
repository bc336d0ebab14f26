//! Absolute http URLs, and what a redirect makes of them.

use http::Uri;

use crate::error::{Error, Kind};

/// The port of http where a URL names none.
const PORT: u16 = 80;

/// An absolute http URL, as its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Url {
    pub host: String,
    pub port: u16,
    /// At least `/`; with what follows `?`, without what follows `#`.
    pub path: String,
}

impl Url {
    /// # Errors
    /// When `text` is no absolute http URL.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let wrong = || Error::new(text, Kind::Url);
        let without_fragment = text.split('#').next().unwrap_or_default();
        let uri: Uri = without_fragment.parse().map_err(|_| wrong())?;
        let host = uri.host().filter(|host| !host.is_empty());
        match (uri.scheme_str(), host) {
            (Some("http"), Some(host)) => Ok(Self {
                host: host.to_ascii_lowercase(),
                port: uri.port_u16().unwrap_or(PORT),
                path: uri
                    .path_and_query()
                    .map_or("/", |path| path.as_str())
                    .to_owned(),
            }),
            _ => Err(wrong()),
        }
    }

    /// Where `location` leads from here: it is absolute, or a path.
    ///
    /// # Errors
    /// When it leads to no http URL.
    pub fn join(&self, location: &str) -> Result<Self, Error> {
        let path = self.path.split('?').next().unwrap_or_default();
        let folder = &path[..=path.rfind('/').unwrap_or(0)];
        let absolute = match location {
            _ if location.contains("://") => location.to_owned(),
            _ if location.starts_with("//") => format!("http:{location}"),
            _ if location.starts_with('/') => format!("http://{}{location}", self.authority()),
            _ if location.starts_with('?') => {
                format!("http://{}{path}{location}", self.authority())
            }
            _ => format!("http://{}{folder}{location}", self.authority()),
        };
        Self::parse(&absolute)
    }

    /// What stands in a `Host` header: the port is left out where it is http's own.
    pub fn authority(&self) -> String {
        if self.port == PORT {
            self.host.clone()
        } else {
            format!("{}:{}", self.host, self.port)
        }
    }

    /// `host:port`.
    pub fn address(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }
}

impl std::fmt::Display for Url {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "http://{}{}", self.authority(), self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::Url;

    fn joined(base: &str, location: &str) -> String {
        let url = Url::parse(base).unwrap().join(location);
        url.map_or_else(|error| error.to_string(), |url| url.to_string())
    }

    #[test]
    fn a_redirect_leads_from_where_it_is() {
        let base = "http://a.test/x/y?q=1";
        for (location, url) in [
            ("z", "http://a.test/x/z"),
            ("/z?q", "http://a.test/z?q"),
            ("?p=2", "http://a.test/x/y?p=2"),
            ("//b.test/z", "http://b.test/z"),
            ("http://B.test:8080", "http://b.test:8080/"),
            (
                "https://a.test/",
                "`https://a.test/` is not an absolute http URL",
            ),
        ] {
            assert_eq!(joined(base, location), url);
        }
    }

    #[test]
    fn a_url_is_written_in_one_way() {
        for (text, url) in [
            ("http://A.test", "http://a.test/"),
            ("http://a.test:80/x#y", "http://a.test/x"),
            ("http://a.test:81/?q", "http://a.test:81/?q"),
        ] {
            assert_eq!(Url::parse(text).unwrap().to_string(), url);
        }
        for text in ["", "a.test/x", "/x", "ftp://a.test/", "http://"] {
            Url::parse(text).unwrap_err();
        }
    }
}
