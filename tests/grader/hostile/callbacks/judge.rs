//! The first job that panics is the last that is called, and there is no sum.

use judge::{Findings, Run, judge};

judge::judges!();

#[judge(points = 1, title = "a panic of a job is the caller's", hint = "let it pass")]
fn a_panic_of_a_job_is_the_callers(run: &Run) -> Findings {
    let none: Option<u32> = None;
    run.notes("called")
        .equals(&[1, 2, 3])
        .and(run.notes("sum").equals(&none))
}
