//! Programs that show what the lab sees. Each says in its first lines what must come of it:
//! `passes` or `fails: FINDING`, then `at: LINE`, `advice: FINDING`, `says: TEXT` where it matters.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::bench::{Submission, grade};

const PROGRAMS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/grader/programs");

/// What a program claims in its first lines.
struct Claim {
    outcome: String,
    advice: Vec<String>,
    at: Option<u64>,
    says: Vec<String>,
}

impl Claim {
    fn read(text: &str) -> Self {
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
            outcome: lines[0].to_owned(),
            advice: all("advice: "),
            at: all("at: ")
                .first()
                .map(|line| line.parse().expect("a line number")),
            says: all("says: "),
        }
    }

    /// How a check does not bear it out.
    fn missed(&self, check: &Value) -> Option<String> {
        let findings = check["findings"].as_array().expect("findings");
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
    let mut wrong = Vec::new();
    let mut programs = 0;
    for entry in fs::read_dir(PROGRAMS).unwrap().flatten() {
        let path = entry.path();
        if path.extension().is_none_or(|e| e != "rs") {
            continue;
        }
        programs += 1;
        let text = fs::read_to_string(&path).unwrap();
        let submission = Submission::new(&text);
        let ran = grade(["scenario", "--course"]).arg(Path::new(PROGRAMS).join("course"));
        let verdict = ran
            .arg("--path")
            .arg(submission.path())
            .args(["--format", "json"])
            .run()
            .json();
        let missed = match &verdict["checks"][0] {
            check if check["status"] == "not-run" => Some(verdict["diagnostics"].to_string()),
            check => Claim::read(&text).missed(check),
        };
        if let Some(missed) = missed {
            wrong.push(format!("{}: {missed}", path.file_name().unwrap().display()));
        }
    }
    assert!(programs > 30, "only {programs} programs");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
