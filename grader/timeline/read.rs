//! A timeline from a trace. The trace may be anybody's: no number in it is trusted to fit another.

use std::collections::{BTreeMap, BTreeSet};

use trace::{Awaited, Closing, Completion, Ending, Event, Halt, Kind, Owner, Place, Stuck, Trace};

use super::part::Step;
use super::words::time;
use super::{Cut, Doing, End, Happening, Mark, Origin, Row, Stretch, Timeline};
use crate::text::plain;

/// A note names a task of the driver when both together are at most this long, in characters.
const LONGEST_NOTE: usize = 24;

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

/// A task.
#[derive(Debug)]
struct Life {
    owner: Owner,
    place: Place,
    from_ms: u64,
    /// When it first did something itself.
    acted_ms: Option<u64>,
    ended: Option<(u64, End)>,
    first_note: Option<String>,
    holds: Vec<(u64, u64)>,
    marks: Vec<Mark>,
    /// Numbers of its calls.
    calls: Vec<u32>,
}

#[derive(Debug)]
struct Call {
    service: String,
    name: String,
    from_ms: u64,
    ended: Option<(u64, End)>,
    marks: Vec<Mark>,
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
                let text = format!("{how}{}", at(place));
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
                let text = format!("{} meets {}", call.name, plain(error));
                call.marks.push(Mark {
                    at_ms,
                    what: Happening::Failed,
                    text: text.clone(),
                });
                text
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
            let text = format!("{by} holds the thread{}", super::read::at(place));
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
            let text = stuck_text(stuck);
            let life = self.life(stuck.task, at_ms, Owner::Submission, &Place::Unknown);
            life.marks.push(Mark {
                at_ms,
                what: Happening::Stuck,
                text,
            });
        }
        self.cut = Some(Cut {
            at_ms,
            text: plain(&why_text(why)).into_owned(),
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

/// Whether a task's only call can stand in the task's own row.
fn is_one_with(life: &Life, call: &Call) -> bool {
    match (life.ended, call.ended) {
        (_, Some((_, End::Done))) | (None, None) => true,
        (Some((task_ms, _)), Some((call_ms, _))) => task_ms == call_ms,
        _ => false,
    }
}

fn row_of(task: u32, life: &Life, calls: &[&Call], merged: Option<&Call>, ends_ms: u64) -> Row {
    let own = life.owner == Owner::Driver;
    let from_ms = match life.acted_ms {
        // The driver's tasks wait for their turn to call.
        Some(acted_ms) if own => acted_ms,
        _ => life.from_ms,
    };
    let (to_ms, end) = life.ended.unwrap_or((ends_ms, End::Open));
    let end = match (merged.and_then(|call| call.ended), end) {
        (Some((_, how)), End::Done) => how,
        _ => end,
    };
    let base = if calls.is_empty() {
        Doing::Works
    } else {
        Doing::Waits
    };
    let mut over: Vec<_> = life
        .holds
        .iter()
        .map(|&(from_ms, to_ms)| Stretch {
            from_ms,
            to_ms,
            what: Doing::Holds,
        })
        .collect();
    over.extend(merged.map(|call| Stretch {
        from_ms: call.from_ms,
        to_ms: call.ended.map_or(ends_ms, |(to_ms, _)| to_ms),
        what: Doing::Works,
    }));
    let mut marks = life.marks.clone();
    marks.extend(merged.into_iter().flat_map(|call| call.marks.clone()));
    marks.sort_by_key(|mark| mark.at_ms);
    Row {
        name: name_of(task, life, merged),
        origin: origin_of(task, life),
        is_inner: false,
        stretches: stretches(from_ms, to_ms.max(from_ms), base, over),
        end,
        marks,
    }
}

fn row_of_call(call: &Call, ends_ms: u64) -> Row {
    let (to_ms, end) = call.ended.unwrap_or((ends_ms, End::Open));
    Row {
        name: call.name.clone(),
        origin: Origin::Calls {
            service: call.service.clone(),
        },
        is_inner: true,
        stretches: stretches(
            call.from_ms,
            to_ms.max(call.from_ms),
            Doing::Works,
            Vec::new(),
        ),
        end,
        marks: call.marks.clone(),
    }
}

fn name_of(task: u32, life: &Life, merged: Option<&Call>) -> String {
    let own = life.owner == Owner::Driver;
    match (merged, &life.place) {
        (Some(call), _) if own => call.name.clone(),
        (Some(call), _) => format!("{}, task {task}", call.name),
        (None, _) if task == 0 => "the caller".to_owned(),
        (None, Place::Known { file, line }) => {
            format!("task {task} {}:{line}", plain(short(file)))
        }
        (None, _) => match &life.first_note {
            Some(note) if own && note.chars().count() <= LONGEST_NOTE => note.clone(),
            _ => format!("task {task}"),
        },
    }
}

fn origin_of(task: u32, life: &Life) -> Origin {
    match (task, life.owner, &life.place) {
        (0, ..) => Origin::Caller,
        (_, Owner::Driver, _) => Origin::Callers,
        (_, Owner::Submission, Place::Known { file, line }) => Origin::Spawned {
            file: plain(file).into_owned(),
            line: *line,
        },
        _ => Origin::SpawnedSomewhere,
    }
}

/// A bar from its parts; what is laid over it is in any order, and may lie outside.
fn stretches(from_ms: u64, to_ms: u64, base: Doing, mut over: Vec<Stretch>) -> Vec<Stretch> {
    over.sort_by_key(|stretch| stretch.from_ms);
    let mut all = Vec::new();
    let mut at_ms = from_ms;
    for stretch in over {
        let begins = stretch.from_ms.clamp(at_ms, to_ms);
        let ends = stretch.to_ms.clamp(begins, to_ms);
        if begins > at_ms {
            all.push(Stretch {
                from_ms: at_ms,
                to_ms: begins,
                what: base,
            });
        }
        if ends > begins {
            all.push(Stretch {
                from_ms: begins,
                to_ms: ends,
                what: stretch.what,
            });
        }
        at_ms = ends;
    }
    if at_ms < to_ms || all.is_empty() {
        all.push(Stretch {
            from_ms: at_ms,
            to_ms,
            what: base,
        });
    }
    all
}

/// What the lab does beside the run.
fn is_background(kind: &Kind) -> bool {
    match kind {
        Kind::Note { key, .. } => key == "heartbeat",
        Kind::Drawn { .. } | Kind::Made { .. } => true,
        _ => false,
    }
}

fn short(file: &str) -> &str {
    file.strip_prefix("src/").unwrap_or(file)
}

/// ` at src/lib.rs:14`, or nothing.
pub(super) fn at(place: &Place) -> String {
    match place {
        Place::Known { file, line } => format!(" at {}:{line}", plain(file)),
        Place::Unknown | Place::Frames(_) => String::new(),
    }
}

fn stuck_text(stuck: &Stuck) -> String {
    let place = at(&stuck.place);
    if stuck.ready {
        return format!("was never woken{place}");
    }
    format!("waits for {}{place}", awaited(stuck.on))
}

/// What a task waits for, after "waits for".
pub(super) fn awaited(on: Awaited) -> &'static str {
    match on {
        Awaited::Mutex => "a Mutex",
        Awaited::RwLock => "an RwLock",
        Awaited::Semaphore => "a permit of a Semaphore",
        Awaited::OnceCell => "a OnceCell",
        Awaited::Mpsc => "an mpsc channel",
        Awaited::Oneshot => "a oneshot channel",
        Awaited::Broadcast => "a broadcast channel",
        Awaited::Watch => "a watch channel",
        Awaited::Notify => "a Notify",
        Awaited::Barrier => "a Barrier",
        Awaited::Cancellation => "a CancellationToken",
        Awaited::Pipe => "the other end of a pipe",
        Awaited::Task => "another task",
        Awaited::LocalSet => "its LocalSet",
        Awaited::Timer => "the clock",
        Awaited::Waker => "somebody who keeps its waker",
        Awaited::Unknown => "nothing that the lab can see",
    }
}

fn why_text(why: &Halt) -> String {
    match why {
        Halt::Deadlock { .. } => "nothing can run, and no timer is set".to_owned(),
        Halt::Livelock { polls, .. } => format!("{polls} polls without the clock moving"),
        Halt::NeverFinishes { limit_ms } => format!("not over after {}", time(*limit_ms)),
        Halt::Spinning { reads, .. } => format!("one poll read a clock {reads} times"),
        Halt::TooMuchOutput { bytes } => format!("more than {bytes} bytes printed"),
        Halt::TooManyEvents { events } => format!("more than {events} events"),
        Halt::Stopped { by, place } => format!("the thread waits for good for {by}{}", at(place)),
        Halt::Asked { .. } => "it was only asked for its state".to_owned(),
        Halt::Locked { by, place, .. } => {
            format!("the thread waits for good for {by}{}", at(place))
        }
    }
}
