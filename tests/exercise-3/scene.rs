//! [`Scene`]: a limiter of its own, and who comes to it.

use std::convert::Infallible;
use std::rc::Rc;
use std::time::Duration;

use contract::{RateLimiter, rate_limited};
use lab::Lab;
use tokio::time::{Instant, sleep_until, timeout_at};

/// One limiter. The keys of its notes begin with its name; its times are virtual milliseconds from
/// its beginning.
#[derive(Clone)]
pub struct Scene {
    lab: Lab,
    name: &'static str,
    began: Instant,
    window: Duration,
    limiter: Rc<RateLimiter>,
}

/// Somebody who calls `acquire`.
#[derive(Clone, Copy)]
pub struct Caller {
    at_ms: u64,
    gives_up_at_ms: Option<u64>,
}

impl Caller {
    /// Calls at `at_ms`, and waits as long as it takes.
    pub fn at(at_ms: u64) -> Self {
        Self {
            at_ms,
            gives_up_at_ms: None,
        }
    }

    /// … but drops the call if it still waits at `ms`.
    pub fn gives_up_at(self, ms: u64) -> Self {
        Self {
            gives_up_at_ms: Some(ms),
            ..self
        }
    }

    async fn call(self, scene: Scene, n: u64) {
        scene.until(self.at_ms).await;
        // Nothing is awaited between note and call: a call begins when it is first polled.
        scene.note("called", n);
        let acquire = scene.limiter.acquire();
        let admitted = match self.gives_up_at_ms {
            None => {
                acquire.await;
                true
            }
            Some(ms) => timeout_at(scene.instant(ms), acquire).await.is_ok(),
        };
        scene.note(if admitted { "admitted" } else { "gave up" }, n);
    }
}

impl Scene {
    /// Makes the limiter.
    pub fn begin(lab: &Lab, name: &'static str, limit: u32, window_ms: u64) -> Self {
        lab.note(&format!("{name}: limiter"), (limit, window_ms));
        let began = Instant::now();
        let window = Duration::from_millis(window_ms);
        Self {
            lab: lab.clone(),
            name,
            began,
            window,
            limiter: Rc::new(RateLimiter::new(limit, window)),
        }
    }

    /// One caller at each of these times, each a task, numbered in this order. Ends when none waits.
    pub async fn callers_at(&self, times_ms: impl IntoIterator<Item = u64>) {
        self.callers(times_ms.into_iter().map(Caller::at)).await;
    }

    /// These callers, each a task, numbered in this order. Ends when none waits.
    pub async fn callers(&self, callers: impl IntoIterator<Item = Caller>) {
        let calls = callers.into_iter().zip(0..);
        self.lab
            .all(calls.map(|(caller, n)| caller.call(self.clone(), n)))
            .await;
    }

    /// One task that tries at each of these times, one after another.
    pub async fn tries_at(&self, times_ms: impl IntoIterator<Item = u64>) {
        for (ms, n) in times_ms.into_iter().zip(0..) {
            self.until(ms).await;
            self.note("tried", n);
            let answer = self.limiter.try_acquire();
            self.note("was told", answer);
        }
    }

    /// Both, the one who tries first.
    pub async fn tries_and_callers_at<const TRIES: usize, const CALLERS: usize>(
        &self,
        tries_ms: [u64; TRIES],
        callers_ms: [u64; CALLERS],
    ) {
        let scene = self.clone();
        let tries = self
            .lab
            .spawn(async move { scene.tries_at(tries_ms).await });
        self.callers_at(callers_ms).await;
        tries.join().await;
    }

    /// One `rate_limited`, begun at `at_ms`, with a job for each of these durations; job `n` gives `n`.
    pub async fn jobs_at(&self, at_ms: u64, lasting_ms: impl IntoIterator<Item = u64>) {
        let service = self.lab.service(&format!("{}: job", self.name));
        let jobs: Vec<_> = lasting_ms
            .into_iter()
            .zip(0_u64..)
            .map(|(ms, n)| {
                let service = service.clone();
                async move {
                    let label = n.to_string();
                    let Ok(n) = service.call(&label, ms, Ok::<_, Infallible>(n)).await;
                    n
                }
            })
            .collect();
        self.until(at_ms).await;
        self.note("jobs called", jobs.len());
        let results = rate_limited(&self.limiter, jobs).await;
        self.note("results", results);
    }

    /// Drops the limiter and lets two windows go by.
    pub async fn end(self) {
        self.note("dropped", ());
        let Self {
            window, limiter, ..
        } = self;
        drop(limiter);
        tokio::time::sleep(2 * window).await;
    }

    fn note(&self, what: &str, value: impl lab::serde::Serialize) {
        self.lab.note(&format!("{}: {what}", self.name), value);
    }

    async fn until(&self, ms: u64) {
        sleep_until(self.instant(ms)).await;
    }

    fn instant(&self, ms: u64) -> Instant {
        self.began + Duration::from_millis(ms)
    }
}
