//! The outside world of a scenario: calls that take time, now more and now less.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

/// A call on its way.
pub type Answer<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// What stands behind a [`Service`].
pub trait World: Send + Sync + 'static {
    /// A call that takes `usual_ms` virtual milliseconds, or up to a half less or more.
    fn call<'a>(&'a self, name: &'a str, usual_ms: u64) -> Answer<'a>;
    /// As `call`, where no more than two may be in flight at a time.
    fn limited<'a>(&'a self, name: &'a str, usual_ms: u64) -> Answer<'a>;
}

/// A handle to the outside world; clones share it.
#[derive(Clone)]
pub struct Service {
    world: Arc<dyn World>,
}

impl Service {
    pub fn new(world: Arc<dyn World>) -> Self {
        Self { world }
    }

    /// Takes `usual_ms` virtual milliseconds, or up to a half less or more.
    pub async fn call(&self, name: &str, usual_ms: u64) {
        self.world.call(name, usual_ms).await;
    }

    /// As [`call`](Self::call), but at most two of these may be in flight at a time.
    pub async fn limited(&self, name: &str, usual_ms: u64) {
        self.world.limited(name, usual_ms).await;
    }
}

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Service").finish_non_exhaustive()
    }
}
