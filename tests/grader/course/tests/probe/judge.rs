//! What must be true of a probe.

use judge::{Findings, Run, judge};

judge::judges!();

#[judge(points = 60, title = "it answers", hint = "what is six by nine?")]
fn it_answers(run: &Run) -> Findings {
    run.notes("answer").equals(&42)
}

#[judge(points = 40, title = "it counts", hint = "one, two, three")]
fn it_counts(run: &Run) -> Findings {
    run.notes("counts").equals(&[1, 2, 3])
}
