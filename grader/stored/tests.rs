//! What is written is read back, and nothing else is.

use trace::finding::Finding;
use trace::peaks::Peaks;
use trace::schedule::Schedule;
use trace::{
    Awaited, Closing, Completion, Ending, Event, Halt, Hold, Kind, Owner, Place, Stream, Stuck,
    Trace,
};

use super::{Check, Driven, Found, Run, SCHEMA, Stored, read, write};

fn run() -> Run {
    Run {
        schema: SCHEMA.to_owned(),
        grader: "0.1.0".to_owned(),
        exercise: "exercise-3".to_owned(),
        exercise_digest: "e".repeat(64),
        driver_digest: "d".repeat(64),
        submission: "5".repeat(64),
        toolchain: "1.95.0".to_owned(),
        schedules: 64,
        isolation: vec!["seccomp".to_owned()],
        not_checked: Vec::new(),
        rejected: false,
        diagnostics: Vec::new(),
        diagnostics_left_out: 0,
    }
}

fn place() -> Place {
    Place::Known {
        file: "src/lib.rs".to_owned(),
        line: 7,
    }
}

fn text_of_all_kinds() -> String {
    "a\u{1b}\n\"😀\u{2028}".to_owned()
}

/// Every way in which a drive is halted.
fn halts() -> Vec<Halt> {
    let stuck = Stuck {
        task: 1,
        place: place(),
        on: Awaited::OnceCell,
        ready: false,
        kept: true,
    };
    let text = text_of_all_kinds;
    vec![
        Halt::Deadlock {
            stuck: vec![stuck.clone()],
        },
        Halt::Livelock {
            polls: 9,
            place: place(),
        },
        Halt::NeverFinishes { limit_ms: 9 },
        Halt::Spinning {
            reads: 9,
            place: Place::Unknown,
        },
        Halt::GoesRound {
            steps: 9,
            times: 2,
            place: place(),
        },
        Halt::TooMuchOutput { bytes: 9 },
        Halt::TooManyEvents { events: 9 },
        Halt::Stopped {
            by: text(),
            place: place(),
        },
        Halt::Locked {
            by: text(),
            place: Place::Frames(vec![1, u64::MAX]),
            holder: Some(stuck.clone()),
        },
        Halt::LockedOut {
            by: text(),
            place: place(),
            holder: stuck.clone(),
        },
        Halt::Asked {
            waiting: vec![stuck],
            holds: vec![Hold {
                holder: 1,
                waiter: 2,
                is_before: true,
            }],
        },
    ]
}

/// Every kind of event, each at its own millisecond.
fn kinds() -> Vec<Kind> {
    let text = text_of_all_kinds;
    let at = trace::schedule::Poll { task: 2, poll: 3 };
    let (owner, how) = (Owner::Submission, Ending::Cancelled);
    let others = [
        Kind::Spawned {
            task: u32::MAX,
            owner,
            place: place(),
        },
        Kind::Ended { task: 1, how },
        Kind::HeldBack { at, turns: 255 },
        Kind::LetGo {
            task: 2,
            meanwhile: vec![0, 1],
        },
        Kind::Drawn {
            key: text(),
            value: u64::MAX,
            plain: 0,
        },
        Kind::Note {
            key: text(),
            value: text(),
        },
        Kind::Began {
            call: 1,
            service: text(),
            label: text(),
        },
        Kind::Failed {
            call: 1,
            error: text(),
        },
        Kind::Closed {
            call: 1,
            how: Closing::Dropped,
        },
        Kind::Printed {
            stream: Stream::Stderr,
            line: text(),
        },
        Kind::Blocked {
            by: text(),
            ms: 5,
            place: place(),
        },
        Kind::Panicked {
            message: text(),
            place: place(),
        },
        Kind::Swallowed { task: 1 },
        Kind::Thread { place: place() },
        Kind::Exited {
            how: text(),
            place: place(),
        },
        Kind::Made {
            what: text(),
            place: place(),
            polled: 1,
            dropped: 2,
        },
        Kind::Cancelled {
            suspension: 1,
            place: place(),
        },
        Kind::Returned,
    ];
    let halted = halts().into_iter().map(|why| Kind::Halted { why });
    others.into_iter().chain(halted).collect()
}

fn stored() -> Stored {
    let events = kinds().into_iter().zip(0..).map(|(kind, at_ms)| Event {
        at_ms,
        task: 0,
        kind,
    });
    let trace = |check: &str, schedule, events| Trace {
        check: check.to_owned(),
        schedule,
        events,
        peaks: Peaks::default(),
        ending: Completion::Cut {
            how: "signal 9".to_owned(),
        },
    };
    let compared = Finding {
        kind: "real-clock".to_owned(),
        message: "another".to_owned(),
        at: None,
        virtual_ms: Some(5),
        expected: None,
        got: None,
    };
    let found = Found {
        under_schedule: true,
        seed: Some(3),
        compared: Some(compared),
    };
    let exact = "2.3x2,a%20b=7".parse().map(Schedule::Exact).unwrap();
    Stored {
        run: run(),
        checks: vec![
            Check::Driven(Box::new(Driven {
                trace: trace("one", exact, events.collect()),
                found,
            })),
            Check::Doubted {
                check: "two".to_owned(),
                doubt: "no driver".to_owned(),
            },
            Check::Driven(Box::new(Driven {
                trace: trace("three", Schedule::Seeded(u64::MAX), Vec::new()),
                found: Found::default(),
            })),
        ],
    }
}

fn text() -> Vec<u8> {
    let mut text = Vec::new();
    write(&mut text, &stored()).unwrap();
    text
}

fn refusal(text: &[u8]) -> String {
    read(text).unwrap_err().to_string()
}

/// Random numbers, the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }
}

#[test]
fn what_is_written_is_read_back_whatever_happened() {
    assert_eq!(read(&text()[..]).unwrap(), stored());
}

#[test]
fn a_file_that_is_cut_anywhere_but_between_checks_is_refused() {
    let text = text();
    for length in 0..text.len() {
        let Ok(part) = read(&text[..length]) else {
            continue;
        };
        let is_between = stored().checks.starts_with(&part.checks);
        assert!(is_between, "after {length} bytes: {part:?}");
        assert!(part.checks.len() < stored().checks.len() || length + 1 == text.len());
    }
}

#[test]
fn another_version_and_what_is_no_trace_are_refused_by_name() {
    let text = String::from_utf8(text()).unwrap();
    assert_eq!(
        refusal(text.replacen("trace/1", "trace/2", 1).as_bytes()),
        "its schema is `grade.trace/2`, and this version of grade reads `grade.trace/1`"
    );
    for none in ["", "\n", "{}", "[1]", "hello", "{\"schema\": 1}"] {
        assert!(
            refusal(none.as_bytes()).starts_with("it is no trace"),
            "{none}"
        );
    }
}

#[test]
fn lines_that_are_wrong_are_told_by_their_number() {
    let text = String::from_utf8(text()).unwrap();
    let swapped = text.replacen("{\"at_ms\":3,", "{\"at_ms\":1,", 1);
    assert_eq!(refusal(swapped.as_bytes()), "line 6: time runs backwards");
    let many = text.replacen("\"events\":29", "\"events\":400001", 1);
    assert!(
        refusal(many.as_bytes()).starts_with("line 2: 400001 events"),
        "{many}"
    );
    let more = text.replacen("\"events\":29", "\"events\":30", 1);
    assert!(refusal(more.as_bytes()).starts_with("line 32: missing field"));
    let both = text.replacen("\"doubt\":\"no driver\"", "\"doubt\":null", 1);
    assert!(refusal(both.as_bytes()).starts_with("line 32: it has not one of"));
    let code = text.replacen("2.3x2,", "2.3;4,", 1);
    assert!(refusal(code.as_bytes()).contains("is neither TASK.POLL"));
}

#[test]
fn a_line_without_an_end_takes_no_more_memory_than_a_line_may() {
    let mut text = text();
    text.extend(vec![b'['; 3 << 20]);
    assert!(refusal(&text).ends_with("longer than 2097152 bytes"));
    let nested = vec![b'['; 1 << 20];
    assert!(refusal(&nested).starts_with("it is no trace"));
}

#[test]
fn a_file_with_anything_changed_never_panics_and_its_timeline_is_drawn() {
    let text = text();
    let mut random = Random(0x5EED);
    for _ in 0..20_000 {
        let mut changed = text.clone();
        for _ in 0..=random.below(3) {
            let at = random.below(changed.len());
            match random.below(4) {
                0 => changed[at] = b"0123456789,:{}[]\"\\\n"[random.below(19)],
                1 => changed[at] ^= 1 << random.below(8),
                2 => drop(changed.remove(at)),
                _ => {
                    let end = (at + random.below(400)).min(changed.len());
                    let piece = changed[at..end].to_vec();
                    let into = random.below(changed.len());
                    changed.splice(into..into, piece);
                }
            }
        }
        let Ok(read) = read(&changed[..]) else {
            continue;
        };
        for check in read.checks {
            if let Check::Driven(driven) = check {
                draw(&driven.trace);
            }
        }
    }
}

fn draw(trace: &Trace) {
    use crate::timeline::{Picture, Timeline, instant, render};
    let picture = Picture::beside("check", Timeline::of(trace), Timeline::of(trace));
    for width in [0, 40, 72] {
        let look = render::Look {
            width,
            ..render::Look::default()
        };
        render::terminal(&picture, look);
    }
    render::svg(&picture);
    instant::render(trace, 5);
    crate::perfetto::render(&[trace]);
}
