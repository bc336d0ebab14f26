//! What must be true of resources that are acquired, used and released.

mod scene;

use judge::{Cancellation, Findings, Run, judge, ms};

use scene::{CANCELLED, DONE, PANICKED, Scene, failed};

judge::judges!();

#[judge(
    points = 30,
    title = "a resource is acquired, used, and released before its user goes on",
    hint = "`using` returns what the body gave, and not before the release is over",
    hint = "the release is async: calling it makes a future, and only awaiting that releases anything",
    hint = "`using_all` acquires one after the other, in the order of the names"
)]
fn acquires_uses_and_releases(run: &Run) -> Findings {
    let [one, several, none] = ["one", "several", "no names"].map(|name| Scene::of(run, name));
    let each = |scene: &Scene| {
        scene
            .acquires(scene.numbers.len())
            .or_else(|| scene.lends())
            .or_else(|| scene.releases(&scene.numbers, Some(DONE)))
            .or_else(|| scene.gives(&Ok(Ok(scene.value))))
            .or_else(|| scene.returns_when_released())
    };
    each(&one)
        .or_else(|| each(&several))
        .or_else(|| each(&none))
}

#[judge(
    points = 20,
    title = "the release sees the error, which then goes on to the caller",
    hint = "`?` in `using` leaves it, and everything behind it stays undone",
    hint = "keep the body's `Result`, release, and return it afterwards",
    hint = "where nothing was acquired there is nothing to release"
)]
fn the_release_sees_the_error(run: &Run) -> Findings {
    let fails = |name| {
        let scene = Scene::of(run, name);
        let seen = failed(&scene.trouble);
        scene
            .releases(&scene.numbers, Some(&seen))
            .or_else(|| scene.gives(&Ok(Err(scene.trouble.clone()))))
    };
    let nothing = || {
        let scene = Scene::of(run, "none to have");
        scene
            .lends_nothing()
            .and(scene.releases(&[], None))
            .or_else(|| scene.gives(&Ok(Err(scene.trouble.clone()))))
    };
    fails("one fails")
        .or_else(|| fails("several fail"))
        .or_else(nothing)
}

#[judge(
    points = 20,
    title = "several are released in reverse, one after another, whichever way their use ends",
    hint = "the last one that was acquired may stand on the first: it goes first",
    hint = "when one of them cannot be had, those that were acquired before it are released all the same",
    hint = "guards that each spawn a task of their own release at the same time: one task must release them all, one after another"
)]
fn releases_in_reverse(run: &Run) -> Findings {
    let [whole, gap, left] = ["whole", "gap", "left"].map(|name| Scene::of(run, name));
    let had: usize = run.notes("gap at").value();
    whole
        .releases(&whole.numbers, None)
        .or_else(|| whole.in_reverse())
        .or_else(|| gap.acquires(had + 1).and(gap.lends_nothing()))
        .or_else(|| gap.releases(&gap.numbers[..had], None))
        .or_else(|| gap.in_reverse())
        .or_else(|| left.in_reverse())
}

#[judge(
    points = 15,
    title = "a panic goes on to the caller when everything is released",
    hint = "a panic that unwinds through an `.await` runs destructors and nothing else",
    hint = "`FutureExt::catch_unwind` makes a `Result` of a panic, and `std::panic::resume_unwind` a panic of its payload",
    hint = "`AssertUnwindSafe(future).catch_unwind().await`, then the release, then `resume_unwind(payload)`"
)]
fn a_panic_releases_too(run: &Run) -> Findings {
    let panics = |name| {
        let scene = Scene::of(run, name);
        scene
            .releases(&scene.numbers, Some(PANICKED))
            .or_else(|| scene.gives(&Err(scene.trouble.clone())))
            .or_else(|| scene.returns_when_released())
    };
    panics("one panics").or_else(|| panics("several panic"))
}

#[judge(
    points = 15,
    title = "what was acquired is released, and once, wherever its user is dropped",
    hint = "a future that is dropped runs no further: only destructors do, and they cannot await",
    hint = "a destructor can spawn a task, and that can await the release",
    hint = "a release that has begun must not end with whoever waited for it: give it a task of its own from the start, and await the handle"
)]
fn released_wherever_it_is_dropped(run: &Run) -> Findings {
    run.wherever_cancelled(is_released_once)
}

/// Each resource that was had went back once, whole, and knows why.
fn is_released_once(one: &Cancellation<'_>) -> Findings {
    let acquired: Vec<u32> = one.notes("it acquired").values();
    let released: Vec<u32> = one.notes("it released").values();
    let exits: Vec<(u32, String)> = one.notes("it release").values();
    let dropped_ms = one.dropped.as_ref().map(|(at_ms, _)| *at_ms);
    let was_used = !one.notes("it used").is_empty();
    if dropped_ms.is_none() && !was_used {
        return Findings::one("wrong-value", "the body is not called, or not to its end");
    }
    for number in &acquired {
        let began = exits.iter().filter(|(other, _)| other == number).count();
        let ended = released.iter().filter(|other| *other == number).count();
        if (began, ended) != (1, 1) {
            let got = match (began, ended) {
                (0, _) => "its release was not even begun".to_owned(),
                (1, _) => "its release was begun, and not finished".to_owned(),
                _ => format!("its release was begun {began} times"),
            };
            let message = format!("resource {number} was not released, whole and once");
            return Findings::one("wrong-value", message)
                .expected("one release, to its end")
                .got(got);
        }
    }
    if let Some((number, _)) = exits.iter().find(|(number, _)| !acquired.contains(number)) {
        let message = format!("resource {number} was released, and never acquired");
        return Findings::one("wrong-value", message);
    }
    let Some(dropped_ms) = dropped_ms else {
        return Findings::none();
    };
    let late = one.notes("it release").times();
    let late = late
        .first()
        .filter(|at_ms| !was_used && **at_ms > dropped_ms);
    if let Some(at_ms) = late {
        return Findings::one("too-late", "the release began late")
            .expected(format!("at {}, when it was dropped", ms(dropped_ms)))
            .got(ms(*at_ms));
    }
    let may_be = |exit: &str| exit == CANCELLED || was_used && exit == DONE;
    exits
        .iter()
        .find(|(_, exit)| !may_be(exit))
        .map_or_else(Findings::none, |(number, exit)| {
            let message = format!("the release of resource {number} does not know why");
            Findings::one("wrong-value", message)
                .expected(CANCELLED)
                .got(exit)
        })
}
