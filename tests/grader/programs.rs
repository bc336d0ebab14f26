//! Programs that show what the lab sees. Each says in its first lines what must come of it:
//! `passes`, `fails: FINDING` or `undecided: FINDING`, then `at: LINE`, `advice: FINDING`, `says: TEXT`
//! where it matters, `looks like: FINDING` where it is there to show what is no such finding, and
//! `schedules: plain` if it rests on the order that only the plain schedule gives.

use std::fs;

use serde_json::{Value, json};

use crate::bench::{PROGRAMS, graded_program};

/// A program, and what it claims in its first lines.
pub struct Program {
    name: String,
    text: String,
    outcome: String,
    advice: Vec<String>,
    at: Option<u64>,
    looks_like: Vec<String>,
    schedules: &'static str,
    says: Vec<String>,
}

impl Program {
    /// Every program.
    pub fn all() -> Vec<Self> {
        let entries = fs::read_dir(PROGRAMS).unwrap().flatten();
        let paths = entries
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|e| e == "rs"));
        let read = |path: std::path::PathBuf| {
            let name = path.file_name().unwrap().display().to_string();
            Self::read(name, fs::read_to_string(&path).unwrap())
        };
        paths.map(read).collect()
    }

    fn read(name: String, text: String) -> Self {
        let lines: Vec<_> = text
            .lines()
            .map_while(|line| line.strip_prefix("//! "))
            .collect();
        let all = |key: &str| {
            lines
                .iter()
                .filter_map(|line| line.strip_prefix(key))
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        Self {
            name,
            outcome: lines[0].to_owned(),
            advice: all("advice: "),
            at: all("at: ")
                .first()
                .map(|line| line.parse().expect("a line number")),
            says: all("says: "),
            looks_like: all("looks like: "),
            schedules: match &all("schedules: ")[..] {
                [plain] if plain == "plain" => "0",
                _ => "64",
            },
            text,
        }
    }

    /// Whether it must raise a finding, as a failure or as advice.
    pub fn raises(&self, kind: &str) -> bool {
        let (_, failures) = self.outcome.split_once(": ").unwrap_or_default();
        failures.split(", ").any(|failure| failure == kind) || self.advice.iter().any(|a| a == kind)
    }

    /// Whether it is there to show what is no such finding.
    pub fn looks_like(&self, kind: &str) -> bool {
        self.looks_like.iter().any(|like| like == kind)
    }

    /// How the checks do not bear it out.
    fn missed(&self, checks: &[Value]) -> Option<String> {
        let findings = checks
            .iter()
            .filter_map(|check| check["findings"].as_array());
        let findings: Vec<_> = findings.flatten().collect();
        let check = checks.iter().find(|check| check["status"] != "passed");
        let check = check.unwrap_or(&checks[0]);
        let kinds = |advice: bool| {
            let kinds = findings
                .iter()
                .filter(|f| f["advice"] == advice)
                .map(|f| f["kind"].as_str().unwrap_or(""));
            let mut kinds: Vec<_> = kinds.map(str::to_owned).collect();
            kinds.sort();
            kinds.dedup();
            kinds
        };
        let outcome = match check["status"].as_str() {
            Some("passed") => "passes".to_owned(),
            Some("failed") => format!("fails: {}", kinds(false).join(", ")),
            Some("undecided") if check["findings"] != json!([]) => {
                format!("undecided: {}", kinds(false).join(", "))
            }
            other => format!("{other:?}: {}", check["doubt"]),
        };
        let line = self
            .at
            .is_none_or(|line| findings.iter().any(|f| f["at"]["line"] == line));
        let told = |text: &String| {
            findings
                .iter()
                .any(|f| f["message"].as_str().is_some_and(|m| m.contains(text)))
        };
        let told = self.says.iter().all(told);
        (!told || outcome != self.outcome || kinds(true) != self.advice || !line)
            .then(|| format!("{outcome}\n{findings:#?}"))
    }
}

#[test]
fn every_program_comes_out_as_it_says() {
    let programs = Program::all();
    let missed = |program: &Program| {
        let missed = match graded_program(&program.text, program.schedules) {
            Ok(checks) => program.missed(&checks),
            Err(error) => Some(error),
        };
        missed.map(|missed| format!("{}: {missed}", program.name))
    };
    let wrong: Vec<_> = programs.iter().filter_map(missed).collect();
    assert!(programs.len() > 30, "only {} programs", programs.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_program_raises_what_it_only_looks_like() {
    for program in Program::all() {
        let raised = program.looks_like.iter().find(|kind| program.raises(kind));
        assert_eq!(raised, None, "{}", program.name);
    }
}
