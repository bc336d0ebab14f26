//! `lock-across-await` as rustc sees it: a future that holds a std lock's guard while it waits is not
//! `Send`.

use crate::diagnostic::Diagnostic;

/// What std's locks answer; none of it may go to another thread.
const GUARDS: [(&str, &str); 3] = [
    ("std::sync::MutexGuard<", "Mutex"),
    ("std::sync::RwLockReadGuard<", "RwLock"),
    ("std::sync::RwLockWriteGuard<", "RwLock"),
];

/// The grader's sentence for an error whose cause is a guard that lives across an await.
pub fn help(diagnostic: &Diagnostic) -> Option<String> {
    let text = &diagnostic.rendered;
    if !diagnostic.is_error() || !text.contains("`Send`") || !text.contains("across an await") {
        return None;
    }
    let (guard, lock) = GUARDS.iter().find(|(guard, _)| text.contains(guard))?;
    let guard = guard.trim_end_matches('<');
    Some(format!(
        "lock-across-await: a `{guard}` is alive while the task waits, and whoever locks meanwhile stops the whole thread: end its scope before the `.await`, or use `tokio::sync::{lock}` if the lock must be held"
    ))
}
