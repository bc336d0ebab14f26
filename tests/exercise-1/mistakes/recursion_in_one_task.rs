//! caught-by: deep_sites_fit_the_stack
//! finding: ended-early
//! Visits a page's links inside the visit of the page. Each link adds frames to the stack on every
//! poll, so a site thousands of links deep overflows it, boxed futures or not.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex},
    time::Duration,
};

use futures::future::join_all;
use tokio::{sync::Semaphore, time::timeout};
use web::{Client, FetchError, Limits, Outcome, Page};

pub async fn fetch_all(client: &Client, urls: &[String]) -> Vec<Result<Page, FetchError>> {
    join_all(urls.iter().map(|url| client.get(url))).await
}

pub async fn crawl(client: &Client, start: &str, limits: &Limits) -> BTreeMap<String, Outcome> {
    let start = page_of(start);
    let crawl = Arc::new(Crawl {
        client: client.clone(),
        root: start.split_inclusive('/').take(3).collect(),
        max_depth: limits.max_depth,
        timeout: limits.timeout,
        permits: Semaphore::new(limits.max_in_flight),
        found: Mutex::default(),
    });
    crawl.clone().visit(start.to_owned(), 0).await;
    let found = std::mem::take(&mut *crawl.found.lock().unwrap());
    found
        .into_iter()
        .map(|(url, page)| (url, page.outcome.expect("all were visited")))
        .collect()
}

struct Crawl {
    client: Client,
    root: String,
    max_depth: usize,
    timeout: Duration,
    permits: Semaphore,
    found: Mutex<HashMap<String, Found>>,
}

struct Found {
    depth: usize,
    outcome: Option<Outcome>,
    links: Vec<String>,
}

impl Crawl {
    async fn visit(self: Arc<Self>, url: String, depth: usize) {
        let (links, depth) = match self.found(&url, depth) {
            Todo::Ask => {
                let _permit = self.permits.acquire().await.expect("never closed");
                self.ask(&url).await
            }
            Todo::Follow(links, depth) => (links, depth),
            Todo::Nothing => return,
        };
        let visits = links
            .into_iter()
            .map(|link| Box::pin(self.clone().visit(link, depth)));
        join_all(visits).await;
    }

    /// What is to be done about a page that `depth` links lead to.
    fn found(&self, url: &str, depth: usize) -> Todo {
        let mut found = self.found.lock().unwrap();
        match found.get_mut(url) {
            _ if depth > self.max_depth => Todo::Nothing,
            None => {
                let page = Found {
                    depth,
                    outcome: None,
                    links: Vec::new(),
                };
                found.insert(url.to_owned(), page);
                Todo::Ask
            }
            Some(page) if depth < page.depth => {
                page.depth = depth;
                Todo::Follow(page.links.clone(), depth + 1)
            }
            Some(_) => Todo::Nothing,
        }
    }

    /// Asks for the page and gives its links, with the depth that they lead to.
    async fn ask(&self, url: &str) -> (Vec<String>, usize) {
        let mut links = Vec::new();
        let outcome = match timeout(self.timeout, self.client.get(url)).await {
            Ok(Ok(page)) => {
                links = page.links();
                Outcome::Fetched {
                    status: page.status,
                    links: links.len(),
                }
            }
            Ok(Err(error)) => Outcome::Failed(error),
            Err(_) => Outcome::TimedOut,
        };
        links.retain(|link| link.starts_with(&self.root));
        for link in &mut links {
            *link = page_of(link).to_owned();
        }
        let mut found = self.found.lock().unwrap();
        let page = found.get_mut(url).expect("it was found");
        page.outcome = Some(outcome);
        page.links.clone_from(&links);
        (links, page.depth + 1)
    }
}

enum Todo {
    Ask,
    /// The page is nearer than we thought, and so are these.
    Follow(Vec<String>, usize),
    Nothing,
}

fn page_of(url: &str) -> &str {
    url.split('#').next().unwrap_or(url)
}
