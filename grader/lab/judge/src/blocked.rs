//! `blocked-executor`: what held the runtime's thread, and for how long.

use std::collections::BTreeMap;

use trace::Kind;

use crate::findings::Findings;
use crate::run::{Run, at};
use crate::text::ms;

/// One finding for each place that held the thread, in the order they first did.
pub fn findings(run: &Run<'_>) -> Findings {
    let mut order = Vec::new();
    let mut held: BTreeMap<_, Vec<(u64, u64)>> = BTreeMap::new();
    for event in run.events() {
        if let Kind::Blocked { by, ms, place } = &event.kind {
            let key = (by.clone(), at(place));
            let times = held.entry(key.clone()).or_default();
            if times.is_empty() {
                order.push(key);
            }
            times.push((event.at_ms, *ms));
        }
    }
    order
        .into_iter()
        .map(|key| {
            let times = &held[&key];
            Findings::one("blocked-executor", message(&key.0, times))
                .at(key.1)
                .at_ms(times[0].0)
        })
        .collect()
}

fn message(by: &str, times: &[(u64, u64)]) -> String {
    let total: u64 = times.iter().map(|(_, ms)| ms).sum();
    let same = times.iter().all(|(_, ms)| *ms == times[0].1);
    let often = if times.len() == 1 {
        String::new()
    } else {
        format!(", {} times", times.len())
    };
    if total == 0 {
        format!("{by} was used on the runtime's thread{often}")
    } else if same {
        format!("{by} held the thread for {}{often}", ms(times[0].1))
    } else {
        format!("{by} held the thread for {} in all{often}", ms(total))
    }
}
