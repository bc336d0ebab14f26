//! What must be true of two tasks.
//!
//! What is printed is judged by one check; the others look for when it was, however it is spelled.

mod scene;

use judge::{Findings, Run, judge, ms};

use scene::{Scene, printed_between, when_said};

judge::judges!();

/// One example is enough: what the first scene finds that finds anything.
fn in_each(run: &Run, holds: impl Fn(&Scene) -> Findings) -> Findings {
    let mut findings = Scene::all(run).into_iter().map(|scene| holds(&scene));
    findings.find(|found| !found.is_empty()).unwrap_or_default()
}

#[judge(
    points = 20,
    title = "each task says when it starts and when it is done",
    hint = "the lines are `NAME starting`, `NAME done`, `Tasks created` and `Results: NAME, NAME`",
    hint = "the results are printed by `run`, when it has both of them"
)]
fn says_what_happens(run: &Run) -> Findings {
    in_each(run, |scene| {
        has_its_lines(scene).or_else(|| ends_with_the_results(scene))
    })
}

fn has_its_lines(scene: &Scene) -> Findings {
    let mut others: Vec<&str> = scene.lines.iter().map(|(_, line)| line.as_str()).collect();
    let [(first, _), (second, _)] = &scene.tasks;
    let mut missing = vec![
        "Tasks created".to_owned(),
        format!("Results: {first}, {second}"),
    ];
    for name in [first, second] {
        missing.extend([format!("{name} starting"), format!("{name} done")]);
    }
    missing.retain(|line| {
        let there = others.iter().position(|other| other == line);
        there.map(|at| others.remove(at)).is_none()
    });
    let setting = scene.setting();
    match (missing.first(), others.first()) {
        (None, None) => Findings::none(),
        (Some(line), _) => {
            let got = if others.is_empty() {
                "it is not among the lines".to_owned()
            } else {
                format!("{others:?}")
            };
            Findings::one("wrong-output", format!("{setting}: a line is missing"))
                .expected(format!("{line:?}"))
                .got(got)
        }
        (None, Some(line)) => {
            Findings::one("wrong-output", format!("{setting}: a line is one too many"))
                .expected("six lines")
                .got(format!("{line:?} as well"))
        }
    }
}

/// Of the lines of one millisecond too: `run` has the results only when the tasks are done. One that
/// returns before that is another check's.
fn ends_with_the_results(scene: &Scene) -> Findings {
    if scene.took_ms() < scene.longer_ms() {
        return Findings::none();
    }
    let lines: Vec<&str> = scene.lines.iter().map(|(_, line)| line.as_str()).collect();
    let last = lines.last().unwrap_or(&"");
    let message = format!(
        "{}: the results are printed before all was done",
        scene.setting()
    );
    Findings::unless(last.starts_with("Results"), "wrong-order", message)
        .expected("the line with the results behind all others")
        .got(format!("{last:?} is the last line"))
}

#[judge(
    points = 30,
    title = "both tasks wait at the same time",
    hint = "start the second task before you wait for the first",
    hint = "`std::thread::sleep` stops the thread, and with it every task; `tokio::time::sleep(..).await` \
            stops only the task that awaits it",
    hint = "`let a = start(..); let b = start(..);`, and only then `a.await`"
)]
fn both_wait_together(run: &Run) -> Findings {
    run.never_blocks().or_else(|| {
        in_each(run, |scene| {
            starts_at_once(scene).or_else(|| takes_no_longer(scene))
        })
    })
}

fn starts_at_once(scene: &Scene) -> Findings {
    let started = |name: &str| scene.when(name, "start");
    let late = scene
        .tasks
        .iter()
        .find(|(name, _)| started(name) != Some(0));
    late.map_or_else(Findings::none, |(name, _)| {
        let message = format!(
            "{}: {name} did not start when the other did",
            scene.setting()
        );
        let got = started(name).map_or_else(|| "never".to_owned(), |at| format!("at {}", ms(at)));
        Findings::one("too-sequential", message)
            .expected(format!("{name} starting at 0 ms of `run`"))
            .got(got)
            .at_ms(scene.began_ms + started(name).unwrap_or_default())
    })
}

/// Each task is done after its own wait, and the results are there with the slower one.
fn takes_no_longer(scene: &Scene) -> Findings {
    let done = scene.tasks.iter().map(|(name, wait_ms)| {
        let at_ms = scene.when(name, "done");
        (format!("{name} was done"), *wait_ms, at_ms)
    });
    let created = when_said(&scene.lines, "", "created").map(|at_ms| at_ms - scene.began_ms);
    let created = ("the line `Tasks created` came".to_owned(), 0, created);
    let work = ("the other work began".to_owned(), 0, scene.work_began_ms);
    let returned = (
        "`run` returned".to_owned(),
        scene.all_done_ms(),
        Some(scene.took_ms()),
    );
    let late = [created, work].into_iter().chain(done).chain([returned]);
    let mut late = late.filter_map(|(what, due_ms, at_ms)| Some((what, due_ms, at_ms?)));
    let Some((what, due_ms, at_ms)) = late.find(|(_, due_ms, at_ms)| at_ms > due_ms) else {
        return Findings::none();
    };
    let message = format!(
        "{}: {what} late, counted from the call of `run`",
        scene.setting()
    );
    Findings::one("too-late", message)
        .expected(ms(due_ms))
        .got(ms(at_ms))
        .at_ms(scene.began_ms + at_ms)
}

#[judge(
    points = 25,
    title = "a started task runs, whether or not anybody waits for it",
    hint = "`tokio::spawn` puts a future on the runtime, which polls it from then on",
    hint = "calling an `async fn` only makes a future: hand that future itself to `tokio::spawn`"
)]
fn a_started_task_needs_nobody(run: &Run) -> Findings {
    let started = run.notes("started");
    let tasks = started
        .times()
        .into_iter()
        .zip(started.values::<(String, u64)>());
    let ways = ["its handle was dropped", "its handle was kept"];
    let mut runs = tasks
        .zip(ways)
        .map(|((began_ms, (name, wait_ms)), way)| by_itself(run, began_ms, &name, wait_ms, way));
    let runs = runs.find(|found| !found.is_empty()).unwrap_or_default();
    runs.or_else(|| gives_its_name(run))
}

fn by_itself(run: &Run, began_ms: u64, name: &str, wait_ms: u64, way: &str) -> Findings {
    let until_ms = began_ms + wait_ms + 1;
    let lines = printed_between(run, began_ms, until_ms);
    for (word, due_ms) in [("start", 0), ("done", wait_ms)] {
        let said = when_said(&lines, name, word).map(|at_ms| at_ms - began_ms);
        if said != Some(due_ms) {
            let message = format!(
                "{name} waits {}, and {way}: it did not run by itself",
                ms(wait_ms)
            );
            let what = if word == "start" { "starting" } else { word };
            let got = said.map_or_else(|| "no such line".to_owned(), |at| format!("at {}", ms(at)));
            return Findings::one("wrong-output", message)
                .expected(format!("{name} {what} {} after `start`", ms(due_ms)))
                .got(got)
                .at_ms(began_ms + due_ms);
        }
    }
    Findings::none()
}

/// At once when it is long done, and after its wait when `task` itself is called.
fn gives_its_name(run: &Run) -> Findings {
    let (started, _) = run.notes("started").nth(1).value::<(String, u64)>();
    let waited_ms = run.notes("given").times()[0] - run.notes("looked").times()[0];
    let late = Findings::unless(
        waited_ms == 0,
        "too-late",
        "a task that is long done was waited for",
    )
    .expected("its result at once")
    .got(format!("after another {}", ms(waited_ms)));
    let (name, wait_ms): (String, u64) = run.notes("called").value();
    let took_ms = run.notes("gave").times()[0] - run.notes("called").times()[0];
    let took = Findings::unless(
        took_ms == wait_ms,
        "wrong-value",
        "`task` itself does not wait as long as it should",
    )
    .expected(ms(wait_ms))
    .got(ms(took_ms));
    let given = run.notes("given").equals(&Some(started));
    given
        .and(run.notes("gave").equals(&name))
        .or_else(|| late.and(took))
}

#[judge(
    points = 15,
    title = "the results have the order of the tasks, whichever is done first",
    hint = "a `JoinHandle` is the result of one task: keep one for each, and await each by its name",
    hint = "a `JoinSet` gives results as they come"
)]
fn results_keep_their_order(run: &Run) -> Findings {
    in_each(run, |scene| {
        let names = scene.tasks.each_ref().map(|(name, _)| name);
        let results = scene.results.each_ref();
        let swapped = results == [names[1], names[0]];
        let kind = if swapped {
            "wrong-order"
        } else {
            "wrong-value"
        };
        let message = format!("{}: `run` gave other results", scene.setting());
        Findings::unless(results == names, kind, message)
            .expected(format!("{names:?}"))
            .got(format!("{results:?}"))
            .at_ms(scene.returned_ms)
    })
}

#[judge(
    points = 10,
    title = "`run` returns when all is done, and not before",
    hint = "wait for both handles: whoever drops one is not told when that task ends",
    hint = "the second task may be the slower one"
)]
fn returns_when_all_is_done(run: &Run) -> Findings {
    in_each(run, |scene| {
        let (took_ms, all_done_ms) = (scene.took_ms(), scene.all_done_ms());
        let setting = scene.setting();
        let message = format!("{setting}: `run` returned while something of it ran");
        let early = Findings::unless(took_ms >= all_done_ms, "too-early", message)
            .expected(format!("after {}", ms(all_done_ms)))
            .got(format!("after {}", ms(took_ms)))
            .at_ms(scene.returned_ms);
        let message = format!("{setting}: `run` did not do `meanwhile`");
        early.or_else(|| Findings::unless(scene.work_began_ms.is_some(), "wrong-value", message))
    })
}
