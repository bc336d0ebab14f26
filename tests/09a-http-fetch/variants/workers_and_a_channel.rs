//! Tasks that tell a channel, and a summary that counts them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::mpsc;
use web::{Bytes, Client, Error, Site};

pub struct Summary {
    pub pages: usize,
    pub bytes: usize,
    pub failed: usize,
}

pub async fn fetch(session: &Client, url: &str) -> Result<Bytes, Error> {
    session.get(url).send().await?.bytes().await
}

pub fn fetch_all(
    session: &Client,
    urls: &[String],
) -> impl Future<Output = Vec<Result<Bytes, Error>>> + use<> {
    let (session, urls) = (session.clone(), urls.to_vec());
    async move {
        let mut answers: Vec<_> = urls.iter().map(|_| None).collect();
        let (tell, mut told) = mpsc::channel(1);
        for (place, url) in urls.into_iter().enumerate() {
            let (session, tell) = (session.clone(), tell.clone());
            tokio::spawn(async move {
                let answer = fetch(&session, &url).await;
                let _ = tell.send((place, answer)).await;
            });
        }
        drop(tell);
        while let Some((place, answer)) = told.recv().await {
            answers[place] = Some(answer);
        }
        answers.into_iter().flatten().collect()
    }
}

#[derive(Default)]
struct Counts {
    pages: AtomicUsize,
    bytes: AtomicUsize,
    failed: AtomicUsize,
}

impl Counts {
    fn line(&self, url: &str, answer: Result<Bytes, Error>) -> String {
        match answer {
            Ok(body) => {
                self.pages.fetch_add(1, Ordering::Relaxed);
                self.bytes.fetch_add(body.len(), Ordering::Relaxed);
                format!("{url}: {} bytes", body.len())
            }
            Err(error) => {
                self.failed.fetch_add(1, Ordering::Relaxed);
                error.to_string()
            }
        }
    }
}

pub async fn run(site: &Site, lists: &[Vec<String>]) -> Summary {
    let session = Client::builder(site).redirects(5).build();
    let counts = Arc::new(Counts::default());
    for urls in lists {
        let answers = fetch_all(&session, urls).await;
        let lines = urls
            .iter()
            .zip(answers)
            .map(|(url, answer)| counts.line(url, answer));
        for line in lines {
            println!("{line}");
        }
    }
    Summary {
        pages: counts.pages.load(Ordering::Relaxed),
        bytes: counts.bytes.load(Ordering::Relaxed),
        failed: counts.failed.load(Ordering::Relaxed),
    }
}
