//! A few tests to begin with: `cargo test`. The clock is paused, so it jumps from one event to the
//! next, and a test that waits a second takes no time. Add your own.

use std::{collections::BTreeMap, time::Duration};

use tokio::time::Instant;
use web::{Client, FetchError, Limits, Outcome, Site};
use web_crawler::{crawl, fetch_all};

const LIMITS: Limits = Limits {
    max_in_flight: 8,
    max_depth: 5,
    timeout: Duration::from_secs(1),
};

#[tokio::test(start_paused = true)]
async fn all_pages_are_fetched_at_once_and_come_in_order() {
    let site = Site::new("http://pets.test")
        .page("/cats", &[])
        .page("/dogs", &[])
        .latency("/cats", Duration::from_millis(300))
        .latency("/dogs", Duration::from_millis(100))
        .fault("/birds", FetchError::ConnectionRefused);
    let urls = ["cats", "birds", "dogs"].map(|page| format!("http://pets.test/{page}"));
    let start = Instant::now();

    let results = fetch_all(&Client::new(site), &urls).await;

    assert_eq!(results.len(), 3);
    assert_eq!(results[0].as_ref().unwrap().url, urls[0]);
    assert_eq!(results[1], Err(FetchError::ConnectionRefused));
    assert_eq!(results[2].as_ref().unwrap().url, urls[2]);
    assert_eq!(start.elapsed(), Duration::from_millis(300));
}

#[tokio::test(start_paused = true)]
async fn a_crawl_tells_what_became_of_each_page() {
    let site = Site::new("http://pets.test")
        .page(
            "/",
            &["/cats", "/cats#tabby", "/dogs", "http://other.test/"],
        )
        .page("/cats", &["/", "/birds"])
        .page_with_status("/dogs", 404, &["/fish"])
        .page("/fish", &[])
        .fault("/birds", FetchError::ConnectionReset);

    let outcomes = crawl(&Client::new(site), "http://pets.test/", &LIMITS).await;

    let fetched = |status, links| Outcome::Fetched { status, links };
    let expected = [
        ("", fetched(200, 4)),
        ("birds", Outcome::Failed(FetchError::ConnectionReset)),
        ("cats", fetched(200, 2)),
        ("dogs", fetched(404, 1)),
        ("fish", fetched(200, 0)),
    ];
    let expected = expected.map(|(page, outcome)| (format!("http://pets.test/{page}"), outcome));
    assert_eq!(outcomes, BTreeMap::from(expected));
}

#[tokio::test(start_paused = true)]
async fn two_requests_are_under_way_while_there_is_work_for_two() {
    // Each page takes 50 ms: the first on its own, then two by two.
    let site = Site::new("http://pets.test")
        .page("/", &["/1", "/2", "/3", "/4"])
        .page("/1", &[])
        .page("/2", &[])
        .page("/3", &[])
        .page("/4", &[]);
    let limits = Limits {
        max_in_flight: 2,
        ..LIMITS
    };
    let start = Instant::now();

    let outcomes = crawl(&Client::new(site), "http://pets.test/", &limits).await;

    assert_eq!(outcomes.len(), 5);
    assert_eq!(start.elapsed(), Duration::from_millis(150));
}

#[tokio::test(start_paused = true)]
async fn a_slow_page_times_out() {
    let site = Site::new("http://pets.test")
        .page("/", &["/slow"])
        .page("/slow", &["/never-seen"])
        .latency("/slow", Duration::from_secs(30));
    let start = Instant::now();

    let outcomes = crawl(&Client::new(site), "http://pets.test/", &LIMITS).await;

    assert_eq!(outcomes.len(), 2);
    assert_eq!(outcomes["http://pets.test/slow"], Outcome::TimedOut);
    assert_eq!(start.elapsed(), Duration::from_millis(1050));
}
