//! Seven pages of two hosts, asked for twice in one session.

mod recorded;

use std::time::Duration;

use contract::fetch_all;
use lab::{Lab, drive};
use recorded::Recorded;
use web::{Client, Error, Reply, Site};

lab::driver!(contract);

const URLS: [&str; 7] = [
    "http://a.test/long",
    "http://a.test/short",
    "http://a.test/moved",
    "http://a.test/missing",
    "http://b.test/reset",
    "http://b.test/cut",
    "http://nobody.test/",
];

fn site(lab: &Lab) -> Site {
    let reply = |reply: Reply, name: &str, plain_ms: u64| {
        let ms = lab.draw(name, plain_ms, 50..=500);
        reply.after(Duration::from_millis(ms))
    };
    let long = Reply::ok(vec![b'x'; 30_000]).bytes_per_ms(200);
    Site::new()
        .watched(Recorded::new(lab))
        .route("http://a.test/long", reply(long, "long", 100))
        .route("http://a.test/short", reply(Reply::ok("short"), "short", 200))
        .route("http://a.test/moved", reply(Reply::redirect("/short"), "moved", 50))
        .route("http://b.test/reset", reply(Reply::ok("reset").reset_after(2), "reset", 120))
        .route("http://b.test/cut", reply(Reply::ok("cut").truncated_after(1), "cut", 130))
}

#[drive]
async fn fetches(lab: Lab) {
    let site = site(&lab);
    let client = Client::new(&site);
    let urls = URLS.map(str::to_owned);
    for round in ["first", "second"] {
        lab.note("asks", round);
        let lengths = fetch_all(&client, &urls).await;
        let lengths: Vec<_> = lengths.into_iter().map(told).collect();
        lab.note("lengths", lengths);
        lab.note("connections", site.connections());
    }
}

fn told(length: Result<usize, Error>) -> Result<usize, String> {
    length.map_err(|error| error.to_string())
}
