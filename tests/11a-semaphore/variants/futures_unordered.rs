//! A channel full of tokens is the gate; as many calls as allowed are kept going by hand.

use futures::stream::{FuturesUnordered, StreamExt};
use tokio::sync::{Mutex, mpsc};

pub struct Gate {
    back: mpsc::UnboundedSender<()>,
    tokens: Mutex<mpsc::UnboundedReceiver<()>>,
}

struct Token(mpsc::UnboundedSender<()>);

impl Drop for Token {
    fn drop(&mut self) {
        let _ = self.0.send(());
    }
}

impl Gate {
    pub fn new(limit: usize) -> Self {
        let (back, tokens) = mpsc::unbounded_channel();
        for _ in 0..limit {
            back.send(()).expect("the gate has the other end");
        }
        Self {
            back,
            tokens: Mutex::new(tokens),
        }
    }

    pub async fn pass<T>(&self, work: impl Future<Output = T>) -> T {
        let _token = self.token().await;
        work.await
    }

    async fn token(&self) -> Token {
        let mut tokens = self.tokens.lock().await;
        tokens.recv().await.expect("the gate has the other end");
        Token(self.back.clone())
    }
}

pub async fn run_all(
    count: usize,
    limit: usize,
    call: impl AsyncFn(usize) -> Result<String, String>,
) -> Vec<Result<String, String>> {
    let start = |n| {
        let call = &call;
        async move { (n, task(n, call).await) }
    };
    let mut waiting = 0..count;
    let mut going: FuturesUnordered<_> = waiting.by_ref().take(limit).map(start).collect();
    let mut answers: Vec<_> = (0..count).map(|_| None).collect();
    while let Some((n, answer)) = going.next().await {
        answers[n] = Some(answer);
        going.extend(waiting.next().map(start));
    }
    answers.into_iter().flatten().collect()
}

async fn task(
    n: usize,
    call: &impl AsyncFn(usize) -> Result<String, String>,
) -> Result<String, String> {
    println!("Task {n} starting");
    let answer = call(n).await;
    println!("Task {n} done");
    answer
}
