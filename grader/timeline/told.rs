//! Places, waits and ends in words.

use trace::{Awaited, Halt, Place, Stuck};

use super::words::time;
use crate::text::plain;

/// ` at src/lib.rs:14`, or nothing.
pub fn at(place: &Place) -> String {
    match place {
        Place::Known { file, line } => format!(" at {}:{line}", plain(file)),
        Place::Unknown | Place::Frames(_) => String::new(),
    }
}

/// What a stuck task waits for, and where.
pub fn stuck(stuck: &Stuck) -> String {
    let place = at(&stuck.place);
    if stuck.ready {
        return format!("was never woken{place}");
    }
    format!("waits for {}{place}", awaited(stuck.on))
}

/// What a task waits for, after "waits for".
pub fn awaited(on: Awaited) -> &'static str {
    match on {
        Awaited::Mutex => "a Mutex",
        Awaited::RwLock => "an RwLock",
        Awaited::Semaphore => "a permit of a Semaphore",
        Awaited::OnceCell => "a OnceCell",
        Awaited::Mpsc => "an mpsc channel",
        Awaited::Oneshot => "a oneshot channel",
        Awaited::Broadcast => "a broadcast channel",
        Awaited::Watch => "a watch channel",
        Awaited::Notify => "a Notify",
        Awaited::Barrier => "a Barrier",
        Awaited::Cancellation => "a CancellationToken",
        Awaited::Pipe => "the other end of a pipe",
        Awaited::Task => "another task",
        Awaited::LocalSet => "its LocalSet",
        Awaited::Timer => "the clock",
        Awaited::Call => "a call that is never answered",
        Awaited::Blocking => "a std lock, channel, condition variable or park",
        Awaited::Pending => "`pending()`",
        Awaited::Waker => "somebody who keeps its waker",
        Awaited::Unknown => "nothing that the lab can see",
    }
}

/// Why the lab stopped a drive.
pub fn why(why: &Halt) -> String {
    match why {
        Halt::Deadlock { .. } => "nothing can run, and no timer is set".to_owned(),
        Halt::Livelock { polls, .. } => format!("{polls} polls without the clock moving"),
        Halt::NeverFinishes { limit_ms } => format!("not over after {}", time(*limit_ms)),
        Halt::Spinning { reads, .. } => format!("one poll read a clock {reads} times"),
        Halt::GoesRound { place, .. } => format!("one poll goes on and on{}", at(place)),
        Halt::TooMuchOutput { bytes } => format!("more than {bytes} bytes printed"),
        Halt::TooManyEvents { events } => format!("more than {events} events"),
        Halt::Stopped { by, place } => format!("the thread waits for good for {by}{}", at(place)),
        Halt::Asked { .. } => "it was only asked for its state".to_owned(),
        Halt::Locked { by, place, .. } => {
            format!("the thread waits for good for {by}{}", at(place))
        }
        Halt::LockedOut { by, place, .. } => {
            format!("a job waits for good for {by}{}", at(place))
        }
    }
}
