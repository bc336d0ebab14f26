//! Connections that are used again.

use judge::{Findings, Run, count};

use crate::first;
use crate::scene::{Fetched, Printed};

/// The first call of `fetch_all` opens a connection for each URL at most, and the later ones none.
pub fn from_call_to_call(run: &Run) -> Findings {
    let counts: Vec<usize> = run.notes("connections").values();
    let scenes = Fetched::all(run);
    let calls = scenes.iter().zip(&counts).enumerate();
    first(calls.map(|(nth, (scene, count))| {
        let before = if nth == 0 { 0 } else { counts[nth - 1] };
        every_page_came(scene).or_else(|| opens_no_more(nth, scene, count - before))
    }))
}

fn opens_no_more(nth: usize, scene: &Fetched, opened: usize) -> Findings {
    let urls = scene.list.len();
    let (room, which, expected) = if nth == 0 {
        let expected = format!("at most {urls}, one for each URL");
        (urls, "the first call", expected)
    } else {
        let expected = "none: those of the first call are free".to_owned();
        (0, "a later call, for the same URLs,", expected)
    };
    let opened_connections = count(opened, "connection");
    let message = format!("{which} of `fetch_all` opened {opened_connections}");
    Findings::unless(opened <= room, "wrong-value", message)
        .expected(expected)
        .got(opened)
        .at_ms(scene.returned_ms)
}

fn every_page_came(scene: &Fetched) -> Findings {
    let whole = scene.whole();
    let came = scene.answers.iter().filter(|answer| whole.contains(answer));
    let came = came.count();
    let message = "`fetch_all` did not give every page";
    Findings::unless(came == whole.len(), "wrong-value", message)
        .expected(count(whole.len(), "page"))
        .got(count(came, "page"))
        .at_ms(scene.returned_ms)
}

/// `run` opens as many connections for equal lists as it does for one.
pub fn from_list_to_list(run: &Run) -> Findings {
    let opened: usize = run.notes("connections of run").value();
    first(Printed::all(run).iter().map(|scene| {
        let (lists, urls) = (scene.lists.len(), scene.lists[0].len());
        let calls = run.calls("request");
        let asked = calls.iter().filter(|call| call.began_ms >= scene.began_ms);
        let asked = asked.count();
        let message = "`run` did not ask for every page of every list";
        let asks = Findings::unless(asked >= lists * urls, "wrong-value", message)
            .expected(count(lists * urls, "request"))
            .got(count(asked, "request"));
        let connections = count(opened, "connection");
        let message = format!("`run` opened {connections} for {lists} equal lists of {urls} URLs");
        let keeps = Findings::unless(opened <= urls, "wrong-value", message)
            .expected(format!(
                "at most {urls}, which its session keeps from list to list"
            ))
            .got(opened);
        asks.or_else(|| keeps).at_ms(scene.returned_ms)
    }))
}
