//! What there is to gather. No expected value is in here.

mod site;

use std::time::Duration;

use contract::{both, fetch_all, gather, report};
use lab::{Lab, drive};
use tokio::time::timeout;

use site::{Entry, Site, urls};

lab::driver!(contract);

/// Entries for URLs of these numbers, with latencies around these.
fn entries(lab: &Lab, plain: &[(u32, u64)]) -> Vec<Entry> {
    const KINDS: [&str; 4] = ["data", "text", "page", "body"];
    let entry = |(at, (number, latency_ms)): (usize, &(u32, u64))| {
        let kind = lab.draw("kind", 0, 0..=3);
        let kind = KINDS[usize::try_from(kind).expect("four kinds")];
        let latency_ms = lab.draw("latency", *latency_ms, 10..=3000);
        // Two entries of one URL are told apart by their texts.
        let again = plain[..at].iter().any(|(earlier, _)| earlier == number);
        let version = if again { " anew" } else { "" };
        let url = format!("url{number}");
        let text = format!("{url} {kind}{version}");
        (url, latency_ms, text)
    };
    plain.iter().enumerate().map(entry).collect()
}

/// Calls `fetch_all` and notes what it gives.
async fn fetches(lab: &Lab, entries: &[Entry]) {
    let site = Site::new(lab, entries);
    lab.note("called", ());
    let results = fetch_all(&urls(entries), async |url: &str| site.fetch(url).await).await;
    lab.note("returned", results);
}

/// Forty, the slowest neither first nor last: more than any limit that one would think of.
#[drive]
async fn fetches_overlap(lab: Lab) {
    let plain: Vec<_> = (1..=40)
        .map(|n| (n, 50 + u64::from(17 * n % 40) * 25))
        .collect();
    fetches(&lab, &entries(&lab, &plain)).await;
}

/// The slowest first, a URL twice; and none at all.
#[drive]
async fn results_in_input_order(lab: Lab) {
    let plain = [(3, 900), (1, 300), (2, 500), (1, 100), (4, 700), (5, 200)];
    fetches(&lab, &entries(&lab, &plain)).await;
    fetches(&lab, &[]).await;
}

/// Thirty numbers, the slowest neither first nor last; and none at all.
#[drive]
async fn gathers_any_futures(lab: Lab) {
    let service = lab.service("future");
    let plain = 1..=30_u64;
    let lasting_ms = plain
        .clone()
        .map(|n| lab.draw("latency", 50 + 11 * n % 30 * 30, 10..=1500));
    let lasting_ms: Vec<u64> = lasting_ms.collect();
    let values = plain.map(|n| lab.draw("value", n * n, 0..=999));
    let values: Vec<u64> = values.collect();
    lab.note("futures", (&lasting_ms, &values));
    let futures = lasting_ms.into_iter().zip(values).zip(1..);
    let futures = futures.map(|((ms, value), n)| {
        let call = service.call::<u64, String>(&format!("number {n}"), ms, Ok(value));
        async move { call.await.unwrap_or_default() }
    });
    lab.note("called", ());
    let values: Vec<u64> = gather(futures.collect()).await;
    lab.note("returned", values);
    let none: Vec<std::future::Ready<u64>> = Vec::new();
    lab.note("none", gather(none).await);
}

/// The text takes longer, and then the number does.
#[drive]
async fn two_kinds_at_once(lab: Lab) {
    let fast = lab.draw("fast", 200, 10..=300);
    let slow = lab.draw("slow", 500, 400..=900);
    let value = lab.draw("value", 42, 1..=99);
    let service = lab.service("half");
    for (text_ms, number_ms) in [(slow, fast), (fast, slow)] {
        let text = service.call::<_, String>("text", text_ms, Ok(format!("answer {value}")));
        let number = service.call::<_, String>("number", number_ms, Ok(value));
        lab.note("halves", (text_ms, number_ms, value));
        let text = async { text.await.unwrap_or_default() };
        let number = async { number.await.unwrap_or_default() };
        lab.note("returned", both(text, number).await);
    }
}

/// The lesson's three; and none at all.
#[drive]
async fn reports_what_was_gained(lab: Lab) {
    let entries = entries(&lab, &[(1, 1000), (2, 2000), (3, 1000)]);
    let site = Site::new(&lab, &entries);
    report(&urls(&entries), async |url: &str| site.fetch(url).await).await;
    lab.note("reported", ());
    lab.sleep(1).await;
    lab.note("nothing", ());
    report(&[], async |url: &str| site.fetch(url).await).await;
}

/// The caller of each gives up before the first answer.
#[drive]
async fn nothing_goes_on_when_it_is_dropped(lab: Lab) {
    let given_up_ms = lab.draw("given up", 100, 1..=190);
    let limit = Duration::from_millis(given_up_ms);

    let lasting_ms = [200, 700, 400].map(|ms| lab.draw("latency", ms, 200..=900));
    let service = lab.service("future");
    let futures = lasting_ms.into_iter().zip(1..).map(|(ms, n)| {
        let call = service.call::<u64, String>(&format!("number {n}"), ms, Ok(n));
        async move { call.await.unwrap_or_default() }
    });
    let gathered = timeout(limit, gather(futures.collect())).await;
    lab.note("gather", gathered.is_ok());
    lab.sleep(1000).await;

    let entry = |n: u64| (format!("url{n}"), lasting_ms[0] + n, format!("url{n} data"));
    let entries: Vec<Entry> = (0..3).map(entry).collect();
    let site = Site::new(&lab, &entries);
    let urls = urls(&entries);
    let fetched = fetch_all(&urls, async |url: &str| site.fetch(url).await);
    let fetched = timeout(limit, fetched).await;
    lab.note("fetch_all", fetched.is_ok());
    lab.sleep(1000).await;
}
