//! A program's value is the virtual milliseconds it takes: what it believes is what was.

use judge::{Findings, Run, judge};

judge::judges!();

#[judge(
    points = 100,
    title = "the program takes as long as it says",
    hint = "count the virtual milliseconds"
)]
fn runs(run: &Run) -> Findings {
    let value: u64 = run.notes("value").value();
    let took = run.returned_ms().unwrap_or(0);
    Findings::unless(value == took, "wrong-value", format!("it says {value} ms and took {took} ms"))
}
