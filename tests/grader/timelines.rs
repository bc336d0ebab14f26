//! Timelines of real drives: ten scenes, each in every renderer; an instant of a drive; traces that are stored, and
//! judged again.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use grade::perfetto;
use grade::stored::{self, Check, Stored};
use grade::timeline::render::{Look, markdown, svg, terminal};
use grade::timeline::{Picture, Timeline};
use serde_json::Value;
use tempfile::TempDir;
use trace::Trace;

use crate::bench::{Ran, course, course_copy, grade, reference};

const COURSE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/grader/timelines/course");

const SCENES: [&str; 10] = [
    "three_fetches_in_turn",
    "three_fetches_at_once",
    "ten_tasks_and_three_permits",
    "a_lock_convoy",
    "a_timeout_that_cancels",
    "a_panic",
    "a_deadlock",
    "a_blocked_executor",
    "three_hundred_tasks",
    "one_virtual_day",
];

fn scene(arguments: &[&str]) -> Ran {
    grade(["scenes", "--course", COURSE, "--path"])
        .arg(Path::new(COURSE).join("solutions/scenes"))
        .args(arguments)
        .run()
}

/// The scenes, driven once.
fn scenes() -> &'static Stored {
    static SCENES: OnceLock<Stored> = OnceLock::new();
    SCENES.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("scenes.trace");
        scene(&["--trace", file.to_str().unwrap()]).exits(1);
        stored::read(fs::read(file).unwrap().as_slice()).unwrap()
    })
}

fn driven(name: &str) -> &'static Trace {
    scenes().trace(name).unwrap()
}

fn picture(name: &str) -> Picture {
    Picture::alone(name, Timeline::of(driven(name)))
}

/// Three fetches, in turn and at once.
fn beside() -> Picture {
    let [yours, reference] = ["three_fetches_in_turn", "three_fetches_at_once"].map(driven);
    Picture::beside(
        "three_fetches",
        Timeline::of(yours),
        Timeline::of(reference),
    )
}

fn pictures() -> impl Iterator<Item = Picture> {
    SCENES.into_iter().map(picture).chain([beside()])
}

fn text(picture: &Picture, width: usize, ascii: bool) -> String {
    let look = Look {
        width,
        ascii,
        ..Look::default()
    };
    anstream::adapter::strip_str(&terminal(picture, look)).to_string()
}

#[test]
fn every_scene_is_drawn_in_text() {
    for picture in pictures() {
        insta::assert_snapshot!(format!("text_{}", picture.check), text(&picture, 72, false));
    }
}

#[test]
fn every_scene_is_drawn_in_markdown() {
    for picture in pictures() {
        insta::assert_snapshot!(format!("markdown_{}", picture.check), markdown(&picture));
    }
}

#[test]
fn every_scene_is_drawn_in_svg() {
    for picture in pictures() {
        insta::assert_snapshot!(format!("svg_{}", picture.check), svg(&picture));
    }
}

#[test]
fn text_fits_every_width_in_either_alphabet() {
    for picture in pictures() {
        for width in 40..=200 {
            for line in text(&picture, width, false).lines() {
                assert!(line.chars().count() <= width, "{width} columns: {line}");
                assert_eq!(line, line.trim_end());
            }
            let ascii = text(&picture, width, true);
            assert!(ascii.is_ascii(), "{ascii}");
            assert!(
                ascii.lines().all(|line| line.len() <= width),
                "{width} columns: {ascii}"
            );
        }
    }
}

/// Every element is closed, in order, and no id comes twice.
fn is_whole(svg: &str) {
    let mut open = Vec::new();
    let mut ids = Vec::new();
    for tag in svg.split('<').skip(1) {
        let (tag, text) = tag.split_once('>').expect("a tag ends");
        assert!(!text.contains('&') || text.contains(';'), "{text}");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
        } else if !tag.ends_with('/') {
            open.push(tag.split(' ').next().unwrap());
        }
        ids.extend(
            tag.split(" id=\"")
                .nth(1)
                .and_then(|id| id.split('"').next()),
        );
    }
    assert_eq!(open, [""; 0]);
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "{ids:?}");
}

#[test]
fn an_svg_is_whole_needs_nothing_from_elsewhere_and_says_in_words_what_it_shows() {
    let all: String = pictures().map(|picture| svg(&picture)).collect();
    is_whole(&all);
    assert!(!all.contains("href") && !all.contains("url("));
    for picture in pictures() {
        let svg = svg(&picture);
        let id = format!("timeline-{}", picture.check);
        assert!(
            svg.contains(&format!("aria-labelledby=\"{id}-title {id}-desc\"")),
            "{svg}"
        );
        let description = svg
            .split("<desc")
            .nth(1)
            .unwrap()
            .split("</desc>")
            .next()
            .unwrap();
        for row in picture.yours.rows.iter().take(3) {
            let name = row.name.split(' ').next().unwrap();
            assert!(
                description.contains(name) || picture.yours.rows.len() > 100,
                "{description}"
            );
        }
    }
}

#[test]
fn the_first_moment_at_which_two_drives_part_is_marked() {
    let parting = beside().parting.unwrap();
    assert_eq!(parting.at_ms, 0);
    assert_eq!(parting.only_yours, [""; 0]);
    assert_eq!(parting.only_reference, ["fetch 2 begins", "fetch 3 begins"]);
    assert!(text(&beside(), 72, false).contains("they part at 0ms"));
}

#[test]
fn a_timeline_is_drawn_on_demand_and_the_same_every_time() {
    let drawn = scene(&["--timeline", "a_lock_convoy"]).exits(0);
    assert!(
        drawn
            .stdout
            .starts_with("a lock convoy\n\nfetch 1, task 1 ├─███"),
        "{drawn}"
    );
    let again = scene(&["--timeline", "a_lock_convoy"]).exits(0);
    assert_eq!(again.stdout, drawn.stdout);
    let ascii = scene(&["--timeline", "a_lock_convoy", "--ascii"]).exits(0);
    assert!(ascii.stdout.is_ascii(), "{ascii}");
}

#[test]
fn who_holds_what_at_an_instant_is_told() {
    let at = |check, time| scene(&["--timeline", check, "--at", time]).stdout;
    insta::assert_snapshot!(at("a_deadlock", "1s"), @"
    a_deadlock at 1s
      the caller              waits for another task at src/lib.rs:98
      task 1 (src/lib.rs:92)  waits for a Mutex at src/lib.rs:95, which task 2 holds
                              holds a Mutex that task 2 waits for
      task 2 (src/lib.rs:92)  waits for a Mutex at src/lib.rs:95, which task 1 holds
                              holds a Mutex that task 1 waits for
    ");
    insta::assert_snapshot!(at("ten_tasks_and_three_permits", "120ms"), @"
    ten_tasks_and_three_permits at 120ms
      the caller               waits for another task at src/lib.rs:45
      task 2 (src/lib.rs:40)   waits for the clock at src/lib.rs:42
                               in fetch 2 since 0ms
                               holds a permit of a Semaphore that task 7 waits for
      task 3 (src/lib.rs:40)   waits for the clock at src/lib.rs:42
                               in fetch 3 since 0ms
                               holds a permit of a Semaphore that task 6 waits for
      task 4 (src/lib.rs:40)   waits for the clock at src/lib.rs:42
                               in fetch 4 since 100ms
                               holds a permit of a Semaphore that task 5 waits for
      task 5 (src/lib.rs:40)   waits for a permit of a Semaphore at src/lib.rs:41, which task 4 holds
      task 6 (src/lib.rs:40)   waits for a permit of a Semaphore at src/lib.rs:41, which task 3 holds
      task 7 (src/lib.rs:40)   waits for a permit of a Semaphore at src/lib.rs:41, which task 2 holds
      task 8 (src/lib.rs:40)   waits for a permit of a Semaphore at src/lib.rs:41, behind task 5
      task 9 (src/lib.rs:40)   waits for a permit of a Semaphore at src/lib.rs:41, behind task 6
      task 10 (src/lib.rs:40)  waits for a permit of a Semaphore at src/lib.rs:41, behind task 7
      1 task finished: 1
    ");
    insta::assert_snapshot!(at("a_lock_convoy", "100ms"), @"
    a_lock_convoy at 100ms
      the caller              waits for another task at src/lib.rs:59
      task 2 (src/lib.rs:53)  waits for the clock at src/lib.rs:56
                              in fetch 2 since 60ms
                              holds a Mutex that task 3 waits for
      task 3 (src/lib.rs:53)  waits for a Mutex at src/lib.rs:55, which task 2 holds
      task 4 (src/lib.rs:53)  waits for a Mutex at src/lib.rs:55, behind task 3
      task 5 (src/lib.rs:53)  waits for a Mutex at src/lib.rs:55, behind task 4
      task 6 (src/lib.rs:53)  waits for a Mutex at src/lib.rs:55, behind task 5
      1 task finished: 1
    ");
    insta::assert_snapshot!(at("a_blocked_executor", "50ms"), @"
    a_blocked_executor at 50ms
      the caller holds the thread until 110ms: std::thread::sleep at src/lib.rs:104
      task 1 (src/lib.rs:102) cannot run, in fetch 1 since 0ms
      task 2 (src/lib.rs:102) cannot run, in fetch 2 since 0ms
    ");
    insta::assert_snapshot!(at("three_fetches_in_turn", "1h"), @"
    three_fetches_in_turn at 60min
      the drive was over at 6s
    ");
}

#[test]
fn what_cannot_be_drawn_is_a_usage_error() {
    scene(&["--timeline", "--at", "5ms"])
        .exits(2)
        .only_says("error: --at is about one check\nhint: name it: `--timeline CHECK --at 100ms`");
    scene(&["--timeline", "a_panic", "--at", "soon"])
        .exits(2)
        .says("`soon` is no time");
    scene(&["--timeline", "--format", "json"])
        .exits(2)
        .says("--timeline is for a person");
    scene(&["--timeline", "a_panc"])
        .exits(2)
        .says("did you mean `a_panic`?");
}

/// The fields that Chrome's Trace Event Format asks for in every event, and by phase.
fn documented(event: &Value) {
    let has = |field: &str| assert!(!event[field].is_null(), "no `{field}` in {event}");
    let number = |field: &str| assert!(event[field].is_u64(), "`{field}` is no number in {event}");
    for field in ["ph", "pid", "tid", "name", "args"] {
        has(field);
    }
    number("pid");
    number("tid");
    let phase = event["ph"].as_str().unwrap();
    if phase != "M" {
        number("ts");
    }
    match phase {
        "M" => {
            let known = ["process_name", "thread_name", "thread_sort_index"];
            assert!(known.contains(&event["name"].as_str().unwrap()), "{event}");
        }
        "X" => number("dur"),
        "i" => assert_eq!(event["s"], "t", "{event}"),
        "b" | "e" => {
            has("cat");
            assert!(event["id2"]["local"].is_string(), "{event}");
        }
        "C" => assert!(event["args"]["calls"].is_u64(), "{event}"),
        other => panic!("a phase `{other}`"),
    }
}

#[test]
fn a_perfetto_trace_has_the_documented_fields_and_begins_all_that_it_ends() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("trace.json");
    scene(&[
        "--trace",
        file.to_str().unwrap(),
        "--trace-format",
        "perfetto",
    ])
    .exits(1);
    let text = fs::read_to_string(file).unwrap();
    let traces: Vec<_> = SCENES.into_iter().map(driven).collect();
    assert_eq!(text, perfetto::render(&traces));
    let whole: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(whole["displayTimeUnit"], "ms");
    let events = whole["traceEvents"].as_array().unwrap();
    assert!(events.len() > 1_000);
    let mut open = Vec::new();
    for event in events {
        documented(event);
        let id = (
            event["pid"].clone(),
            event["cat"].clone(),
            event["id2"].clone(),
        );
        match event["ph"].as_str() {
            Some("b") => open.push(id),
            Some("e") => {
                let at = open.iter().position(|other| *other == id);
                open.remove(at.unwrap_or_else(|| panic!("{event} was never begun")));
            }
            _ => {}
        }
    }
    assert_eq!(open.len(), 0, "{open:?}");
    let tasks = events.iter().filter(|event| event["ph"] == "X");
    let ended = traces.iter().flat_map(|trace| &trace.events);
    let ended = ended.filter(|event| matches!(event.kind, trace::Kind::Spawned { .. }));
    assert_eq!(tasks.count(), ended.count() + SCENES.len());
}

/// A course whose probe was graded, with the traces and the verdict of a submission that counts in twos.
fn graded_and_stored(arguments: &[&str]) -> (TempDir, PathBuf, Ran) {
    let folder = course_copy();
    let submission = folder.path().join("submission");
    fs::create_dir_all(submission.join("src")).unwrap();
    let wrong = reference().replace("+ 1", "+ 2");
    fs::write(submission.join("src/lib.rs"), wrong).unwrap();
    let file = folder.path().join("probe.trace");
    let ran = grade(["probe", "--format", "json", "--course"])
        .arg(folder.path())
        .arg("--path")
        .arg(&submission)
        .arg("--trace")
        .arg(&file)
        .args(arguments)
        .run();
    (folder, file, ran)
}

fn judged(course: &Path, file: &Path) -> Ran {
    grade(["judge", "--format", "json", "--course"])
        .arg(course)
        .arg(file)
        .run()
}

#[test]
fn a_stored_trace_gets_the_verdict_that_the_drive_got() {
    let (course, file, ran) = graded_and_stored(&[]);
    let ran = ran.exits(1);
    let again = judged(course.path(), &file).exits(1);
    assert_eq!(again.stdout, ran.stdout);
    let (course, file, ran) = graded_and_stored(&["--check", "it_answers"]);
    assert_eq!(judged(course.path(), &file).stdout, ran.stdout);
}

#[test]
fn a_submission_that_did_not_compile_is_rejected_again() {
    let (course, file, _) = graded_and_stored(&[]);
    let submission = course.path().join("submission");
    fs::write(submission.join("src/lib.rs"), "fn").unwrap();
    let ran = grade(["probe", "--format", "json", "--course"])
        .arg(course.path())
        .arg("--path")
        .arg(&submission)
        .arg("--trace")
        .arg(&file);
    let ran = ran.run().exits(3);
    assert_eq!(judged(course.path(), &file).exits(3).stdout, ran.stdout);
}

#[test]
fn a_corrected_judge_gives_another_verdict_without_the_submission() {
    let (course, file, _) = graded_and_stored(&[]);
    fs::remove_dir_all(course.path().join("submission")).unwrap();
    let judge = course.path().join("tests/probe/judge.rs");
    let text = fs::read_to_string(&judge).unwrap();
    fs::write(&judge, text.replace("[1, 2, 3]", "[2, 4, 6]")).unwrap();
    judged(course.path(), &file).exits(0);
}

#[test]
fn a_trace_of_another_version_is_refused_with_both_digests() {
    let (course, file, _) = graded_and_stored(&[]);
    let driver = course.path().join("tests/probe/driver.rs");
    let text = fs::read_to_string(&driver).unwrap();
    fs::write(&driver, format!("{text}\n// Another driver.\n")).unwrap();
    let said = judged(course.path(), &file).exits(2).stderr;
    let digests = said.split(|c: char| !c.is_ascii_hexdigit());
    let digests: Vec<_> = digests.filter(|word| word.len() == 64).collect();
    assert_eq!(digests.len(), 2, "{said}");
    let text = fs::read_to_string(&file).unwrap();
    assert!(
        text.contains(digests[0]) && !text.contains(digests[1]),
        "{said}"
    );
}

#[test]
fn a_file_that_is_no_trace_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "{\"schema\":\"grade.trace/9\"}\n").unwrap();
    judged(course(), &file)
        .exits(2)
        .says("its schema is `grade.trace/9`");
    fs::write(&file, "hello").unwrap();
    judged(course(), &file).exits(2).says("it is no trace");
    judged(course(), &folder.path().join("nothing"))
        .exits(2)
        .says("failed to open");
}

#[test]
fn stored_traces_are_small() {
    let mut text = Vec::new();
    stored::write(&mut text, scenes()).unwrap();
    let events = scenes().checks.iter().map(|check| match check {
        Check::Driven(driven) => driven.trace.events.len(),
        Check::Doubted { .. } => 0,
    });
    assert!(
        text.len() < 150 * events.sum::<usize>(),
        "{} bytes",
        text.len()
    );
}
