//! Pages that fail among others that do not.

use judge::{Findings, Run, count, cut};

use crate::answers::shown;
use crate::first;
use crate::scene::{Answer, Fetched, Given, Printed};

/// What comes of a URL here.
fn what_comes(page: &Given) -> Answer {
    let url = &page.url;
    let why = match url.as_str() {
        "http://nobody.test/x" => "unknown host",
        "http://closed.test/" => "connection refused",
        "http://a.test/reset" | "http://b.test/broken" => "connection reset",
        "http://a.test/cut" => "connection closed before the end",
        "ftp://a.test/fast" => return Err(format!("`{url}` is not an absolute http URL")),
        _ => return Ok(page.size),
    };
    Err(format!("{url}: {why}"))
}

/// Each URL of `fetch_all` has the answer that it should have, in whatever order.
pub fn each_has_its_answer(run: &Run) -> Findings {
    let said = |answer: &Answer| match answer {
        Ok(size) => format!("`Ok`: {}", count(*size, "byte")),
        Err(error) => format!("`Err`: {error}"),
    };
    first(Fetched::all(run).iter().map(|scene| {
        let expected = scene.list.iter().map(|page| said(&what_comes(page)));
        let got = scene.answers.iter().map(said).collect();
        are_there(
            "an answer of `fetch_all`",
            "wrong-value",
            expected.collect(),
            got,
        )
        .at_ms(scene.returned_ms)
    }))
}

/// Each URL of `run` that failed has its line, each other one some number of bytes, and those that failed are
/// counted.
pub fn each_has_its_line(run: &Run) -> Findings {
    const SOME: &str = "some number of bytes";
    let is_bytes = |line: &str| {
        let (_, what) = line.rsplit_once(": ").unwrap_or_default();
        what.strip_suffix(" bytes")
            .is_some_and(|number| number.parse::<usize>().is_ok_and(|number| number > 0))
    };
    first(Printed::all(run).iter().map(|scene| {
        let line = |page: &Given| what_comes(page).map_or_else(|error| error, |_| SOME.to_owned());
        let expected = scene.pages().map(line).collect();
        let lines = scene.lines_of_urls().into_iter();
        let got = lines.map(|line| if is_bytes(line) { SOME } else { line }.to_owned());
        let failed = scene.pages().filter(|page| what_comes(page).is_err());
        let (failed, (.., counted)) = (failed.count(), scene.summary);
        let message = "the summary of `run` has another number of failures";
        let counts = Findings::unless(counted == failed, "wrong-value", message)
            .expected(failed)
            .got(counted);
        are_there("a line of `run`", "wrong-output", expected, got.collect())
            .or_else(|| counts)
            .at_ms(scene.returned_ms)
    }))
}

/// The same texts, in whatever order; `what` is one of them.
fn are_there(what: &str, kind: &str, expected: Vec<String>, mut got: Vec<String>) -> Findings {
    let mut missing = expected;
    missing.retain(|text| {
        let there = got.iter().position(|other| other == text);
        there.map(|at| got.remove(at)).is_none()
    });
    let (message, expected) = match (missing.first(), got.first()) {
        (None, None) => return Findings::none(),
        (Some(text), _) => (format!("{what} is missing"), text.as_str()),
        (None, Some(_)) => (format!("{what} is one too many"), "one for each URL"),
    };
    let instead = got.first().map_or("none in its place", String::as_str);
    Findings::one(kind, message)
        .expected(cut(expected))
        .got(cut(instead))
}

/// No page that failed was asked for again: once by `fetch_all`, and once by `run`.
pub fn asks_once(run: &Run) -> Findings {
    const CALLS: usize = 2;
    const FAILING: [&str; 3] = [
        "http://a.test/reset",
        "http://a.test/cut",
        "http://b.test/broken",
    ];
    let calls = run.calls("request");
    first(FAILING.map(|url| {
        let asked = calls.iter().filter(|call| call.label == url).count();
        let message = format!("{} failed, and was asked for again", shown(url));
        Findings::unless(asked <= CALLS, "wrong-value", message)
            .expected("one request for each time it is in a list")
            .got(count(asked, "request"))
    }))
}
