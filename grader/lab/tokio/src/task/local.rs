//! Tasks that are not `Send`.

use std::future::Future;
use std::panic::Location;
use std::pin::Pin;
use std::task::{Context, Poll};

use lab::made::made;
use real::task::{JoinHandle, LocalEnterGuard};

use crate::runtime::Runtime;

/// A set of tasks that stay on one thread.
#[derive(Debug, Default)]
pub struct LocalSet(real::task::LocalSet);

impl LocalSet {
    pub fn new() -> Self {
        Self(real::task::LocalSet::new())
    }

    pub fn id(&self) -> real::runtime::Id {
        self.0.id()
    }

    pub fn enter(&self) -> LocalEnterGuard {
        self.0.enter()
    }

    /// Spawns a task into the set.
    #[track_caller]
    pub fn spawn_local<F>(&self, future: F) -> JoinHandle<F::Output>
    where
        F: Future + 'static,
        F::Output: 'static,
    {
        let task = lab::task::spawned_at(future, Location::caller());
        lab::task::spawning(|| self.0.spawn_local(task))
    }

    /// Runs a future to its end, and the set's tasks meanwhile.
    #[track_caller]
    pub fn run_until<F: Future>(&self, future: F) -> impl Future<Output = F::Output> {
        let run = self.0.run_until(future);
        made("LocalSet::run_until", Location::caller(), run)
    }

    /// Runs a future to its end in a runtime of the submission's own, and the set's tasks meanwhile.
    ///
    /// # Panics
    /// Inside a runtime.
    #[track_caller]
    pub fn block_on<F>(&self, rt: &Runtime, future: F) -> F::Output
    where
        F: Future,
    {
        rt.block_on(self.0.run_until(future))
    }

    pub(crate) fn real(&self) -> &real::task::LocalSet {
        &self.0
    }
}

impl Future for LocalSet {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        Pin::new(&mut self.0).poll(cx)
    }
}

/// Spawns a task into the [`LocalSet`] that is running.
#[track_caller]
pub fn spawn_local<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future + 'static,
    F::Output: 'static,
{
    let task = lab::task::spawned_at(future, Location::caller());
    lab::task::spawning(|| real::task::spawn_local(task))
}
