//! The two rules that most checks come back to: the limit and the time.

use std::ops::Range;

use judge::{Findings, count, ms};

use crate::history::{Caller, History};
use crate::wording::{ordinal, timeline};

/// No window of `scene` admits more than the limit, or than the densest one of `control`; `why` ends
/// what was expected.
pub fn keeps_the_limit(scene: &History, control: Option<&History>, why: &str) -> Findings {
    let densest = scene.densest_window();
    let usual = control.map_or(0, |control| control.densest_window().len());
    let allowed = scene.limit.max(usual);
    if densest.len() <= allowed {
        return Findings::none();
    }
    let (setting, window) = (scene.setting(), ms(scene.window_ms));
    let (many, verb) = (densest.len(), scene.verb());
    let message = format!("{setting}: {many} {verb} within {window}");
    Findings::one("unbounded", message)
        .expected(format!("at most {allowed} in any {window}{why}"))
        .got(timeline(&densest))
        .at_ms(scene.since_drive(densest[allowed]))
}

/// From number `skip` on, each admission comes no later than its number of steps after that one.
pub fn come_in_time(scene: &History, skip: usize) -> Findings {
    let Some(&from_ms) = scene.admissions().get(skip) else {
        return Findings::none();
    };
    let late = first_late(scene, skip..usize::MAX, from_ms, &[]);
    late.map_or_else(Findings::none, |late| {
        let steps = count(late.index - skip, "step");
        let steps = format!("{steps} of {} after {}", ms(scene.step_ms()), ms(from_ms));
        let due = format!("by {}, {steps}", ms(late.due_ms));
        late.finding(scene, "too-late").expected(due)
    })
}

/// The first admission of number `which` that comes later than its number of steps, counted from
/// the start of `which`, after `from_ms`, and later than that of its number in `usual`.
pub fn first_late(
    scene: &History,
    which: Range<usize>,
    from_ms: u64,
    usual: &[u64],
) -> Option<Late> {
    let admissions = scene.admissions();
    let late = admissions
        .iter()
        .enumerate()
        .filter(|(index, _)| which.contains(index));
    late.zip(0..).find_map(|((index, &at_ms), steps)| {
        let usual_ms = usual.get(index).copied().unwrap_or(0);
        let due_ms = usual_ms.max(from_ms + steps * scene.step_ms());
        (at_ms > due_ms).then_some(Late {
            index,
            at_ms,
            due_ms,
        })
    })
}

/// An admission that came too late; `index` counts all of its scene from 0.
pub struct Late {
    pub index: usize,
    pub at_ms: u64,
    pub due_ms: u64,
}

impl Late {
    pub fn finding(&self, scene: &History, kind: &str) -> Findings {
        let (setting, nth) = (scene.setting(), ordinal(self.index));
        let message = format!(
            "{setting}: the {nth} {} at {}",
            scene.verb(),
            ms(self.at_ms)
        );
        Findings::one(kind, message)
            .got(timeline(&scene.admissions()[..=self.index]))
            .at_ms(scene.since_drive(self.at_ms))
    }
}

/// Somebody waits: one that holds nobody back is no limiter, and does nothing of what is asked beside that.
pub fn holds_somebody_back(scene: &History) -> Findings {
    let callers = scene.callers();
    let waits = |caller: &Caller| caller.admitted_ms.is_none_or(|at| at > caller.called_ms);
    let message = format!("{}: nobody had to wait", scene.setting());
    Findings::unless(callers.iter().any(waits), "unbounded", message)
        .expected(format!("{} in any window", scene.limit))
        .got(format!("all {} at once", callers.len()))
}
