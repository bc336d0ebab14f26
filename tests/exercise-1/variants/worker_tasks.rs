//! A right answer: `max_in_flight` worker tasks that take URLs from one channel and put answers into
//! another. Depths are the business of the crawl alone, which ends the workers by hanging up.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    sync::Arc,
};

use tokio::{
    sync::{Mutex, mpsc},
    task::JoinSet,
    time::timeout,
};
use web::{Client, FetchError, Limits, Outcome, Page};

pub async fn fetch_all(client: &Client, urls: &[String]) -> Vec<Result<Page, FetchError>> {
    let requests: Vec<_> = urls
        .iter()
        .map(|url| {
            let (client, url) = (client.clone(), url.clone());
            tokio::spawn(async move { client.get(&url).await })
        })
        .collect();
    let mut results = Vec::with_capacity(requests.len());
    for request in requests {
        results.push(request.await.expect("a request does not panic"));
    }
    results
}

enum Answer {
    Page(Page),
    Failed(FetchError),
    Late,
}

pub async fn crawl(client: &Client, start: &str, limits: &Limits) -> BTreeMap<String, Outcome> {
    let (jobs, next_job) = mpsc::unbounded_channel::<String>();
    let (answered, mut answers) = mpsc::unbounded_channel();
    let next_job = Arc::new(Mutex::new(next_job));
    let mut workers = JoinSet::new();
    for _ in 0..limits.max_in_flight {
        let (client, limit) = (client.clone(), limits.timeout);
        let (next_job, answered) = (next_job.clone(), answered.clone());
        workers.spawn(async move {
            loop {
                let job = next_job.lock().await.recv().await;
                let Some(url) = job else { return };
                let answer = match timeout(limit, client.get(&url)).await {
                    Ok(Ok(page)) => Answer::Page(page),
                    Ok(Err(error)) => Answer::Failed(error),
                    Err(_) => Answer::Late,
                };
                if answered.send((url, answer)).is_err() {
                    return;
                }
            }
        });
    }

    let mut depths = Depths {
        of: HashMap::new(),
        links: HashMap::new(),
        max: limits.max_depth,
    };
    let (start, _) = split_fragment(start);
    let mut outcomes = BTreeMap::new();
    let mut open = 0;
    for url in depths.reach(start, 0) {
        open += 1;
        jobs.send(url).expect("the workers listen");
    }
    while open > 0 {
        let (url, answer) = answers.recv().await.expect("the workers answer");
        open -= 1;
        let outcome = match answer {
            Answer::Page(page) => {
                let links = page.links();
                for url in depths.answered(&url, &links) {
                    open += 1;
                    jobs.send(url).expect("the workers listen");
                }
                Outcome::Fetched {
                    status: page.status,
                    links: links.len(),
                }
            }
            Answer::Failed(error) => Outcome::Failed(error),
            Answer::Late => Outcome::TimedOut,
        };
        outcomes.insert(url, outcome);
    }
    drop(jobs);
    while workers.join_next().await.is_some() {}
    outcomes
}

/// The fewest links to each page that was handed to the workers.
struct Depths {
    of: HashMap<String, usize>,
    links: HashMap<String, Vec<String>>,
    max: usize,
}

impl Depths {
    /// Takes in an answered page's links and says which pages are new.
    fn answered(&mut self, url: &str, links: &[String]) -> Vec<String> {
        let mut ours = Vec::new();
        for link in links {
            let (page, _) = split_fragment(link);
            if origin(page) == origin(url) && !ours.iter().any(|known| known == page) {
                ours.push(page.to_owned());
            }
        }
        self.links.insert(url.to_owned(), ours.clone());
        let depth = self.of[url] + 1;
        ours.iter().flat_map(|to| self.reach(to, depth)).collect()
    }

    /// Takes in that `page` can be reached by `depth` links.
    fn reach(&mut self, page: &str, depth: usize) -> Vec<String> {
        let mut new = Vec::new();
        let mut ways = VecDeque::from([(page.to_owned(), depth)]);
        while let Some((page, depth)) = ways.pop_front() {
            let before = self.of.get(&page).copied();
            if depth > self.max || before.is_some_and(|before| before <= depth) {
                continue;
            }
            self.of.insert(page.clone(), depth);
            if before.is_none() {
                new.push(page);
            } else if let Some(links) = self.links.get(&page) {
                ways.extend(links.iter().map(|to| (to.clone(), depth + 1)));
            }
        }
        new
    }
}

fn split_fragment(url: &str) -> (&str, &str) {
    url.split_once('#').unwrap_or((url, ""))
}

/// Scheme, host and port.
fn origin(url: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    Some((scheme, rest.split('/').next()?))
}
