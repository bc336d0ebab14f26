//! What must be true of pages that are fetched.

mod answers;
mod at_once;
mod connections;
mod failures;
mod scene;

use judge::{Findings, Run, count, judge};

use answers::{are_in_order, bytes_are, lines_are, page_line, summary_is};
use at_once::{all_at_once, in_the_time_of_the_slowest};
use connections::{from_call_to_call, from_list_to_list};
use failures::{asks_once, each_has_its_answer, each_has_its_line};
use scene::{Answer, Fetched, Printed};

judge::judges!();

/// One example is enough: the first of these that finds anything.
fn first(findings: impl IntoIterator<Item = Findings>) -> Findings {
    let found = findings.into_iter().find(|found| !found.is_empty());
    found.unwrap_or_default()
}

#[judge(
    points = 10,
    title = "a page comes with every byte of its body, whatever they are and whatever its status",
    hint = "`response.text()` replaces what is not UTF-8",
    hint = "a 404 has a body like any other: it is an answer, and no error",
    hint = "`session.get(url).send().await?` waits for the head of the response, `.bytes().await` for its body"
)]
fn fetches_every_byte(run: &Run) -> Findings {
    let pages: Vec<(String, u16, Vec<u8>)> = run.notes("page").values();
    let given: Vec<Result<Vec<u8>, String>> = run.notes("fetch gave").values();
    let times = run.notes("fetch gave").times();
    let answers = pages.iter().zip(given).zip(times);
    first(answers.map(|(((url, status, body), given), at_ms)| {
        bytes_are(url, *status, body, &given).at_ms(at_ms)
    }))
}

#[judge(
    points = 15,
    title = "each URL has its line, with the number of bytes, and all are summed up",
    hint = "`println!(\"{url}: {} bytes\", body.len())`, with the URL as it stands in the list",
    hint = "the length of a text in bytes is not how many characters it has"
)]
fn prints_a_line_for_each_page(run: &Run) -> Findings {
    first(Printed::all(run).iter().map(|scene| {
        let expected: Vec<_> = scene.pages().map(page_line).collect();
        lines_are(scene, &expected).or_else(|| summary_is(scene, 0))
    }))
}

#[judge(
    points = 30,
    title = "all pages of a list are fetched at the same time",
    hint = "a future does nothing until it is polled: to await one after the other is to wait for each in turn",
    hint = "make a future for each URL, and then let all of them run: `join_all`, or a task for each",
    hint = "there is no limit here: a list of 60 has 60 requests under way"
)]
fn fetches_all_at_once(run: &Run) -> Findings {
    let fetched = first(Fetched::all(run).iter().map(|scene| {
        let span = (scene.began_ms, scene.returned_ms);
        all_at_once(run, "fetch_all", span, &scene.list)
            .or_else(|| in_the_time_of_the_slowest("fetch_all", span, &scene.list))
    }));
    fetched.or_else(|| {
        first(Printed::all(run).iter().map(|scene| {
            let (span, list) = ((scene.began_ms, scene.returned_ms), &scene.lists[0]);
            all_at_once(run, "run", span, list)
                .or_else(|| in_the_time_of_the_slowest("run", span, list))
        }))
    })
}

#[judge(
    points = 10,
    title = "answers and lines have the order of the list, whichever page comes first",
    hint = "`join_all` keeps the order of its futures; a `JoinSet` and a `FuturesUnordered` do not",
    hint = "print when all are there, or give each answer its place: `results[index] = answer`"
)]
fn keeps_the_order(run: &Run) -> Findings {
    let fetched = first(Fetched::all(run).iter().map(|scene| {
        let said = |answer: &Answer| match answer {
            Ok(size) => count(*size, "byte"),
            Err(error) => format!("an error, {error}"),
        };
        let got: Vec<_> = scene.answers.iter().map(said).collect();
        let expected: Vec<_> = scene.whole().iter().map(said).collect();
        are_in_order("the answers of `fetch_all`", &expected, &got).at_ms(scene.returned_ms)
    }));
    fetched.or_else(|| {
        first(Printed::all(run).iter().map(|scene| {
            let url = |line: &&str| {
                line.rsplit_once(": ")
                    .map_or(*line, |(url, _)| url)
                    .to_owned()
            };
            let got: Vec<_> = scene.lines_of_urls().iter().map(url).collect();
            let expected: Vec<_> = scene.pages().map(|page| page.url.clone()).collect();
            are_in_order("the lines of `run`", &expected, &got).at_ms(scene.returned_ms)
        }))
    })
}

#[judge(
    points = 15,
    title = "connections are kept for the next pages, in one session for all lists",
    hint = "a connection is kept by the session that it belongs to, and goes with it",
    hint = "make one `Client` at the beginning of `run`, and lend it to every `fetch_all`",
    hint = "a second list that is fetched beside the first finds no connection free"
)]
fn keeps_its_connections(run: &Run) -> Findings {
    from_call_to_call(run).or_else(|| from_list_to_list(run))
}

#[judge(
    points = 10,
    title = "a page that fails is one answer and one line, and the others come",
    hint = "an error is a value: collect `Result`s, and use `?` inside of one fetch only",
    hint = "a page that fails has its line too: `println!(\"{error}\")`"
)]
fn a_failure_is_one_answer(run: &Run) -> Findings {
    each_has_its_answer(run)
        .or_else(|| each_has_its_line(run))
        .or_else(|| asks_once(run))
}

#[judge(
    points = 10,
    title = "a session of `run` follows five redirects, and not a sixth",
    hint = "how many redirects are followed is a setting of the session",
    hint = "`Client::builder(site).redirects(5).build()`",
    hint = "the line has the URL of the list, wherever the page was found"
)]
fn follows_redirects_up_to_five(run: &Run) -> Findings {
    const REDIRECTS: usize = 5;
    let printed = Printed::all(run);
    let lines = printed[0].lines_of_urls();
    let five = page_line(&printed[0].lists[0][0]);
    let got = lines
        .first()
        .map_or_else(|| "no line".to_owned(), |line| format!("{line:?}"));
    let message = format!("{REDIRECTS} redirects do not lead to a page");
    let follows = Findings::unless(lines.contains(&five.as_str()), "wrong-output", message)
        .expected(format!("{five:?}"))
        .got(got);
    let calls = run.calls("request");
    let stops = |(host, what): (&str, &str)| {
        let asked = calls.iter().filter(|call| call.label.contains(host));
        let requests: Vec<_> = asked.map(|call| call.began_ms).collect();
        let message = format!("{what}: {}", count(requests.len(), "request"));
        let right = requests.len() == 1 + REDIRECTS;
        let last = requests.last().copied().unwrap_or_default();
        Findings::unless(right, "unbounded", message)
            .expected(format!(
                "{}, then an error",
                count(1 + REDIRECTS, "request")
            ))
            .got(count(requests.len(), "request"))
            .at_ms(last)
    };
    let chains = [
        ("six.test", "a chain of six redirects"),
        ("round.test", "a page that redirects to itself"),
    ];
    follows.or_else(|| first(chains.map(stops)))
}
