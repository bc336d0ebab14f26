//! Every deadline knows those around it; a step races against a sleep until the earliest.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::select;
use tokio::time::{Instant, sleep_until};

pub struct Expired {
    pub deadline: String,
}

pub struct Deadline(Arc<Scope>);

struct Scope {
    name: String,
    at: Instant,
    outer: Option<Arc<Scope>>,
}

impl Scope {
    fn earliest(&self) -> &Scope {
        match self.outer.as_deref().map(Scope::earliest) {
            Some(outer) if outer.at <= self.at => outer,
            _ => self,
        }
    }

    fn expired(&self) -> Expired {
        Expired {
            deadline: self.name.clone(),
        }
    }
}

impl Deadline {
    pub fn after(name: &str, limit: Duration) -> Self {
        Self::new(name, limit, None)
    }

    pub fn within(&self, name: &str, limit: Duration) -> Self {
        Self::new(name, limit, Some(self.0.clone()))
    }

    pub fn left(&self) -> Duration {
        self.0
            .earliest()
            .at
            .saturating_duration_since(Instant::now())
    }

    fn new(name: &str, limit: Duration, outer: Option<Arc<Scope>>) -> Self {
        Self(Arc::new(Scope {
            name: name.to_owned(),
            at: Instant::now() + limit,
            outer,
        }))
    }
}

pub async fn run<T>(deadline: &Deadline, step: impl Future<Output = T>) -> Result<T, Expired> {
    let earliest = deadline.0.earliest();
    select! {
        value = step => Ok(value),
        () = sleep_until(earliest.at) => Err(earliest.expired()),
    }
}

pub async fn steps(
    deadline: &Deadline,
    number: u32,
    step: impl AsyncFn(u32, Duration) -> u32,
) -> Result<Vec<u32>, Expired> {
    let all = async {
        let mut values = Vec::new();
        for n in 1..=number {
            values.push(step(n, deadline.left()).await);
        }
        values
    };
    run(deadline, all).await
}

pub async fn or_else(
    deadline: &Deadline,
    limit: Duration,
    first: impl Future<Output = String>,
    second: impl Future<Output = String>,
) -> Result<String, Expired> {
    let own = deadline.within("", limit);
    match run(&own, first).await {
        Err(_) if std::ptr::eq(own.0.earliest(), &*own.0) => run(deadline, second).await,
        result => result,
    }
}
