//! A scenario says itself whether what it promises held; what it cannot see is looked for here.

use judge::{Findings, Run, judge};

judge::judges!();

#[judge(
    points = 100,
    title = "the scenario keeps its promise",
    hint = "look at what may happen between two awaits"
)]
fn holds(run: &Run) -> Findings {
    let broken: Option<String> = run.notes("broken").value();
    broken
        .map_or_else(Findings::none, |why| Findings::one("wrong-value", why))
        .or_else(|| run.calls("limited call").at_most(2))
        .or_else(|| run.nothing_runs_after("broken"))
}
