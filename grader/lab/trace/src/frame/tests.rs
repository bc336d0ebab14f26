//! Frames that are whole, and frames that are not.

use super::*;
use crate::schedule::Poll;

const NONCE: Nonce = [7; 16];

fn event(at_ms: u64) -> Frame {
    Frame::Event(Event {
        at_ms,
        task: 0,
        kind: Kind::Returned,
    })
}

fn end(nonce: Nonce) -> Frame {
    Frame::End {
        nonce,
        peaks: Peaks::default(),
        is_last: false,
    }
}

fn stream(frames: &[Frame]) -> Vec<u8> {
    let mut out = Vec::new();
    for frame in frames {
        write(&mut out, frame).unwrap();
    }
    out
}

fn ending(mut bytes: &[u8]) -> String {
    let decoded = decode(&mut bytes, &NONCE);
    match decoded.end {
        Ok(_) if ends(&mut bytes).is_err() => "something behind the end record".to_owned(),
        Ok(_) => format!("whole, {} events", decoded.events.len()),
        Err(None) => "no end record".to_owned(),
        Err(Some(error)) => error.to_string(),
    }
}

#[test]
fn a_whole_trace_is_read_back() {
    let bytes = stream(&[event(0), event(5), end(NONCE)]);
    assert_eq!(ending(&bytes), "whole, 2 events");
}

#[test]
fn a_judge_is_asked_the_same_of_traces_that_only_their_schedules_tell_apart() {
    let returned = Event {
        at_ms: 3,
        task: 0,
        kind: Kind::Returned,
    };
    let held_back = Event {
        kind: Kind::HeldBack {
            at: Poll { task: 1, poll: 2 },
            turns: 3,
        },
        ..returned.clone()
    };
    let trace = |schedule, events, polls| Trace {
        check: "a".to_owned(),
        schedule,
        events,
        peaks: Peaks {
            polls,
            ..Peaks::default()
        },
        ending: Completion::Whole,
    };
    let asked = |trace: &Trace| question(trace).unwrap();
    let one = trace(Schedule::Seeded(7), vec![returned.clone()], 1);
    let other = trace(Schedule::Seeded(8), vec![held_back, returned.clone()], 2);
    assert_eq!(asked(&one), asked(&other));
    let plain = trace(Schedule::Plain, vec![returned], 1);
    assert_ne!(asked(&one), asked(&plain));
    let read: Trace = read(&mut &asked(&plain)[..], MAX_FRAME).unwrap().unwrap();
    assert_eq!((read.check, read.events), (plain.check, plain.events));
    assert!(read.schedule.is_plain());
}

#[test]
fn every_prefix_of_a_trace_is_not_whole() {
    let bytes = stream(&[event(0), event(300), end(NONCE)]);
    for length in 0..bytes.len() {
        assert!(
            decode(&mut &bytes[..length], &NONCE).end.is_err(),
            "prefix of {length} bytes"
        );
    }
}

#[test]
fn a_trace_with_any_byte_changed_never_panics_and_never_grows() {
    let bytes = stream(&[event(0), event(300), end(NONCE)]);
    for at in 0..bytes.len() {
        for flip in 1..=255u8 {
            let mut changed = bytes.clone();
            changed[at] ^= flip;
            assert!(decode(&mut &changed[..], &NONCE).events.len() <= 2);
        }
    }
}

#[test]
fn an_end_record_of_another_drive_is_refused() {
    assert_eq!(
        ending(&stream(&[end([8; 16])])),
        "an end record that is not this drive's"
    );
}

#[test]
fn anything_behind_the_end_record_is_refused() {
    let twice = stream(&[end(NONCE), end(NONCE)]);
    assert_eq!(ending(&twice), "something behind the end record");
}

#[test]
fn drives_follow_one_another_each_with_its_own_end() {
    let bytes = stream(&[event(5), end(NONCE), event(0), end([8; 16])]);
    let mut rest = &bytes[..];
    for nonce in [NONCE, [8; 16]] {
        let decoded = decode(&mut rest, &nonce);
        assert!(decoded.end.is_ok());
        assert_eq!(decoded.events.len(), 1);
    }
    assert!(ends(&mut rest).is_ok());
}

#[test]
fn an_overflow_is_an_end_of_the_process() {
    let mut bytes = stream(&[event(5)]);
    let mut frame = [0; 16];
    bytes.extend(encode(&mut frame, &Frame::Overflowed));
    let decoded = decode(&mut &bytes[..], &NONCE);
    assert!(decoded.end.is_err());
    assert_eq!(decoded.events[1].at_ms, 5);
    assert!(matches!(&decoded.events[1].kind, Kind::Exited { how, .. } if how == STACK_OVERFLOW));
    assert_eq!(encode(&mut [0; 3], &Frame::Overflowed), [0; 0]);
}

#[test]
fn time_never_runs_backwards() {
    assert_eq!(
        ending(&stream(&[event(5), event(4)])),
        "events out of order"
    );
}

#[test]
fn a_claimed_length_costs_no_memory() {
    let mut bytes = u32::MAX.to_le_bytes().to_vec();
    bytes.push(0);
    assert_eq!(
        ending(&bytes),
        format!(
            "a frame of {} bytes, over the limit of {MAX_FRAME}",
            u32::MAX
        )
    );
}
