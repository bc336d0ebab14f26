//! How requests fail.

use std::time::Duration;

use tokio::time::timeout;
use web::{Client, Error, Reply, Site};

async fn text(client: &Client, url: &str) -> Result<String, Error> {
    client.get(url).send().await?.text().await
}

async fn failure(site: &Site, url: &str) -> Error {
    text(&Client::new(site), url).await.unwrap_err()
}

#[tokio::test(start_paused = true)]
async fn no_connection_comes_about_where_nobody_is() {
    let site = Site::new().refusing("http://closed.test/");
    for (url, why) in [
        ("http://nobody.test/x", "http://nobody.test/x: unknown host"),
        (
            "http://closed.test/",
            "http://closed.test/: connection refused",
        ),
    ] {
        let error = failure(&site, url).await;
        assert!(error.is_connect());
        assert_eq!((error.to_string().as_str(), error.url()), (why, url));
    }
    let error = failure(&site, "ftp://x.test/").await;
    assert_eq!(
        error.to_string(),
        "`ftp://x.test/` is not an absolute http URL"
    );
    assert_eq!(site.connections(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_status_is_an_error_only_where_it_is_asked_for() {
    let site = Site::new().route("http://a.test/", Reply::status(500).body("sorry"));
    let client = Client::new(&site);
    assert_eq!(text(&client, "http://a.test/").await.unwrap(), "sorry");
    assert_eq!(
        text(&client, "http://a.test/none").await.unwrap(),
        "not found"
    );
    for (url, status) in [("http://a.test/", 500), ("http://a.test/none", 404)] {
        let response = client.get(url).send().await.unwrap();
        let error = response.error_for_status().unwrap_err();
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
    }
}

#[tokio::test(start_paused = true)]
async fn a_connection_goes_before_behind_or_in_the_middle_of_a_body() {
    let reply = || Reply::ok(vec![b'x'; 5_000]);
    for (reply, pieces, why) in [
        (Reply::reset(), None, "connection reset"),
        (reply().reset_after(0), Some(0), "connection reset"),
        (reply().reset_after(3_000), Some(3_000), "connection reset"),
        (
            reply().bytes_per_ms(10).reset_after(3_000),
            Some(3_000),
            "connection reset",
        ),
        (
            reply().truncated_after(0),
            Some(0),
            "connection closed before the end",
        ),
        (
            reply().truncated_after(4_999),
            Some(4_999),
            "connection closed before the end",
        ),
        (
            reply().bytes_per_ms(7).truncated_after(50),
            Some(50),
            "connection closed before the end",
        ),
    ] {
        let site = Site::new()
            .route("http://a.test/", reply)
            .route("http://a.test/", Reply::ok("b"));
        let client = Client::new(&site);
        let mut got = None;
        let sent = client.get("http://a.test/").send().await;
        let error = match sent {
            Err(error) => error,
            Ok(mut response) => loop {
                match response.chunk().await {
                    Ok(piece) => *got.get_or_insert(0) += piece.expect("no end comes").len(),
                    Err(error) => {
                        got.get_or_insert(0);
                        break error;
                    }
                }
            },
        };
        assert_eq!(
            (got, error.to_string()),
            (pieces, format!("http://a.test/: {why}"))
        );
        assert!(error.is_interrupted());
        // Its connection is gone, and the next request has another.
        assert_eq!(text(&client, "http://a.test/").await.unwrap(), "b");
        assert_eq!(site.connections(), 2);
    }
}

#[tokio::test(start_paused = true)]
async fn a_site_can_be_silent() {
    let site = Site::new().route("http://a.test/", Reply::silence());
    let client = Client::new(&site);
    let day = Duration::from_secs(24 * 60 * 60);
    timeout(day, text(&client, "http://a.test/"))
        .await
        .unwrap_err();
}

#[tokio::test(start_paused = true)]
async fn redirects_are_followed_up_to_a_cap_on_the_same_connection() {
    let site = Site::new()
        .route("http://a.test/1", Reply::redirect("/2").body("there"))
        .route(
            "http://a.test/2",
            Reply::status(308).header("location", "3?q"),
        )
        .route("http://a.test/3?q", Reply::ok("end"))
        .route("http://a.test/round", Reply::redirect("round"))
        .route("http://a.test/away", Reply::redirect("https://b.test/"))
        .route("http://a.test/nowhere", Reply::status(302).body("lost"));
    let two = Client::builder(&site).redirects(2).build();
    assert_eq!(text(&two, "http://a.test/1").await.unwrap(), "end");
    let requests = ["http://a.test/1", "http://a.test/2", "http://a.test/3?q"];
    assert_eq!(
        (site.connections(), site.requests()),
        (1, requests.map(str::to_owned).to_vec())
    );
    let one = Client::builder(&site).redirects(1).build();
    let error = text(&one, "http://a.test/1").await.unwrap_err();
    assert!(error.is_redirect());
    assert_eq!(
        error.to_string(),
        "http://a.test/3?q: more than 1 redirects"
    );
    assert!(failure(&site, "http://a.test/round").await.is_redirect());
    assert_eq!(
        failure(&site, "http://a.test/away").await.url(),
        "https://b.test/"
    );
    assert_eq!(text(&two, "http://a.test/nowhere").await.unwrap(), "lost");
}
