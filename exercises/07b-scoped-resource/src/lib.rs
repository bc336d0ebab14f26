//! A resource that is lent for a while, and cannot be kept.
//!
//! What each item must do is in `README.md`.

// The bodies below use none of their arguments yet. Remove this line once they do.
#![allow(unused_variables)]

/// A roll of tickets.
pub struct Resource {
    // What does a roll have to know?
}

impl Resource {
    /// What `acquire` gave.
    pub fn name(&self) -> &str {
        todo!("Resource::name")
    }

    /// Tears off the next ticket: 1, 2, 3, …
    pub fn next(&self) -> u32 {
        todo!("Resource::next")
    }
}

/// Acquires a resource, lends it to `body`, and releases it. `release` gets the name and the number of tickets
/// that were torn off.
//
// As it stands, the body is given the resource for good: what `body` gets is yours to change.
pub async fn with_resource<T, R, F>(
    acquire: impl AsyncFnOnce() -> String,
    release: R,
    body: impl AsyncFnOnce(Resource) -> T,
) -> T
where
    R: FnOnce(String, u32) -> F + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    todo!("with_resource")
}
