//! Futures that the lab makes for the submission, and whether anybody polls them.
//!
//! That one is dropped unpolled says little by itself: `select!` does so with the branches that it
//! had no need of. So the futures are counted by the place that made them, and the counts are told
//! when the record ends, if anything was dropped where nothing was ever polled.

use std::collections::BTreeMap;
use std::future::Future;
use std::panic::Location;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use pin_project_lite::pin_project;
use trace::{Kind, Place};

use crate::recorder::{inside, record, watching};
use crate::task::place_of;

type Places = BTreeMap<(String, Place), Arc<Counts>>;

/// What was made in this drive, by what it is and where.
static MADE: Mutex<Places> = Mutex::new(Places::new());

#[derive(Debug, Default)]
struct Counts {
    polled: AtomicU64,
    dropped: AtomicU64,
}

pin_project! {
    /// A future that is counted as polled or, dropped before that, as dropped.
    #[derive(Debug)]
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct Made<F> {
        #[pin]
        future: F,
        counted: Option<Counted>,
    }
}

/// Until its future is polled or dropped; then it goes, and counts.
#[derive(Debug)]
struct Counted {
    counts: Arc<Counts>,
    polled: bool,
}

/// A future of `what`, made by a call in the submission; one made by anybody else is not counted.
pub fn made<F: Future>(what: &str, caller: &Location<'_>, future: F) -> Made<F> {
    let place = if crate::place::is_submission(caller.file()) {
        place_of(caller)
    } else {
        Place::Unknown
    };
    Made::new(what, place, future)
}

/// A future of `what`, made by whatever code of the submission led here, through the driver or a
/// handed crate.
pub fn made_below<F: Future>(what: &str, caller: &Location<'_>, future: F) -> Made<F> {
    let place = if watching() {
        inside(|| place_of(caller))
    } else {
        Place::Unknown
    };
    Made::new(what, place, future)
}

impl<F: Future> Made<F> {
    fn new(what: &str, place: Place, future: F) -> Self {
        let counts = |place| {
            inside(|| {
                places()
                    .entry((what.to_owned(), place))
                    .or_default()
                    .clone()
            })
        };
        let place = Some(place).filter(|place| watching() && *place != Place::Unknown);
        let counted = place.map(|place| Counted {
            counts: counts(place),
            polled: false,
        });
        Self { future, counted }
    }
}

fn places() -> MutexGuard<'static, Places> {
    MADE.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<F: Future> Future for Made<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        if let Some(mut counted) = this.counted.take() {
            counted.polled = true;
        }
        this.future.poll(cx)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        if self.polled {
            self.counts.polled.fetch_add(1, Ordering::Relaxed);
        } else if !std::thread::panicking() {
            // What goes because of a panic is not what went wrong.
            self.counts.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Records what became of the futures of this drive, if some were dropped at a place where none was
/// polled. Those of every place are told: two calls in one line have two places here.
pub fn tell() {
    let places = inside(|| std::mem::take(&mut *places()));
    let count = |count: &AtomicU64| count.load(Ordering::Relaxed);
    if places
        .values()
        .all(|made| count(&made.polled) > 0 || count(&made.dropped) == 0)
    {
        return;
    }
    for ((what, place), made) in places {
        record(Kind::Made {
            what,
            place,
            polled: count(&made.polled),
            dropped: count(&made.dropped),
        });
    }
}
