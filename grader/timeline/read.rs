//! A timeline from a trace. The trace may be anybody's: no number in it is trusted to fit another.

use std::collections::{BTreeMap, BTreeSet};

use trace::{Closing, Completion, Ending, Event, Halt, Kind, Owner, Place, Stuck, Trace};

use super::part::Step;
use super::rows::{Call, Life, is_one_with, row_of, row_of_call};
use super::told::{self, at};
use super::words::time;
use super::{Cut, Doing, End, Happening, Mark, Origin, Row, Timeline};
use crate::text::plain;

impl Timeline {
    /// What a drive did.
    pub fn of(trace: &Trace) -> Self {
        let mut reader = Reader::default();
        reader.life(0, 0, Owner::Driver, &Place::Unknown);
        for (number, event) in trace.events.iter().enumerate() {
            let next_ms = trace.events.get(number + 1).map(|next| next.at_ms);
            reader.read(event, next_ms);
        }
        reader.cut_by(&trace.ending);
        reader.done()
    }
}

#[derive(Debug, Default)]
struct Reader {
    lives: BTreeMap<u32, Life>,
    /// Tasks in the order in which they came to be.
    order: Vec<u32>,
    calls: BTreeMap<u32, Call>,
    moments: Vec<u64>,
    steps: Vec<Step>,
    cut: Option<Cut>,
}

impl Reader {
    fn life(&mut self, task: u32, at_ms: u64, owner: Owner, place: &Place) -> &mut Life {
        let order = &mut self.order;
        self.lives.entry(task).or_insert_with(|| {
            order.push(task);
            Life {
                owner,
                place: place.clone(),
                from_ms: at_ms,
                acted_ms: None,
                ended: None,
                first_note: None,
                holds: Vec::new(),
                marks: Vec::new(),
                calls: Vec::new(),
            }
        })
    }

    /// The task that did something; one that nobody spawned is the submission's.
    fn actor(&mut self, event: &Event) -> &mut Life {
        let life = self.life(event.task, event.at_ms, Owner::Submission, &Place::Unknown);
        life.acted_ms.get_or_insert(event.at_ms);
        life
    }

    fn mark(&mut self, event: &Event, what: Happening, text: &str) {
        let at_ms = event.at_ms;
        let text = plain(text).into_owned();
        self.actor(event).marks.push(Mark { at_ms, what, text });
    }

    fn step(&mut self, at_ms: u64, text: String) {
        self.steps.push(Step { at_ms, text });
    }

    fn read(&mut self, event: &Event, next_ms: Option<u64>) {
        if is_background(&event.kind) {
            return;
        }
        let at_ms = event.at_ms;
        self.moments.push(at_ms);
        match &event.kind {
            Kind::Spawned { task, owner, place } => {
                self.life(*task, at_ms, *owner, place);
            }
            Kind::Ended { task, how } => {
                let how = match how {
                    Ending::Finished => End::Done,
                    Ending::Panicked => End::Panicked,
                    Ending::Cancelled => End::Cancelled,
                };
                self.life(*task, at_ms, Owner::Submission, &Place::Unknown)
                    .ended
                    .get_or_insert((at_ms, how));
            }
            Kind::Note { key, value } => {
                let note = plain(&format!("{key} {value}")).into_owned();
                self.actor(event)
                    .first_note
                    .get_or_insert_with(|| note.clone());
                self.step(at_ms, note);
            }
            Kind::Began { .. } | Kind::Failed { .. } | Kind::Closed { .. } => self.call(event),
            Kind::Printed { line, .. } => {
                self.mark(event, Happening::Printed, line);
                self.step(at_ms, plain(&format!("prints {line:?}")).into_owned());
            }
            Kind::Blocked { by, ms, place } => self.holds(event, by, *ms, place, next_ms),
            Kind::Panicked { message, place } => {
                let text = format!("panics{}: {message}", at(place));
                self.mark(event, Happening::Panicked, &text);
                self.step(at_ms, plain(&format!("panics: {message}")).into_owned());
            }
            Kind::Thread { place } => {
                let text = format!("starts a thread of its own{}", at(place));
                self.mark(event, Happening::Left, &text);
            }
            Kind::Exited { how, place } => {
                let text = format!("ends the process: {how}{}", at(place));
                self.mark(event, Happening::Left, &text);
            }
            Kind::Halted { why } => self.halted(at_ms, why),
            _ => {}
        }
    }

    fn call(&mut self, event: &Event) {
        let at_ms = event.at_ms;
        let text = match &event.kind {
            Kind::Began {
                call,
                service,
                label,
            } => {
                let name = match label.as_str() {
                    "" => plain(&format!("{service} {call}")).into_owned(),
                    label => plain(&format!("{service} {label}")).into_owned(),
                };
                let begins = match label.as_str() {
                    "" => format!("{} begins", plain(service)),
                    _ => format!("{name} begins"),
                };
                self.actor(event).calls.push(*call);
                self.calls.insert(
                    *call,
                    Call {
                        service: plain(service).into_owned(),
                        name,
                        from_ms: at_ms,
                        ended: None,
                        marks: Vec::new(),
                    },
                );
                begins
            }
            Kind::Failed { call, error } => {
                let Some(call) = self.calls.get_mut(call) else {
                    return;
                };
                let text = format!("meets {}", plain(error));
                let told = format!("{} {text}", call.name);
                call.marks.push(Mark {
                    at_ms,
                    what: Happening::Failed,
                    text,
                });
                told
            }
            Kind::Closed { call, how } => {
                let Some(call) = self.calls.get_mut(call) else {
                    return;
                };
                let (how, words) = match how {
                    Closing::Answered => (End::Done, "is answered"),
                    Closing::Failed => (End::Failed, "fails"),
                    Closing::Dropped => (End::Cancelled, "is dropped"),
                };
                call.ended.get_or_insert((at_ms, how));
                format!("{} {words}", call.name)
            }
            _ => return,
        };
        self.step(at_ms, text);
    }

    /// What holds the thread says so before the clock moves, or, where it waited for others, after: then the
    /// next event comes too early for the time to lie ahead.
    fn holds(&mut self, event: &Event, by: &str, ms: u64, place: &Place, next_ms: Option<u64>) {
        let at_ms = event.at_ms;
        let ahead = at_ms.saturating_add(ms);
        let (from_ms, to_ms) = match next_ms {
            Some(next) if next < ahead => (at_ms.saturating_sub(ms), at_ms),
            _ => (at_ms, ahead),
        };
        if ms == 0 {
            let text = format!("holds the thread in {by}{}", at(place));
            self.mark(event, Happening::Held, &text);
        } else {
            let last = event.at_ms.max(to_ms);
            self.moments.push(last);
            self.actor(event).holds.push((from_ms, to_ms));
            self.step(from_ms, format!("holds the thread for {}", time(ms)));
        }
    }

    fn halted(&mut self, at_ms: u64, why: &Halt) {
        let stuck: &[Stuck] = match why {
            Halt::Deadlock { stuck } => stuck,
            _ => &[],
        };
        // The clock was moved far ahead to find out that nothing was to come.
        let at_ms = match why {
            Halt::Deadlock { .. } => {
                self.moments.pop();
                self.moments.iter().copied().max().unwrap_or(0)
            }
            Halt::NeverFinishes { limit_ms } => {
                self.moments.push(*limit_ms);
                at_ms.max(*limit_ms)
            }
            _ => at_ms,
        };
        for stuck in stuck {
            let text = told::stuck(stuck);
            let life = self.life(stuck.task, at_ms, Owner::Submission, &Place::Unknown);
            life.marks.push(Mark {
                at_ms,
                what: Happening::Stuck,
                text,
            });
        }
        self.cut = Some(Cut {
            at_ms,
            text: plain(&told::why(why)).into_owned(),
        });
    }

    fn cut_by(&mut self, ending: &Completion) {
        let text = match ending {
            Completion::Whole => return,
            Completion::Cut { how } => plain(&format!("the process is gone: {how}")).into_owned(),
            Completion::TimedOut { limit_ms } => {
                format!("still busy after {limit_ms} ms of real time")
            }
        };
        let at_ms = self.moments.iter().copied().max().unwrap_or(0);
        self.cut.get_or_insert(Cut { at_ms, text });
    }

    /// Takes the host from the names of a service's calls, where it is the same in all.
    fn shorten(&mut self) {
        let services: BTreeSet<_> = self
            .calls
            .values()
            .map(|call| call.service.clone())
            .collect();
        for service in services {
            let own = |call: &&mut Call| call.service == service;
            let mut names = self.calls.values().filter(|call| call.service == service);
            let Some(host) = names
                .next()
                .and_then(|call| host(&call.name))
                .map(str::to_owned)
            else {
                continue;
            };
            if names.all(|call| self::host(&call.name) == Some(&host)) {
                for call in self.calls.values_mut().filter(own) {
                    call.name = call.name.replacen(&host, "", 1);
                }
            }
        }
    }

    fn done(mut self) -> Timeline {
        self.shorten();
        self.moments.sort_unstable();
        self.moments.dedup();
        let ends_ms = self.moments.last().copied().unwrap_or(0);
        let mut rows = Vec::new();
        for task in &self.order {
            self.rows(*task, ends_ms, &mut rows);
        }
        // The driver's own row says nothing that its calls and tasks do not.
        let says_nothing = |row: &Row| {
            row.origin == Origin::Caller
                && row.marks.is_empty()
                && !row.stretches.iter().any(|s| s.what == Doing::Holds)
        };
        if rows.len() > 1 {
            let is_hidden = rows.first().is_some_and(says_nothing);
            if is_hidden {
                rows.remove(0);
            }
            // Calls of the driver's own function stand by themselves.
            let own = self.lives.get(&0).map_or(0, |life| life.calls.len());
            let first = usize::from(!is_hidden);
            for row in rows.iter_mut().skip(first).take(own) {
                row.is_inner = !is_hidden;
            }
        }
        Timeline {
            rows,
            moments: self.moments,
            cut: self.cut,
            steps: self.steps,
        }
    }

    /// A task's row, and those of its calls.
    fn rows(&self, task: u32, ends_ms: u64, into: &mut Vec<Row>) {
        let Some(life) = self.lives.get(&task) else {
            return;
        };
        let calls: Vec<_> = life
            .calls
            .iter()
            .filter_map(|call| self.calls.get(call))
            .collect();
        let merged = match calls[..] {
            [call] if task != 0 && is_one_with(life, call) => Some(call),
            _ => None,
        };
        into.push(row_of(task, life, &calls, merged, ends_ms));
        if merged.is_none() {
            into.extend(calls.into_iter().map(|call| row_of_call(call, ends_ms)));
        }
    }
}

/// `http://pets.test` of `request http://pets.test/a`.
fn host(name: &str) -> Option<&str> {
    let scheme = name.find("://")?;
    let begins = name[..scheme].rfind(' ').map_or(0, |space| space + 1);
    let ends = name[scheme + 3..].find('/')? + scheme + 3;
    Some(&name[begins..ends])
}

/// What the lab does beside the run.
fn is_background(kind: &Kind) -> bool {
    match kind {
        Kind::Note { key, .. } => key == "heartbeat",
        Kind::Drawn { .. } | Kind::Made { .. } => true,
        _ => false,
    }
}
