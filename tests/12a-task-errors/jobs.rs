//! The jobs of a drive, and what their ends are to become.

use std::fmt;

use judge::{Calls, Closing, Run, ms};
use serde_json::{Value, from_value, json};

/// A job, as the driver noted it.
pub struct Job {
    pub name: String,
    /// How long it takes, in virtual milliseconds.
    pub takes_ms: u64,
    /// The driver's word for how it ends.
    end: String,
    /// Its value, which its error or panic names.
    value: u32,
}

impl Job {
    /// In the order in which they were started.
    pub fn all(run: &Run) -> Vec<Self> {
        let jobs: Vec<Value> = run.notes("job").values();
        jobs.iter().map(Self::read).collect()
    }

    fn read(note: &Value) -> Self {
        let text = |key: &str| from_value(note[key].clone()).expect("the driver noted a text");
        Self {
            name: text("name"),
            takes_ms: note["takes_ms"].as_u64().expect("the driver noted a time"),
            end: text("end"),
            value: from_value(note["value"].clone()).expect("the driver noted a value"),
        }
    }

    /// The text of its error or panic.
    fn text(&self) -> String {
        match self.end.as_str() {
            "Fails" => format!("no {}", self.value),
            "Panics" => "out of luck".to_owned(),
            "PanicsWith" => format!("{} is one too many", self.value),
            _ => "unknown".to_owned(),
        }
    }

    /// Whether a line tells of its panic and not with what message: how to find that is another check's.
    pub fn is_told_without_its_message(&self, line: &str) -> bool {
        self.end.starts_with("Panics") && line == format!("{}: panic unknown", self.name)
    }

    /// Whether it was in fact cancelled at that time, if it is one of those that are to be.
    pub fn ends_at(&self, due_ms: u64, calls: &Calls) -> bool {
        let dropped = Some((due_ms, Closing::Dropped));
        let mut ours = calls.iter().filter(|call| call.label == self.name);
        self.end != "IsCancelled" || ours.any(|call| call.closed == dropped)
    }

    /// What `caught` gives.
    pub fn caught(&self) -> Value {
        match self.end.as_str() {
            "Succeeds" => json!({ "Ok": self.value }),
            "Fails" => json!({ "Err": { "Failed": self.text() } }),
            "IsCancelled" => json!({ "Err": "Cancelled" }),
            _ => json!({ "Err": { "Panicked": self.text() } }),
        }
    }

    /// What comes out of `passed_on`: its result, or its panic's payload in the driver's words.
    pub fn passed_on(&self) -> Value {
        let panic = |payload: String| json!({ "Err": payload });
        match self.end.as_str() {
            "Succeeds" => json!({ "Ok": { "Ok": self.value } }),
            "Fails" => json!({ "Ok": { "Err": self.text() } }),
            "IsCancelled" => json!({ "Ok": { "Err": "cancelled" } }),
            "Panics" => panic(format!("the literal {:?}", self.text())),
            "PanicsWith" => panic(format!("the text {:?}", self.text())),
            _ => panic(format!("the number {}", self.value)),
        }
    }

    /// What is printed of it when it runs in the background; nothing where it succeeds.
    pub fn line(&self) -> Option<String> {
        let what = match self.end.as_str() {
            "Succeeds" => return None,
            "Fails" => format!("error {}", self.text()),
            "IsCancelled" => "cancelled".to_owned(),
            _ => format!("panic {}", self.text()),
        };
        Some(format!("{}: {what}", self.name))
    }
}

/// What it does, behind "a task that".
impl fmt::Display for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let after = ms(self.takes_ms);
        match self.end.as_str() {
            "Succeeds" => write!(f, "returns `Ok` after {after}"),
            "Fails" => write!(f, "returns `Err` after {after}"),
            "Panics" => write!(f, "panics after {after} with a literal"),
            "PanicsWith" => write!(f, "panics after {after} with a formatted message"),
            "PanicsWithNumber" => write!(f, "panics after {after} with a number"),
            _ => write!(f, "is cancelled after {after}"),
        }
    }
}

/// A noted value as Rust writes it: `Err(Failed("no 7"))`.
pub fn in_rust(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let fields = fields.iter().map(|(name, of)| match of {
                Value::String(text) if text == "Cancelled" => format!("{name}(Cancelled)"),
                of => format!("{name}({})", in_rust(of)),
            });
            fields.collect()
        }
        other => other.to_string(),
    }
}

/// What came out of `passed_on`: its result, or a panic, told by its payload.
pub fn what_came_out(value: &Value) -> String {
    match &value["Err"] {
        Value::String(payload) => format!("a panic with {payload}"),
        _ => in_rust(&value["Ok"]),
    }
}
