//! Nothing is asked of a scene but that it is played.

use judge::{Findings, Run, judge};

judge::judges!();

#[judge(points = 10, title = "three fetches in turn")]
fn three_fetches_in_turn(_run: &Run) -> Findings {
    Findings::none()
}

#[judge(points = 10, title = "three fetches at once")]
fn three_fetches_at_once(_run: &Run) -> Findings {
    Findings::none()
}

#[judge(points = 10, title = "ten tasks and three permits")]
fn ten_tasks_and_three_permits(_run: &Run) -> Findings {
    Findings::none()
}

#[judge(points = 10, title = "a lock convoy")]
fn a_lock_convoy(_run: &Run) -> Findings {
    Findings::none()
}

#[judge(points = 10, title = "a timeout that cancels")]
fn a_timeout_that_cancels(_run: &Run) -> Findings {
    Findings::none()
}

#[judge(points = 10, title = "a panic")]
fn a_panic(_run: &Run) -> Findings {
    Findings::none()
}

#[judge(points = 10, title = "a deadlock")]
fn a_deadlock(_run: &Run) -> Findings {
    Findings::none()
}

#[judge(points = 10, title = "a blocked executor")]
fn a_blocked_executor(_run: &Run) -> Findings {
    Findings::none()
}

#[judge(points = 10, title = "three hundred tasks")]
fn three_hundred_tasks(_run: &Run) -> Findings {
    Findings::none()
}

#[judge(points = 10, title = "one virtual day")]
fn one_virtual_day(_run: &Run) -> Findings {
    Findings::none()
}
