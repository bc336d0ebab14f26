//! The lab is still tokio: every right answer of every exercise runs on unmodified tokio too, driven by the
//! same driver, and gives the same values there, at the same virtual times.

mod in_the_lab;
mod project;

use std::collections::BTreeSet;

use crate::exercises;
use project::{Drive, Project};

/// Drives that ask for what plain tokio does not have: a disk with faults, say.
const BEYOND: [(&str, &str); 6] = [
    ("09b-async-files", "an_error_comes_back_and_leaves_nothing"),
    ("09b-async-files", "each_copy_answers_for_itself"),
    ("09b-async-files", "nobody_sees_half_a_file"),
    ("exercise-2", "first_error_in_time"),
    ("exercise-2", "one_bad_file_harms_no_other"),
    ("exercise-2", "stops_at_the_first_error"),
];
/// Drives in which something holds a thread: that is virtual time in the lab, and real time on plain tokio; or
/// in which a real disk decides who of two is first.
const HELD: [(&str, &str); 6] = [
    ("01-sync-vs-async", "a_blocking_wait_takes_the_sum_again"),
    ("01-sync-vs-async", "compares_both_ways"),
    ("01-sync-vs-async", "names_what_is_io_bound"),
    ("09b-async-files", "writers_do_not_meet"),
    ("10a-to-thread", "a_job_goes_on_without_its_caller"),
    ("10a-to-thread", "everything_else_goes_on"),
];
/// Exercises on files, blocking threads and runtimes of their own: a real disk takes no virtual time, and a
/// thread, or a runtime that nobody paused, has the real clock, so that only values can be equal.
const UNTIMED: [&str; 5] = [
    "03-event-loop",
    "09b-async-files",
    "10a-to-thread",
    "10b-sync-bridge",
    "exercise-2",
];
/// Notes about the lab's own measurements.
const MEASURED: &str = "heap ";

/// What no time decides: drives, and the end of the key under which what the student's code gave is noted. On the
/// multi-thread runtime the clock is real, and a busy machine may be late by any time.
const VALUES: [(&str, &[&str], &str); 3] = [
    (
        "exercise-1",
        &[
            "fetches_all_at_once",
            "one_failure_spoils_no_other",
            "results_in_input_order",
            "stays_on_the_site",
            "stops_at_max_depth",
        ],
        "returned",
    ),
    (
        "exercise-2",
        &[
            "counts_lines_words_and_bytes",
            "files_overlap",
            "huge_file_in_pieces",
            "keeps_input_order",
            "never_more_than_max_open",
            "totals_whole_words",
            "uses_every_slot",
        ],
        "returned",
    ),
    (
        "exercise-3",
        &["jobs_overlap_and_keep_their_order"],
        "results",
    ),
];

/// What is held against each other, in an order that says nothing within one millisecond.
fn comparable(drive: &Drive, is_untimed: bool) -> Vec<(u64, &str)> {
    let events = drive.events.iter().filter(|(_, what)| {
        let of_a_file = is_untimed && what.starts_with("file ");
        let left_out = what.starts_with(MEASURED) || of_a_file;
        !left_out
    });
    let mut events: Vec<_> = events
        .map(|(at_ms, what)| (if is_untimed { 0 } else { *at_ms }, what.as_str()))
        .collect();
    events.sort_unstable();
    events
}

#[test]
fn every_right_answer_does_the_same_at_the_same_times_on_unmodified_tokio() {
    let mut beyond = BTreeSet::new();
    let mut parted = Vec::new();
    for exercise in exercises::ids() {
        let project = Project::of(&exercise);
        let is_untimed = UNTIMED.contains(&exercise.as_str());
        for (answer, source) in &project.sources {
            let in_the_lab = in_the_lab::drives(&exercise, source);
            let plain = project.drives(answer, &[]);
            assert!(plain.keys().eq(in_the_lab.keys()), "{exercise} {answer}");
            for (check, drive) in plain {
                if drive.ended.starts_with("beyond plain tokio") {
                    beyond.insert((exercise.clone(), check));
                    continue;
                }
                let name = format!("{exercise} {answer} {check}");
                if drive.ended != "whole" {
                    parted.push(format!("{name}: {}", drive.ended));
                    continue;
                }
                let (plain, lab) = (
                    comparable(&drive, is_untimed),
                    comparable(&in_the_lab[&check], is_untimed),
                );
                let first = plain.iter().zip(&lab).find(|(plain, lab)| plain != lab);
                let held = HELD.contains(&(exercise.as_str(), check.as_str()));
                if plain != lab && !held {
                    parted.push(format!("{name}: {first:?}"));
                }
            }
        }
        if let Some((_, drives, key)) = VALUES.iter().find(|(of, ..)| *of == exercise) {
            gives_the_same_values_on_many_threads(&project, drives, key);
        }
    }
    assert!(
        parted.is_empty(),
        "plain tokio and the lab part:\n{}",
        parted.join("\n")
    );
    let listed = BEYOND.map(|(exercise, check)| (exercise.to_owned(), check.to_owned()));
    assert_eq!(beyond, BTreeSet::from(listed));
}

fn gives_the_same_values_on_many_threads(project: &Project, drives: &[&str], key: &str) {
    let values = |drive: &Drive| {
        let noted = drive.events.iter().filter_map(|(_, what)| {
            let (noted, value) = what.split_once(" [").or_else(|| what.split_once(" {"))?;
            noted.ends_with(key).then(|| value.to_owned())
        });
        noted.collect::<Vec<_>>()
    };
    let named = |first: &[&'static str]| [first, drives].concat();
    for answer in project.sources.keys() {
        let paused = project.drives(answer, drives);
        let threads = project.drives(answer, &named(&["--multi-thread"]));
        for check in drives {
            let (paused, threads) = (values(&paused[*check]), values(&threads[*check]));
            assert!(!paused.is_empty(), "{answer} {check}");
            assert_eq!(paused, threads, "{answer} {check}");
        }
    }
}
