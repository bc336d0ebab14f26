//! Gather, where some of the jobs fail: what becomes of the others?
//!
//! What each function must do is in `README.md`.

// The bodies below use none of their arguments yet. Remove this line once they do.
#![allow(unused_variables)]

use std::future::Future;

/// Runs all `jobs` at the same time, and gives every outcome, in the order of `jobs`.
pub async fn outcomes<F>(jobs: Vec<F>) -> Vec<Result<u32, String>>
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    todo!("outcomes")
}

/// All values, or the first error as soon as it is there. The other jobs run on in the background.
pub async fn or_run_on<F>(jobs: Vec<F>) -> Result<Vec<u32>, String>
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    todo!("or_run_on")
}

/// All values, or the first error as soon as it is there. The other jobs are cancelled then.
pub async fn or_cancel<F>(jobs: Vec<F>) -> Result<Vec<u32>, String>
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    todo!("or_cancel")
}

/// Runs all `jobs` at the same time, and prints every outcome.
pub async fn summary<F>(jobs: Vec<F>)
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    todo!("summary")
}
