//! What the running code waits on, told from the names of the calls that led here. Reading names
//! takes milliseconds: this is asked only when a drive is about to be halted.

use trace::Awaited;

use crate::place;

/// Whose call a name is, and what it waits on. Of names next to each other the outermost counts
/// where tokio builds one on another, which is so in `sync`, and else the innermost.
const ASYNC: [(&str, Awaited); 20] = [
    ("tokio::sync::mutex", Awaited::Mutex),
    ("tokio::sync::rwlock", Awaited::RwLock),
    ("tokio::sync::batch_semaphore", Awaited::Semaphore),
    ("tokio::sync::semaphore", Awaited::Semaphore),
    ("tokio::sync::once_cell", Awaited::OnceCell),
    ("tokio::sync::set_once", Awaited::OnceCell),
    ("tokio::sync::mpsc", Awaited::Mpsc),
    ("tokio::sync::oneshot", Awaited::Oneshot),
    ("tokio::sync::broadcast", Awaited::Broadcast),
    ("tokio::sync::watch", Awaited::Watch),
    ("tokio::sync::notify", Awaited::Notify),
    ("tokio::sync::barrier", Awaited::Barrier),
    (
        "tokio_util::sync::cancellation_token",
        Awaited::Cancellation,
    ),
    ("tokio::io::util::mem", Awaited::Pipe),
    ("tokio::runtime::task", Awaited::Task),
    ("tokio::util::idle_notified_set", Awaited::Task),
    ("tokio::task::join_set", Awaited::Task),
    ("tokio::task::local", Awaited::LocalSet),
    ("tokio::time", Awaited::Timer),
    ("lab::service", Awaited::Call),
];

/// What a std call that blocks is, by its name, and whether it is a lock. The innermost decides,
/// but for a park and a condition variable, which others are built on.
const BLOCKING: [(&str, &str, bool); 9] = [
    ("std::sys::sync::mutex", "a std `Mutex`", true),
    ("std::sys::sync::rwlock", "a std `RwLock`", true),
    ("std::sys::sync::once", "a std `Once`", false),
    ("std::sync::mpmc", "a std channel", false),
    ("std::sync::mpsc", "a std channel", false),
    ("std::sync::barrier", "a std `Barrier`", false),
    ("std::sync::poison::condvar", "a std `Condvar`", false),
    ("std::sys::sync::condvar", "a std `Condvar`", false),
    (
        "std::sys::sync::thread_parking",
        "`std::thread::park`",
        false,
    ),
];

/// What keeps the waker that is being cloned here.
pub fn awaited() -> Awaited {
    let mut found = None;
    names(|name| {
        if let Some((_, on)) = ASYNC.iter().find(|(of, _)| is_below(name, of)) {
            let is_built_on_others = is_any_below(name, &["tokio::sync", "tokio_util::sync"]);
            if is_built_on_others || matches!(found, None | Some(Awaited::Unknown)) {
                found = Some(*on);
            }
            return true;
        }
        if is_any_below(name, &["tokio", "tokio_util"]) {
            found = found.or(Some(Awaited::Unknown));
            return true;
        }
        // The lab's own calls come first, and again where the task is polled from.
        is_any_below(name, &["core", "alloc", "std", "backtrace"])
            || (is_below(name, "lab") && found.is_none())
    });
    found.unwrap_or(Awaited::Waker)
}

/// Whether one of these functions is `pending()`.
pub fn is_pending(functions: impl Iterator<Item = usize>) -> bool {
    let mut found = false;
    for function in functions {
        // What is resolved is taken for a return address, and one less is looked up.
        backtrace::resolve(std::ptr::without_provenance_mut(function + 1), |symbol| {
            found |= name(symbol).is_some_and(|name| is_below(&name, "core::future::pending"));
        });
    }
    found
}

/// What stops this thread, and whether that is a lock; `None` when no name tells.
pub fn blocked() -> Option<(&'static str, bool)> {
    let mut found: Option<(&'static str, bool)> = None;
    names(|name| {
        if let Some((_, by, lock)) = BLOCKING.iter().find(|(of, ..)| is_below(name, of)) {
            found = Some((by, *lock));
            return !lock;
        }
        found.is_none() || is_any_below(name, &["core", "alloc", "std"])
    });
    found
}

fn is_any_below(name: &str, modules: &[&str]) -> bool {
    modules.iter().any(|module| is_below(name, module))
}

/// Whether the item `name` is in `module`. `<a::B<c::D> as e::F>::g` is in `a`.
fn is_below(name: &str, module: &str) -> bool {
    let path = name.trim_start_matches(['<', '&', '*', '_']);
    let path = path.strip_prefix("mut ").unwrap_or(path);
    path.strip_prefix(module)
        .is_some_and(|rest| rest.starts_with("::"))
}

/// The names of the calls that led here, innermost first, until `look` has seen enough. Where line
/// tables say which file a call is in, its module is told from that: they have bare names only.
fn names(mut look: impl FnMut(&str) -> bool) {
    place::calls(|frame| {
        let mut go_on = true;
        backtrace::resolve_frame(frame, |symbol| {
            go_on &= look(name(symbol).as_deref().unwrap_or("?"));
        });
        go_on
    });
}

fn name(symbol: &backtrace::Symbol) -> Option<String> {
    match symbol.filename() {
        Some(file) => module(&file.to_string_lossy()),
        None => symbol.name().map(|name| format!("{name:#}")),
    }
}

/// The module that a file of std or of a registry's crate is: `…/tokio-1.2.3/src/sync/mutex.rs` is
/// `tokio::sync::mutex::`.
fn module(file: &str) -> Option<String> {
    let (package, inside) = file.strip_suffix(".rs")?.rsplit_once("/src/")?;
    let package = package.rsplit('/').next()?;
    let version = |(_, rest): &(&str, &str)| rest.starts_with(|c: char| c.is_ascii_digit());
    let name = package.rsplit_once('-').filter(version);
    let name = name.map_or(package, |(name, _)| name).replace('-', "_");
    let inside = inside.strip_suffix("/mod").unwrap_or(inside);
    Some(format!("{name}::{}::", inside.replace('/', "::")))
}

#[cfg(test)]
mod tests {
    use super::{is_below, module};

    #[test]
    fn a_file_of_a_crate_is_a_module() {
        let of = |file| module(file).unwrap_or_default();
        assert_eq!(
            of("/r/tokio-1.54.1/src/sync/mutex.rs"),
            "tokio::sync::mutex::"
        );
        assert_eq!(
            of("/r/tokio-util-0.7.1/src/sync/mod.rs"),
            "tokio_util::sync::"
        );
        assert_eq!(
            of("/rustc/1/library/std/src/sync/mpmc/list.rs"),
            "std::sync::mpmc::list::"
        );
        assert_eq!(of("src/lib.rs"), "");
    }

    #[test]
    fn a_method_is_below_the_module_of_its_own_type() {
        let name = "<tokio::time::Timeout<tokio::sync::mutex::Mutex<u8>> as core::Future>::poll";
        assert!(is_below(name, "tokio::time"));
        assert!(!is_below(name, "tokio::sync::mutex"));
        assert!(!is_below("tokio::sync::mutexes::a", "tokio::sync::mutex"));
        assert!(is_below("<&mut core::a::B>::c", "core"));
    }
}
