//! Every renderer over the same verdicts, one snapshot each.

mod delivery;
mod formats;
mod readers;
pub mod verdicts;
mod widths;

use grade::report;
use grade::timings::Timings;
use grade::verdict::Verdict;

use self::verdicts::{
    all_passed, did_not_compile, finding, hostile, late, partly, undecided, under_a_schedule,
};

fn terminal(verdict: &Verdict) -> String {
    anstream::adapter::strip_str(&report::terminal::render(verdict)).to_string()
}

#[test]
fn the_terminal_report() {
    insta::assert_snapshot!("terminal_all_passed", terminal(&all_passed()));
    insta::assert_snapshot!("terminal_partly", terminal(&partly()));
    insta::assert_snapshot!("terminal_under_a_schedule", terminal(&under_a_schedule()));
    insta::assert_snapshot!("terminal_did_not_compile", terminal(&did_not_compile()));
    insta::assert_snapshot!("terminal_hostile", terminal(&hostile()));
    insta::assert_snapshot!("terminal_undecided", terminal(&undecided()));
    insta::assert_snapshot!("terminal_late", terminal(&late()));
}

#[test]
fn colour_adds_nothing_but_escapes() {
    let colored = report::terminal::render(&partly());
    assert!(colored.contains("\u{1b}["));
    insta::assert_snapshot!(
        "terminal_partly",
        anstream::adapter::strip_str(&colored).to_string()
    );
}

#[test]
fn a_report_ends_with_the_page_of_its_first_failure_that_has_one() {
    let mut verdict = partly();
    verdict.checks[2].findings = ["a-courses-own", "too-late", "deadlock"]
        .map(|kind| finding(kind, "it was so", None, false))
        .to_vec();
    let report = terminal(&verdict);
    assert_eq!(report.matches("grade explain").count(), 1, "{report}");
    assert!(
        report.ends_with("  more: grade explain too-late\nscore 80/100\n"),
        "{report}"
    );
}

#[test]
fn nothing_hostile_reaches_the_terminal() {
    let report = report::terminal::render(&hostile());
    for harmful in ["\u{1b}]", "\u{1b}[2J", "\u{7}", "\r", "\u{202e}"] {
        assert!(!report.contains(harmful), "{harmful:?}");
    }
}

#[test]
fn the_json_report() {
    insta::assert_snapshot!("json_partly", report::json::render(&partly(), None));
    insta::assert_snapshot!(
        "json_under_a_schedule",
        report::json::render(&under_a_schedule(), None)
    );
    insta::assert_snapshot!(
        "json_did_not_compile",
        report::json::render(&did_not_compile(), None)
    );
}

#[test]
fn timings_are_one_more_field_and_nothing_else() {
    let mut timings = Timings::default();
    timings.add("link", std::time::Duration::from_micros(20_049));
    let mut timed: serde_json::Value =
        serde_json::from_str(&report::json::render(&partly(), Some(&timings))).unwrap();
    let stages = timed.as_object_mut().unwrap().remove("timings");
    assert_eq!(
        stages,
        Some(serde_json::json!([{ "stage": "link", "ms": 20.0 }]))
    );
    let plain: serde_json::Value =
        serde_json::from_str(&report::json::render(&partly(), None)).unwrap();
    assert_eq!(timed, plain);
}

#[test]
fn a_verdict_is_read_back_from_its_json() {
    for verdict in [
        all_passed(),
        partly(),
        did_not_compile(),
        hostile(),
        undecided(),
    ] {
        let read: Verdict = serde_json::from_str(&report::json::render(&verdict, None)).unwrap();
        assert_eq!(read, verdict);
    }
}
