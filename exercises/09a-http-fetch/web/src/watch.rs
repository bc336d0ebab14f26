//! Seeing what reaches a site, and what becomes of it.

/// Who is told of a site's connections and requests.
pub trait Watch: Send + Sync + 'static {
    /// A connection to `host:port` is asked for. It is over when what is answered here is dropped.
    fn connection(&self, to: &str) -> Box<dyn Watched>;

    /// A request for `url` has arrived. It is over when what is answered here is dropped.
    fn request(&self, url: &str) -> Box<dyn Watched>;
}

/// A connection or a request, until it is dropped.
pub trait Watched: Send + Sync {
    /// It came to its end: all of the response was sent, the connection was closed in good order.
    fn answered(&mut self);

    /// The site broke it off.
    fn failed(&mut self, why: &str);
}

/// Watches nothing.
#[derive(Debug)]
pub(crate) struct Nobody;

impl Watch for Nobody {
    fn connection(&self, _: &str) -> Box<dyn Watched> {
        Box::new(Nobody)
    }

    fn request(&self, _: &str) -> Box<dyn Watched> {
        Box::new(Nobody)
    }
}

impl Watched for Nobody {
    fn answered(&mut self) {}

    fn failed(&mut self, _: &str) {}
}
