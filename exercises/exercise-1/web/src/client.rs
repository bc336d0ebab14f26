use std::{fmt, pin::Pin, sync::Arc};

use crate::{FetchError, Page, url};

/// An answer on its way: what a [`Transport`] hands back.
pub type Answer<'a> = Pin<Box<dyn Future<Output = Result<Page, FetchError>> + Send + 'a>>;

/// Where a [`Client`] gets its pages from.
///
/// You need this only to stand between a client and its site, to count the requests for example;
/// `examples/watch.rs` does so.
pub trait Transport: Send + Sync + 'static {
    /// Asks for one page. `url` is absolute, has no fragment, and is written as the
    /// [crate](crate#how-urls-are-written) says.
    ///
    /// The request begins when the answer is first polled, and ends when it is ready or dropped.
    fn get(&self, url: String) -> Answer<'_>;
}

/// Gets pages. Clones are cheap and share one transport, so give one to each task.
#[derive(Clone)]
pub struct Client {
    transport: Arc<dyn Transport>,
}

impl Client {
    /// Makes a client that gets its pages from `transport`: a [`Site`](crate::Site), say.
    pub fn new(transport: impl Transport) -> Self {
        Self {
            transport: Arc::new(transport),
        }
    }

    /// Asks for the page at `url`, an absolute URL. As in a browser, the fragment (`#` and what
    /// follows) is not sent.
    ///
    /// Nothing happens before the future is polled. Dropping it ends the request. There are no
    /// redirects, so the page's own [`url`](Page::url) is the one asked for.
    ///
    /// # Errors
    ///
    /// Says why no page came back. An answer such as "404 not found" is a page, not an error.
    pub fn get(&self, url: &str) -> impl Future<Output = Result<Page, FetchError>> + Send {
        let answer = url::absolute(url).map(|url| {
            let url = url::without_fragment(&url).to_owned();
            self.transport.get(url)
        });
        async { answer.ok_or(FetchError::BadUrl)?.await }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Site;

    #[test]
    fn a_client_and_its_requests_can_move_between_threads() {
        fn moves<T: Send + Sync + Clone>(value: T) -> T {
            value
        }
        fn is_send<T: Send>(_: &T) {}
        let client = moves(Client::new(Site::new("http://pets.test")));
        is_send(&client.get("http://pets.test/"));
    }

    #[tokio::test(start_paused = true)]
    async fn a_request_has_no_fragment_and_is_written_as_links_are() {
        let client = Client::new(Site::new("http://pets.test").page("/", &[]));
        let page = client.get("HTTP://Pets.Test:80#top").await.unwrap();
        assert_eq!(page.url, "http://pets.test/");
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_no_url_is_not_asked_for() {
        let client = Client::new(Site::new("http://pets.test"));
        for url in ["", "/cats", "pets.test/cats", "mailto:cat@pets.test"] {
            assert_eq!(client.get(url).await, Err(FetchError::BadUrl), "{url}");
        }
    }
}
