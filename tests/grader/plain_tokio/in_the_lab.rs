//! The same drives in the lab, under the plain schedule.

use std::collections::BTreeMap;
use std::path::Path;

use trace::{Closing, Event, Kind};

use super::project::Drive;
use crate::bench::grade;

/// What happened in each drive of the answer in `folder`, by the drive's name.
pub fn drives(exercise: &str, folder: &Path) -> BTreeMap<String, Drive> {
    let stored = tempfile::NamedTempFile::new().unwrap();
    grade([exercise, "--schedules", "0", "--trace"])
        .arg(stored.path())
        .arg("--path")
        .arg(folder)
        .run()
        .has_full_marks();
    let text = std::fs::read_to_string(stored.path()).unwrap();
    let mut drives = BTreeMap::new();
    let mut calls = BTreeMap::new();
    let mut name = String::new();
    for line in text.lines().skip(1) {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        if let Some(check) = line["check"].as_str() {
            check.clone_into(&mut name);
            let ended = "whole".to_owned();
            let drive = Drive {
                ended,
                events: Vec::new(),
            };
            drives.insert(name.clone(), drive);
            continue;
        }
        let event: Event = serde_json::from_value(line).unwrap();
        let drive = drives.get_mut(&name).unwrap();
        let told = told(&event, &mut calls);
        drive.events.extend(told.map(|told| (event.at_ms, told)));
    }
    drives
}

/// As plain tokio's drive tells it; nothing where it tells nothing. `calls` are those of the drive, by number.
fn told(event: &Event, calls: &mut BTreeMap<u32, String>) -> Option<String> {
    Some(match &event.kind {
        Kind::Note { key, value } => format!("{key} {value}"),
        Kind::Began {
            call,
            service,
            label,
        } => {
            let named = format!("{service} {label}");
            let began = format!("{named} began");
            calls.insert(*call, named);
            began
        }
        Kind::Failed { call, error } => format!("{} met an error: {error}", calls[call]),
        Kind::Closed { call, how } => {
            let how = match how {
                Closing::Answered => "was answered",
                Closing::Failed => "failed",
                Closing::Dropped => "was dropped",
            };
            format!("{} {how}", calls[call])
        }
        _ => return None,
    })
}
