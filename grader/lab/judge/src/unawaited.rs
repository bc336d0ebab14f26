//! `never-awaited`: futures that were made and dropped, and never polled.

use trace::Kind;
use trace::finding::At;

use crate::findings::Findings;
use crate::run::{Run, at};
use crate::text::thousands;

/// The futures of one kind that were made in one line.
struct Line<'a> {
    what: &'a str,
    at: At,
    polled: u64,
    dropped: u64,
}

/// One finding for each line that made futures of which none was ever polled.
pub fn findings(run: &Run<'_>) -> Findings {
    let mut lines: Vec<Line<'_>> = Vec::new();
    for event in run.events() {
        let Kind::Made {
            what,
            place,
            polled,
            dropped,
        } = &event.kind
        else {
            continue;
        };
        let Some(at) = at(place) else { continue };
        let known = lines
            .iter_mut()
            .find(|line| line.at == at && line.what == what);
        if let Some(line) = known {
            line.polled += polled;
            line.dropped += dropped;
        } else {
            lines.push(Line {
                what,
                at,
                polled: *polled,
                dropped: *dropped,
            });
        }
    }
    lines.sort_by(|a, b| (&a.at, a.what).cmp(&(&b.at, b.what)));
    lines
        .into_iter()
        .filter(|line| line.polled == 0 && line.dropped > 0)
        .map(|line| {
            Findings::one("never-awaited", message(line.what, line.dropped)).at(Some(line.at))
        })
        .collect()
}

fn message(what: &str, dropped: u64) -> String {
    if dropped == 1 {
        format!("a future of `{what}` was made here and dropped without `.await`: it did nothing")
    } else {
        format!(
            "{} futures of `{what}` were made here and dropped without `.await`: they did nothing",
            thousands(dropped)
        )
    }
}

#[cfg(test)]
mod tests {
    use trace::{Completion, Event, Kind, Place, Trace};

    use super::findings;
    use crate::run::Run;

    fn made(line: u32, polled: u64, dropped: u64) -> Event {
        let place = match line {
            0 => Place::Unknown,
            line => Place::Known {
                file: "src/lib.rs".to_owned(),
                line,
            },
        };
        Event {
            at_ms: 5,
            task: 0,
            kind: Kind::Made {
                what: "request".to_owned(),
                place,
                polled,
                dropped,
            },
        }
    }

    fn lines(events: &[Event]) -> Vec<u32> {
        let trace = Trace {
            check: String::new(),
            schedule: trace::schedule::Schedule::Plain,
            events: events.to_vec(),
            peaks: trace::peaks::Peaks::default(),
            ending: Completion::Whole,
        };
        let found = findings(&Run::new(&trace)).into_vec();
        found
            .into_iter()
            .map(|f| f.at.map_or(0, |at| at.line))
            .collect()
    }

    #[test]
    fn a_line_of_which_nothing_was_polled_is_found_once() {
        assert_eq!(
            lines(&[made(7, 0, 2), made(3, 0, 1), made(7, 0, 1)]),
            [3, 7]
        );
    }

    #[test]
    fn a_line_of_which_one_future_was_polled_by_any_way_to_it_is_not_found() {
        assert_eq!(
            lines(&[made(7, 0, 2), made(7, 1, 0), made(8, 1, 5)]),
            [0; 0]
        );
    }

    #[test]
    fn what_no_line_of_the_submission_made_and_what_is_still_held_are_not_found() {
        assert_eq!(lines(&[made(0, 0, 2), made(4, 0, 0)]), [0; 0]);
    }
}
