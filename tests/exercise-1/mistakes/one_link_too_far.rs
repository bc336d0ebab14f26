//! caught-by: stops_at_max_depth
//! finding: wrong-value
//! Follows the links of the pages at `max_depth`, and so asks for pages one link beyond it.

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
            if depth > self.max_depth + 1 {
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
