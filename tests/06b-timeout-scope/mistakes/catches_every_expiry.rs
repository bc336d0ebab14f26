//! caught-by: only_its_own_expiry_is_caught
//! finding: wrong-value
//!
//! The misconception: an expiry is an expiry. That of the caller is not to be caught: there is no time for
//! a second try.

use std::future::Future;
use std::time::Duration;

use tokio::time::{Instant, timeout, timeout_at};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expired {
    pub deadline: String,
}

#[derive(Debug, Clone)]
pub struct Deadline {
    name: String,
    at: Instant,
}

impl Deadline {
    #[must_use]
    pub fn after(name: &str, limit: Duration) -> Self {
        Self {
            name: name.to_owned(),
            at: Instant::now() + limit,
        }
    }

    #[must_use]
    pub fn within(&self, name: &str, limit: Duration) -> Self {
        let at = Instant::now() + limit;
        if at >= self.at {
            return self.clone();
        }
        let name = name.to_owned();
        Self { name, at }
    }

    #[must_use]
    pub fn left(&self) -> Duration {
        self.at.saturating_duration_since(Instant::now())
    }
}

pub async fn run<T>(deadline: &Deadline, step: impl Future<Output = T>) -> Result<T, Expired> {
    timeout_at(deadline.at, step).await.map_err(|_| Expired {
        deadline: deadline.name.clone(),
    })
}

pub async fn steps(
    deadline: &Deadline,
    number: u32,
    step: impl AsyncFn(u32, Duration) -> u32,
) -> Result<Vec<u32>, Expired> {
    let mut values = Vec::new();
    for n in 1..=number {
        values.push(run(deadline, step(n, deadline.left())).await?);
    }
    Ok(values)
}

pub async fn or_else(
    deadline: &Deadline,
    limit: Duration,
    first: impl Future<Output = String>,
    second: impl Future<Output = String>,
) -> Result<String, Expired> {
    match run(&deadline.within("first", limit), first).await {
        Ok(text) => Ok(text),
        Err(_) => run(deadline, second).await,
    }
}
