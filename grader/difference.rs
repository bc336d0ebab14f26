//! Where two drives of one schedule part: the first event that is not the same.

use trace::Trace;

use crate::transcript;

/// The first difference between two drives, in words; none when they are the same.
pub fn first(one: &Trace, other: &Trace) -> Option<String> {
    if one.events == other.events && one.ending == other.ending {
        return None;
    }
    let (ours, theirs) = (transcript::render(one), transcript::render(other));
    let (mut ours, mut theirs) = (ours.lines(), theirs.lines());
    loop {
        match (ours.next(), theirs.next()) {
            (None, None) => return Some("the places of what happened".to_owned()),
            (one, other) if one == other => {}
            (one, other) => {
                return Some(format!("first {}, then {}", line(one), line(other)));
            }
        }
    }
}

/// A line of a transcript within a sentence.
fn line(line: Option<&str>) -> String {
    line.map_or_else(
        || "nothing more".to_owned(),
        |line| {
            let words: Vec<_> = line.split_whitespace().collect();
            format!("`{}`", words.join(" "))
        },
    )
}

#[cfg(test)]
mod tests {
    use trace::schedule::Schedule;
    use trace::{Completion, Event, Kind};

    use super::Trace;
    use super::first;

    fn drive(values: &[&str]) -> Trace {
        let event = |value: &&str| Event {
            at_ms: 5,
            task: 1,
            kind: Kind::Note {
                key: "value".to_owned(),
                value: (*value).to_owned(),
            },
        };
        Trace {
            check: "check".to_owned(),
            schedule: Schedule::Plain,
            events: values.iter().map(event).collect(),
            peaks: trace::peaks::Peaks::default(),
            ending: Completion::Whole,
        }
    }

    #[test]
    fn equal_drives_have_no_difference() {
        assert_eq!(first(&drive(&["1"]), &drive(&["1"])), None);
    }

    #[test]
    fn the_first_line_that_is_another_is_told() {
        assert_eq!(
            first(&drive(&["1", "2", "3"]), &drive(&["1", "4", "5"])).unwrap(),
            "first `5 ms task 1 value 2`, then `5 ms task 1 value 4`"
        );
        assert_eq!(
            first(&drive(&["1"]), &drive(&[])).unwrap(),
            "first `5 ms task 1 value 1`, then nothing more"
        );
    }
}
