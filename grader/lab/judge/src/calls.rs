//! Calls to a simulated service: who was in flight, and when.

use std::collections::BTreeMap;

use trace::{Closing, Event, Kind};

use crate::findings::Findings;
use crate::text::ms;

/// One call, from begin to end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallSpan {
    pub label: String,
    pub task: u32,
    /// Virtual milliseconds.
    pub began_ms: u64,
    /// The first error in it, and when.
    pub failed: Option<(u64, String)>,
    /// When and how it ended; `None` when it was still in flight at the end of the trace.
    pub closed: Option<(u64, Closing)>,
}

/// The calls of one service, in the order they began.
#[derive(Debug, Clone)]
pub struct Calls {
    service: String,
    calls: Vec<CallSpan>,
    /// Every change, in the order it happened: when, which call, and whether it began.
    changes: Vec<(u64, usize, bool)>,
    /// Every time at which the clock was about to move, with the calls in flight then.
    settled: Vec<Settled>,
}

/// What was in flight when the clock was about to move on from `at_ms`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    pub at_ms: u64,
    /// Indices into the calls, in the order they began.
    pub in_flight: Vec<usize>,
}

impl Calls {
    pub(crate) fn read(events: &[Event], service: &str) -> Self {
        let mut calls: Vec<CallSpan> = Vec::new();
        let mut numbers = BTreeMap::new();
        let mut changes = Vec::new();
        for event in events {
            match &event.kind {
                Kind::Began {
                    call,
                    service: theirs,
                    label,
                } if theirs == service => {
                    numbers.insert(*call, calls.len());
                    changes.push((event.at_ms, calls.len(), true));
                    calls.push(CallSpan {
                        label: label.clone(),
                        task: event.task,
                        began_ms: event.at_ms,
                        failed: None,
                        closed: None,
                    });
                }
                Kind::Failed { call, error } => {
                    if let Some(at) = numbers.get(call) {
                        calls[*at]
                            .failed
                            .get_or_insert((event.at_ms, error.clone()));
                    }
                }
                Kind::Closed { call, how } => {
                    if let Some(at) = numbers.get(call) {
                        changes.push((event.at_ms, *at, false));
                        calls[*at].closed = Some((event.at_ms, *how));
                    }
                }
                _ => {}
            }
        }
        let settled = settle(events, &changes);
        Self {
            service: service.to_owned(),
            calls,
            changes,
            settled,
        }
    }

    pub fn len(&self) -> usize {
        self.calls.len()
    }

    pub fn is_empty(&self) -> bool {
        self.calls.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &CallSpan> {
        self.calls.iter()
    }

    /// Call number `at`, from 0.
    ///
    /// # Panics
    /// When there are not so many.
    pub fn get(&self, at: usize) -> &CallSpan {
        &self.calls[at]
    }

    /// Every moment at which the clock was about to move, up to `until_ms`.
    pub fn settled_until(&self, until_ms: u64) -> impl Iterator<Item = &Settled> {
        self.settled
            .iter()
            .take_while(move |settled| settled.at_ms < until_ms)
    }

    /// The most in flight at any instant, and when that was.
    pub fn peak(&self) -> (usize, u64) {
        let (mut now, mut peak) = (0_usize, (0, 0));
        for (at_ms, _, began) in &self.changes {
            now = if *began {
                now + 1
            } else {
                now.saturating_sub(1)
            };
            if now > peak.0 {
                peak = (now, *at_ms);
            }
        }
        peak
    }

    /// Never more than `limit` in flight, at any instant.
    pub fn at_most(&self, limit: usize) -> Findings {
        let (peak, at_ms) = self.peak();
        let message = format!("{peak} {}s in flight at {}", self.service, ms(at_ms));
        Findings::unless(peak <= limit, "unbounded", message)
            .expected(format!("at most {limit} at a time"))
            .got(peak)
            .at_ms(at_ms)
    }

    /// Whenever the clock is about to move, before `until_ms`, as many in flight as `wanted` says
    /// of that moment.
    pub fn at_least(&self, until_ms: u64, wanted: impl Fn(&Settled) -> usize) -> Findings {
        for settled in self.settled_until(until_ms) {
            let (wanted, got) = (wanted(settled), settled.in_flight.len());
            if got < wanted {
                let message = format!(
                    "only {got} {}s in flight from {} on, while more were waiting",
                    self.service,
                    ms(settled.at_ms)
                );
                return Findings::one("underused", message)
                    .expected(format!("{wanted} in flight"))
                    .got(format!("{got} in flight"))
                    .at_ms(settled.at_ms);
            }
        }
        Findings::none()
    }

    /// None began later than `at_ms`; `why` ends the message.
    pub fn none_begin_after(&self, at_ms: u64, why: &str) -> Findings {
        let late = self.calls.iter().find(|call| call.began_ms > at_ms);
        late.map_or_else(Findings::none, |call| {
            let message = format!(
                "{} {} began at {}, {why}",
                self.service,
                call.label,
                ms(call.began_ms)
            );
            Findings::one("too-late", message).at_ms(call.began_ms)
        })
    }
}

/// What was in flight each time the clock moved: after the last change of each millisecond in which
/// anything at all happened.
fn settle(events: &[Event], changes: &[(u64, usize, bool)]) -> Vec<Settled> {
    let mut settled = Vec::new();
    let mut in_flight: Vec<usize> = Vec::new();
    let mut changes = changes.iter().peekable();
    let mut times: Vec<u64> = events.iter().map(|event| event.at_ms).collect();
    times.dedup();
    for at_ms in times {
        while let Some((_, call, began)) = changes.next_if(|(then, ..)| *then <= at_ms) {
            if *began {
                in_flight.push(*call);
            } else {
                in_flight.retain(|other| other != call);
            }
        }
        settled.push(Settled {
            at_ms,
            in_flight: in_flight.clone(),
        });
    }
    settled
}
