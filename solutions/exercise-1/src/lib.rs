//! A web crawler that spawns nothing: one future owns all requests, so when it ends, or is dropped,
//! they end with it.

use std::collections::{BTreeMap, HashMap, VecDeque, hash_map::Entry};

use futures::{
    future::join_all,
    stream::{FuturesUnordered, StreamExt},
};
use tokio::time::timeout;
use web::{Client, FetchError, Limits, Outcome, Page};

/// Fetches all of `urls` at once.
///
/// The result at each place is the one for the URL at that place, whichever came first, and a
/// request that fails leaves the others alone.
pub async fn fetch_all(client: &Client, urls: &[String]) -> Vec<Result<Page, FetchError>> {
    join_all(urls.iter().map(|url| client.get(url))).await
}

/// Crawls the site of `start` and says what became of each page.
///
/// The keys are absolute URLs without fragment.
pub async fn crawl(client: &Client, start: &str, limits: &Limits) -> BTreeMap<String, Outcome> {
    let request = |url: String| async move {
        // Made as the request is, so time spent waiting for a place does not count.
        let answer = timeout(limits.timeout, client.get(&url)).await;
        (url, answer)
    };

    let mut map = Map::new(start, limits.max_depth);
    let mut outcomes = BTreeMap::new();
    let mut in_flight = FuturesUnordered::new();
    loop {
        while in_flight.len() < limits.max_in_flight
            && let Some(url) = map.waiting.pop_front()
        {
            in_flight.push(request(url));
        }
        let Some((url, answer)) = in_flight.next().await else {
            return outcomes;
        };
        let outcome = match answer {
            Ok(Ok(page)) => {
                let links = page.links();
                map.answered(&url, &links);
                Outcome::Fetched {
                    status: page.status,
                    links: links.len(),
                }
            }
            Ok(Err(error)) => Outcome::Failed(error),
            Err(_elapsed) => Outcome::TimedOut,
        };
        outcomes.insert(url, outcome);
    }
}

/// What is known of the site so far.
struct Map {
    /// `scheme://host:port/`. A page of the site is one whose URL begins so: the slash at the end
    /// keeps `http://pets.test.example/` and `http://pets.test:8080/` out.
    root: String,
    max_depth: usize,
    pages: HashMap<String, Known>,
    /// Known pages that nobody has asked for yet, the first found first.
    waiting: VecDeque<String>,
}

struct Known {
    /// The fewest links from the start page, as far as we know by now.
    depth: usize,
    /// The pages of the site it links to; none before it has answered.
    links: Vec<String>,
}

impl Map {
    fn new(start: &str, max_depth: usize) -> Self {
        let start = without_fragment(start);
        let mut map = Self {
            root: start.split_inclusive('/').take(3).collect(),
            max_depth,
            pages: HashMap::new(),
            waiting: VecDeque::new(),
        };
        map.found(VecDeque::from([(start.to_owned(), 0)]));
        map
    }

    fn answered(&mut self, url: &str, links: &[String]) {
        let page = self.pages.get_mut(url).expect("the page was waiting");
        page.links = links
            .iter()
            .filter(|link| link.starts_with(&self.root))
            .map(|link| without_fragment(link).to_owned())
            .collect();
        let ways = page.ways();
        self.found(ways);
    }

    /// Follows `ways` to pages, each with its depth on that way, none deeper than those after it.
    ///
    /// Where a way is shorter than any before, the page's own links become ways in their turn: some
    /// may now lead to pages that were too deep.
    fn found(&mut self, mut ways: VecDeque<(String, usize)>) {
        while let Some((url, depth)) = ways.pop_front() {
            if depth > self.max_depth {
                continue;
            }
            match self.pages.entry(url) {
                Entry::Vacant(entry) => {
                    self.waiting.push_back(entry.key().clone());
                    entry.insert(Known {
                        depth,
                        links: Vec::new(),
                    });
                }
                Entry::Occupied(entry) => {
                    let page = entry.into_mut();
                    if depth < page.depth {
                        page.depth = depth;
                        ways.extend(page.ways());
                    }
                }
            }
        }
    }
}

impl Known {
    fn ways(&self) -> VecDeque<(String, usize)> {
        let depth = self.depth + 1;
        self.links.iter().map(|url| (url.clone(), depth)).collect()
    }
}

fn without_fragment(url: &str) -> &str {
    url.split_once('#').map_or(url, |(page, _)| page)
}
