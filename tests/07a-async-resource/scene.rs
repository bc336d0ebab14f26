//! One scene of a drive: what was acquired, lent and released in it, and what came out.

use judge::{CallSpan, Calls, Findings, Notes, Run, cut, ms};

pub const DONE: &str = "Done";
pub const PANICKED: &str = "Panicked";
pub const CANCELLED: &str = "Cancelled";

/// What a release is to see of this error.
pub fn failed(error: &str) -> String {
    format!("Failed({error:?})")
}

/// What came out of a `using`; of a panic, its message.
pub type Returned = Result<Result<u32, String>, String>;

pub struct Scene {
    name: &'static str,
    pub numbers: Vec<u32>,
    pub value: u32,
    /// What an error, or a panic, says in it.
    pub trouble: String,
    acquiring: Calls,
    using: Calls,
    releasing: Calls,
    lent: Notes,
    /// Each release that began, with what it saw.
    exits: Notes,
    returned: Notes,
}

impl Scene {
    pub fn of(run: &Run, name: &'static str) -> Self {
        let (numbers, value, trouble) = run.notes(&format!("{name} is")).value();
        let calls = |what| run.calls(&format!("{name} {what}"));
        let notes = |what| run.notes(&format!("{name} {what}"));
        Self {
            name,
            numbers,
            value,
            trouble,
            acquiring: calls("acquire"),
            using: calls("use"),
            releasing: calls("release"),
            lent: notes("lent"),
            exits: notes("release"),
            returned: notes("returned"),
        }
    }

    /// The first `asked` of the resources are asked for, in order, each when the one before it is there.
    pub fn acquires(&self, asked: usize) -> Findings {
        let labels: Vec<_> = self
            .acquiring
            .iter()
            .map(|call| call.label.as_str())
            .collect();
        let due: Vec<_> = (0..asked).map(|at| at.to_string()).collect();
        if labels != due {
            return self
                .found(
                    "wrong-value",
                    "other resources are asked for, or in another order",
                )
                .expected(due.join(", "))
                .got(labels.join(", "));
        }
        let overlap = pairs(&self.acquiring).find(|(one, next)| end(one) != Some(next.began_ms));
        overlap.map_or_else(Findings::none, |(one, next)| {
            let kind = match end(one) {
                Some(end_ms) if end_ms < next.began_ms => "too-late",
                _ => "too-early",
            };
            self.found(
                kind,
                "a resource is not asked for when the one before it is there",
            )
            .expected(end(one).map_or_else(|| "later".to_owned(), |at| format!("at {}", ms(at))))
            .got(format!("at {}", ms(next.began_ms)))
            .at_ms(next.began_ms)
        })
    }

    /// The body is called once, with all of the resources, when the last of them is there.
    pub fn lends(&self) -> Findings {
        let there_ms = self.acquiring.iter().last().and_then(end);
        let lent: Vec<Vec<u32>> = self.lent.values();
        if lent != [self.numbers.clone()] {
            return self
                .found(
                    "wrong-value",
                    "the body is not called once, with every resource in order",
                )
                .expected(format!("{:?}", self.numbers))
                .got(cut(&format!("{lent:?}")));
        }

        let called_ms = self.lent.times().first().copied();
        if called_ms == there_ms || self.numbers.is_empty() {
            return Findings::none();
        }
        let message = "the body is not called when the last resource is there";
        self.found("too-late", message)
            .expected(when(there_ms))
            .got(when(called_ms))
    }

    pub fn lends_nothing(&self) -> Findings {
        let message = "the body is called although a resource cannot be had";
        if self.lent.is_empty() {
            return Findings::none();
        }
        self.found("wrong-value", message)
            .expected("no call")
            .got(format!(
                "a call with {}",
                cut(&format!("{:?}", self.lent.values::<Vec<u32>>()))
            ))
    }

    /// Each of `held` is released once, to its end, after the use of them, and sees `exit`, where that is judged;
    /// and nothing else is.
    pub fn releases(&self, held: &[u32], exit: Option<&str>) -> Findings {
        let exits: Vec<(u32, String)> = self.exits.values();
        for number in held {
            let seen: Vec<_> = exits.iter().filter(|(other, _)| other == number).collect();
            let [(_, seen)] = seen[..] else {
                return self
                    .found(
                        "wrong-value",
                        &format!("resource {number} is not released once"),
                    )
                    .expected("one release")
                    .got(format!("{} of them", seen.len()));
            };
            if let Some(exit) = exit.filter(|exit| seen != exit) {
                let message =
                    format!("the release of resource {number} sees another end of its use");
                return self.found("wrong-value", &message).expected(exit).got(seen);
            }
        }
        if let Some((number, _)) = exits.iter().find(|(number, _)| !held.contains(number)) {
            let message = format!("resource {number} is released, and was never acquired");
            return self.found("wrong-value", &message);
        }
        let used_ms = self.used_ms();
        let times = self.exits.times();
        if let Some(early) = times.iter().find(|at_ms| Some(**at_ms) < used_ms) {
            return self
                .found("too-early", "a release begins while the resource is in use")
                .expected(format!(
                    "not before {}",
                    used_ms.map_or_else(String::new, ms)
                ))
                .got(format!("at {}", ms(*early)))
                .at_ms(*early);
        }
        let cut_short = self.releasing.iter().find(|call| !is_whole(call));
        cut_short.map_or_else(Findings::none, |call| {
            let message = format!(
                "the release of resource {} does not come to its end",
                call.label
            );
            self.found("wrong-value", &message).at_ms(call.began_ms)
        })
    }

    /// The last one that was acquired is released first, and the next when that is over.
    pub fn in_reverse(&self) -> Findings {
        let released: Vec<_> = self.exits.values::<(u32, String)>();
        let released: Vec<_> = released.into_iter().map(|(number, _)| number).collect();
        let mut due = released.clone();
        due.sort_unstable_by(|one, other| other.cmp(one));
        let overlap = pairs(&self.releasing).find(|(one, next)| end(one) > Some(next.began_ms));
        if let Some((_, next)) = overlap {
            return self
                .found("too-early", "two are released at the same time")
                .expected("the next release when the one before it is over")
                .got(format!(
                    "that of resource {} at {}",
                    next.label,
                    ms(next.began_ms)
                ))
                .at_ms(next.began_ms);
        }
        if released != due {
            return self
                .found("wrong-order", "they are not released in reverse")
                .expected(format!("{due:?}"))
                .got(format!("{released:?}"));
        }
        let gap = pairs(&self.releasing).find(|(one, next)| end(one) < Some(next.began_ms));
        gap.map_or_else(Findings::none, |(one, next)| {
            self.found(
                "too-late",
                "a release does not begin when the one before it is over",
            )
            .expected(when(end(one)))
            .got(format!("at {}", ms(next.began_ms)))
            .at_ms(next.began_ms)
        })
    }

    /// This comes out.
    pub fn gives(&self, due: &Returned) -> Findings {
        let returned: Returned = self.returned.value();
        if returned == *due {
            return Findings::none();
        }
        self.found("wrong-value", "something else comes out")
            .expected(told(due))
            .got(told(&returned))
    }

    /// It comes out when everything is released.
    pub fn returns_when_released(&self) -> Findings {
        let over_ms = self.releasing.iter().filter_map(end).max();
        let over_ms = over_ms.or(self.used_ms());
        let returned_ms = self.returned.times().first().copied();
        if returned_ms == over_ms {
            return Findings::none();
        }
        let (kind, message) = if returned_ms < over_ms {
            ("too-early", "it comes out before the release is over")
        } else {
            ("too-late", "it comes out long after the release is over")
        };
        self.found(kind, message)
            .expected(when(over_ms))
            .got(when(returned_ms))
    }

    /// When the use of the resources was over: of those that were acquired before one could not be had, at that time.
    fn used_ms(&self) -> Option<u64> {
        let used = self.using.iter().filter_map(end).max();
        used.or_else(|| self.acquiring.iter().filter_map(end).max())
    }

    fn found(&self, kind: &str, message: &str) -> Findings {
        Findings::one(kind, format!("{}: {message}", self.setting()))
    }

    /// What happens in it, in words.
    fn setting(&self) -> String {
        let several = format!("{} resources", self.numbers.len());
        match self.name {
            "one" => "one resource".to_owned(),
            "no names" => "no names".to_owned(),
            "one fails" => "one resource, and its use fails".to_owned(),
            "several fail" => format!("{several}, and their use fails"),
            "none to have" => "one resource that cannot be had".to_owned(),
            "gap" => format!("{several}, and the last but one cannot be had"),
            "left" => format!("{several}, dropped while in use"),
            "one panics" => "one resource, and its use panics".to_owned(),
            "several panic" => format!("{several}, and their use panics"),
            _ => several,
        }
    }
}

fn told(returned: &Returned) -> String {
    match returned {
        Ok(given) => format!("{given:?}"),
        Err(message) => format!("a panic with {message:?}"),
    }
}

fn when(at_ms: Option<u64>) -> String {
    at_ms.map_or_else(|| "never".to_owned(), |at_ms| format!("at {}", ms(at_ms)))
}

fn end(call: &CallSpan) -> Option<u64> {
    call.closed.map(|(at_ms, _)| at_ms)
}

fn is_whole(call: &CallSpan) -> bool {
    matches!(call.closed, Some((_, judge::Closing::Answered)))
}

fn pairs(calls: &Calls) -> impl Iterator<Item = (&CallSpan, &CallSpan)> {
    calls.iter().zip(calls.iter().skip(1))
}
