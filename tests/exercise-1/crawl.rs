//! What a crawl asked for and what it told, and what can be required of that.

use std::collections::{BTreeMap, BTreeSet};

use judge::{At, CallSpan, Closing, Findings, Kind, Place, Run, count};

use crate::wording::{list_is, list_was, shown};

/// What became of one page: its status and number of links, or the name of what went wrong.
pub type Told = Result<(u16, usize), String>;

/// Why a page is missing from the map.
const LEFT_OUT: &str = "asked for, and left out of the map";
const NEVER_ASKED: &str = "never asked for";

/// One call of `crawl`.
pub struct Crawl {
    pub start: String,
    /// In the order they began.
    pub requests: Vec<CallSpan>,
    pub outcomes: BTreeMap<String, Told>,
    /// When `crawl` returned, in virtual milliseconds.
    pub returned_ms: u64,
}

/// The crawls of a drive, in order; a request belongs to the last that had begun.
pub fn crawls(run: &Run) -> Vec<Crawl> {
    let (begun, returned) = (run.notes("crawl"), run.notes("returned"));
    let ends = begun.times().into_iter().skip(1).chain([u64::MAX]);
    let spans = begun.times().into_iter().zip(ends);
    let results = returned.times().into_iter().zip(returned.values());
    let calls = run.calls("request");
    let crawl = |((start, (from, to)), (returned_ms, outcomes))| {
        let requests = calls
            .iter()
            .filter(|call| (from..to).contains(&call.began_ms));
        Crawl {
            start,
            requests: requests.cloned().collect(),
            outcomes,
            returned_ms,
        }
    };
    begun
        .values()
        .into_iter()
        .zip(spans)
        .zip(results)
        .map(crawl)
        .collect()
}

/// The crawl of a drive that has one.
pub fn only_crawl(run: &Run) -> Crawl {
    let mut crawls = crawls(run);
    assert_eq!(crawls.len(), 1, "the drive crawls once");
    crawls.remove(0)
}

impl Crawl {
    /// The URLs that were asked for, each with how often.
    pub fn asked(&self) -> BTreeMap<&str, usize> {
        let mut asked = BTreeMap::new();
        for request in &self.requests {
            *asked.entry(request.label.as_str()).or_default() += 1;
        }
        asked
    }

    /// The first request for a page.
    pub fn request(&self, url: &str) -> Option<&CallSpan> {
        self.requests.iter().find(|request| request.label == url)
    }

    /// These pages are asked for and told of, and no others; `rule` says which those are.
    pub fn keeps_to(&self, pages: &[String], rule: &str) -> Findings {
        self.no_others(pages, rule)
            .and(self.none_missing(pages, rule))
    }

    /// No pages but these are asked for, or told of.
    pub fn no_others(&self, pages: &[String], rule: &str) -> Findings {
        let stray = |url: &&str| !pages.iter().any(|page| page == url);
        let asked: Vec<_> = self.asked().into_keys().filter(stray).collect();
        let told: Vec<_> = self
            .outcomes
            .keys()
            .map(String::as_str)
            .filter(stray)
            .collect();
        let message = if asked.is_empty() {
            format!("{} in the map", list_is(&told))
        } else {
            format!("{} asked for", list_was(&asked))
        };
        let none = asked.is_empty() && told.is_empty();
        Findings::unless(none, "wrong-value", message).expected(rule)
    }

    /// Each of these pages is told of, whatever became of it.
    pub fn none_missing(&self, pages: &[String], rule: &str) -> Findings {
        let missing = pages.iter().filter(|url| !self.outcomes.contains_key(*url));
        let missing: Vec<_> = missing.map(String::as_str).collect();
        let message = format!("{} missing from the map", list_is(&missing));
        let asked = missing.iter().all(|url| self.request(url).is_some());
        let got = if asked { LEFT_OUT } else { NEVER_ASKED };
        Findings::unless(missing.is_empty(), "wrong-value", message)
            .expected(rule)
            .got(got)
    }

    /// Of a page that is missing from the map.
    pub fn why_missing(&self, url: &str) -> &'static str {
        if self.request(url).is_some() {
            LEFT_OUT
        } else {
            NEVER_ASKED
        }
    }

    /// The page is told to have had this outcome; `said` puts into words as much of it as counts.
    pub fn tells(&self, url: &str, expected: &Told, said: fn(&Told) -> String) -> Findings {
        let expected = said(expected);
        let Some(told) = self.outcomes.get(url).map(said) else {
            return Findings::one(
                "wrong-value",
                format!("{} is missing from the map", shown(url)),
            )
            .expected(expected)
            .got(self.why_missing(url));
        };
        let message = format!("the map has a wrong outcome for {}", shown(url));
        Findings::unless(told == expected, "wrong-value", message)
            .expected(expected)
            .got(told)
    }

    /// As many different pages are asked for: whoever leaves pages out can keep to any limit.
    pub fn is_whole(&self, pages: usize) -> Findings {
        let asked = count(self.asked().len(), "page");
        let message = format!("only {asked} asked for, too few to judge this by");
        Findings::unless(self.asked().len() >= pages, "wrong-value", message)
            .expected(format!(
                "a crawl of the whole site, {}",
                count(pages, "page")
            ))
            .got(asked)
    }

    /// Pages that nobody has asked for when the clock moves on from `at_ms`, though they are the start
    /// page or an answer linked to them. `links` are those of each page.
    pub fn waiting<'a>(
        &'a self,
        links: &'a BTreeMap<String, Vec<String>>,
        at_ms: u64,
    ) -> BTreeSet<&'a str> {
        let answered = |request: &&CallSpan| {
            let closed = request.closed.filter(|(closed_ms, _)| *closed_ms <= at_ms);
            closed.is_some_and(|(_, how)| how == Closing::Answered)
        };
        let pages = self
            .requests
            .iter()
            .filter(answered)
            .filter_map(|page| links.get(&page.label));
        let known = pages.flatten().chain([&self.start]).map(String::as_str);
        let asked = self
            .requests
            .iter()
            .filter(|request| request.began_ms <= at_ms);
        let asked: BTreeSet<_> = asked.map(|request| request.label.as_str()).collect();
        known.filter(|page| !asked.contains(page)).collect()
    }
}

/// How long a request was under way, in virtual milliseconds.
pub fn took_ms(request: &CallSpan) -> Option<u64> {
    Some(request.closed?.0 - request.began_ms)
}

/// Where the task was spawned that a request ran in, where that is the submission's.
pub fn spawned_at(run: &Run, request: &CallSpan) -> Option<At> {
    run.events().iter().find_map(|event| match &event.kind {
        Kind::Spawned {
            task,
            place: Place::Known { file, line },
            ..
        } if *task == request.task => Some(At {
            file: file.clone(),
            line: *line,
        }),
        _ => None,
    })
}

/// The pages of `http://pets.test` with these paths.
pub fn pets(paths: &[&str]) -> Vec<String> {
    paths
        .iter()
        .map(|path| format!("http://pets.test{path}"))
        .collect()
}
