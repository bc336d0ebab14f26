//! Work on many things at once, on all cores, with the answers in the order of the things.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::error::Result;

/// What `work` answers for each of `items`.
///
/// # Errors
/// The first that `work` answers; what is under way then is still waited for.
///
/// # Panics
/// When `work` does.
pub fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> Result<R> + Sync) -> Result<Vec<R>> {
    let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let next = AtomicUsize::new(0);
    let answers = Mutex::new(Vec::with_capacity(items.len()));
    let take_and_work = || -> Result<()> {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else {
                return Ok(());
            };
            let answer = work(item).inspect_err(|_| next.store(items.len(), Ordering::Relaxed))?;
            let mut answers = answers.lock().unwrap_or_else(PoisonError::into_inner);
            answers.push((at, answer));
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..cores.min(items.len()))
            .map(|_| scope.spawn(take_and_work))
            .collect();
        let mut ended = workers.into_iter().map(|worker| {
            worker
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        });
        ended.try_for_each(|ended| ended)
    })?;
    let mut answers = answers.into_inner().unwrap_or_else(PoisonError::into_inner);
    answers.sort_by_key(|(at, _)| *at);
    Ok(answers.into_iter().map(|(_, answer)| answer).collect())
}

/// What the two answer, which run beside each other.
///
/// # Panics
/// When one of them does.
pub fn both<T, R: Send>(one: impl FnOnce() -> T, other: impl FnOnce() -> R + Send) -> (T, R) {
    thread::scope(|scope| {
        let other = scope.spawn(other);
        let one = one();
        let other = other.join();
        (
            one,
            other.unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
        )
    })
}

/// What `work` answers; meanwhile `prepare` is called with as many of `items` as there is time for, one after another.
///
/// # Panics
/// When one of them does.
pub fn beside<T, I: Sync>(work: impl FnOnce() -> T, items: &[I], prepare: impl Fn(&I) + Sync) -> T {
    let is_over = AtomicBool::new(false);
    let while_it_works = || {
        for item in items {
            if is_over.load(Ordering::Relaxed) {
                return;
            }
            prepare(item);
        }
    };
    let work = || {
        let done = work();
        is_over.store(true, Ordering::Relaxed);
        done
    };
    both(work, while_it_works).0
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::{beside, map};
    use crate::error::Error;

    #[test]
    fn what_goes_on_beside_the_work_is_done_in_order_while_that_waits() {
        let (prepared, seen) = mpsc::channel();
        let work = || seen.iter().take(3).collect::<Vec<_>>();
        let order = beside(work, &[3, 1, 2], |n| prepared.send(*n).unwrap());
        assert_eq!(order, [3, 1, 2]);
    }

    #[test]
    fn answers_come_in_the_order_of_the_things() {
        let squares = map(&[3, 1, 2], |n| Ok(n * n)).unwrap();
        assert_eq!(squares, [9, 1, 4]);
        assert!(map(&[], |n: &u32| Ok(*n)).unwrap().is_empty());
    }

    #[test]
    fn an_error_ends_the_work() {
        let items: Vec<u32> = (0..100).collect();
        let ended = map(&items, |n| match n {
            7 => Err(Error::usage("seven")),
            n => Ok(*n),
        });
        assert_eq!(ended.unwrap_err().to_string(), "seven");
    }
}
