//! A site in memory: hosts, what they answer, and who is told.

use std::collections::HashMap;
use std::fmt;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use tokio::time::sleep;

use crate::body::Sent;
use crate::error::{Error, Kind};
use crate::pipe::{Broken, ClientEnd, SiteEnd, connected};
use crate::reply::{Fault, Reply};
use crate::url::Url;
use crate::watch::{Nobody, Watch, Watched};

/// How long a connection takes to come about where nothing else was said.
const CONNECT: Duration = Duration::from_millis(20);

/// A few hosts in memory, to try a program on. Clones are one site.
///
/// A connection takes 20 ms to come about, and a reply 50 ms more, unless it is said. What no route was made
/// for answers 404 on a host that has others; a host without any is unknown.
#[derive(Clone)]
pub struct Site(Arc<Hosts>);

#[derive(Clone)]
struct Hosts {
    routes: HashMap<String, Route>,
    /// By `host:port`, and whether it refuses.
    hosts: HashMap<String, bool>,
    connect: Duration,
    watch: Arc<dyn Watch>,
    connections: Arc<AtomicUsize>,
    requests: Arc<Mutex<Vec<String>>>,
}

/// What is answered at a URL: the replies in turn, and the last one from then on.
#[derive(Debug, Clone, Default)]
struct Route {
    replies: Vec<Reply>,
    asked: Arc<AtomicUsize>,
}

impl Default for Site {
    fn default() -> Self {
        Self::new()
    }
}

impl Site {
    /// A site without hosts.
    #[must_use]
    pub fn new() -> Self {
        Self(Arc::new(Hosts {
            routes: HashMap::new(),
            hosts: HashMap::new(),
            connect: CONNECT,
            watch: Arc::new(Nobody),
            connections: Arc::default(),
            requests: Arc::default(),
        }))
    }

    /// Answers requests for `url` with `reply`. Said again, the replies come in turn, the last of them from
    /// then on.
    ///
    /// # Panics
    /// When `url` is not an absolute http URL.
    #[must_use]
    pub fn route(self, url: &str, reply: Reply) -> Self {
        let url = Url::parse(url).expect("a route has an absolute http URL");
        self.with(|site| {
            site.hosts.entry(url.address()).or_insert(false);
            let route = site.routes.entry(url.to_string()).or_default();
            route.replies.push(reply);
        })
    }

    /// Makes the host of `url` refuse connections.
    ///
    /// # Panics
    /// When `url` is not an absolute http URL.
    #[must_use]
    pub fn refusing(self, url: &str) -> Self {
        let url = Url::parse(url).expect("a host has an absolute http URL");
        self.with(|site| {
            site.hosts.insert(url.address(), true);
        })
    }

    /// How long a connection takes to come about, or to fail.
    #[must_use]
    pub fn connect_latency(self, latency: Duration) -> Self {
        self.with(|site| site.connect = latency)
    }

    /// Has `watch` told of connections and requests.
    #[must_use]
    pub fn watched(self, watch: impl Watch) -> Self {
        self.with(|site| site.watch = Arc::new(watch))
    }

    /// How many connections came about so far.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.0.connections.load(Ordering::Relaxed)
    }

    /// The URLs that were asked for so far, in the order in which the requests arrived.
    #[must_use]
    pub fn requests(&self) -> Vec<String> {
        let requests = self.0.requests.lock();
        requests.unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn with(mut self, change: impl FnOnce(&mut Hosts)) -> Self {
        change(Arc::make_mut(&mut self.0));
        self
    }

    /// A connection to the host of `url`.
    pub(crate) async fn connect(&self, url: &Url) -> Result<ClientEnd, Error> {
        let hosts = self.0.clone();
        let mut connection = hosts.watch.connection(&url.address());
        sleep(hosts.connect).await;
        let kind = match hosts.hosts.get(&url.address()) {
            None => Some(Kind::UnknownHost),
            Some(true) => Some(Kind::Refused),
            Some(false) => None,
        };
        if let Some(kind) = kind {
            let error = Error::new(&url.to_string(), kind);
            connection.failed(&error.to_string());
            return Err(error);
        }
        hosts.connections.fetch_add(1, Ordering::Relaxed);
        Ok(connected(|end, broken| {
            hosts.serve(end, broken, connection)
        }))
    }
}

impl Hosts {
    /// One connection, to its end.
    async fn serve(
        self: Arc<Self>,
        end: SiteEnd,
        broken: Broken,
        mut connection: Box<dyn Watched>,
    ) {
        let service = service_fn(|request| self.clone().answer(request, broken.clone()));
        let served = http1::Builder::new()
            // The date of the day has no place in a virtual one.
            .auto_date_header(false)
            .serve_connection(end, service)
            .await;
        match served {
            Ok(()) => connection.answered(),
            Err(error) => connection.failed(&error.to_string()),
        }
    }

    async fn answer(
        self: Arc<Self>,
        request: Request<Incoming>,
        broken: Broken,
    ) -> Result<Response<Sent>, io::Error> {
        let url = asked_for(&request);
        let mut watched = self.watch.request(&url);
        let reply = self.routes.get(&url).map_or_else(
            || Reply::status(404).body("not found"),
            |route| {
                let asked = route.asked.fetch_add(1, Ordering::Relaxed);
                route.replies[asked.min(route.replies.len() - 1)].clone()
            },
        );
        let requests = self.requests.lock();
        requests.unwrap_or_else(PoisonError::into_inner).push(url);
        sleep(reply.latency).await;
        match reply.fault {
            Some(Fault::Silent) => std::future::pending().await,
            Some(Fault::Reset) => {
                watched.failed("connection reset");
                broken.set();
                return Err(io::ErrorKind::ConnectionReset.into());
            }
            _ => {}
        }
        let mut response = Response::new(Sent::new(&reply, broken, watched));
        *response.status_mut() = reply.status;
        *response.headers_mut() = reply.headers;
        Ok(response)
    }
}

/// What a request asks for: its `Host` header says of which host.
fn asked_for(request: &Request<Incoming>) -> String {
    let host = request.headers().get(http::header::HOST);
    let host = host.and_then(|host| host.to_str().ok()).unwrap_or_default();
    let url = format!("http://{host}{}", request.uri());
    Url::parse(&url).map_or(url, |url| url.to_string())
}

impl fmt::Debug for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Site")
            .field("routes", &self.0.routes)
            .field("hosts", &self.0.hosts)
            .field("connect", &self.0.connect)
            .finish_non_exhaustive()
    }
}
