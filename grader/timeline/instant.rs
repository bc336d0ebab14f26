//! One instant of a drive: what each task does, where, what it waits for, and who holds that.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use trace::{Completion, Ending, Event, Halt, Hold, Kind, Place, Stuck, Trace};

use super::told::{at, awaited};
use super::words::{instant, time};
use crate::text::{plain, plural};

/// The state of a drive that was stopped to be asked, in lines of text. `at_ms` is what was asked for.
pub fn render(trace: &Trace, at_ms: u64) -> String {
    let mut out = format!("{} at {}\n", trace.check, instant(at_ms));
    let state = State::at(&trace.events, at_ms);
    let Some((stopped_ms, waiting, holds)) = asked(trace) else {
        out += &over(trace);
        return out;
    };
    if stopped_ms > at_ms {
        out += &state.held(&trace.events, at_ms, stopped_ms);
        return out;
    }
    let lines = waiting
        .iter()
        .flat_map(|stuck| state.task(stuck, waiting, holds));
    let lines: Vec<_> = lines.collect();
    let width = lines.iter().map(|(who, _)| who.chars().count()).max();
    for (who, what) in &lines {
        let line = format!("  {who:<width$}  {what}", width = width.unwrap_or(0));
        out += line.trim_end();
        out.push('\n');
    }
    out += &state.rest(waiting);
    out
}

fn asked(trace: &Trace) -> Option<(u64, &[Stuck], &[Hold])> {
    let last = trace.events.last()?;
    match &last.kind {
        Kind::Halted {
            why: Halt::Asked { waiting, holds },
        } => Some((last.at_ms, waiting, holds)),
        _ => None,
    }
}

/// The drive was over before.
fn over(trace: &Trace) -> String {
    let background =
        |event: &&Event| !matches!(&event.kind, Kind::Note { key, .. } if key == "heartbeat");
    let last = trace.events.iter().rfind(background);
    let last = last.map_or(0, |event| event.at_ms);
    match &trace.ending {
        Completion::Whole => format!("  the drive was over at {}\n", time(last)),
        Completion::Cut { how } => {
            format!("  the process was gone at {}: {}\n", time(last), plain(how))
        }
        Completion::TimedOut { .. } => format!("  the drive was still busy after {}\n", time(last)),
    }
}

/// A task so far.
#[derive(Debug)]
struct Task<'a> {
    place: &'a Place,
    ended: Option<Ending>,
    /// Its calls in flight, by number: what they are called, and since when.
    calls: BTreeMap<u32, (String, u64)>,
}

/// Every task, as the events up to an instant tell.
#[derive(Debug)]
struct State<'a>(BTreeMap<u32, Task<'a>>);

impl<'a> State<'a> {
    fn at(events: &'a [Event], at_ms: u64) -> Self {
        let new = |place| Task {
            place,
            ended: None,
            calls: BTreeMap::new(),
        };
        let mut tasks = BTreeMap::from([(0, new(&Place::Unknown))]);
        let mut callers = BTreeMap::new();
        for event in events.iter().take_while(|event| event.at_ms <= at_ms) {
            match &event.kind {
                Kind::Spawned { task, place, .. } => {
                    tasks.insert(*task, new(place));
                }
                Kind::Ended { task, how } => {
                    if let Some(task) = tasks.get_mut(task) {
                        task.ended = Some(*how);
                    }
                }
                Kind::Began {
                    call,
                    service,
                    label,
                } => {
                    let name = plain(format!("{service} {label}").trim_end()).into_owned();
                    callers.insert(*call, event.task);
                    if let Some(task) = tasks.get_mut(&event.task) {
                        task.calls.insert(*call, (name, event.at_ms));
                    }
                }
                Kind::Closed { call, .. } => {
                    if let Some(task) = callers.get(call).and_then(|task| tasks.get_mut(task)) {
                        task.calls.remove(call);
                    }
                }
                _ => {}
            }
        }
        Self(tasks)
    }

    fn name(&self, task: u32) -> String {
        match (task, self.0.get(&task).map(|task| task.place)) {
            (0, _) => "the caller".to_owned(),
            (_, Some(Place::Known { file, line })) => {
                format!("task {task} ({}:{line})", plain(file))
            }
            _ => format!("task {task}"),
        }
    }

    /// The lines of a task that waits.
    fn task(&self, stuck: &Stuck, waiting: &[Stuck], holds: &[Hold]) -> Vec<(String, String)> {
        let place = at(&stuck.place);
        let waits = if stuck.ready {
            format!("could go on{place}, and nobody woke it")
        } else {
            let hold = holds.iter().find(|hold| hold.waiter == stuck.task);
            let holder = hold.map_or_else(String::new, holder);
            format!("waits for {}{place}{holder}", awaited(stuck.on))
        };
        let mut lines = vec![(self.name(stuck.task), waits)];
        let calls = self
            .0
            .get(&stuck.task)
            .into_iter()
            .flat_map(|task| task.calls.values());
        lines.extend(calls.map(|(name, since_ms)| {
            (
                String::new(),
                format!("in {name} since {}", instant(*since_ms)),
            )
        }));
        let held = holds
            .iter()
            .filter(|hold| hold.holder == stuck.task && !hold.is_before);
        lines.extend(held.map(|hold| {
            let waiter = waiting.iter().find(|stuck| stuck.task == hold.waiter);
            let what = waiter.map_or("what", |waiter| awaited(waiter.on));
            (
                String::new(),
                format!("holds {what} that task {} waits for", hold.waiter),
            )
        }));
        lines
    }

    /// Who holds the thread, and who cannot run meanwhile.
    fn held(&self, events: &[Event], at_ms: u64, until_ms: u64) -> String {
        let before = events.iter().take_while(|event| event.at_ms <= at_ms);
        let holds = before.filter_map(|event| match &event.kind {
            Kind::Blocked { by, place, .. } => Some((event.task, by, place)),
            _ => None,
        });
        let holds = holds.last();
        let (who, how) = holds.map_or_else(
            || ("somebody".to_owned(), String::new()),
            |(task, by, place)| (self.name(task), format!(": {}{}", plain(by), at(place))),
        );
        let mut out = String::new();
        let _ = writeln!(
            out,
            "  {who} holds the thread until {}{how}",
            time(until_ms)
        );
        for (number, task) in self
            .living()
            .filter(|(number, _)| holds.is_none_or(|(of, ..)| of != *number))
        {
            let calls = task.calls.values();
            let calls: Vec<_> = calls
                .map(|(name, since_ms)| format!(", in {name} since {}", instant(*since_ms)))
                .collect();
            let calls = calls.concat();
            let _ = writeln!(out, "  {} cannot run{calls}", self.name(number));
        }
        out += &self.ended();
        out
    }

    /// The tasks that are not over, by number.
    fn living(&self) -> impl Iterator<Item = (u32, &Task<'a>)> {
        let all = self.0.iter().map(|(number, task)| (*number, task));
        all.filter(|(_, task)| task.ended.is_none())
    }

    /// The tasks that do not wait.
    fn rest(&self, waiting: &[Stuck]) -> String {
        let waits = |number: u32| waiting.iter().any(|stuck| stuck.task == number);
        let others = self.living().filter(|(number, _)| !waits(*number));
        let mut out = String::new();
        for (number, _) in others {
            let _ = writeln!(out, "  {}  is not seen to wait", self.name(number));
        }
        out += &self.ended();
        out
    }

    /// The tasks that are over.
    fn ended(&self) -> String {
        let mut out = String::new();
        for (how, words) in [
            (Ending::Finished, "finished"),
            (Ending::Panicked, "panicked"),
            (Ending::Cancelled, "cancelled"),
        ] {
            let ended = self.0.iter().filter(|(_, task)| task.ended == Some(how));
            let numbers: Vec<_> = ended.map(|(number, _)| *number).collect();
            if !numbers.is_empty() {
                let tasks = plural(numbers.len(), "task");
                let _ = writeln!(out, "  {tasks} {words}: {}", ranges(&numbers));
            }
        }
        out
    }
}

/// Who has what a task waits for, or stands before it in the queue.
fn holder(hold: &Hold) -> String {
    match (hold.is_before, hold.holder) {
        (true, holder) => format!(", behind task {holder}"),
        (false, 0) => ", which the caller holds".to_owned(),
        (false, holder) => format!(", which task {holder} holds"),
    }
}

/// `1–3, 7`.
fn ranges(numbers: &[u32]) -> String {
    let runs = numbers.chunk_by(|a, b| a + 1 == *b);
    let runs = runs.map(|run| match run {
        [one] => one.to_string(),
        [one, other] => format!("{one}, {other}"),
        [first, .., last] => format!("{first}–{last}"),
        [] => String::new(),
    });
    runs.collect::<Vec<_>>().join(", ")
}
