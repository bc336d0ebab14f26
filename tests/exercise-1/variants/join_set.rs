//! A right answer: one loop that hands each request to a task of a `JoinSet`.

use std::collections::{BTreeMap, HashMap, VecDeque};

use tokio::{task::JoinSet, time::timeout};
use web::{Client, FetchError, Limits, Outcome, Page};

pub async fn fetch_all(client: &Client, urls: &[String]) -> Vec<Result<Page, FetchError>> {
    let mut tasks = JoinSet::new();
    for (place, url) in urls.iter().cloned().enumerate() {
        let client = client.clone();
        tasks.spawn(async move { (place, client.get(&url).await) });
    }
    let mut results = vec![Err(FetchError::BadUrl); urls.len()];
    while let Some(joined) = tasks.join_next().await {
        let (place, result) = joined.expect("a request does not panic");
        results[place] = result;
    }
    results
}

pub async fn crawl(client: &Client, start: &str, limits: &Limits) -> BTreeMap<String, Outcome> {
    let start = key(start);
    let root: String = start.split_inclusive('/').take(3).collect();
    let mut depths = HashMap::from([(start.clone(), 0)]);
    let mut links_of: HashMap<String, Vec<String>> = HashMap::new();
    let mut waiting = VecDeque::from([start]);
    let mut outcomes = BTreeMap::new();
    let mut tasks = JoinSet::new();

    loop {
        while tasks.len() < limits.max_in_flight {
            let Some(url) = waiting.pop_front() else {
                break;
            };
            let (client, limit) = (client.clone(), limits.timeout);
            tasks.spawn(async move {
                let answer = timeout(limit, client.get(&url)).await;
                (url, answer)
            });
        }
        let Some(joined) = tasks.join_next().await else {
            return outcomes;
        };
        let (url, answer) = joined.expect("a request does not panic");
        let page = match answer {
            Ok(Ok(page)) => page,
            Ok(Err(error)) => {
                outcomes.insert(url, Outcome::Failed(error));
                continue;
            }
            Err(_) => {
                outcomes.insert(url, Outcome::TimedOut);
                continue;
            }
        };

        let links = page.links();
        let outcome = Outcome::Fetched {
            status: page.status,
            links: links.len(),
        };
        outcomes.insert(url.clone(), outcome);
        let ours = links.iter().filter(|link| link.starts_with(&root));
        links_of.insert(url.clone(), ours.map(|link| key(link)).collect());

        // Pages whose links have something to say about depths: this one, and then every answered
        // page that has turned out to be nearer than we thought.
        let mut nearer = vec![url];
        while let Some(from) = nearer.pop() {
            let depth = depths[&from] + 1;
            if depth > limits.max_depth {
                continue;
            }
            for to in &links_of[&from] {
                match depths.get_mut(to) {
                    None => {
                        depths.insert(to.clone(), depth);
                        waiting.push_back(to.clone());
                    }
                    Some(known) if depth < *known => {
                        *known = depth;
                        if links_of.contains_key(to) {
                            nearer.push(to.clone());
                        }
                    }
                    Some(_) => {}
                }
            }
        }
    }
}

fn key(url: &str) -> String {
    url.split('#').next().unwrap_or_default().to_owned()
}
