//! A task for each deadline cancels its token when it is over; an inner token is a child.

use std::future::Future;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

pub struct Expired {
    pub deadline: String,
}

/// Which deadline was over first is written where all that are within see it.
pub struct Deadline {
    token: CancellationToken,
    at: Instant,
    expired: Vec<(CancellationToken, String)>,
    _timer: Arc<OnceLock<AbortOnDropHandle<()>>>,
}

impl Deadline {
    pub fn after(name: &str, limit: Duration) -> Self {
        Self::new(CancellationToken::new(), Vec::new(), name, limit, None)
    }

    pub fn within(&self, name: &str, limit: Duration) -> Self {
        let (token, outer) = (self.token.child_token(), self.expired.clone());
        Self::new(token, outer, name, limit, Some(self.at))
    }

    pub fn left(&self) -> Duration {
        self.at.saturating_duration_since(Instant::now())
    }

    fn new(
        token: CancellationToken,
        outer: Vec<(CancellationToken, String)>,
        name: &str,
        limit: Duration,
        no_later: Option<Instant>,
    ) -> Self {
        let mut expired = outer;
        expired.push((token.clone(), name.to_owned()));
        let timer = OnceLock::new();
        let ends = token.clone();
        let _ = timer.set(AbortOnDropHandle::new(tokio::spawn(async move {
            sleep(limit).await;
            ends.cancel();
        })));
        let at = Instant::now() + limit;
        Self {
            token,
            at: no_later.map_or(at, |outer| outer.min(at)),
            expired,
            _timer: Arc::new(timer),
        }
    }

    fn over(&self) -> Expired {
        let outermost = self.expired.iter().find(|(token, _)| token.is_cancelled());
        let (_, name) = outermost.expect("a deadline is over");
        Expired {
            deadline: name.clone(),
        }
    }
}

pub async fn run<T>(deadline: &Deadline, step: impl Future<Output = T>) -> Result<T, Expired> {
    match deadline.token.run_until_cancelled(step).await {
        Some(value) => Ok(value),
        None => Err(deadline.over()),
    }
}

pub async fn steps(
    deadline: &Deadline,
    number: u32,
    step: impl AsyncFn(u32, Duration) -> u32,
) -> Result<Vec<u32>, Expired> {
    let mut values = Vec::new();
    while values.len() < number as usize {
        let n = values.len() as u32 + 1;
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
    let both = async {
        match timeout(limit, first).await {
            Ok(text) => text,
            Err(_) => second.await,
        }
    };
    run(deadline, both).await
}
