//! All of a transfer is done, or nothing.

use judge::{Cancellation, Closing, Findings, Run, judge};

judge::judges!();

#[judge(
    points = 60,
    title = "a transfer that is dropped loses and repeats nothing",
    hint = "change both accounts without an await in between"
)]
fn a_dropped_transfer_loses_nothing(run: &Run) -> Findings {
    run.wherever_cancelled(all_or_nothing)
}

fn all_or_nothing(after: &Cancellation) -> Findings {
    let done: bool = after.notes("done").value();
    let (ours, theirs): (u64, u64) = after.notes("balances").value();
    let allowed = (ours, theirs) == (70, 30) || (!done && (ours, theirs) == (100, 0));
    Findings::unless(allowed, "wrong-value", "part of the transfer is done")
        .expected("70 and 30, or 100 and 0 where it is not done")
        .got(format!("{ours} and {theirs}"))
}

#[judge(
    points = 40,
    title = "a transfer that is refused changes nothing",
    hint = "`approve` answers an error where a transfer is refused"
)]
fn a_refused_transfer_changes_nothing(run: &Run) -> Findings {
    let refused = |answer: &Result<(), String>| answer.is_err();
    let answers: Vec<Result<(), String>> = run.notes("answer").values();
    let calls = run.calls("approval");
    let failed = calls.iter().filter(|call| call.closed.is_some_and(|(_, how)| how == Closing::Failed));
    let failed: Vec<_> = failed.map(|call| (call.label.as_str(), call.failed.as_ref().map(|(_, error)| error.as_str()))).collect();
    let full = Some("\"the desk is full\"");
    let message = format!("{failed:?} of three calls were refused, and {answers:?} came of them");
    let one_is_told = failed == [("40", full)] && answers.iter().filter(|a| refused(a)).count() == 1;
    Findings::unless(one_is_told, "wrong-value", message)
        .or_else(|| run.notes("balances").equals(&(70, 30)))
}
