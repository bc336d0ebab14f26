use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::{Future, poll_fn};
use std::io::Write;
use std::ops::RangeInclusive;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::mpsc::RecvTimeoutError;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};

use self::serde::Serialize;

pub mod drive {}

/// Notes what the driver sees, and plays the schedule.
#[derive(Debug, Clone)]
pub struct Lab {
    state: Arc<Mutex<State>>,
    began: Instant,
}

#[derive(Debug, Default)]
struct State {
    seen: Vec<(u64, String)>,
    drawn: BTreeMap<String, u64>,
    draws: BTreeMap<String, u32>,
    held: BTreeMap<(u32, u32), u8>,
    tasks: u32,
}

impl Lab {
    /// `drawn`: what draws give other than their plain values. `held`: which polls of which of the driver's
    /// tasks (0 is the driver itself) let others go first, and for how many turns.
    pub fn begin(drawn: &[(&str, u64)], held: &[(u32, u32, u8)]) -> Self {
        let state = State {
            drawn: drawn
                .iter()
                .map(|(key, value)| ((*key).to_owned(), *value))
                .collect(),
            held: held
                .iter()
                .map(|(task, poll, turns)| ((*task, *poll), *turns))
                .collect(),
            ..State::default()
        };
        Self {
            state: Arc::new(Mutex::new(state)),
            began: Instant::now(),
        }
    }

    /// Runs the driver, and the clock a little on.
    pub async fn run(
        &self,
        driver: impl Future<Output = ()>,
        limit_ms: u64,
        grace_ms: u64,
    ) -> Ended {
        let mut driver = pin!(self.held(0, driver));
        let caught = poll_fn(|cx| {
            let polled = catch_unwind(AssertUnwindSafe(|| driver.as_mut().poll(cx)));
            match polled {
                Ok(polled) => polled.map(|()| Ended::Returned),
                Err(_) => Poll::Ready(Ended::Panicked),
            }
        });
        let ended = timeout(Duration::from_millis(limit_ms), caught).await;
        sleep(Duration::from_millis(grace_ms)).await;
        ended.unwrap_or(Ended::Late)
    }

    /// What the driver saw until then, in the order of time; what falls together in one of text.
    pub fn seen_until(&self, until_ms: u64) -> Vec<String> {
        let mut seen = self.state.lock().unwrap().seen.clone();
        seen.retain(|(at_ms, _)| *at_ms <= until_ms);
        seen.sort();
        seen.into_iter()
            .map(|(at_ms, what)| format!("{at_ms} ms: {what}"))
            .collect()
    }

    fn see(&self, what: String) {
        let at_ms = self.now_ms();
        self.state.lock().unwrap().seen.push((at_ms, what));
    }

    pub fn note(&self, key: &str, value: impl Serialize) {
        self.see(format!("{key} = {}", value.json()));
    }

    pub fn draw(&self, key: &str, plain: u64, range: RangeInclusive<u64>) -> u64 {
        let mut state = self.state.lock().unwrap();
        let times = state.draws.entry(key.to_owned()).or_insert(0);
        *times += 1;
        let key = match *times {
            1 => key.to_owned(),
            times => format!("{key}#{times}"),
        };
        let value = state.drawn.get(&key).copied().unwrap_or(plain);
        value.clamp(*range.start(), *range.end())
    }

    pub fn now_ms(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap()
    }

    pub async fn sleep(&self, ms: u64) {
        sleep(Duration::from_millis(ms)).await;
    }

    pub fn spawn<T: 'static>(&self, future: impl Future<Output = T> + 'static) -> Running<T> {
        let mut state = self.state.lock().unwrap();
        state.tasks += 1;
        let task = state.tasks;
        drop(state);
        let output: Rc<RefCell<Option<T>>> = Rc::default();
        let (held, comes_to) = (self.held(task, future), Rc::clone(&output));
        let future = Box::pin(async move {
            let output = held.await;
            *comes_to.borrow_mut() = Some(output);
        });
        TASKS.with_borrow_mut(|tasks| tasks.insert(task, future));
        Running(tokio::spawn(Here(task)), output)
    }

    pub async fn all<F>(&self, futures: impl IntoIterator<Item = F>) -> Vec<F::Output>
    where
        F: Future + 'static,
        F::Output: 'static,
    {
        let running: Vec<_> = futures
            .into_iter()
            .map(|future| self.spawn(future))
            .collect();
        let mut outputs = Vec::new();
        for task in running {
            outputs.push(task.join().await);
        }
        outputs
    }

    pub fn heartbeat(&self, every_ms: u64) -> Heartbeat {
        let lab = self.clone();
        Heartbeat(tokio::spawn(async move {
            loop {
                lab.sleep(every_ms).await;
                lab.note("heartbeat", ());
            }
        }))
    }

    pub fn service(&self, name: &str) -> service::Service {
        service::Service {
            lab: self.clone(),
            name: name.into(),
        }
    }

    /// Puts a future off where the schedule says so.
    fn held<F: Future>(&self, task: u32, future: F) -> impl Future<Output = F::Output> + use<F> {
        let lab = self.clone();
        let mut future = Box::pin(future);
        let (mut polls, mut left) = (0, None);
        poll_fn(move |cx| {
            let turns = || lab.state.lock().unwrap().held.get(&(task, polls)).copied();
            let turns = left.unwrap_or_else(|| turns().unwrap_or(0));
            if turns > 0 {
                left = Some(turns - 1);
                let _ = pin!(tokio::task::yield_now()).poll(cx);
                return Poll::Pending;
            }
            (polls, left) = (polls + 1, None);
            future.as_mut().poll(cx)
        })
    }
}

/// How a run of the driver ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    Returned,
    Panicked,
    /// Not within its limit, in virtual time.
    Late,
}

thread_local! {
    /// The driver's tasks. tokio spawns what could go to another thread; these stay on the test's only one.
    static TASKS: RefCell<BTreeMap<u32, Pin<Box<dyn Future<Output = ()>>>>> =
        const { RefCell::new(BTreeMap::new()) };
}

/// The driver's task of that number, as tokio has it.
struct Here(u32);

impl Future for Here {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let future = TASKS.with_borrow_mut(|tasks| tasks.remove(&self.0));
        let Some(mut future) = future else {
            return Poll::Ready(());
        };
        let polled = future.as_mut().poll(cx);
        if polled.is_pending() {
            TASKS.with_borrow_mut(|tasks| tasks.insert(self.0, future));
        }
        polled
    }
}

impl Drop for Here {
    fn drop(&mut self) {
        // It is dropped when the table can be borrowed again.
        let future = TASKS.try_with(|tasks| tasks.borrow_mut().remove(&self.0));
        drop(future);
    }
}

/// One of the driver's tasks, and where its output comes to.
pub struct Running<T>(tokio::task::JoinHandle<()>, Rc<RefCell<Option<T>>>);

impl<T> Running<T> {
    pub async fn join(self) -> T {
        if let Err(error) = self.0.await {
            std::panic::resume_unwind(error.into_panic());
        }
        self.1.take().unwrap()
    }

    pub fn cancel(self) {
        self.0.abort();
    }
}

/// Beats until it is dropped.
pub struct Heartbeat(tokio::task::JoinHandle<()>);

impl Drop for Heartbeat {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Until it is dropped, the test's process ends after so many real milliseconds, for code that never lets the test
/// go on.
pub fn no_longer_than(ms: u64, why: &'static str) -> impl Drop {
    let (patience, over) = std::sync::mpsc::channel::<()>();
    std::thread::spawn(move || {
        if over.recv_timeout(Duration::from_millis(ms)) == Err(RecvTimeoutError::Timeout) {
            // What a test prints is kept until its end.
            let _ = writeln!(std::io::stderr(), "{why}");
            std::process::abort();
        }
    });
    Patience(patience)
}

struct Patience(std::sync::mpsc::Sender<()>);

impl Drop for Patience {
    fn drop(&mut self) {
        let _ = self.0.send(());
    }
}
