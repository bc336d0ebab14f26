//! What can be required of a request's timeout.

use judge::{Closing, Findings, Run, ms};

use crate::crawl::{Crawl, spawned_at, took_ms};
use crate::wording::{in_full, list_is, shown};

/// Of every crawl that these are about, in virtual milliseconds.
const TIMEOUT_MS: u64 = 100;

/// No request is dropped before its time.
pub fn drops_none_early(crawl: &Crawl) -> Findings {
    let early = crawl.requests.iter().find_map(|request| {
        let (at_ms, how) = request.closed?;
        let early = how == Closing::Dropped && at_ms < request.began_ms + TIMEOUT_MS;
        early.then_some((request, at_ms))
    });
    let Some((request, at_ms)) = early else {
        return Findings::none();
    };
    let (page, began) = (shown(&request.label), ms(request.began_ms));
    let after = ms(at_ms - request.began_ms);
    Findings::one(
        "too-early",
        format!("{page} was given up {after} after its request began"),
    )
    .expected(format!("not before {}", ms(TIMEOUT_MS)))
    .got(format!("begun at {began}, dropped at {}", ms(at_ms)))
    .at_ms(at_ms)
}

/// No page is told to have timed out: for sites where no answer takes as long as the timeout.
pub fn tells_no_timeout(crawl: &Crawl) -> Findings {
    let late = Err("TimedOut".to_owned());
    let told = crawl.outcomes.iter().filter(|(_, told)| **told == late);
    let told: Vec<&str> = told.map(|(url, _)| url.as_str()).collect();
    let asked = told.iter().any(|url| crawl.request(url).is_some());
    let message = format!("{} told to have timed out", list_is(&told));
    Findings::unless(told.is_empty(), "too-early", message)
        .expected(format!("Fetched: no request took {}", ms(TIMEOUT_MS)))
        .got(if asked {
            "TimedOut"
        } else {
            "TimedOut, and never asked for"
        })
}

/// The late answer of a page is not waited for.
pub fn is_not_waited_for(crawl: &Crawl, url: &str) -> Findings {
    let fetched = crawl.outcomes.get(url).is_some_and(Result::is_ok);
    let after = ms(crawl.request(url).and_then(took_ms).unwrap_or_default());
    let message = format!("{} was waited for until it answered", shown(url));
    Findings::unless(!fetched, "too-late", message)
        .expected(format!(
            "TimedOut, {} after its request began",
            ms(TIMEOUT_MS)
        ))
        .got(format!("Fetched, after {after}"))
}

/// The page is told to have timed out, and its request ended when it did.
pub fn is_dropped(run: &Run, crawl: &Crawl, url: &str) -> Findings {
    let told = crawl.tells(url, &Err("TimedOut".to_owned()), in_full);
    let Some(request) = crawl.request(url).filter(|_| told.is_empty()) else {
        return told;
    };
    let due = request.began_ms + TIMEOUT_MS;
    let end = request.closed.map(|(at_ms, _)| at_ms);
    let in_time = end.is_some_and(|end| end <= due);
    let message = format!("the request for {} ran on after its timeout", shown(url));
    let until = end.map_or_else(|| "the end".to_owned(), ms);
    Findings::unless(in_time, "leaked-task", message)
        .at(spawned_at(run, request))
        .expected(format!("dropped at {}", ms(due)))
        .got(format!("under way until {until}"))
        .at_ms(due)
}
