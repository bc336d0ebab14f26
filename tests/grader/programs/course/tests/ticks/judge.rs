//! Tick `k`, from 1, is due at `k` times 100 ms, and prints `tick k` when its work is done.

use judge::{Findings, Run, judge, ms};

judge::judges!();

const EVERY_MS: u64 = 100;

#[judge(
    points = 100,
    title = "work begins every 100 ms",
    hint = "an interval's ticks do not move when the work between them takes time"
)]
fn ticks(run: &Run) -> Findings {
    let work = run.notes("work");
    work.number(5)
        .or_else(|| work.no_later_than("tick", due_ms))
        .or_else(|| no_earlier_than_due(&work.times()))
        .or_else(|| run.prints(&["tick 1", "tick 2", "tick 3", "tick 4", "tick 5"]))
        .or_else(|| run.nothing_runs_after("returned"))
}

/// When tick number `k`, from 0, is due.
fn due_ms(k: u64) -> u64 {
    (k + 1) * EVERY_MS
}

fn no_earlier_than_due(times: &[u64]) -> Findings {
    let mut ticks = (0..).zip(times);
    let early = ticks.find(|(k, at)| **at < due_ms(*k));
    early.map_or_else(Findings::none, |(k, at)| {
        Findings::one(
            "too-early",
            format!("tick number {} came at {}", k + 1, ms(*at)),
        )
        .expected(format!("not before {}", ms(due_ms(k))))
        .got(ms(*at))
        .at_ms(*at)
    })
}
