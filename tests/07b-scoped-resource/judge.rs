//! What must be true of resources that are lent.

use judge::{CallSpan, Calls, Cancellation, Closing, Findings, Notes, Run, judge, ms};

judge::judges!();

/// One scope, as the driver noted it.
struct Scene {
    name: &'static str,
    resource: String,
    value: u32,
    tickets: u32,
    acquiring: Calls,
    using: Calls,
    releasing: Calls,
    lent: Notes,
    release: Notes,
}

impl Scene {
    fn of(run: &Run, name: &'static str) -> Self {
        let (resource, value, tickets) = run.notes(&format!("{name} is")).value();
        let calls = |what| run.calls(&format!("{name} {what}"));
        let notes = |what| run.notes(&format!("{name} {what}"));
        Self {
            name,
            resource,
            value,
            tickets,
            acquiring: calls("acquire"),
            using: calls("use"),
            releasing: calls("release"),
            lent: notes("lent"),
            release: notes("release"),
        }
    }

    /// Acquired once, then lent under its name.
    fn is_lent(&self) -> Findings {
        let lent: Vec<String> = self.lent.values();
        let message = "the body does not get the resource, once and by its name";
        self.unless(lent == [self.resource.clone()], "wrong-value", message)
            .expected(format!("{:?}", [&self.resource]))
            .got(format!("{lent:?}"))
            .or_else(|| self.follows("the use", &self.acquiring, self.lent.times().first()))
    }

    /// Released once, when the use is over at `over_ms`, and to its end.
    fn is_released(&self, over_ms: Option<u64>) -> Findings {
        let released: Vec<(String, u32)> = self.release.values();
        let due = (self.resource.clone(), self.tickets);
        let message = "the resource is not released once, with its name and its tickets";
        let began_ms = self.release.times().first().copied();
        self.unless(released == [due.clone()], "wrong-value", message)
            .expected(format!("{:?}", [due]))
            .got(format!("{released:?}"))
            .or_else(|| self.at("its release begins", over_ms, began_ms))
            .or_else(|| {
                let whole = self.releasing.iter().all(is_whole);
                self.unless(whole, "wrong-value", "its release does not come to its end")
            })
    }

    /// The value and the tickets come out when it is released.
    fn gives(&self, returned: &Notes) -> Findings {
        let given: (u32, Vec<u32>) = returned.value();
        let due = (self.value, (1..=self.tickets).collect());
        let message = "another value, or other tickets, come out";
        self.unless(given == due, "wrong-value", message)
            .expected(format!("{due:?}"))
            .got(format!("{given:?}"))
            .or_else(|| self.follows("what comes out", &self.releasing, returned.times().first()))
    }

    /// `what` is there when the last of `calls` is over.
    fn follows(&self, what: &str, calls: &Calls, at_ms: Option<&u64>) -> Findings {
        self.at(&format!("{what} is there"), end(calls), at_ms.copied())
    }

    fn at(&self, what: &str, due_ms: Option<u64>, at_ms: Option<u64>) -> Findings {
        let kind = if at_ms < due_ms {
            "too-early"
        } else {
            "too-late"
        };
        self.unless(at_ms == due_ms, kind, &format!("{what} at another time"))
            .expected(when(due_ms))
            .got(when(at_ms))
    }

    fn unless(&self, holds: bool, kind: &str, message: &str) -> Findings {
        let setting = match self.name {
            "outer" => "a scope with another in it",
            "inner" => "a scope in another",
            "panics" => "a scope whose body panics",
            _ => "one scope",
        };
        Findings::unless(holds, kind, format!("{setting}: {message}"))
    }
}

#[judge(
    points = 25,
    title = "the resource is acquired, lent, and released before its scope is over",
    hint = "acquire, call the body, release, return what the body gave: each when the one before it is over",
    hint = "`next` takes `&self`: what changes behind a shared borrow is in a `Cell`"
)]
fn lent_and_released(run: &Run) -> Findings {
    let [one, outer, inner] = ["one", "outer", "inner"].map(|name| Scene::of(run, name));
    let whole = |scene: &Scene, over_ms: Option<u64>| {
        scene
            .is_lent()
            .or_else(|| scene.is_released(over_ms))
            .or_else(|| scene.gives(&run.notes(&format!("{} returned", scene.name))))
    };
    whole(&one, end(&one.using))
        .or_else(|| whole(&inner, end(&inner.using)))
        .or_else(|| whole(&outer, end(&inner.releasing)))
}

#[judge(
    points = 30,
    title = "it is released once, also when the body panics or nobody waits for it any more",
    hint = "this is what `using` does in 07a: `catch_unwind` for a panic, a `Drop` that spawns for a future that is dropped",
    hint = "a release that has begun goes on when its scope is dropped: spawn it in any case, and await its handle"
)]
fn released_on_every_way_out(run: &Run) -> Findings {
    let panics = Scene::of(run, "panics");
    let over = run.notes("panics over");
    let came_out: bool = over.value();
    panics
        .is_released(end(&panics.using))
        .or_else(|| {
            panics.unless(
                came_out,
                "wrong-value",
                "the panic does not go on to the caller",
            )
        })
        .or_else(|| panics.follows("the panic", &panics.releasing, over.times().first()))
        .or_else(|| run.wherever_cancelled(is_released_once))
}

fn is_released_once(one: &Cancellation<'_>) -> Findings {
    let was_lent = !one.notes("it lent").is_empty();
    let releases = one.notes("it release").len();
    let message = "the resource is not released once";
    let wrong = Findings::unless(releases == usize::from(was_lent), "wrong-value", message)
        .expected(if was_lent {
            "one release"
        } else {
            "none: it was not acquired"
        })
        .got(releases);
    wrong.or_else(|| {
        Findings::unless(
            was_lent || one.dropped.is_some(),
            "wrong-value",
            "it is not lent",
        )
    })
}

fn when(at_ms: Option<u64>) -> String {
    at_ms.map_or_else(|| "never".to_owned(), |at_ms| format!("at {}", ms(at_ms)))
}

/// When the last of them was over, in virtual milliseconds.
fn end(calls: &Calls) -> Option<u64> {
    let ends = calls.iter().filter_map(|call| call.closed);
    ends.map(|(at_ms, _)| at_ms).max()
}

fn is_whole(call: &CallSpan) -> bool {
    matches!(call.closed, Some((_, Closing::Answered)))
}
