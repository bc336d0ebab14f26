//! What happens to a web crawler: the sites that it meets. No expected value is in here.

mod site;

use std::collections::BTreeMap;
use std::time::Duration;

use contract::{crawl, fetch_all};
use lab::{Lab, drive};
use site::{Latency, Site};
use web::{Client, FetchError, Limits, Outcome, Page};

lab::driver!(contract);

const PETS: &str = "http://pets.test";
const PETS_HOME: &str = "http://pets.test/";

const LIMITS: Limits = Limits {
    max_in_flight: 16,
    max_depth: 10,
    timeout: Duration::from_secs(1),
};
/// The latency of a page whose latency does not matter.
const WHATEVER: Latency = Latency::new(10, 5..=40);
/// Longer than any latency here, in virtual milliseconds.
const GRACE_MS: u64 = 2000;

/// Fetches `pages` and notes the results.
async fn fetched(lab: &Lab, site: Site, pages: &[&str]) {
    let urls: Vec<String> = pages.iter().map(|page| site.url(page)).collect();
    let results = fetch_all(&Client::new(site), &urls).await;
    lab.note(
        "returned",
        results.into_iter().map(given).collect::<Vec<_>>(),
    );
}

/// What `fetch_all` gave for one URL: the page's URL and status, or the error's name.
fn given(result: Result<Page, FetchError>) -> Result<(String, u16), String> {
    result
        .map(|page| (page.url, page.status))
        .map_err(|error| format!("{error:?}"))
}

/// Crawls and notes what came of it.
async fn crawled(lab: &Lab, site: Site, start: &str, limits: Limits) {
    lab.note("crawl", start);
    let outcomes = crawl(&Client::new(site), start, &limits).await;
    let outcomes = outcomes
        .into_iter()
        .map(|(url, outcome)| (url, told(&outcome)));
    lab.note("returned", outcomes.collect::<BTreeMap<_, _>>());
}

/// What became of one page: its status and number of links, or why there are none.
fn told(outcome: &Outcome) -> Result<(u16, usize), String> {
    match outcome {
        Outcome::Fetched { status, links } => Ok((*status, *links)),
        Outcome::Failed(error) => Err(format!("{error:?}")),
        Outcome::TimedOut => Err("TimedOut".to_owned()),
    }
}

/// 24 pages, the slowest neither first nor last.
#[drive]
async fn fetches_all_at_once(lab: Lab) {
    let names: Vec<String> = (1..=24).map(|n| format!("/p{n}")).collect();
    let mut site = Site::new(&lab, PETS);
    for (name, n) in names.iter().zip(1..) {
        site = site.page(name, &Latency::new(50 + (7 * n % 24) * 10, 10..=400), &[]);
    }
    fetched(&lab, site, &borrowed(&names)).await;
}

/// The first URL answers last, and one is in the list twice; then no URL at all.
#[drive]
async fn results_in_input_order(lab: Lab) {
    let after = |ms| Latency::new(ms, 10..=100);
    let site = Site::new(&lab, PETS)
        .page("/cats", &after(60), &[])
        .page("/dogs", &after(50), &[])
        .page("/birds", &after(40), &[])
        .page("/fish", &after(30), &[])
        .page("/mice", &after(20), &[]);
    fetched(
        &lab,
        site,
        &["/cats", "/dogs", "/birds", "/fish", "/cats", "/mice"],
    )
    .await;
    fetched(&lab, Site::new(&lab, PETS), &[]).await;
}

#[drive]
async fn one_failure_spoils_no_other(lab: Lab) {
    let after = |ms| Latency::new(ms, 10..=200);
    let site = Site::new(&lab, PETS)
        .page("/cats", &after(80), &[])
        .fault("/dogs", &after(10), FetchError::ConnectionRefused)
        .page("/birds", &after(100), &[])
        .page_with_status("/gone", 404, &after(40), &[])
        .fault("/fish", &after(120), FetchError::ConnectionReset)
        .page("/mice", &after(60), &[]);
    let urls = [
        "/cats",
        "/dogs",
        "/birds",
        "/gone",
        "/fish",
        "/mice",
        "http://nobody.test/",
    ];
    fetched(&lab, site, &urls).await;
}

/// A site without a port in its URLs, and one with a port that is how another begins.
#[drive]
async fn stays_on_the_site(lab: Lab) {
    let elsewhere = [
        "http://shop.test:8080/",
        "https://shop.test/",
        "http://www.shop.test/",
        "http://shop.test.example/",
        "//cdn.test/logo",
        "http://other.test/?from=http://shop.test/",
    ];
    let links = [
        &["/hats", "http://shop.test/shoes"],
        &elsewhere[..],
        &["mailto:hats@shop.test"],
    ];
    let mut site = Site::new(&lab, "http://shop.test")
        .page("/", &WHATEVER, &links.concat())
        .page("/hats", &WHATEVER, &["http://hats.test/", "/"])
        .page("/shoes", &WHATEVER, &["/hats"])
        .page("http://hats.test/", &WHATEVER, &[])
        .page("http://cdn.test/logo", &WHATEVER, &[]);
    for page in elsewhere
        .into_iter()
        .filter(|page| page.starts_with("http"))
    {
        site = site.page(page, &WHATEVER, &[]);
    }
    crawled(&lab, site, "http://shop.test/", LIMITS).await;

    lab.sleep(GRACE_MS).await;
    let site = Site::new(&lab, "http://shop.test:808")
        .page(
            "/",
            &WHATEVER,
            &["http://shop.test:8080/", "http://shop.test/", "/a"],
        )
        .page("/a", &WHATEVER, &[])
        .page("http://shop.test:8080/", &WHATEVER, &[])
        .page("http://shop.test/", &WHATEVER, &[]);
    crawled(&lab, site, "http://shop.test:808/", LIMITS).await;
}

/// Few pages with many links between them: circles, duplicates, fragments.
#[drive]
async fn asks_once_for_each_page(lab: Lab) {
    let after = |ms| Latency::new(ms, 10..=60);
    let site = Site::new(&lab, PETS)
        .page(
            "/",
            &after(10),
            &["/cats", "/dogs", "/cats", "/cats#tabby", "/#top"],
        )
        .page(
            "/cats",
            &after(20),
            &["/fish", "/fish#gold", "/", "/dogs#small"],
        )
        .page("/dogs", &after(20), &["/fish", "/fish", "/cats"])
        .page("/fish", &after(50), &["/fish", "/"]);
    crawled(&lab, site, "http://pets.test/#welcome", LIMITS).await;
}

/// Pages whose status says that something went wrong, with links in them.
#[drive]
async fn tells_each_answer_as_it_came(lab: Lab) {
    let home = [
        "/gone",
        "/gone",
        "/broken",
        "/empty",
        "http://other.test/",
        "/empty#end",
        "mailto:cat@pets.test",
    ];
    let site = Site::new(&lab, PETS)
        .page("/", &WHATEVER, &home)
        .page_with_status("/gone", 404, &WHATEVER, &["/found", "/"])
        .page_with_status("/broken", 500, &WHATEVER, &["/deep", "/deep", "/deep"])
        .page("/empty", &WHATEVER, &[])
        .page("/found", &WHATEVER, &["/"])
        .page_with_status("/deep", 403, &WHATEVER, &[]);
    crawled(&lab, site, PETS_HOME, LIMITS).await;
}

/// Requests that fail, beside and before others; then a start page that fails.
#[drive]
async fn a_failure_is_one_answer(lab: Lab) {
    let after = |ms| Latency::new(ms, 10..=60);
    let site = Site::new(&lab, PETS)
        .page("/", &after(10), &["/cats", "/refused", "/reset", "/dogs"])
        .page("/cats", &after(20), &[])
        .fault("/refused", &after(10), FetchError::ConnectionRefused)
        .fault("/reset", &after(30), FetchError::ConnectionReset)
        .page("/dogs", &after(40), &["/birds", "/refused"])
        .page("/birds", &after(20), &["/"]);
    crawled(&lab, site, PETS_HOME, LIMITS).await;

    lab.sleep(GRACE_MS).await;
    let nobody = "http://nobody.test";
    crawled(&lab, Site::new(&lab, nobody), "http://nobody.test/", LIMITS).await;
}

/// A tree, to two depths.
#[drive]
async fn stops_at_max_depth(lab: Lab) {
    for max_depth in [2, 1] {
        let site = Site::new(&lab, PETS)
            .page("/", &WHATEVER, &["/a", "/b"])
            .page("/a", &WHATEVER, &["/a/a", "/a/b"])
            .page("/b", &WHATEVER, &["/b/a"])
            .page("/a/a", &WHATEVER, &["/a/a/a"])
            .page("/a/b", &WHATEVER, &[])
            .page("/b/a", &WHATEVER, &["/b/a/a", "/"])
            .page("/a/a/a", &WHATEVER, &["/a/a/a/a"])
            .page("/b/a/a", &WHATEVER, &[])
            .page("/a/a/a/a", &WHATEVER, &[]);
        crawled(
            &lab,
            site,
            PETS_HOME,
            Limits {
                max_depth,
                ..LIMITS
            },
        )
        .await;
        lab.sleep(GRACE_MS).await;
    }
}

/// The long ways by `/f1` are fast, the short ones by `/late` are slow. At any draw, when `/late`
/// answers: `/a` was answered at depth 4 and comes to 2; `/b` is under way; `/c` comes from 3 to 2,
/// so `/c/1`, answered at 4, comes to 3, and `/c/2`, too deep before, to 4. `/a/3` and `/c/3` stay
/// too deep.
#[drive]
async fn a_shorter_way_counts(lab: Lab) {
    const FAST: Latency = Latency::new(10, 5..=15);
    let site = Site::new(&lab, PETS)
        .page("/", &FAST, &["/f1", "/late"])
        .page("/f1", &FAST, &["/f2"])
        .page("/f2", &FAST, &["/f3", "/c"])
        .page("/f3", &FAST, &["/a", "/b"])
        .page("/late", &Latency::new(100, 80..=120), &["/a", "/b", "/c"])
        .page("/a", &FAST, &["/a/1"])
        .page("/a/1", &FAST, &["/a/2"])
        .page("/a/2", &FAST, &["/a/3"])
        .page("/a/3", &FAST, &[])
        .page("/b", &Latency::new(200, 150..=250), &["/b/1"])
        .page("/b/1", &FAST, &[])
        .page("/c", &FAST, &["/c/1"])
        .page("/c/1", &FAST, &["/c/2"])
        .page("/c/2", &FAST, &["/c/3"])
        .page("/c/3", &FAST, &[]);
    crawled(
        &lab,
        site,
        PETS_HOME,
        Limits {
            max_depth: 4,
            ..LIMITS
        },
    )
    .await;
}

/// A home page with `pages` links, each to a page that links back.
fn a_star(lab: &Lab, pages: usize, latency: &Latency) -> Site {
    let names: Vec<String> = (1..=pages).map(|n| format!("/p{n}")).collect();
    let home = Site::new(lab, PETS).page("/", latency, &borrowed(&names));
    names
        .iter()
        .fold(home, |site, name| site.page(name, latency, &["/"]))
}

#[drive]
async fn pages_overlap(lab: Lab) {
    let site = a_star(&lab, 8, &Latency::new(100, 50..=150));
    crawled(
        &lab,
        site,
        PETS_HOME,
        Limits {
            max_in_flight: 20,
            ..LIMITS
        },
    )
    .await;
}

/// Two pages of eight links each: without a limit, 16 requests at a time.
#[drive]
async fn never_more_than_max_in_flight(lab: Lab) {
    let after = |ms| Latency::new(ms, 5..=40);
    let mut site = Site::new(&lab, PETS).page("/", &after(10), &["/1", "/2"]);
    for i in 1..=2 {
        let leaves: Vec<String> = (1..=8).map(|k| format!("/{i}/{k}")).collect();
        site = site.page(&format!("/{i}"), &after(10 * i), &borrowed(&leaves));
        for (leaf, k) in leaves.iter().zip(0..) {
            site = site.page(leaf, &after(10 * (1 + k % 4)), &["/"]);
        }
    }
    crawled(
        &lab,
        site,
        PETS_HOME,
        Limits {
            max_in_flight: 6,
            ..LIMITS
        },
    )
    .await;
}

/// One slow page beside fast ones with pages below them.
#[drive]
async fn fills_every_free_place(lab: Lab) {
    let after = |ms| Latency::new(ms, 10..=200);
    let site = Site::new(&lab, PETS)
        .page("/", &after(10), &["/a", "/b", "/c", "/d"])
        .page("/a", &after(10), &["/a/1", "/a/2", "/a/3"])
        .page("/b", &after(200), &["/b/1"])
        .page("/c", &after(30), &["/c/1", "/c/2"])
        .page("/d", &after(60), &["/"])
        .page("/a/1", &after(50), &["/a/1/x"])
        .page("/a/1/x", &after(40), &["/a/1/x/y"])
        .page("/a/1/x/y", &after(40), &["/"])
        .page("/a/2", &after(40), &[])
        .page("/a/3", &after(50), &[])
        .page("/b/1", &after(20), &[])
        .page("/c/1", &after(20), &[])
        .page("/c/2", &after(30), &["/a"]);
    lab.note("links", site.links());
    crawled(
        &lab,
        site,
        PETS_HOME,
        Limits {
            max_in_flight: 3,
            ..LIMITS
        },
    )
    .await;
}

const HURRY: Duration = Duration::from_millis(100);

/// Twelve pages for two places: the last wait longer than a timeout, and none takes as long.
#[drive]
async fn timeout_counts_from_the_request(lab: Lab) {
    let site = a_star(&lab, 12, &Latency::new(40, 20..=60));
    crawled(
        &lab,
        site,
        PETS_HOME,
        Limits {
            max_in_flight: 2,
            timeout: HURRY,
            ..LIMITS
        },
    )
    .await;
}

/// Two pages that take longer than the timeout, and fast ones that wait behind them.
#[drive(grace_ms = 2000)]
async fn a_late_request_is_dropped(lab: Lab) {
    const FAST: Latency = Latency::new(20, 10..=40);
    let site = Site::new(&lab, PETS)
        .page(
            "/",
            &FAST,
            &["/slow", "/cats", "/slower", "/dogs", "/birds"],
        )
        .page("/slow", &Latency::new(250, 200..=280), &["/hidden"])
        .page("/slower", &Latency::new(400, 300..=500), &["/hidden"])
        .page("/cats", &FAST, &["/"])
        .page("/dogs", &FAST, &[])
        .page("/birds", &FAST, &["/fish"])
        .page("/fish", &FAST, &[])
        .page("/hidden", &FAST, &[]);
    crawled(
        &lab,
        site,
        PETS_HOME,
        Limits {
            max_in_flight: 3,
            timeout: HURRY,
            ..LIMITS
        },
    )
    .await;
}

/// A site where nothing goes wrong, and more places than pages.
#[drive(grace_ms = 2000)]
async fn nothing_runs_on(lab: Lab) {
    let after = |ms| Latency::new(ms, 10..=60);
    let site = Site::new(&lab, PETS)
        .page("/", &WHATEVER, &["/a", "/b", "/c"])
        .page("/a", &after(20), &["/b", "/a/1"])
        .page("/b", &after(40), &[])
        .page("/c", &after(30), &["/c/1"])
        .page("/a/1", &WHATEVER, &[])
        .page("/c/1", &WHATEVER, &["/"]);
    crawled(
        &lab,
        site,
        PETS_HOME,
        Limits {
            max_in_flight: 6,
            ..LIMITS
        },
    )
    .await;
}

/// A chain of 4,001 pages, on a stack of 2 MiB, which every drive has. One level of boxed recursion
/// was measured at 0.6 KB at the least, optimized: 4,000 of them do not fit.
#[drive(schedules = plain)]
async fn deep_sites_fit_the_stack(lab: Lab) {
    const LAST: u32 = 4000;
    const AT_ONCE: Latency = Latency::new(1, 1..=1);
    let mut site = Site::unrecorded(&lab, PETS);
    for n in 0..=LAST {
        let next = if n == LAST { 0 } else { n + 1 };
        site = site.page(&format!("/{n}"), &AT_ONCE, &[&format!("/{next}")]);
    }
    let timeout = Duration::from_secs(60);
    let limits = Limits {
        max_in_flight: 4,
        max_depth: 10_000,
        timeout,
    };
    let outcomes = crawl(&Client::new(site), "http://pets.test/0", &limits).await;
    lab.note("pages", outcomes.len());
}

/// A heartbeat beside a crawl that meets a busy server.
#[drive]
async fn other_work_goes_on(lab: Lab) {
    const BUSY: Latency = Latency::new(20, 10..=40);
    let site = Site::new(&lab, PETS)
        .page("/", &BUSY, &["/busy", "/cats", "/dogs"])
        .page_with_status("/busy", 503, &BUSY, &[])
        .page("/cats", &Latency::new(200, 150..=250), &[])
        .page("/dogs", &Latency::new(100, 50..=150), &[]);
    let heartbeat = lab.heartbeat(10);
    crawled(&lab, site, PETS_HOME, LIMITS).await;
    drop(heartbeat);
}

fn borrowed(names: &[String]) -> Vec<&str> {
    names.iter().map(String::as_str).collect()
}
