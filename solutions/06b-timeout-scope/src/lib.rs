//! A deadline over several steps, and deadlines within deadlines.

use std::future::Future;
use std::time::Duration;

use tokio::time::{Instant, timeout};

/// A deadline that was over before all was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expired {
    /// Its name.
    pub deadline: String,
}

/// A moment by which something has to be done.
#[derive(Debug, Clone)]
pub struct Deadline {
    name: String,
    at: Instant,
}

impl Deadline {
    /// The moment `limit` from now.
    #[must_use]
    pub fn after(name: &str, limit: Duration) -> Self {
        Self {
            name: name.to_owned(),
            at: Instant::now() + limit,
        }
    }

    /// The moment `limit` from now, but no later than this one.
    #[must_use]
    pub fn within(&self, name: &str, limit: Duration) -> Self {
        let at = Instant::now() + limit;
        if at >= self.at {
            return self.clone();
        }
        let name = name.to_owned();
        Self { name, at }
    }

    /// How much time is left; zero once it is over.
    #[must_use]
    pub fn left(&self) -> Duration {
        self.at.saturating_duration_since(Instant::now())
    }
}

/// Waits for `step` until the deadline.
///
/// # Errors
///
/// When the step is not done by then.
pub async fn run<T>(deadline: &Deadline, step: impl Future<Output = T>) -> Result<T, Expired> {
    let in_time = timeout(deadline.left(), step).await;
    in_time.map_err(|_| Expired {
        deadline: deadline.name.clone(),
    })
}

/// Runs `step(1, …)`, `step(2, …)` up to `number`, one after another, until the deadline. Each step is
/// told how much time is left.
///
/// # Errors
///
/// When not all steps are done by then.
pub async fn steps(
    deadline: &Deadline,
    number: u32,
    step: impl AsyncFn(u32, Duration) -> u32,
) -> Result<Vec<u32>, Expired> {
    let mut values = Vec::new();
    for n in 1..=number {
        let left = deadline.left();
        let value = run(deadline, step(n, left)).await?;
        values.push(value);
    }
    Ok(values)
}

/// Waits for `first` for `limit` at most, and then for `second`; for both until the deadline.
///
/// # Errors
///
/// When the deadline is over before either is done.
pub async fn or_else(
    deadline: &Deadline,
    limit: Duration,
    first: impl Future<Output = String>,
    second: impl Future<Output = String>,
) -> Result<String, Expired> {
    // What `?` passes on is the deadline's expiry; that of the limit stays here.
    match run(deadline, timeout(limit, first)).await? {
        Ok(text) => Ok(text),
        Err(_) => run(deadline, second).await,
    }
}
