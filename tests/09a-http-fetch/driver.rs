//! What happens when pages are fetched. No expected value is in here.

mod pages;
mod recorded;

use contract::{Summary, fetch, fetch_all, run};
use lab::{Lab, drive};
use web::{Bytes, Client, Error, Reply, Site};

use pages::{Given, Pages, text, urls};

lab::driver!(contract);

/// What one scene does is over when the next begins, in virtual milliseconds.
const GAP_MS: u64 = 100;

/// An answer as the judge reads it: how many bytes, or the error's text.
fn told(answer: Result<Bytes, Error>) -> Result<usize, String> {
    answer
        .map(|body| body.len())
        .map_err(|error| error.to_string())
}

/// Calls `fetch_all`, and notes what it was given and gave.
async fn fetches(lab: &Lab, session: &Client, list: &[Given]) {
    lab.note(
        "fetch_all",
        list.iter().map(Given::noted).collect::<Vec<_>>(),
    );
    let answers = fetch_all(session, &urls(list)).await;
    let answers: Vec<_> = answers.into_iter().map(told).collect();
    lab.note("fetch_all gave", answers);
    lab.sleep(GAP_MS).await;
}

/// Calls `run`, and notes what it was given and gave.
async fn runs(lab: &Lab, site: &Site, lists: &[Vec<Given>]) {
    let noted = |list: &Vec<Given>| list.iter().map(Given::noted).collect::<Vec<_>>();
    lab.note("run", lists.iter().map(noted).collect::<Vec<_>>());
    let lists: Vec<_> = lists.iter().map(|list| urls(list)).collect();
    let Summary {
        pages,
        bytes,
        failed,
    } = run(site, &lists).await;
    lab.note("run gave", (pages, bytes, failed));
    lab.sleep(GAP_MS).await;
}

/// Text, bytes that are no text, nothing, one that comes in pieces, one that is missing, one that is broken, and
/// one that has moved.
#[drive]
async fn fetches_every_byte(lab: Lab) {
    let picture: Vec<u8> = (0..=255_u8).cycle().take(600).collect();
    let size = lab.draw("size of the picture", 300, 130..=600);
    let picture = picture[..usize::try_from(size).expect("a small size")].to_vec();
    let number = lab.draw("number", 7, 1..=999);
    let long: Vec<u8> = format!("{number} ").repeat(80).into_bytes();
    let text = |name: &str| text(&lab, name, 60).into_bytes();
    let latency_ms = lab.draw("latency", 60, 10..=300);
    let pages = [
        ("text", 200, text("text")),
        ("picture", 200, picture),
        ("nothing", 204, Vec::new()),
        ("long", 200, long),
        ("missing", 404, text("missing")),
        ("broken", 500, text("broken")),
    ];
    let mut site =
        Pages::new(&lab).route("http://a.test/moved", Reply::redirect("/text"), latency_ms);
    for (name, status, body) in &pages {
        let reply = Reply::status(*status).body(body.clone()).bytes_per_ms(4);
        site = site.route(&format!("http://a.test/{name}"), reply, latency_ms);
    }
    let session = Client::new(site.site());
    let moved = ("moved", 302, pages[0].2.clone());
    for (name, status, body) in pages.into_iter().chain([moved]) {
        let url = format!("http://a.test/{name}");
        lab.note("page", (&url, status, body));
        let answer = fetch(&session, &url).await;
        lab.note(
            "fetch gave",
            answer
                .map(|body| body.to_vec())
                .map_err(|error| error.to_string()),
        );
    }
}

/// Lists whose pages answer in the order in which they are asked for, and empty ones.
#[drive]
async fn prints_a_line_for_each_page(lab: Lab) {
    let step_ms = lab.draw("step", 50, 20..=200);
    let pages = (1..=5).fold(Pages::new(&lab), |pages, number| {
        let url = format!("http://a.test/{number}");
        pages.text_page(&url, 40 * number, step_ms * number)
    });
    let list = pages.list();
    let (first, second) = list.split_at(3);
    runs(
        &lab,
        pages.site(),
        &[first.to_vec(), Vec::new(), second.to_vec()],
    )
    .await;
    runs(&lab, pages.site(), &[]).await;
}

/// Pages of two hosts, the slowest first and last; so many that a few at a time shows; and `run`.
#[drive]
async fn fetches_all_at_once(lab: Lab) {
    let slow_ms = lab.draw("slow", 500, 400..=900);
    let body_ms = lab.draw("body", 300, 200..=380);
    let fast_ms = lab.draw("fast", 120, 50..=200);
    let pages = || {
        Pages::new(&lab)
            .page("http://a.test/slow", 500, slow_ms)
            .page("http://b.test/", 60, fast_ms)
            .slow_page("http://a.test/body", fast_ms / 2, body_ms)
            .page("http://a.test/fast", 80, fast_ms)
            .page("http://b.test/next", 90, fast_ms / 3)
    };
    let slow_first = pages();
    fetches(&lab, &Client::new(slow_first.site()), &slow_first.list()).await;

    let slow_last = pages();
    let list: Vec<Given> = slow_last.list().into_iter().rev().collect();
    fetches(&lab, &Client::new(slow_last.site()), &list).await;

    let many = lab.draw("many", 40, 30..=60);
    let many = (1..=many).fold(Pages::new(&lab), |pages, number| {
        pages.slow_page(&format!("http://c.test/{number}"), fast_ms, 2)
    });
    fetches(&lab, &Client::new(many.site()), &many.list()).await;

    let printed = pages();
    runs(&lab, printed.site(), &[printed.list()]).await;
}

/// Pages of which the first ones come last, and one that stands in the list twice.
#[drive]
async fn keeps_the_order(lab: Lab) {
    let step_ms = lab.draw("step", 60, 20..=200);
    let pages = || {
        (1..=4).rev().fold(Pages::new(&lab), |pages, number| {
            pages.slow_page(
                &format!("http://a.test/{number}"),
                step_ms * number,
                2 * number,
            )
        })
    };
    let again = |mut list: Vec<Given>| {
        list.push(list[1].clone());
        list
    };
    let fetched = pages();
    fetches(&lab, &Client::new(fetched.site()), &again(fetched.list())).await;
    let printed = pages();
    runs(&lab, printed.site(), &[again(printed.list())]).await;
}

/// The same pages again and again: in a session that is handed over, and in that of `run`.
#[drive]
async fn keeps_its_connections(lab: Lab) {
    let latency_ms = |name: &str, plain: u64| lab.draw(name, plain, 50..=400);
    let (a, b, c) = (
        latency_ms("a", 100),
        latency_ms("b", 250),
        latency_ms("c", 70),
    );
    let pages = || {
        Pages::new(&lab)
            .page("http://a.test/1", 60, a)
            .page("http://a.test/2", 900, b)
            .slow_page("http://b.test/long", c, 100)
            .slow_page("http://b.test/none", a, 0)
    };
    let fetched = pages();
    let session = Client::new(fetched.site());
    for _ in 0..3 {
        fetches(&lab, &session, &fetched.list()).await;
        lab.note("connections", fetched.site().connections());
    }
    let printed = pages();
    let list = printed.list();
    runs(&lab, printed.site(), &[list.clone(), list.clone(), list]).await;
    lab.note("connections of run", printed.site().connections());
}

/// A host that nobody knows, one that refuses, a page whose connection breaks before, in and behind its body, a
/// URL that is none, and a page that would come if it were asked for again; with pages that are whole between them.
#[drive]
async fn a_failure_is_one_answer(lab: Lab) {
    let fast_ms = lab.draw("fast", 100, 30..=200);
    let slow_ms = lab.draw("slow", 400, 250..=700);
    let cut = lab.draw("cut", 40, 1..=80);
    let cut = usize::try_from(cut).expect("a small number");
    let body = || Reply::ok(vec![b'x'; 100]);
    let pages = || {
        let pages = Pages::new(&lab)
            .page("http://a.test/slow", 60, slow_ms)
            .page("http://a.test/fast", 90, fast_ms)
            .route("http://a.test/reset", Reply::reset(), fast_ms)
            .route("http://a.test/reset", body(), fast_ms)
            .route("http://a.test/cut", body().truncated_after(cut), fast_ms)
            .route("http://b.test/broken", body().reset_after(cut), fast_ms / 2);
        (
            pages.list(),
            pages.site().clone().refusing("http://closed.test/"),
        )
    };
    let broken = |url: &str| Given {
        url: url.to_owned(),
        size: 0,
        takes_ms: 0,
    };
    let mixed = |whole: &[Given]| {
        let mut list: Vec<Given> = [
            "http://nobody.test/x",
            "http://a.test/reset",
            "http://closed.test/",
            "http://a.test/cut",
            "ftp://a.test/fast",
            "http://b.test/broken",
        ]
        .map(broken)
        .to_vec();
        list.insert(1, whole[0].clone());
        list.insert(4, whole[1].clone());
        list
    };
    let (whole, site) = pages();
    let session = Client::new(&site);
    fetches(&lab, &session, &mixed(&whole)).await;
    let (whole, site) = pages();
    runs(&lab, &site, &[whole.clone(), mixed(&whole)]).await;
}

/// Chains of redirects: of five, of six, and one that goes round; each in a list of its own.
#[drive]
async fn follows_redirects_up_to_five(lab: Lab) {
    let hop_ms = lab.draw("hop", 40, 10..=120);
    let number = lab.draw("number", 3, 1..=99);
    let chain = |pages: Pages, host: &str, hops: u64| {
        let url = |hop: u64| format!("http://{host}/{number}/{hop}");
        (0..hops).fold(pages, |pages, hop| {
            pages.route(&url(hop), Reply::redirect(&url(hop + 1)), hop_ms)
        })
    };
    let pages = Pages::new(&lab)
        .page(&format!("http://five.test/{number}/5"), 70, hop_ms)
        .page(&format!("http://six.test/{number}/6"), 70, hop_ms)
        .route("http://round.test/", Reply::redirect("/"), hop_ms);
    let pages = chain(chain(pages, "five.test", 5), "six.test", 6);
    let mut lists = pages.list();
    for given in &mut lists {
        let host = given.url.rsplit_once('/').expect("a path").0.to_owned();
        given.url = format!("{host}/0");
    }
    lists.push(Given {
        url: "http://round.test/".to_owned(),
        size: 0,
        takes_ms: 0,
    });
    let lists: Vec<_> = lists.into_iter().map(|given| vec![given]).collect();
    runs(&lab, pages.site(), &lists).await;
}
