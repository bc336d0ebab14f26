//! A set of tasks that are joined as they end.

use std::fmt;
use std::future::Future;
use std::panic::Location;
use std::task::{Context, Poll};

use lab::made::made;
use real::task::{AbortHandle, Id, JoinError};

use super::LocalSet;
use crate::runtime::Handle;

/// tokio's `JoinSet`, whose tasks are recorded.
pub struct JoinSet<T>(real::task::JoinSet<T>);

impl<T> JoinSet<T> {
    pub fn new() -> Self {
        Self(real::task::JoinSet::new())
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T: 'static> JoinSet<T> {
    #[track_caller]
    pub fn spawn<F>(&mut self, task: F) -> AbortHandle
    where
        F: Future<Output = T> + Send + 'static,
        T: Send,
    {
        let task = lab::task::spawned_at(task, Location::caller());
        lab::task::spawning(|| self.0.spawn(task))
    }

    #[track_caller]
    pub fn spawn_on<F>(&mut self, task: F, handle: &Handle) -> AbortHandle
    where
        F: Future<Output = T> + Send + 'static,
        T: Send,
    {
        let task = lab::task::spawned_at(task, Location::caller());
        lab::task::spawning(|| self.0.spawn_on(task, handle.real()))
    }

    #[track_caller]
    pub fn spawn_local<F>(&mut self, task: F) -> AbortHandle
    where
        F: Future<Output = T> + 'static,
    {
        let task = lab::task::spawned_at(task, Location::caller());
        lab::task::spawning(|| self.0.spawn_local(task))
    }

    #[track_caller]
    pub fn spawn_local_on<F>(&mut self, task: F, local_set: &LocalSet) -> AbortHandle
    where
        F: Future<Output = T> + 'static,
    {
        let task = lab::task::spawned_at(task, Location::caller());
        lab::task::spawning(|| self.0.spawn_local_on(task, local_set.real()))
    }

    /// Runs a blocking job, in lock-step, as a member of the set.
    #[track_caller]
    pub fn spawn_blocking<F>(&mut self, job: F) -> AbortHandle
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send,
    {
        let job = lab::blocking::spawn(job, Location::caller());
        lab::task::spawning(|| {
            self.0.spawn(async move {
                match job.await {
                    Ok(value) => value,
                    Err(error) => std::panic::resume_unwind(lab::swallowed::hand_on(error)),
                }
            })
        })
    }

    /// As [`JoinSet::spawn_blocking`], beside another runtime.
    #[track_caller]
    pub fn spawn_blocking_on<F>(&mut self, job: F, handle: &Handle) -> AbortHandle
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send,
    {
        let _entered = handle.enter();
        self.spawn_blocking(job)
    }

    #[track_caller]
    pub fn join_next(&mut self) -> impl Future<Output = Option<Result<T, JoinError>>> {
        made("JoinSet::join_next", Location::caller(), async move {
            self.0.join_next().await
        })
    }

    #[track_caller]
    pub fn join_next_with_id(
        &mut self,
    ) -> impl Future<Output = Option<Result<(Id, T), JoinError>>> {
        made(
            "JoinSet::join_next_with_id",
            Location::caller(),
            async move { self.0.join_next_with_id().await },
        )
    }

    pub fn try_join_next(&mut self) -> Option<Result<T, JoinError>> {
        self.0.try_join_next()
    }

    pub fn try_join_next_with_id(&mut self) -> Option<Result<(Id, T), JoinError>> {
        self.0.try_join_next_with_id()
    }

    #[track_caller]
    pub fn shutdown(&mut self) -> impl Future<Output = ()> {
        made("JoinSet::shutdown", Location::caller(), async move {
            self.0.shutdown().await;
        })
    }

    #[track_caller]
    pub fn join_all(self) -> impl Future<Output = Vec<T>> {
        made("JoinSet::join_all", Location::caller(), async move {
            self.0.join_all().await
        })
    }

    pub fn abort_all(&mut self) {
        self.0.abort_all();
    }

    pub fn detach_all(&mut self) {
        self.0.detach_all();
    }

    pub fn poll_join_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, JoinError>>> {
        self.0.poll_join_next(cx)
    }

    pub fn poll_join_next_with_id(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<(Id, T), JoinError>>> {
        self.0.poll_join_next_with_id(cx)
    }
}

impl<T> Default for JoinSet<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> fmt::Debug for JoinSet<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T, F> FromIterator<F> for JoinSet<T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    #[track_caller]
    fn from_iter<I: IntoIterator<Item = F>>(tasks: I) -> Self {
        let mut set = Self::new();
        set.extend(tasks);
        set
    }
}

impl<T, F> Extend<F> for JoinSet<T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    #[track_caller]
    fn extend<I: IntoIterator<Item = F>>(&mut self, tasks: I) {
        for task in tasks {
            self.spawn(task);
        }
    }
}
