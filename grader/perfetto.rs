//! Traces as Chrome's Trace Event Format, which Perfetto and `chrome://tracing` open. One process a check, one thread
//! a task; virtual milliseconds become microseconds.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use trace::{Closing, Ending, Event, Kind, Owner, Place, Trace};

/// One JSON object.
pub fn render(traces: &[&Trace]) -> String {
    let mut events = Vec::new();
    for (trace, process) in traces.iter().zip(1_u64..) {
        Process::new(process).render(trace, &mut events);
    }
    let whole = json!({
        "displayTimeUnit": "ms",
        "otherData": {"clock": "virtual", "producer": "grade"},
        "traceEvents": events,
    });
    let mut text = whole.to_string();
    text.push('\n');
    text
}

/// One drive.
struct Process {
    number: u64,
    /// When each task that lives began, and its name.
    tasks: BTreeMap<u32, (u64, String)>,
    /// Calls in flight: their task, service and name.
    calls: BTreeMap<u32, (u32, String, String)>,
    /// How many calls of each service are in flight.
    in_flight: BTreeMap<String, u64>,
}

/// Virtual microseconds.
fn us(ms: u64) -> u64 {
    ms.saturating_mul(1_000)
}

impl Process {
    fn new(number: u64) -> Self {
        Self {
            number,
            tasks: BTreeMap::from([(0, (0, "the caller".to_owned()))]),
            calls: BTreeMap::new(),
            in_flight: BTreeMap::new(),
        }
    }

    fn render(mut self, trace: &Trace, out: &mut Vec<Value>) {
        out.push(self.about(0, "process_name", &json!({"name": trace.check})));
        out.push(self.about(0, "thread_name", &json!({"name": "the caller"})));
        for event in &trace.events {
            self.event(event, out);
        }
        let last = trace.events.last().map_or(0, |event| event.at_ms);
        for (task, (from_ms, name)) in std::mem::take(&mut self.tasks) {
            out.push(self.slice(task, from_ms, last, &name, "never ended"));
        }
        for (call, (task, service, name)) in std::mem::take(&mut self.calls) {
            out.push(self.call(
                "e",
                last,
                call,
                task,
                &service,
                &name,
                &json!({"how": "never ended"}),
            ));
        }
    }

    fn about(&self, task: u32, what: &str, arguments: &Value) -> Value {
        json!({"ph": "M", "name": what, "pid": self.number, "tid": task, "args": arguments})
    }

    fn slice(&self, task: u32, from_ms: u64, to_ms: u64, name: &str, how: &str) -> Value {
        json!({
            "ph": "X", "cat": "task", "name": name, "pid": self.number, "tid": task,
            "ts": us(from_ms), "dur": us(to_ms.saturating_sub(from_ms)), "args": {"how": how},
        })
    }

    #[expect(clippy::too_many_arguments, reason = "each is a field of the format")]
    fn call(
        &self,
        phase: &str,
        at_ms: u64,
        call: u32,
        task: u32,
        service: &str,
        name: &str,
        arguments: &Value,
    ) -> Value {
        json!({
            "ph": phase, "cat": service, "name": name, "id2": {"local": format!("{call:#x}")},
            "pid": self.number, "tid": task, "ts": us(at_ms), "args": arguments,
        })
    }

    fn mark(&self, event: &Event, name: &str, arguments: &Value) -> Value {
        json!({
            "ph": "i", "s": "t", "cat": "mark", "name": name, "pid": self.number, "tid": event.task,
            "ts": us(event.at_ms), "args": arguments,
        })
    }

    fn event(&mut self, event: &Event, out: &mut Vec<Value>) {
        match &event.kind {
            Kind::Spawned { task, owner, place } => self.spawned(event, *task, *owner, place, out),
            Kind::Ended { task, how } => {
                let how = match how {
                    Ending::Finished => "finished",
                    Ending::Panicked => "panicked",
                    Ending::Cancelled => "cancelled",
                };
                if let Some((from_ms, name)) = self.tasks.remove(task) {
                    out.push(self.slice(*task, from_ms, event.at_ms, &name, how));
                }
            }
            Kind::Began { .. } | Kind::Closed { .. } => self.called(event, out),
            Kind::Failed { error, .. } => {
                out.push(self.mark(event, "error", &json!({"error": error})));
            }
            Kind::Note { key, value } => out.push(self.mark(event, key, &json!({"value": value}))),
            Kind::Printed { line, .. } => {
                out.push(self.mark(event, "printed", &json!({"line": line})));
            }
            Kind::Panicked { message, place } => {
                out.push(self.mark(
                    event,
                    "panic",
                    &json!({"message": message, "at": at(place)}),
                ));
            }
            Kind::Blocked { by, ms, place } => {
                let arguments = json!({"by": by, "ms": ms, "at": at(place)});
                out.push(self.mark(event, "blocked", &arguments));
            }
            Kind::Halted { why } => {
                out.push(self.mark(event, "halted", &json!({"why": format!("{why:?}")})));
            }
            Kind::HeldBack { turns, .. } => {
                out.push(self.mark(event, "held back", &json!({"turns": turns})));
            }
            _ => {}
        }
    }

    fn spawned(
        &mut self,
        event: &Event,
        task: u32,
        owner: Owner,
        place: &Place,
        out: &mut Vec<Value>,
    ) {
        let name = match (owner, place) {
            (_, Place::Known { file, line }) => format!("task {task} {file}:{line}"),
            (Owner::Driver, _) => format!("task {task} (the driver's)"),
            _ => format!("task {task}"),
        };
        out.push(self.about(task, "thread_name", &json!({"name": name})));
        out.push(self.about(task, "thread_sort_index", &json!({"sort_index": task})));
        self.tasks.insert(task, (event.at_ms, name));
    }

    fn called(&mut self, event: &Event, out: &mut Vec<Value>) {
        let service = match &event.kind {
            Kind::Began {
                call,
                service,
                label,
            } => {
                let name = format!("{service} {label}").trim_end().to_owned();
                out.push(self.call(
                    "b",
                    event.at_ms,
                    *call,
                    event.task,
                    service,
                    &name,
                    &json!({}),
                ));
                self.calls
                    .insert(*call, (event.task, service.clone(), name));
                *self.in_flight.entry(service.clone()).or_default() += 1;
                service.clone()
            }
            Kind::Closed { call, how } => {
                let Some((task, service, name)) = self.calls.remove(call) else {
                    return;
                };
                let how = match how {
                    Closing::Answered => "answered",
                    Closing::Failed => "failed",
                    Closing::Dropped => "dropped",
                };
                out.push(self.call(
                    "e",
                    event.at_ms,
                    *call,
                    task,
                    &service,
                    &name,
                    &json!({"how": how}),
                ));
                let in_flight = self.in_flight.entry(service.clone()).or_default();
                *in_flight = in_flight.saturating_sub(1);
                service
            }
            _ => return,
        };
        let count = self.in_flight[&service];
        out.push(json!({
            "ph": "C", "name": format!("{service} in flight"), "pid": self.number, "tid": 0,
            "ts": us(event.at_ms), "args": {"calls": count},
        }));
    }
}

fn at(place: &Place) -> Option<String> {
    match place {
        Place::Known { file, line } => Some(format!("{file}:{line}")),
        Place::Unknown | Place::Frames(_) => None,
    }
}
