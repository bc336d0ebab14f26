//! A resource that is acquired, used and released, whichever way its use ends.
//!
//! What each function must do is in `README.md`.

// The bodies below use none of their arguments yet. Remove this line once they do.
#![allow(unused_variables)]

/// How the use of a resource ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exit {
    /// With a value.
    Done,
    /// With this error.
    Failed(String),
    /// With a panic.
    Panicked,
    /// Nobody waits for it any more.
    Cancelled,
}

/// Acquires a resource, lends it to `body`, and releases it.
///
/// # Errors
/// Those of `acquire` and `body`.
pub async fn using<T, R, F>(
    acquire: impl AsyncFnOnce() -> Result<u32, String>,
    body: impl AsyncFnOnce(u32) -> Result<T, String>,
    release: R,
) -> Result<T, String>
where
    R: FnMut(u32, Exit) -> F + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    todo!("using")
}

/// Acquires a resource for each of `names` in turn, lends all of them to `body`, and releases them in
/// reverse.
///
/// # Errors
/// Those of `acquire` and `body`.
pub async fn using_all<T, R, F>(
    names: Vec<String>,
    acquire: impl AsyncFn(String) -> Result<u32, String>,
    body: impl AsyncFnOnce(Vec<u32>) -> Result<T, String>,
    release: R,
) -> Result<T, String>
where
    R: FnMut(u32, Exit) -> F + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    todo!("using_all")
}
