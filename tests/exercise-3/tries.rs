//! What `try_acquire` may answer, and when.

use judge::{Findings, Run, count, ms};

use crate::history::{Caller, History, Try};

/// `try_acquire` answers in the millisecond in which it is called.
pub fn answers_at_once(run: &Run, scene: &History, one: &Try) -> Findings {
    if one.answered_ms == one.at_ms {
        return Findings::none();
    }
    let meanwhile = scene.since_drive(one.at_ms)..=scene.since_drive(one.answered_ms);
    let held = run.never_blocks().into_vec().into_iter();
    let held = held.filter(|by| by.virtual_ms.is_some_and(|at| meanwhile.contains(&at)));
    let (message, line) = held
        .map(|by| (by.message, by.at))
        .next()
        .unwrap_or_else(|| {
            let message = format!("{}: `try_acquire` held the thread", scene.setting());
            (message, None)
        });
    Findings::one("blocked-executor", message)
        .at(line)
        .expected("an answer of `try_acquire` at once")
        .got(format!(
            "an answer after {}",
            ms(one.answered_ms - one.at_ms)
        ))
        .at_ms(*meanwhile.start())
}

/// True on an idle limiter, false while somebody waits, and else as it likes. `earlier` are the
/// tries before this one.
pub fn answers_rightly(scene: &History, earlier: &[Try], one: &Try) -> Findings {
    let (setting, at) = (scene.setting(), ms(one.at_ms));
    let waiting = waiting(scene, one.at_ms);
    let wrong = if one.admitted && waiting > 0 {
        let who = count(waiting, "caller");
        let message = format!("{setting}: `try_acquire` said true at {at}, while {who} waited");
        Findings::one("wrong-value", message).expected("false: whoever waits goes first")
    } else if !one.admitted && is_idle(scene, earlier, one.at_ms) {
        let window = ms(scene.window_ms);
        Findings::one(
            "wrong-value",
            format!("{setting}: `try_acquire` said false at {at}, when the limiter was idle"),
        )
        .expected(format!(
            "true: nobody waits, and nobody has got in for {window}"
        ))
    } else {
        return Findings::none();
    };
    wrong.got(one.admitted).at_ms(scene.since_drive(one.at_ms))
}

/// How many wait at that time; who calls or leaves in that very millisecond may not.
fn waiting(scene: &History, at_ms: u64) -> usize {
    let waits = |caller: &Caller| caller.called_ms < at_ms && at_ms < caller.left_ms();
    scene.callers().into_iter().filter(waits).count()
}

/// Whether nobody can wait at that time, and nobody has got in for more than a window.
fn is_idle(scene: &History, earlier: &[Try], at_ms: u64) -> bool {
    let callers = scene.callers();
    let may_wait = |caller: &Caller| caller.called_ms <= at_ms && at_ms <= caller.left_ms();
    let called = callers.iter().filter_map(|caller| caller.admitted_ms);
    let tried = earlier.iter().filter(|one| one.admitted);
    let mut let_in = called.chain(tried.map(|one| one.answered_ms));
    let lately = let_in.any(|then| then <= at_ms && at_ms - then <= scene.window_ms);
    !lately && !callers.iter().any(may_wait)
}
