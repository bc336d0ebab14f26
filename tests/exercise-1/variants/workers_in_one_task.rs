//! A right answer: `max_in_flight` workers that are plain futures of one task. They share what they
//! know in a `RefCell`, so the crawl is not `Send`; nobody asked for that.

use std::{
    cell::RefCell,
    collections::{BTreeMap, HashMap},
};

use futures::future::join_all;
use tokio::{sync::Notify, time::timeout};
use web::{Client, FetchError, Limits, Outcome, Page};

pub async fn fetch_all(client: &Client, urls: &[String]) -> Vec<Result<Page, FetchError>> {
    let results: Vec<_> = urls.iter().map(|_| RefCell::new(None)).collect();
    join_all(urls.iter().zip(&results).map(async |(url, result)| {
        let answer = client.get(url).await;
        result.replace(Some(answer));
    }))
    .await;
    results
        .into_iter()
        .map(|result| result.into_inner().expect("all have answered"))
        .collect()
}

pub async fn crawl(client: &Client, start: &str, limits: &Limits) -> BTreeMap<String, Outcome> {
    let start = start.split('#').next().unwrap_or(start);
    let host_ends = start.match_indices('/').nth(2).map_or(start.len(), |m| m.0);
    let board = RefCell::new(Board {
        site: format!("{}/", &start[..host_ends]),
        max_depth: limits.max_depth,
        pages: HashMap::new(),
        waiting: Vec::new(),
        under_way: 0,
    });
    board.borrow_mut().reach(start, 0);
    let changed = Notify::new();

    let work = async || {
        loop {
            let news = changed.notified();
            // Taken in a statement of its own, lest the borrow last as long as the `match`.
            let next = board.borrow_mut().take();
            match next {
                Next::Ask(url) => {
                    let answer = timeout(limits.timeout, client.get(&url)).await;
                    board.borrow_mut().answered(&url, answer.ok());
                    changed.notify_waiters();
                }
                Next::Wait => news.await,
                Next::Leave => return,
            }
        }
    };
    join_all((0..limits.max_in_flight).map(|_| work())).await;

    let pages = board.into_inner().pages.into_iter();
    pages
        .map(|(url, page)| (url, page.outcome.expect("nothing waits any more")))
        .collect()
}

enum Next {
    Ask(String),
    Wait,
    Leave,
}

struct Board {
    site: String,
    max_depth: usize,
    pages: HashMap<String, Entry>,
    /// The last found is asked for first.
    waiting: Vec<String>,
    under_way: usize,
}

struct Entry {
    depth: usize,
    outcome: Option<Outcome>,
    links: Vec<String>,
}

impl Board {
    fn take(&mut self) -> Next {
        match self.waiting.pop() {
            Some(url) => {
                self.under_way += 1;
                Next::Ask(url)
            }
            None if self.under_way > 0 => Next::Wait,
            None => Next::Leave,
        }
    }

    fn answered(&mut self, url: &str, answer: Option<Result<Page, FetchError>>) {
        self.under_way -= 1;
        let page = self.pages.get_mut(url).expect("it was asked for");
        let depth = page.depth + 1;
        match answer {
            Some(Ok(answer)) => {
                let links = answer.links();
                page.outcome = Some(Outcome::Fetched {
                    status: answer.status,
                    links: links.len(),
                });
                page.links = links
                    .into_iter()
                    .filter_map(|link| {
                        let page = link.split('#').next()?;
                        page.starts_with(&self.site).then(|| page.to_owned())
                    })
                    .collect();
                for link in page.links.clone() {
                    self.reach(&link, depth);
                }
            }
            Some(Err(error)) => page.outcome = Some(Outcome::Failed(error)),
            None => page.outcome = Some(Outcome::TimedOut),
        }
    }

    fn reach(&mut self, url: &str, depth: usize) {
        let mut ways = vec![(url.to_owned(), depth)];
        while let Some((url, depth)) = ways.pop() {
            if depth > self.max_depth {
                continue;
            }
            if let Some(page) = self.pages.get_mut(&url) {
                if depth < page.depth {
                    page.depth = depth;
                    ways.extend(page.links.iter().map(|link| (link.clone(), depth + 1)));
                }
            } else {
                self.waiting.push(url.clone());
                let page = Entry {
                    depth,
                    outcome: None,
                    links: Vec::new(),
                };
                self.pages.insert(url, page);
            }
        }
    }
}
