use std::fmt::Write;

use crate::url;

/// A page that a server answered with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The URL that was asked for: absolute, without a fragment.
    pub url: String,
    /// The HTTP status: 200 for a page that is there, 404 for one that is not.
    pub status: u16,
    /// The HTML. A page with an error status has some too, often with links in it.
    pub body: String,
}

impl Page {
    /// Makes a page whose body holds one `<a>` for each of `hrefs`, written as they are.
    #[must_use]
    pub fn with_links(url: &str, status: u16, hrefs: &[&str]) -> Self {
        let mut body = String::from("<!doctype html>\n");
        for href in hrefs {
            let href = escaped(href);
            writeln!(body, r#"<a href="{href}">{href}</a>"#).expect("a String takes all text");
        }
        Self {
            url: url.to_owned(),
            status,
            body,
        }
    }

    /// The links of the page as absolute URLs, in the order in which they stand in it.
    ///
    /// A link that is there twice is there twice here, too; a fragment is kept; and it does not
    /// matter where a link leads: other sites and `mailto:` are in the list. All are written as the
    /// [crate](crate#how-urls-are-written) says. An `href` that no URL can be made of is left out.
    ///
    /// This is no HTML parser. It finds what looks like `<a href="…">`, and other attributes before
    /// the `href` do no harm.
    #[must_use]
    pub fn links(&self) -> Vec<String> {
        hrefs(&self.body)
            .filter_map(|href| url::resolve(&self.url, &unescaped(href)))
            .collect()
    }
}

fn hrefs(body: &str) -> impl Iterator<Item = &str> {
    body.split("<a ").skip(1).filter_map(|rest| {
        let (tag, _) = rest.split_once('>')?;
        let value = match tag.strip_prefix("href=\"") {
            Some(value) => value,
            None => tag.split_once(" href=\"")?.1,
        };
        Some(value.split_once('"')?.0)
    })
}

fn escaped(text: &str) -> String {
    // `&` first: the others bring new ones.
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn unescaped(text: &str) -> String {
    text.replace("&quot;", "\"")
        .replace("&gt;", ">")
        .replace("&lt;", "<")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_absolute_and_in_order_and_none_is_left_out() {
        let page = Page::with_links(
            "http://pets.test/cats/",
            200,
            &[
                "/dogs",
                "tabby",
                "/dogs",
                "#top",
                "//other.test",
                "mailto:cat@pets.test",
            ],
        );
        assert_eq!(
            page.links(),
            [
                "http://pets.test/dogs",
                "http://pets.test/cats/tabby",
                "http://pets.test/dogs",
                "http://pets.test/cats/#top",
                "http://other.test/",
                "mailto:cat@pets.test",
            ]
        );
    }

    #[test]
    fn links_are_found_in_html_written_by_hand() {
        let page = Page {
            url: "http://pets.test/".to_owned(),
            status: 200,
            body: concat!(
                "<a name=\"here\">href=\"/no\"</a> <p href=\"/no\"> <a>no</a>\n",
                "<a class=\"big\"\n href=\"/yes?a=1&amp;b=2\"><b>yes</b></a>",
            )
            .to_owned(),
        };
        assert_eq!(page.links(), ["http://pets.test/yes?a=1&b=2"]);
    }

    #[test]
    fn an_odd_link_comes_out_as_it_went_in() {
        let odd = r#"http://pets.test/?q=<a href="x">&amp;&lt;#&quot;"#;
        assert_eq!(
            Page::with_links("http://pets.test/", 200, &[odd]).links(),
            [odd]
        );
    }
}
