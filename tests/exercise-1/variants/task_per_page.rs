//! A right answer: a task for each page found, which waits for a permit, asks for its page, and
//! starts the tasks of the pages it has found. Nobody steers; the crawl is over when no task is left.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    mem,
    sync::{Arc, Mutex},
    time::Duration,
};

use futures::stream::{FuturesOrdered, StreamExt};
use tokio::{sync::Semaphore, time::timeout};
use tokio_util::task::TaskTracker;
use web::{Client, FetchError, Limits, Outcome, Page};

pub async fn fetch_all(client: &Client, urls: &[String]) -> Vec<Result<Page, FetchError>> {
    let requests: FuturesOrdered<_> = urls.iter().map(|url| client.get(url)).collect();
    requests.collect().await
}

pub async fn crawl(client: &Client, start: &str, limits: &Limits) -> BTreeMap<String, Outcome> {
    let start = start.split('#').next().unwrap_or(start);
    let crawl = Arc::new(Crawl {
        client: client.clone(),
        site: start.splitn(4, '/').take(3).collect::<Vec<_>>().join("/") + "/",
        max_depth: limits.max_depth,
        timeout: limits.timeout,
        permits: Semaphore::new(limits.max_in_flight),
        tasks: TaskTracker::new(),
        pages: Mutex::default(),
    });
    crawl.found(start.to_owned(), 0);
    crawl.tasks.close();
    crawl.tasks.wait().await;

    let pages = mem::take(&mut *crawl.pages.lock().unwrap());
    let outcome = |page: Found| page.outcome.expect("its task has ended");
    pages
        .into_iter()
        .map(|(url, page)| (url, outcome(page)))
        .collect()
}

struct Crawl {
    client: Client,
    site: String,
    max_depth: usize,
    timeout: Duration,
    permits: Semaphore,
    tasks: TaskTracker,
    pages: Mutex<HashMap<String, Found>>,
}

struct Found {
    depth: usize,
    outcome: Option<Outcome>,
    links: Vec<String>,
}

impl Crawl {
    fn found(self: &Arc<Self>, url: String, depth: usize) {
        let mut pages = self.pages.lock().unwrap();
        let mut ways = VecDeque::from([(url, depth)]);
        while let Some((url, depth)) = ways.pop_front() {
            if depth > self.max_depth {
                continue;
            }
            let page = pages.entry(url.clone()).or_insert_with(|| {
                let crawl = Arc::clone(self);
                self.tasks.spawn(async move { crawl.visit(&url).await });
                Found {
                    depth,
                    outcome: None,
                    links: Vec::new(),
                }
            });
            if depth < page.depth {
                page.depth = depth;
                ways.extend(page.links.iter().map(|link| (link.clone(), depth + 1)));
            }
        }
    }

    async fn visit(self: Arc<Self>, url: &str) {
        let permit = self.permits.acquire().await.expect("never closed");
        let answer = timeout(self.timeout, self.client.get(url)).await;
        drop(permit);

        let mut links = Vec::new();
        let outcome = match answer {
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
        links.retain(|link| link.starts_with(&self.site));
        for link in &mut links {
            link.truncate(link.find('#').unwrap_or(link.len()));
        }

        let depth = {
            let mut pages = self.pages.lock().unwrap();
            let page = pages.get_mut(url).expect("its task was started for it");
            page.outcome = Some(outcome);
            page.links.clone_from(&links);
            page.depth
        };
        for link in links {
            self.found(link, depth + 1);
        }
    }
}
