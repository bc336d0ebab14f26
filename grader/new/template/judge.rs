//! What must be true of two jobs. A judge sees the trace and nothing else; it never runs in a submission's process.

use judge::{Findings, Run, judge, ms};

judge::judges!();

#[judge(
    points = 40,
    title = "both answers are given, the first job's first",
    hint = "which job is done first says nothing of the order of the answers"
)]
fn answers_are_in_the_order_of_the_jobs(run: &Run) -> Findings {
    let answers: (u32, u32) = run.notes("will answer").value();
    run.notes("answered").equals(&answers)
}

#[judge(
    points = 60,
    title = "both jobs are under way at the same time",
    hint = "a future does nothing until it is polled: who awaits one after the other polls one after the other",
    hint = "`tokio::join!` polls both"
)]
fn it_takes_as_long_as_the_longer_job(run: &Run) -> Findings {
    let (one_ms, other_ms): (u64, u64) = run.notes("takes").value();
    let done_ms = run.notes("done").times()[0];
    let due_ms = due(one_ms, other_ms);
    let message = "the jobs took longer than the longer of them";
    Findings::unless(done_ms == due_ms, "too-late", message)
        .expected(format!("done at {}", ms(due_ms)))
        .got(format!("done at {}", ms(done_ms)))
        .at_ms(done_ms)
}

/// When both are done, in virtual milliseconds, if they begin at once.
fn due(one_ms: u64, other_ms: u64) -> u64 {
    let _ = (one_ms, other_ms);
    todo!("FILL IN 2 of 3: what must be true, here the longer of both times")
}
