use judge::{Findings, Run, judge};

judge::judges!();

#[judge(points = 10, title = "the body gets the 7", hint = "lend it")]
fn lends(run: &Run) -> Findings {
    run.notes("given").equals(&7)
}
