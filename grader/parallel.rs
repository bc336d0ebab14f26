//! Work on many things at once, on all cores, with the answers in the order of the things.

use std::sync::atomic::{AtomicUsize, Ordering};
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

#[cfg(test)]
mod tests {
    use super::map;
    use crate::error::Error;

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
