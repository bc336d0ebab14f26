//! As much of RFC 3986 as a crawler meets: absolute URLs, and links taken relative to a page.

use std::borrow::Cow;

/// The parts of `scheme://authority/path?query#fragment`. Query and fragment hold their mark;
/// all but scheme and authority may be empty.
struct Parts<'a> {
    scheme: &'a str,
    authority: &'a str,
    path: Cow<'a, str>,
    query: &'a str,
    fragment: &'a str,
}

/// Writes an `http` or `https` URL in the one way this crate writes them, or gives `None` where
/// `url` is something else.
pub(crate) fn absolute(url: &str) -> Option<String> {
    let parts = Parts::of(url.trim())?;
    let scheme = parts.scheme.to_ascii_lowercase();
    matches!(scheme.as_str(), "http" | "https").then(|| parts.written())
}

/// What the link `href` on the page `base` leads to, or `None` where that is no URL.
pub(crate) fn resolve(base: &str, href: &str) -> Option<String> {
    let href = href.trim();
    if let Some((scheme, rest)) = href.split_once(':')
        && is_scheme(scheme)
    {
        return if rest.starts_with("//") {
            Parts::of(href).map(|parts| parts.written())
        } else {
            Some(href.to_owned())
        };
    }

    let base = Parts::of(base)?;
    if href.starts_with("//") {
        return resolve("", &format!("{}:{href}", base.scheme));
    }
    let (before, fragment) = cut(href, '#');
    let (path, query) = cut(before, '?');
    let (path, query) = match path {
        "" if query.is_empty() => (base.path, base.query),
        "" => (base.path, query),
        path if path.starts_with('/') => (path.into(), query),
        path => {
            let folder = base.path.rfind('/').map_or("/", |end| &base.path[..=end]);
            (format!("{folder}{path}").into(), query)
        }
    };
    let parts = Parts {
        path,
        query,
        fragment,
        ..base
    };
    Some(parts.written())
}

/// `url` up to its `#`.
pub(crate) fn without_fragment(url: &str) -> &str {
    cut(url, '#').0
}

impl<'a> Parts<'a> {
    fn of(url: &'a str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        let (rest, fragment) = cut(rest, '#');
        let (rest, query) = cut(rest, '?');
        let (authority, path) = cut(rest, '/');
        let whole = is_scheme(scheme) && !authority.is_empty();
        whole.then_some(Self {
            scheme,
            authority,
            path: path.into(),
            query,
            fragment,
        })
    }

    fn written(&self) -> String {
        let scheme = self.scheme.to_ascii_lowercase();
        let authority = self.authority.to_ascii_lowercase();
        let own_port = match scheme.as_str() {
            "http" => ":80",
            "https" => ":443",
            _ => ":",
        };
        let authority = authority.strip_suffix(own_port).unwrap_or(&authority);
        let path = without_dots(&self.path);
        format!(
            "{scheme}://{authority}{path}{}{}",
            self.query, self.fragment
        )
    }
}

/// `text` before the first `mark`, and from there on.
fn cut(text: &str, mark: char) -> (&str, &str) {
    text.split_at(text.find(mark).unwrap_or(text.len()))
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// An absolute path with its `.` and `..` followed.
fn without_dots(path: &str) -> String {
    let mut kept = Vec::new();
    let mut steps = path.strip_prefix('/').unwrap_or(path).split('/').peekable();
    while let Some(step) = steps.next() {
        let last = steps.peek().is_none();
        match step {
            "." | ".." => {
                if step == ".." {
                    kept.pop();
                }
                // `/a/..` is the folder `/`, with the slash at its end.
                if last {
                    kept.push("");
                }
            }
            step => kept.push(step),
        }
    }
    format!("/{}", kept.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_taken_relative_to_their_page() {
        let page = "http://pets.test/cats/all?sort=age";
        for (href, expected) in [
            ("tabby", "http://pets.test/cats/tabby"),
            ("./tabby", "http://pets.test/cats/tabby"),
            ("../dogs/", "http://pets.test/dogs/"),
            ("../../..", "http://pets.test/"),
            ("..", "http://pets.test/"),
            (".", "http://pets.test/cats/"),
            (
                "/dogs/./rex/../max?x=/../#a/..",
                "http://pets.test/dogs/max?x=/../#a/..",
            ),
            ("?sort=name", "http://pets.test/cats/all?sort=name"),
            ("#top", "http://pets.test/cats/all?sort=age#top"),
            ("", "http://pets.test/cats/all?sort=age"),
            (" /dogs ", "http://pets.test/dogs"),
            ("//Other.test/a", "http://other.test/a"),
            ("HTTPS://Other.Test:443", "https://other.test/"),
            ("http://other.test:8080?q", "http://other.test:8080/?q"),
            ("mailto:Cat@pets.test", "mailto:Cat@pets.test"),
        ] {
            assert_eq!(resolve(page, href).as_deref(), Some(expected), "{href}");
        }
    }

    #[test]
    fn a_page_without_a_path_is_at_the_root() {
        assert_eq!(
            resolve("http://pets.test", "cats").unwrap(),
            "http://pets.test/cats"
        );
    }

    #[test]
    fn what_names_no_host_is_no_url() {
        assert_eq!(resolve("http://pets.test/", "http:///cats"), None);
        assert_eq!(resolve("nowhere", "/cats"), None);
        assert_eq!(absolute("ftp://pets.test/"), None);
    }
}
