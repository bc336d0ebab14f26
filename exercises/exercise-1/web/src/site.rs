use std::{collections::HashMap, time::Duration};

use crate::{Answer, FetchError, Page, Transport, url};

/// How long a page takes to answer where nothing else was said.
const LATENCY: Duration = Duration::from_millis(50);

/// A few pages in memory, to try a crawler on.
///
/// Each page takes 50 ms to answer unless [`latency`](Site::latency) says otherwise. What no page
/// was made for answers 404 on a host that has other pages, and [`FetchError::UnknownHost`] on one
/// that has none.
///
/// Wherever a path is asked for, an absolute URL will do as well: so there can be pages of another
/// host, for a crawler to stay away from.
#[derive(Debug, Clone)]
pub struct Site {
    root: String,
    answers: HashMap<String, Result<Page, FetchError>>,
    latencies: HashMap<String, Duration>,
}

impl Site {
    /// Makes a site without pages at `root`: `http://pets.test`, say.
    ///
    /// # Panics
    ///
    /// When `root` is not an absolute `http` or `https` URL.
    #[must_use]
    pub fn new(root: &str) -> Self {
        Self {
            root: url::absolute(root).expect("a site's root is an absolute http or https URL"),
            answers: HashMap::new(),
            latencies: HashMap::new(),
        }
    }

    /// Adds a page, status 200, with these links. They are written into it as they are:
    /// `cats`, `/cats`, `http://pets.test/cats#tabby`…
    #[must_use]
    pub fn page(self, path: &str, links: &[&str]) -> Self {
        self.page_with_status(path, 200, links)
    }

    /// Adds a page with a status of your choice: 404, say.
    #[must_use]
    pub fn page_with_status(mut self, path: &str, status: u16, links: &[&str]) -> Self {
        let url = self.url(path);
        let page = Page::with_links(&url, status, links);
        self.answers.insert(url, Ok(page));
        self
    }

    /// Makes requests for `path` fail.
    #[must_use]
    pub fn fault(mut self, path: &str, error: FetchError) -> Self {
        let url = self.url(path);
        self.answers.insert(url, Err(error));
        self
    }

    /// Makes `path` take this long to answer, or to fail.
    #[must_use]
    pub fn latency(mut self, path: &str, latency: Duration) -> Self {
        let url = self.url(path);
        self.latencies.insert(url, latency);
        self
    }

    fn url(&self, path: &str) -> String {
        let url = url::resolve(&self.root, path).expect("a page's path makes a URL");
        url::without_fragment(&url).to_owned()
    }

    fn answer(&self, url: &str) -> Result<Page, FetchError> {
        if let Some(answer) = self.answers.get(url) {
            return answer.clone();
        }
        let here = url::resolve(url, "/");
        let known = |other: &String| url::resolve(other, "/") == here;
        if self.answers.keys().any(known) {
            Ok(Page::with_links(url, 404, &[]))
        } else {
            Err(FetchError::UnknownHost)
        }
    }
}

impl Transport for Site {
    fn get(&self, url: String) -> Answer<'_> {
        Box::pin(async move {
            let latency = self.latencies.get(&url).copied().unwrap_or(LATENCY);
            tokio::time::sleep(latency).await;
            self.answer(&url)
        })
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::Instant;

    use super::*;
    use crate::Client;

    #[tokio::test(start_paused = true)]
    async fn a_page_takes_as_long_as_it_was_told_to() {
        let site = Site::new("http://pets.test")
            .page("/", &[])
            .fault("/dogs", FetchError::ConnectionRefused)
            .latency("/dogs", Duration::from_millis(300));
        let client = Client::new(site);
        let start = Instant::now();
        assert_eq!(client.get("http://pets.test/").await.unwrap().status, 200);
        assert_eq!(start.elapsed(), LATENCY);
        let dogs = client.get("http://pets.test/dogs").await;
        assert_eq!(dogs, Err(FetchError::ConnectionRefused));
        assert_eq!(start.elapsed(), Duration::from_millis(350));
    }

    #[tokio::test(start_paused = true)]
    async fn a_page_that_is_not_there_is_404_and_a_host_that_is_not_there_is_unknown() {
        let site = Site::new("http://pets.test")
            .page_with_status("/old", 410, &["/"])
            .page("http://other.test/", &[]);
        let client = Client::new(site);
        let status = async |url| client.get(url).await.map(|page| page.status);
        assert_eq!(status("http://pets.test/old").await, Ok(410));
        assert_eq!(status("http://pets.test/cats").await, Ok(404));
        assert_eq!(status("http://other.test/cats").await, Ok(404));
        let unknown = Err(FetchError::UnknownHost);
        assert_eq!(status("https://pets.test/old").await, unknown);
        assert_eq!(status("http://nobody.test/").await, unknown);
    }
}
