//! caught-by: nothing_runs_on
//! finding: leaked-task
//! Returns when all pages have answered and leaves the workers behind, waiting for work that will
//! never come.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    sync::Arc,
};

use futures::future::join_all;
use tokio::{
    sync::{Mutex, mpsc},
    time::{error::Elapsed, timeout},
};
use web::{Client, FetchError, Limits, Outcome, Page};

type Answer = Result<Result<Page, FetchError>, Elapsed>;

pub async fn fetch_all(client: &Client, urls: &[String]) -> Vec<Result<Page, FetchError>> {
    join_all(urls.iter().map(|url| client.get(url))).await
}

pub async fn crawl(client: &Client, start: &str, limits: &Limits) -> BTreeMap<String, Outcome> {
    let (jobs, next_job) = mpsc::unbounded_channel::<String>();
    let (answered, mut answers) = mpsc::unbounded_channel();
    let next_job = Arc::new(Mutex::new(next_job));
    for _ in 0..limits.max_in_flight {
        let (client, limit) = (client.clone(), limits.timeout);
        let (jobs, next_job, answered) = (jobs.clone(), next_job.clone(), answered.clone());
        tokio::spawn(async move {
            // A sender of its own keeps the channel open for ever.
            let _jobs = jobs;
            loop {
                let job = next_job.lock().await.recv().await;
                let Some(url) = job else { return };
                let answer = timeout(limit, client.get(&url)).await;
                let _ = answered.send((url, answer));
            }
        });
    }

    let mut site = Site::new(start, limits.max_depth);
    let mut outcomes = BTreeMap::new();
    while outcomes.len() < site.pages.len() {
        while let Some(url) = site.waiting.pop_front() {
            jobs.send(url).expect("the workers listen");
        }
        let (url, answer) = answers.recv().await.expect("the workers answer");
        record(&mut site, &mut outcomes, url, answer);
    }
    outcomes
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
