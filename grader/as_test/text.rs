//! The text of a test: what it is and is not, the run, the driver, and the lab that the driver is given.

use std::fmt::Write as _;

use trace::Trace;
use trace::schedule::Choice;

use super::held::Held;
use super::sign::Sign;
use super::source::Source;
use crate::counterexample;
use crate::report::words;
use crate::verdict::{Check, CheckFinding};

/// What drivers are given, as a test has it: always, and where the driver asks for it.
const LAB: &str = include_str!("shim/lab.rs");
const CANCEL: &str = include_str!("shim/cancel.rs");
const SERVICE: &str = include_str!("shim/service.rs");
const SERDE: &str = include_str!("shim/serde.rs");

/// As in `lab`: virtual milliseconds after which a drive never returns, and that it runs on behind it.
const LIMIT_MS: u64 = 120_000;
const GRACE_MS: u64 = 1;
/// How long a test may take whose code never lets it go on, in real milliseconds, beside what it is meant to sleep.
const PATIENCE_MS: u64 = 10_000;

/// What a test is allowed, that the course's own code is held to elsewhere.
const ALLOWED: &str = "#![allow(dead_code, unused_imports, clippy::all, clippy::pedantic)]";

/// A test, in its parts.
pub struct Test<'a> {
    pub exercise: &'a str,
    pub krate: &'a str,
    pub check: &'a Check,
    pub finding: &'a CheckFinding,
    pub trace: &'a Trace,
    pub source: Source,
    pub held: Vec<Held>,
    pub sign: Sign,
}

impl Test<'_> {
    pub fn text(&self) -> String {
        format!(
            "{}{ALLOWED}\n\n{}\n/// The driver of the check, as grade has it.\nmod driver {{\n{}}}\n\n{}",
            self.head(),
            self.body(),
            indented(self.source.text.trim()),
            self.lab(),
        )
    }

    /// What the test is, and what it is not.
    fn head(&self) -> String {
        let (id, krate, name) = (self.exercise, self.krate, &self.check.name);
        let again = self.check.replay.clone().unwrap_or_default();
        let mut head = format!(
            "//! {}\n//!\n//! What `{again}` drives,\n//! as a paused test of `{krate}`: `cargo test --test {name}`.\n\
             //! `grade {id} --check {name} --as-test` wrote it, and found:\n//!\n",
            self.check.title,
        );
        for line in told(self.finding) {
            let _ = writeln!(head, "//!     {line}");
        }
        let schedules = self.check.schedule.iter();
        for told in schedules.flat_map(|schedule| &schedule.told) {
            let _ = writeln!(head, "//!     schedule: {}", words::line(told));
        }
        head.push_str("//!\n");
        for line in self.means() {
            let _ = writeln!(head, "//! {line}");
        }
        head.push_str(
            "//! In `[dev-dependencies]` it needs `tokio` with the features `full` and `test-util`",
        );
        for other in ["futures", "tokio_test"] {
            if self.source.text.contains(&format!("{other}::")) {
                let _ = write!(head, ", and `{}`", other.replace('_', "-"));
            }
        }
        head.push_str(".\n");
        head
    }

    fn means(&self) -> [&'static str; 2] {
        match self.sign {
            Sign::Seen { .. } => [
                "It fails for as long as the driver sees what it saw then, each thing at its virtual time. It cannot tell",
                "whether another run is right: that is what grade is for.",
            ],
            Sign::Panic => [
                "It fails for as long as your code panics in it;",
                "what else it does is what grade is for.",
            ],
            Sign::NoReturn => [
                "It fails for as long as your code does not come to an end;",
                "what else it does is what grade is for.",
            ],
            Sign::Stuck => [
                "Its process is aborted after 10 s for as long as your code holds the thread for good;",
                "what else it does is what grade is for.",
            ],
            Sign::Blocked(_) => [
                "It fails for as long as your code holds the thread, which takes real time here;",
                "what else it does is what grade is for.",
            ],
            Sign::Leak => [
                "It fails for as long as a task is left when the driver is done;",
                "what else your code does is what grade is for.",
            ],
        }
    }

    fn body(&self) -> String {
        let name = &self.check.name;
        let limit_ms = self.source.limit_ms.unwrap_or(LIMIT_MS);
        let grace_ms = self.source.grace_ms.unwrap_or(GRACE_MS);
        let choices = counterexample::choices(&self.trace.events);
        let drawn: Vec<_> = choices
            .iter()
            .filter_map(|choice| match choice {
                Choice::Drawn { key, value } => Some((key, value)),
                Choice::HeldBack { .. } => None,
            })
            .collect();
        let found = told(self.finding).join("\n");
        let (before, after) = self.looks();
        let patience_ms = match self.sign {
            Sign::Blocked(ms) => PATIENCE_MS + ms,
            _ => PATIENCE_MS,
        };
        format!(
            "/// What was found.\nconst FOUND: &str = {found:?};\n\n\
             #[tokio::test(start_paused = true)]\nasync fn {name}() {{\n    \
             let _patience = lab::no_longer_than({patience_ms}, FOUND);\n    \
             let lab = lab::Lab::begin(&{drawn:?}, &{:?});\n{before}    \
             let ended = lab.run(driver::{name}(lab.clone()), {limit_ms}, {grace_ms}).await;\n{after}}}\n",
            self.held,
        )
    }

    /// What stands before and behind the run.
    fn looks(&self) -> (String, String) {
        let (mut before, mut after) = (String::new(), String::new());
        let ends = |how: &str| {
            format!("    assert!(!matches!(ended, lab::Ended::{how}), \"{{FOUND}}\");\n")
        };
        match &self.sign {
            Sign::Panic => after = ends("Panicked"),
            Sign::NoReturn | Sign::Stuck => after = ends("Late"),
            Sign::Blocked(ms) => {
                before.push_str("    let began = std::time::Instant::now();\n");
                let _ = write!(
                    after,
                    "    let _ = ended;\n    // A run in virtual time takes next to no real time.\n    \
                     assert!(began.elapsed().as_millis() < {ms}, \"{{FOUND}}\");\n"
                );
            }
            Sign::Leak => after.push_str(
                "    let _ = ended;\n    \
                 let left = tokio::runtime::Handle::current().metrics().num_alive_tasks();\n    \
                 assert!(left == 0, \"{FOUND}\");\n",
            ),
            Sign::Seen { until_ms, lines } => {
                before
                    .push_str("    // What the driver saw when it was found.\n    let then = [\n");
                for line in lines {
                    let _ = writeln!(before, "        {line:?},");
                }
                before.push_str("    ];\n");
                let _ = write!(
                    after,
                    "    let _ = ended;\n    let seen = lab.seen_until({until_ms});\n    \
                     println!(\"{{}}\", seen.join(\"\\n\"));\n    assert!(seen != then, \"{{FOUND}}\");\n"
                );
            }
        }
        (before, after)
    }

    /// The lab, with what the driver asks of it.
    fn lab(&self) -> String {
        let mut parts = indented(LAB);
        if self.source.text.contains("cancel_everywhere") {
            parts.push('\n');
            parts.push_str(&indented(CANCEL));
        }
        for (name, text) in [("service", SERVICE), ("serde", SERDE)] {
            let text = indented(&indented(text));
            let _ = write!(parts, "\n    pub mod {name} {{\n{text}    }}\n");
        }
        format!("/// What grade gives its drivers, on plain tokio.\nmod lab {{\n{parts}}}\n")
    }
}

/// One level deeper.
fn indented(text: &str) -> String {
    let lines = text.lines().map(|line| match line {
        "" => "\n".to_owned(),
        line => format!("    {line}\n"),
    });
    lines.collect()
}

/// A finding, line by line.
fn told(finding: &CheckFinding) -> Vec<String> {
    let mut told = vec![words::finding(finding)];
    for (name, value) in [("expected", &finding.expected), ("got", &finding.got)] {
        let value = value.iter().map(|value| format!("{name}: {value}"));
        let lines: Vec<_> = value.collect();
        told.extend(
            lines
                .iter()
                .flat_map(|value| value.lines())
                .map(words::line),
        );
    }
    told
}
