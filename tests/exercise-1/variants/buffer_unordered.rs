//! A right answer: a stream of URLs that the crawl itself feeds, with `buffer_unordered` for the
//! limit. Depths are counted anew, from the start page, whenever a page turns out to be nearer.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use futures::{StreamExt, stream};
use tokio::{sync::mpsc, time::timeout};
use tokio_stream::wrappers::UnboundedReceiverStream;
use web::{Client, FetchError, Limits, Outcome, Page};

pub async fn fetch_all(client: &Client, urls: &[String]) -> Vec<Result<Page, FetchError>> {
    stream::iter(urls)
        .map(|url| client.get(url))
        .buffered(urls.len().max(1))
        .collect()
        .await
}

pub async fn crawl(client: &Client, start: &str, limits: &Limits) -> BTreeMap<String, Outcome> {
    let start = page_of(start).to_owned();
    let (ask, urls) = mpsc::unbounded_channel::<String>();
    let mut answers = UnboundedReceiverStream::new(urls)
        .map(async |url| {
            let answer = timeout(limits.timeout, client.get(&url)).await;
            (url, answer)
        })
        .buffer_unordered(limits.max_in_flight);

    let mut links_of: HashMap<String, Vec<String>> = HashMap::new();
    let mut depths = HashMap::from([(start.clone(), 0)]);
    let mut asked = HashSet::from([start.clone()]);
    ask.send(start.clone()).expect("the stream is there");
    let mut outcomes = BTreeMap::new();

    while outcomes.len() < asked.len() {
        let (url, answer) = answers.next().await.expect("not all have answered");
        let page = match answer {
            Err(_) => {
                outcomes.insert(url, Outcome::TimedOut);
                continue;
            }
            Ok(Err(error)) => {
                outcomes.insert(url, Outcome::Failed(error));
                continue;
            }
            Ok(Ok(page)) => page,
        };
        let mut links = page.links();
        let outcome = Outcome::Fetched {
            status: page.status,
            links: links.len(),
        };
        outcomes.insert(url.clone(), outcome);
        links.retain(|link| same_site(&start, link));
        let links: Vec<_> = links.iter().map(|link| page_of(link).to_owned()).collect();

        let depth = depths[&url] + 1;
        let mut nearer = false;
        for link in &links {
            let known = depths.entry(link.clone()).or_insert(depth);
            nearer |= depth < *known;
        }
        links_of.insert(url, links.clone());
        if nearer {
            depths = count_depths(&start, &links_of);
        }

        let candidates: Box<dyn Iterator<Item = &String>> = if nearer {
            Box::new(depths.keys())
        } else {
            Box::new(links.iter())
        };
        for page in candidates {
            if depths[page] <= limits.max_depth && asked.insert(page.clone()) {
                ask.send(page.clone()).expect("the stream is there");
            }
        }
    }
    outcomes
}

/// Breadth first, over the links of all pages that have answered.
fn count_depths(start: &str, links_of: &HashMap<String, Vec<String>>) -> HashMap<String, usize> {
    let mut depths = HashMap::from([(start.to_owned(), 0)]);
    let mut ahead = VecDeque::from([start]);
    while let Some(url) = ahead.pop_front() {
        let depth = depths[url] + 1;
        for link in links_of.get(url).into_iter().flatten() {
            if !depths.contains_key(link) {
                depths.insert(link.clone(), depth);
                ahead.push_back(link);
            }
        }
    }
    depths
}

fn page_of(url: &str) -> &str {
    url.split('#').next().unwrap_or(url)
}

/// Between slashes, a URL begins with its scheme, nothing, and its host with the port.
fn same_site(one: &str, other: &str) -> bool {
    one.split('/').take(3).eq(other.split('/').take(3))
}
