//! Crawls a small site on the real clock and prints what happens: `cargo run --example watch`.
//!
//! Each line is an event: when, what, where, and a mark for each request under way just after it.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use web::{Answer, Client, FetchError, Limits, Site, Transport};
use web_crawler::crawl;

#[tokio::main]
async fn main() {
    let start = Instant::now();
    let client = Client::new(Watched {
        site: pets(),
        start,
        in_flight: AtomicUsize::new(0),
    });
    let limits = Limits {
        max_in_flight: 3,
        max_depth: 3,
        timeout: Duration::from_millis(700),
    };

    let outcomes = crawl(&client, "http://pets.test/", &limits).await;

    println!("\n{} pages in {} ms", outcomes.len(), millis(start));
    for (url, outcome) in outcomes {
        println!("{url:<32} {outcome:?}");
    }
}

/// A page that is missing, one that is broken, one that is late, a link to another site, and a page
/// (`/shop`) to which the fastest way is not the shortest.
fn pets() -> Site {
    let ms = Duration::from_millis;
    Site::new("http://pets.test")
        .page("/", &["/cats", "/dogs", "/birds", "/news"])
        .page("/cats", &["/", "/cats/tabby", "/cats/tabby#eyes"])
        .page("/cats/tabby", &["/shop", "/cats"])
        .page("/dogs", &["/dogs/rex", "http://other.test/"])
        .page_with_status("/dogs/rex", 404, &["/dogs"])
        .page("/birds", &["/birds/parrot"])
        .page("/news", &["/shop"])
        .page("/shop", &["/shop/food"])
        .page("/shop/food", &["/"])
        .fault("/birds/parrot", FetchError::ConnectionReset)
        .latency("/", ms(100))
        .latency("/cats", ms(150))
        .latency("/dogs", ms(250))
        .latency("/birds", ms(900))
        .latency("/news", ms(600))
        .latency("/shop", ms(100))
}

/// Stands between the client and the site, and prints each request's begin and end.
struct Watched {
    site: Site,
    start: Instant,
    in_flight: AtomicUsize,
}

impl Transport for Watched {
    fn get(&self, url: String) -> Answer<'_> {
        Box::pin(async move {
            let mut request = Request::begin(self, url.clone());
            let answer = self.site.get(url).await;
            request.end = match &answer {
                Ok(page) => format!("answered {}", page.status),
                Err(error) => error.to_string(),
            };
            answer
        })
    }
}

struct Request<'a> {
    web: &'a Watched,
    url: String,
    end: String,
}

impl<'a> Request<'a> {
    fn begin(web: &'a Watched, url: String) -> Self {
        let in_flight = web.in_flight.fetch_add(1, Ordering::Relaxed) + 1;
        web.print("asked", &url, in_flight);
        Self {
            web,
            url,
            end: "dropped".to_owned(),
        }
    }
}

impl Drop for Request<'_> {
    fn drop(&mut self) {
        let in_flight = self.web.in_flight.fetch_sub(1, Ordering::Relaxed) - 1;
        self.web.print(&self.end, &self.url, in_flight);
    }
}

impl Watched {
    fn print(&self, what: &str, url: &str, in_flight: usize) {
        let marks = "■".repeat(in_flight);
        println!("{:>5} ms  {what:<17} {url:<30} {marks}", millis(self.start));
    }
}

fn millis(start: Instant) -> u128 {
    start.elapsed().as_millis()
}
