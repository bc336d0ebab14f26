//! caught-by: a_shorter_way_counts
//! finding: wrong-value
//! Keeps the depth at which a page was first found. With many requests under way, the first way
//! found is the fastest, which need not be the shortest.

use std::collections::{BTreeMap, HashMap, VecDeque};

use futures::{
    future::join_all,
    stream::{FuturesUnordered, StreamExt},
};
use tokio::time::timeout;
use web::{Client, FetchError, Limits, Outcome, Page};

pub async fn fetch_all(client: &Client, urls: &[String]) -> Vec<Result<Page, FetchError>> {
    join_all(urls.iter().map(|url| client.get(url))).await
}

pub async fn crawl(client: &Client, start: &str, limits: &Limits) -> BTreeMap<String, Outcome> {
    let mut site = Site::new(start, limits.max_depth);
    let mut outcomes = BTreeMap::new();
    let mut requests = FuturesUnordered::new();
    loop {
        while requests.len() < limits.max_in_flight
            && let Some(url) = site.waiting.pop_front()
        {
            requests.push(async move {
                let answer = timeout(limits.timeout, client.get(&url)).await;
                (url, answer)
            });
        }
        let Some((url, answer)) = requests.next().await else {
            return outcomes;
        };
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
}

struct Site {
    root: String,
    max_depth: usize,
    depths: HashMap<String, usize>,
    waiting: VecDeque<String>,
}

impl Site {
    fn new(start: &str, max_depth: usize) -> Self {
        let start = page_of(start);
        let mut site = Self {
            root: start.split_inclusive('/').take(3).collect(),
            max_depth,
            depths: HashMap::new(),
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
        let depth = self.depths[url] + 1;
        for link in links {
            self.reach(link, depth);
        }
    }

    fn reach(&mut self, url: String, depth: usize) {
        if depth <= self.max_depth && !self.depths.contains_key(&url) {
            self.waiting.push_back(url.clone());
            self.depths.insert(url, depth);
        }
    }
}

fn page_of(url: &str) -> &str {
    url.split('#').next().unwrap_or(url)
}
