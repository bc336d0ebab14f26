//! What must be true of a web crawler.
//!
//! A crawl that leaves pages out can keep to any limit and any time: where those are judged, the crawl
//! has to be of the whole site.

mod crawl;
mod results;
mod timeout;
mod wording;

use judge::{Findings, Run, count, judge, ms};

use crawl::{Crawl, crawls, only_crawl, pets, spawned_at, took_ms};
use results::{are_in_any_order, are_in_order, results};
use timeout::{drops_none_early, is_dropped, is_not_waited_for, tells_no_timeout};
use wording::{in_full, list, list_was, shown, without_links};

judge::judges!();

#[judge(
    points = 7,
    title = "`fetch_all` asks for every page at once",
    hint = "a future does nothing before it is polled; `join_all` polls all of them"
)]
fn fetches_all_at_once(run: &Run) -> Findings {
    const PAGES: usize = 24;
    let requests = run.calls("request");
    let at_once = requests
        .iter()
        .filter(|request| request.began_ms == 0)
        .count();
    let last = requests.iter().map(|request| request.began_ms).max();
    let message = format!(
        "only {at_once} of {} began at once",
        count(PAGES, "request")
    );
    Findings::unless(at_once == PAGES, "too-sequential", message)
        .expected(format!("all {PAGES} at 0 ms"))
        .got(last.map_or_else(
            || "none".to_owned(),
            |last| format!("the last at {}", ms(last)),
        ))
        .or_else(|| returns_with_the_last_answer(run))
}

fn returns_with_the_last_answer(run: &Run) -> Findings {
    let returned = run.when("returned").unwrap_or_default();
    let answers = run.calls("request");
    let answered = answers
        .iter()
        .filter_map(|request| Some(request.closed?.0))
        .max();
    let answered = answered.unwrap_or_default();
    Findings::unless(
        returned <= answered,
        "too-late",
        "all answers were there, and the results were not",
    )
    .expected(format!("the results at {}", ms(answered)))
    .got(format!("the results at {}", ms(returned)))
    .at_ms(returned)
}

#[judge(
    points = 6,
    title = "`fetch_all` gives its results in the order of the URLs",
    hint = "the answer that comes first need not belong to the URL that comes first",
    hint = "a URL may be in the list twice"
)]
fn results_in_input_order(run: &Run) -> Findings {
    let results = results(run);
    are_in_order(
        &results[0],
        &["/cats", "/dogs", "/birds", "/fish", "/cats", "/mice"],
    )
    .and(are_in_order(&results[1], &[]))
}

#[judge(
    points = 5,
    title = "one failed request leaves the other results alone",
    hint = "collect `Result`s; `?` and `try_join_all` stop at the first error"
)]
fn one_failure_spoils_no_other(run: &Run) -> Findings {
    let expected = [
        "Ok(/cats 200)",
        "Err(ConnectionRefused)",
        "Ok(/birds 200)",
        "Ok(/gone 404)",
        "Err(ConnectionReset)",
        "Ok(/mice 200)",
        "Err(UnknownHost)",
    ];
    are_in_any_order(&results(run)[0], &expected)
}

#[judge(
    points = 6,
    title = "`crawl` asks only for pages of the start page's site",
    hint = "compare scheme, host and port as a whole: `http://pets.test` is also how \
            `http://pets.test.example/` begins"
)]
fn stays_on_the_site(run: &Run) -> Findings {
    let sites: [&[&str]; 2] = [
        &[
            "http://shop.test/",
            "http://shop.test/hats",
            "http://shop.test/shoes",
        ],
        &["http://shop.test:808/", "http://shop.test:808/a"],
    ];
    let keeps_to = |(crawl, pages): (Crawl, &[&str])| {
        let pages: Vec<String> = pages.iter().map(ToString::to_string).collect();
        crawl.keeps_to(
            &pages,
            &format!("only the {} of {}", count(pages.len(), "page"), crawl.start),
        )
    };
    crawls(run).into_iter().zip(sites).map(keeps_to).collect()
}

#[judge(
    points = 7,
    title = "`crawl` asks for each page once, however it is linked",
    hint = "mark a page as known when you find it, not when it answers",
    hint = "cut the fragment off before you compare"
)]
fn asks_once_for_each_page(run: &Run) -> Findings {
    let crawl = only_crawl(run);
    let asked = crawl.asked();
    let often = asked.iter().filter(|(_, times)| **times > 1);
    let often: Vec<String> = often
        .map(|(url, times)| format!("{} {}", shown(url), count(*times, "time")))
        .collect();
    let once = Findings::unless(
        often.is_empty(),
        "wrong-value",
        "pages were asked for again",
    )
    .expected("one request for each page")
    .got(often.join(", "));
    let rule = "one key for each of the 4 pages, without a fragment";
    once.and(crawl.keeps_to(&pets(&["/", "/cats", "/dogs", "/fish"]), rule))
}

#[judge(
    points = 6,
    title = "each answer is told as it came, and its links followed",
    hint = "a 404 page is a page, and it may have links",
    hint = "`links` is the length of `page.links()`"
)]
fn tells_each_answer_as_it_came(run: &Run) -> Findings {
    let crawl = only_crawl(run);
    let told = [
        ("http://pets.test/", 200, 7),
        ("http://pets.test/broken", 500, 3),
        ("http://pets.test/deep", 403, 0),
        ("http://pets.test/empty", 200, 0),
        ("http://pets.test/found", 200, 1),
        ("http://pets.test/gone", 404, 2),
    ];
    told.map(|(url, status, links)| crawl.tells(url, &Ok((status, links)), in_full))
        .into_iter()
        .collect()
}

#[judge(
    points = 5,
    title = "a failed request is an outcome, and the crawl goes on",
    hint = "an error is an answer, too: put it into the map and go on"
)]
fn a_failure_is_one_answer(run: &Run) -> Findings {
    let failed = |why: &str| Err(why.to_owned());
    let site = [
        ("http://pets.test/", Ok((200, 4))),
        ("http://pets.test/birds", Ok((200, 1))),
        ("http://pets.test/cats", Ok((200, 0))),
        ("http://pets.test/dogs", Ok((200, 2))),
        ("http://pets.test/refused", failed("ConnectionRefused")),
        ("http://pets.test/reset", failed("ConnectionReset")),
    ];
    let nobody = [("http://nobody.test/", failed("UnknownHost"))];
    let tells_exactly = |(crawl, told): (Crawl, &[(&str, crawl::Told)])| {
        let pages: Vec<String> = told.iter().map(|(url, _)| (*url).to_owned()).collect();
        let others = crawl.no_others(&pages, "nothing but the pages that were found");
        let tells = told
            .iter()
            .map(|(url, told)| crawl.tells(url, told, without_links));
        others.and(tells.collect())
    };
    crawls(run)
        .into_iter()
        .zip([&site[..], &nobody])
        .map(tells_exactly)
        .collect()
}

#[judge(
    points = 5,
    title = "`crawl` stops `max_depth` links from the start page",
    hint = "the start page has depth 0; the links of a page at `max_depth` are not followed"
)]
fn stops_at_max_depth(run: &Run) -> Findings {
    let two = pets(&["/", "/a", "/b", "/a/a", "/a/b", "/b/a"]);
    let one = pets(&["/", "/a", "/b"]);
    let expected = [
        (two, "for max_depth 2, the 6 pages up to depth 2"),
        (one, "for max_depth 1, the 3 pages up to depth 1"),
    ];
    let keeps_to =
        |(crawl, (pages, rule)): (Crawl, (Vec<String>, &str))| crawl.keeps_to(&pages, rule);
    crawls(run)
        .into_iter()
        .zip(expected)
        .map(keeps_to)
        .collect()
}

#[judge(
    points = 8,
    title = "links count from the shortest way, even one found late",
    hint = "keep each page's depth and links; when a smaller depth turns up, go over its links again",
    hint = "what was too deep by one way may be near enough by another, so do not mark it as known"
)]
fn a_shorter_way_counts(run: &Run) -> Findings {
    let crawl = only_crawl(run);
    let ways: [&[&str]; 13] = [
        &["/"],
        &["/", "/f1"],
        &["/", "/late"],
        &["/", "/f1", "/f2"],
        &["/", "/late", "/a"],
        &["/", "/late", "/b"],
        &["/", "/late", "/c"],
        &["/", "/f1", "/f2", "/f3"],
        &["/", "/late", "/a", "/a/1"],
        &["/", "/late", "/b", "/b/1"],
        &["/", "/late", "/c", "/c/1"],
        &["/", "/late", "/a", "/a/1", "/a/2"],
        &["/", "/late", "/c", "/c/1", "/c/2"],
    ];
    let reached: Findings = ways
        .into_iter()
        .map(|way| is_reached(&crawl, way))
        .collect();
    let kept = pets(&["/a", "/c", "/c/1"]);
    let asked = crawl.asked();
    let again = kept.iter().map(String::as_str);
    let again: Vec<&str> = again.filter(|url| asked.get(url) > Some(&1)).collect();
    let message = format!("{} asked for again on a shorter way", list_was(&again));
    reached.and(
        Findings::unless(again.is_empty(), "wrong-value", message)
            .expected("one request: the links that came with it count from the shorter way"),
    )
}

/// The last page of this way from the start page is in the map.
fn is_reached(crawl: &Crawl, way: &[&str]) -> Findings {
    let page = way[way.len() - 1];
    let url = format!("http://pets.test{page}");
    let (depth, way) = (way.len() - 1, way.join(" → "));
    let told = crawl.outcomes.contains_key(&url);
    let message = format!("{page} is missing from the map");
    Findings::unless(told, "wrong-value", message)
        .expected(format!("depth {depth} of at most 4: {way}"))
        .got(crawl.why_missing(&url))
}

#[judge(
    points = 6,
    title = "`crawl` has several requests under way",
    hint = "while one page is on its way, ask for the next",
    hint = "a worker that finds nothing to do now may find something later"
)]
fn pages_overlap(run: &Run) -> Findings {
    const PAGES: usize = 8;
    let crawl = only_crawl(run);
    let home = crawl.requests.first().and_then(|home| home.closed);
    let home = home.map_or(0, |(at_ms, _)| at_ms);
    let slowest = crawl.requests.iter().skip(1).filter_map(took_ms).max();
    let slowest = slowest.unwrap_or_default();
    let (possible, returned) = (home + slowest, crawl.returned_ms);
    let message = format!(
        "{PAGES} pages known at {} took until {}, though none took longer than {}",
        ms(home),
        ms(returned),
        ms(slowest)
    );
    let peak = run.calls("request").peak().0;
    Findings::unless(returned <= possible, "too-sequential", message)
        .expected(format!(
            "all under way together, and back at {}",
            ms(possible)
        ))
        .got(format!(
            "{peak} under way at most, and back at {}",
            ms(returned)
        ))
        .or_else(|| crawl.is_whole(PAGES + 1))
}

#[judge(
    points = 8,
    title = "never more than `max_in_flight` requests are under way",
    hint = "the limit is for the whole crawl, not for each page's links"
)]
fn never_more_than_max_in_flight(run: &Run) -> Findings {
    run.calls("request")
        .at_most(6)
        .or_else(|| only_crawl(run).is_whole(19))
}

#[judge(
    points = 8,
    title = "no place stays empty while a known page waits",
    hint = "do not wait for a whole level, nor for the oldest request: take whichever answer comes first",
    hint = "a permit is for one request; give it back before you wait for anything else"
)]
fn fills_every_free_place(run: &Run) -> Findings {
    const PLACES: usize = 3;
    let crawl = only_crawl(run);
    let links = run.notes("links").value();
    for settled in run.calls("request").settled_until(crawl.returned_ms) {
        let (under_way, at_ms) = (settled.in_flight.len(), settled.at_ms);
        let waiting = crawl.waiting(&links, at_ms);
        let wanted = PLACES.min(under_way + waiting.len());
        if under_way < wanted {
            let message = format!(
                "from {} on only {} under way, while {} waited",
                ms(at_ms),
                count(under_way, "request"),
                list(waiting)
            );
            return Findings::one("underused", message)
                .expected(format!("{wanted} under way: max_in_flight is {PLACES}"))
                .got(format!("{under_way} under way"))
                .at_ms(at_ms);
        }
    }
    crawl.is_whole(13)
}

#[judge(
    points = 6,
    title = "a request's timeout runs from its own start",
    hint = "begin the timeout when you have a place, around `get` alone"
)]
fn timeout_counts_from_the_request(run: &Run) -> Findings {
    let crawl = only_crawl(run);
    drops_none_early(&crawl)
        .or_else(|| tells_no_timeout(&crawl))
        .or_else(|| crawl.is_whole(13))
}

#[judge(
    points = 5,
    title = "a late page is given up, and its request dropped",
    hint = "`tokio::time::timeout` drops what it waited for when the time is over",
    hint = "to drop a `JoinHandle` does not end its task; `abort` does, and so does dropping the `JoinSet`"
)]
fn a_late_request_is_dropped(run: &Run) -> Findings {
    let crawl = only_crawl(run);
    let late = pets(&["/slow", "/slower"]);
    let pages = pets(&["/", "/birds", "/cats", "/dogs", "/fish"]);
    let known = [&pages[..], &late].concat();
    let waited: Findings = late
        .iter()
        .map(|url| is_not_waited_for(&crawl, url))
        .collect();
    waited.or_else(|| {
        let dropped = late.iter().map(|url| is_dropped(run, &crawl, url));
        let fetched = pages
            .iter()
            .map(|url| crawl.tells(url, &Ok((200, 0)), without_links));
        let hidden = crawl.no_others(&known, "no page that only a late answer links to");
        dropped.chain(fetched).chain([hidden]).collect()
    })
}

#[judge(
    points = 4,
    title = "nothing is left running when `crawl` returns",
    hint = "tell the workers that there is no more work, and wait until they have gone"
)]
fn nothing_runs_on(run: &Run) -> Findings {
    let crawl = only_crawl(run);
    let returned = crawl.returned_ms;
    let tasks = run.nothing_runs_after("returned");
    let late = crawl.requests.iter().find(|request| {
        let closed = request.closed.is_some_and(|(at_ms, _)| at_ms <= returned);
        request.began_ms > returned || !closed
    });
    let requests = late.map_or_else(Findings::none, |request| {
        let message = format!(
            "the request for {} was under way after the end",
            shown(&request.label)
        );
        Findings::one("leaked-task", message)
            .at(spawned_at(run, request))
            .at_ms(returned)
    });
    let left = tasks.and(requests);
    left.expected(format!(
        "nothing left at {}, when `crawl` returned",
        ms(returned)
    ))
    .or_else(|| crawl.is_whole(6))
}

#[judge(
    points = 4,
    title = "a site thousands of links deep does not overflow the stack",
    hint = "keep a list of pages to visit instead of visiting links inside a visit"
)]
fn deep_sites_fit_the_stack(run: &Run) -> Findings {
    const PAGES: usize = 4001;
    let told: usize = run.notes("pages").value();
    Findings::unless(
        told == PAGES,
        "wrong-value",
        "the crawl of a deep site is not whole",
    )
    .expected(count(PAGES, "page"))
    .got(count(told, "page"))
}

#[judge(
    points = 4,
    title = "other tasks run while `crawl` works",
    hint = "`tokio::time::sleep` lets other tasks run while it waits; `std::thread::sleep` does not"
)]
fn other_work_goes_on(run: &Run) -> Findings {
    const EVERY_MS: usize = 10;
    let crawl = only_crawl(run);
    let beats = run.notes("heartbeat").times();
    let due = (0..crawl.returned_ms)
        .step_by(EVERY_MS)
        .skip(1)
        .find(|due| !beats.contains(due));
    let stopped = due.map_or_else(Findings::none, |due| {
        let next = beats
            .iter()
            .find(|beat| **beat > due)
            .unwrap_or(&crawl.returned_ms);
        let rhythm = format!("a heartbeat every {EVERY_MS} ms");
        run.never_blocks()
            .or_else(|| Findings::one("blocked-executor", "other tasks had no turn").at_ms(due))
            .expected(rhythm)
            .got(format!("none from {} to {next} ms", due - EVERY_MS as u64))
    });
    stopped
        .or_else(|| run.never_blocks())
        .or_else(|| crawl.is_whole(4))
}
