//! caught-by: pages_overlap
//! finding: livelock
//! A worker without work asks again and again whether there is some. `yield_now` lets others run,
//! but the executor never comes to rest, and the clock stands still.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    sync::{Arc, Mutex},
};

use futures::future::join_all;
use tokio::{
    task::JoinSet,
    time::{error::Elapsed, timeout},
};
use web::{Client, FetchError, Limits, Outcome, Page};

type Answer = Result<Result<Page, FetchError>, Elapsed>;

pub async fn fetch_all(client: &Client, urls: &[String]) -> Vec<Result<Page, FetchError>> {
    join_all(urls.iter().map(|url| client.get(url))).await
}

pub async fn crawl(client: &Client, start: &str, limits: &Limits) -> BTreeMap<String, Outcome> {
    let site = Arc::new(Mutex::new(Site::new(start, limits.max_depth)));
    let outcomes = Arc::new(Mutex::new(BTreeMap::new()));
    let mut workers = JoinSet::new();
    for _ in 0..limits.max_in_flight {
        let (client, limit) = (client.clone(), limits.timeout);
        let (site, outcomes) = (site.clone(), outcomes.clone());
        workers.spawn(async move {
            while outcomes.lock().unwrap().len() < site.lock().unwrap().pages.len() {
                let Some(url) = site.lock().unwrap().waiting.pop_front() else {
                    tokio::task::yield_now().await;
                    continue;
                };
                let answer = timeout(limit, client.get(&url)).await;
                let (mut site, mut outcomes) = (site.lock().unwrap(), outcomes.lock().unwrap());
                record(&mut site, &mut outcomes, url, answer);
            }
        });
    }
    workers.join_all().await;
    std::mem::take(&mut *outcomes.lock().unwrap())
}

fn record(site: &mut Site, outcomes: &mut BTreeMap<String, Outcome>, url: String, answer: Answer) {
    let outcome = match answer {
        Ok(Ok(page)) => {
            let links = page.links();
            site.answered(&url, &links);
            Outcome::Fetched {
                status: page.status,
                links: links.len(),
            }
        }
        Ok(Err(error)) => Outcome::Failed(error),
        Err(_) => Outcome::TimedOut,
    };
    outcomes.insert(url, outcome);
}

struct Site {
    root: String,
    max_depth: usize,
    /// Depth and links of each page found.
    pages: HashMap<String, (usize, Vec<String>)>,
    waiting: VecDeque<String>,
}

impl Site {
    fn new(start: &str, max_depth: usize) -> Self {
        let start = page_of(start);
        let mut site = Self {
            root: start.split_inclusive('/').take(3).collect(),
            max_depth,
            pages: HashMap::new(),
            waiting: VecDeque::new(),
        };
        site.reach(start.to_owned(), 0);
        site
    }

    fn answered(&mut self, url: &str, links: &[String]) {
        let root = &self.root;
        let links: Vec<_> = links
            .iter()
            .filter(|link| link.starts_with(root))
            .map(|link| page_of(link).to_owned())
            .collect();
        let (depth, known) = self.pages.get_mut(url).expect("it was waiting");
        known.clone_from(&links);
        let depth = *depth + 1;
        for link in links {
            self.reach(link, depth);
        }
    }

    fn reach(&mut self, url: String, depth: usize) {
        let mut ways = VecDeque::from([(url, depth)]);
        while let Some((url, depth)) = ways.pop_front() {
            if depth > self.max_depth {
                continue;
            }
            match self.pages.get_mut(&url) {
                None => {
                    self.waiting.push_back(url.clone());
                    self.pages.insert(url, (depth, Vec::new()));
                }
                Some((known, links)) if depth < *known => {
                    *known = depth;
                    ways.extend(links.iter().map(|link| (link.clone(), depth + 1)));
                }
                Some(_) => {}
            }
        }
    }
}

fn page_of(url: &str) -> &str {
    url.split('#').next().unwrap_or(url)
}
