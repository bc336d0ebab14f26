//! What a session keeps, how long things take, and who is told.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};
use web::{Client, Reply, Site, Watch, Watched};

const fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

async fn text(client: &Client, url: &str) -> Result<String, web::Error> {
    client.get(url).send().await?.text().await
}

#[tokio::test(start_paused = true)]
async fn one_after_another_requests_share_a_connection_and_together_they_do_not() {
    let site = Site::new()
        .route("http://a.test/1", Reply::ok("one").after(ms(100)))
        .route("http://a.test/2", Reply::ok("two").after(ms(100)))
        .route("http://b.test/", Reply::ok("b").after(ms(100)));
    let client = Client::new(&site);
    let began = Instant::now();
    assert_eq!(text(&client, "http://a.test/1").await.unwrap(), "one");
    assert_eq!(
        text(&client.clone(), "http://a.test/2").await.unwrap(),
        "two"
    );
    assert_eq!(
        (site.connections(), began.elapsed()),
        (1, ms(20 + 100 + 100))
    );
    let began = Instant::now();
    let all = tokio::join!(
        text(&client, "http://a.test/1"),
        text(&client, "http://a.test/2"),
        text(&client, "http://b.test/"),
    );
    assert!(all.0.is_ok() && all.1.is_ok() && all.2.is_ok());
    assert_eq!((site.connections(), began.elapsed()), (3, ms(20 + 100)));
    // Another session has connections of its own.
    assert_eq!(
        text(&Client::new(&site), "http://b.test/").await.unwrap(),
        "b"
    );
    assert_eq!(site.connections(), 4);
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_the_site_closes_is_not_used_again() {
    let site = Site::new().route("http://a.test/", Reply::ok("last").closing());
    let client = Client::new(&site);
    for connections in 1..3 {
        assert_eq!(text(&client, "http://a.test/").await.unwrap(), "last");
        assert_eq!(site.connections(), connections);
    }
}

#[tokio::test(start_paused = true)]
async fn a_response_that_is_dropped_takes_its_connection_with_it_and_one_without_a_body_does_not() {
    let site = Site::new()
        .route(
            "http://a.test/long",
            Reply::ok(vec![b'x'; 100_000]).bytes_per_ms(100),
        )
        .route("http://a.test/none", Reply::status(204));
    let client = Client::new(&site);
    for connections in 1..3 {
        let response = client.get("http://a.test/long").send().await.unwrap();
        assert_eq!(response.content_length(), Some(100_000));
        drop(response);
        assert_eq!(site.connections(), connections);
    }
    for _ in 0..2 {
        let response = client.get("http://a.test/none").send().await.unwrap();
        assert_eq!(response.status(), web::StatusCode::NO_CONTENT);
        drop(response);
        assert_eq!(site.connections(), 3);
    }
}

#[tokio::test(start_paused = true)]
async fn a_client_keeps_no_more_connections_than_it_is_told_to() {
    let site = Site::new().route("http://a.test/", Reply::ok("a"));
    let client = Client::builder(&site).pool_max_idle_per_host(1).build();
    let two = || async {
        tokio::join!(
            text(&client, "http://a.test/"),
            text(&client, "http://a.test/")
        )
    };
    let _ = two().await;
    let _ = two().await;
    assert_eq!(site.connections(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_body_comes_at_its_speed_whether_it_is_read_or_not() {
    let body: Vec<u8> = (0..=255).cycle().take(10_050).collect();
    let site = Site::new().route(
        "http://a.test/",
        Reply::ok(body.clone()).after(ms(80)).bytes_per_ms(100),
    );
    let client = Client::new(&site);
    let began = Instant::now();
    let mut response = client.get("http://a.test/").send().await.unwrap();
    assert_eq!(began.elapsed(), ms(100));
    let first = response.chunk().await.unwrap().unwrap();
    assert_eq!((first.len(), began.elapsed()), (1_000, ms(110)));
    sleep(ms(50)).await;
    let mut rest = Vec::from(first);
    while let Some(piece) = response.chunk().await.unwrap() {
        rest.extend(piece);
    }
    assert_eq!((rest, began.elapsed()), (body, ms(100 + 101)));
}

#[tokio::test(start_paused = true)]
async fn replies_to_one_url_come_in_turn() {
    let site = Site::new()
        .route("http://a.test/", Reply::status(500))
        .route("http://a.test/", Reply::ok("better"));
    let client = Client::new(&site);
    let statuses = async || {
        client
            .get("http://a.test/")
            .send()
            .await
            .unwrap()
            .status()
            .as_u16()
    };
    assert_eq!(
        [statuses().await, statuses().await, statuses().await],
        [500, 200, 200]
    );
}

#[tokio::test(start_paused = true)]
async fn headers_go_both_ways() {
    let site = Site::new().route("http://a.test/", Reply::ok("a").header("x-kind", "book"));
    let client = Client::new(&site);
    let response = client
        .get("http://a.test/")
        .header("accept", "text/plain")
        .send()
        .await;
    let response = response.unwrap();
    assert_eq!(response.headers()["x-kind"], "book");
    assert!(response.headers().get("date").is_none());
    let wrong = client
        .get("http://a.test/")
        .header("no name", "x")
        .send()
        .await;
    assert!(
        wrong
            .unwrap_err()
            .to_string()
            .starts_with("http://a.test/: ")
    );
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

struct Line(Log, String);

impl Log {
    fn say(&self, what: String) {
        self.0.lock().unwrap().push(what);
    }

    fn begins(&self, what: String) -> Box<dyn Watched> {
        self.say(format!("{what} begins"));
        Box::new(Line(self.clone(), what))
    }
}

impl Watch for Log {
    fn connection(&self, to: &str) -> Box<dyn Watched> {
        self.begins(to.to_owned())
    }

    fn request(&self, url: &str) -> Box<dyn Watched> {
        self.begins(url.to_owned())
    }
}

impl Watched for Line {
    fn answered(&mut self) {
        self.0.say(format!("{} is answered", self.1));
    }

    fn failed(&mut self, why: &str) {
        self.0.say(format!("{} fails: {why}", self.1));
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.0.say(format!("{} is over", self.1));
    }
}

#[tokio::test(start_paused = true)]
async fn a_watch_is_told_of_connections_and_requests_and_of_their_ends() {
    let log = Log::default();
    let site = Site::new()
        .route("http://a.test/", Reply::ok("a"))
        .route("http://a.test/slow", Reply::ok("a").after(ms(1000)))
        .watched(log.clone());
    let client = Client::new(&site);
    text(&client, "http://a.test/").await.unwrap();
    timeout(ms(100), text(&client, "http://a.test/slow"))
        .await
        .unwrap_err();
    text(&client, "http://nobody.test/").await.unwrap_err();
    assert_eq!(
        *log.0.lock().unwrap(),
        [
            "a.test:80 begins",
            "http://a.test/ begins",
            "http://a.test/ is answered",
            "http://a.test/ is over",
            "http://a.test/slow begins",
            "http://a.test/slow is over",
            "a.test:80 is over",
            "nobody.test:80 begins",
            "nobody.test:80 fails: http://nobody.test/: unknown host",
            "nobody.test:80 is over",
        ]
    );
}

#[tokio::test]
async fn it_works_on_a_running_clock_and_many_threads() {
    let site = Site::new().route("http://a.test/", Reply::ok("a").after(ms(5)));
    let client = Client::new(&site);
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { text(&client, "http://a.test/").await })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap().unwrap(), "a");
    }
}
