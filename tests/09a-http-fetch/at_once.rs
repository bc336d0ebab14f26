//! Requests that are under way at the same time.

use judge::{At, CallSpan, Findings, Kind, Place, Run, count, ms};

use crate::answers::shown;
use crate::scene::Given;

/// Every page of the list is asked for when the first one is: connections take the same time, and come about side
/// by side.
pub fn all_at_once(
    run: &Run,
    call: &str,
    (began_ms, returned_ms): (u64, u64),
    list: &[Given],
) -> Findings {
    let requests = run.calls("request");
    let within = |span: &&CallSpan| (began_ms..=returned_ms).contains(&span.began_ms);
    let asked: Vec<_> = requests.iter().filter(within).collect();
    if asked.len() < list.len() {
        let message = format!("`{call}` did not ask for every page");
        return Findings::one("wrong-value", message)
            .expected(count(list.len(), "request"))
            .got(asked.len())
            .at_ms(returned_ms);
    }
    let late = asked.iter().find(|span| span.began_ms > asked[0].began_ms);
    late.map_or_else(Findings::none, |late| {
        let message = format!("`{call}` waited before it asked for {}", shown(&late.label));
        let after_ms = late.began_ms - asked[0].began_ms;
        Findings::one("too-sequential", message)
            .at(spawned_at(run, late))
            .expected(format!("{} at once", count(list.len(), "request")))
            .got(format!("it came {} after the first", ms(after_ms)))
            .at_ms(late.began_ms)
    })
}

/// All answers are there with the slowest.
pub fn in_the_time_of_the_slowest(
    call: &str,
    (began_ms, returned_ms): (u64, u64),
    list: &[Given],
) -> Findings {
    let slowest = list
        .iter()
        .max_by_key(|page| page.takes_ms)
        .expect("a list here is not empty");
    let took_ms = returned_ms - began_ms;
    let message = format!(
        "`{call}` took longer than its slowest page, {}",
        shown(&slowest.url)
    );
    Findings::unless(took_ms <= slowest.takes_ms, "too-late", message)
        .expected(ms(slowest.takes_ms))
        .got(ms(took_ms))
        .at_ms(returned_ms)
}

/// Where the task was spawned that made a call, if one was.
fn spawned_at(run: &Run, span: &CallSpan) -> Option<At> {
    run.events().iter().find_map(|event| match &event.kind {
        Kind::Spawned {
            task,
            place: Place::Known { file, line },
            ..
        } if *task == span.task => Some(At {
            file: file.clone(),
            line: *line,
        }),
        _ => None,
    })
}
