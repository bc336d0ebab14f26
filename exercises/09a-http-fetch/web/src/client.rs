//! A session: requests, and the connections that are kept between them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Request, StatusCode, header};
use http_body_util::Empty;
use hyper::body::Body;

use crate::connection::Connection;
use crate::error::{Error, Kind};
use crate::url::Url;
use crate::{Response, Site};

/// How many redirects a client follows unless it is said, as in reqwest.
const REDIRECTS: usize = 10;

/// A session. Clones share its connections.
#[derive(Debug, Clone)]
pub struct Client(Arc<Session>);

#[derive(Debug)]
struct Session {
    site: Site,
    redirects: usize,
    idle_per_host: usize,
    /// By `host:port`, the last one that became free at the end.
    idle: Mutex<HashMap<String, Vec<Connection>>>,
}

/// What a client is to be like.
#[derive(Debug, Clone)]
pub struct ClientBuilder {
    site: Site,
    redirects: usize,
    idle_per_host: usize,
}

/// A request that can be sent.
#[derive(Debug, Clone)]
#[must_use = "a request does nothing until it is sent"]
pub struct RequestBuilder {
    client: Client,
    url: String,
    headers: Vec<(String, String)>,
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Connection").finish_non_exhaustive()
    }
}

impl Client {
    /// A session with no connections yet.
    #[must_use]
    pub fn new(site: &Site) -> Self {
        Self::builder(site).build()
    }

    /// A session with other settings than the usual.
    #[must_use]
    pub fn builder(site: &Site) -> ClientBuilder {
        ClientBuilder {
            site: site.clone(),
            redirects: REDIRECTS,
            idle_per_host: usize::MAX,
        }
    }

    /// A GET request, which is yet to be sent.
    pub fn get(&self, url: impl AsRef<str>) -> RequestBuilder {
        RequestBuilder {
            client: self.clone(),
            url: url.as_ref().to_owned(),
            headers: Vec::new(),
        }
    }

    fn idle(&self) -> MutexGuard<'_, HashMap<String, Vec<Connection>>> {
        self.0.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A connection to the host of `url`: one that was kept, or a new one.
    async fn connection(&self, url: &Url) -> Result<Connection, Error> {
        loop {
            let kept = self.idle().get_mut(&url.address()).and_then(Vec::pop);
            let Some(mut kept) = kept else { break };
            if kept.is_free().await {
                return Ok(kept);
            }
        }
        let end = self.0.site.connect(url).await?;
        let connection = Connection::over(end).await;
        connection.map_err(|error| Error::of(&url.to_string(), &error))
    }

    /// Keeps a connection whose response was read to its end, if the site does.
    pub(crate) async fn keep(&self, address: &str, mut connection: Connection) {
        if connection.is_free().await {
            let mut idle = self.idle();
            let idle = idle.entry(address.to_owned()).or_default();
            if idle.len() < self.0.idle_per_host {
                idle.push(connection);
            }
        }
    }
}

impl ClientBuilder {
    /// How many redirects are followed; one more is an error.
    #[must_use]
    pub fn redirects(mut self, most: usize) -> Self {
        self.redirects = most;
        self
    }

    /// How many connections to a host are kept that no request uses; all of them unless it is said.
    #[must_use]
    pub fn pool_max_idle_per_host(mut self, most: usize) -> Self {
        self.idle_per_host = most;
        self
    }

    #[must_use]
    pub fn build(self) -> Client {
        Client(Arc::new(Session {
            site: self.site,
            redirects: self.redirects,
            idle_per_host: self.idle_per_host,
            idle: Mutex::default(),
        }))
    }
}

impl RequestBuilder {
    /// Adds a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sends the request; answers when the head of the response is there, that of the last one where there
    /// are redirects.
    ///
    /// # Errors
    /// When the URL is no http URL, no connection comes about, it goes too early, or there are too many
    /// redirects. A status is no error.
    pub async fn send(self) -> Result<Response, Error> {
        let mut url = Url::parse(&self.url)?;
        let most = self.client.0.redirects;
        for _ in 0..=most {
            let response = self.send_to(&url).await?;
            let Some(next) = redirect(&url, response.status(), response.headers()) else {
                return Ok(response);
            };
            // What is left of it stands between the connection and the next request.
            response.bytes().await?;
            url = next?;
        }
        Err(Error::new(&url.to_string(), Kind::Redirects(most)))
    }

    async fn send_to(&self, url: &Url) -> Result<Response, Error> {
        let request = self.request(url)?;
        let mut connection = self.client.connection(url).await?;
        let response = connection.send(request).await;
        let response = response.map_err(|error| Error::of(&url.to_string(), &error))?;
        let mut connection = Some(connection);
        if response.body().is_end_stream()
            && let Some(connection) = connection.take()
        {
            self.client.keep(&url.address(), connection).await;
        }
        Ok(Response::new(
            self.client.clone(),
            url,
            response,
            connection,
        ))
    }

    fn request(&self, url: &Url) -> Result<Request<Empty<Bytes>>, Error> {
        let wrong =
            |why: http::Error| Error::new(&url.to_string(), Kind::Protocol(why.to_string()));
        let mut request = Request::get(&url.path)
            .header(header::HOST, url.authority())
            .body(Empty::new())
            .map_err(wrong)?;
        for (name, value) in &self.headers {
            let name: HeaderName = name.parse().map_err(|e| wrong(http::Error::from(e)))?;
            let value: HeaderValue = value.parse().map_err(|e| wrong(http::Error::from(e)))?;
            request.headers_mut().append(name, value);
        }
        Ok(request)
    }
}

/// Where a response sends its client, if it does.
fn redirect(
    from: &Url,
    status: StatusCode,
    headers: &http::HeaderMap,
) -> Option<Result<Url, Error>> {
    let follows = matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308);
    let location = headers.get(header::LOCATION).filter(|_| follows)?;
    let location = String::from_utf8_lossy(location.as_bytes());
    Some(from.join(&location))
}
