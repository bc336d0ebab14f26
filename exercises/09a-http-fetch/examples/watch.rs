//! Watch connections and requests come and go, in real time: `cargo run --example watch`.

use std::time::{Duration, Instant};

use http_fetch::run;
use web::{Reply, Site, Watch, Watched};

/// Prints what reaches the site, and when.
struct Log(Instant);

struct Line {
    began: Instant,
    what: String,
    end: String,
}

impl Log {
    fn begins(&self, what: String) -> Box<dyn Watched> {
        print(self.0, &what, "begins");
        Box::new(Line {
            began: self.0,
            what,
            end: "is dropped".to_owned(),
        })
    }
}

impl Watch for Log {
    fn connection(&self, to: &str) -> Box<dyn Watched> {
        self.begins(format!("  connection to {to}"))
    }

    fn request(&self, url: &str) -> Box<dyn Watched> {
        self.begins(format!("    request for {url}"))
    }
}

impl Watched for Line {
    fn answered(&mut self) {
        self.end = "is over".to_owned();
    }

    fn failed(&mut self, why: &str) {
        self.end = format!("fails: {why}");
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        print(self.began, &self.what, &self.end);
    }
}

fn print(began: Instant, what: &str, how: &str) {
    println!("{:>5} ms {what} {how}", began.elapsed().as_millis());
}

#[tokio::main]
async fn main() {
    let ms = Duration::from_millis;
    let site = Site::new()
        .connect_latency(ms(100))
        .route("http://books.test/tale", Reply::ok("a tale").after(ms(600)))
        .route("http://books.test/ode", Reply::ok("an ode").after(ms(300)))
        .route("http://books.test/old", Reply::redirect("/ode"))
        .route("http://pets.test/cat", Reply::ok("a cat").reset_after(2))
        .watched(Log(Instant::now()));
    let list = ["books.test/tale", "books.test/old", "pets.test/cat"];
    let list = list.map(|page| format!("http://{page}")).to_vec();
    let summary = run(&site, &[list.clone(), list]).await;
    println!(
        "{} pages of {} bytes came, {} failed",
        summary.pages, summary.bytes, summary.failed
    );
}
