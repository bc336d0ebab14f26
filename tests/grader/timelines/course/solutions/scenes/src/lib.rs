//! What happens in each scene.

use std::sync::Arc;
use std::time::Duration;

use futures::future::join_all;
use tokio::sync::{Mutex, Semaphore};
use tokio::time::{sleep, timeout};

/// Plays a scene.
pub async fn scene<F>(name: &str, fetches: Vec<F>)
where
    F: Future<Output = u64> + Send + 'static,
{
    match name {
        "in turn" => in_turn(fetches).await,
        "at once" => drop(join_all(fetches).await),
        "permits" => permits(3, fetches).await,
        "convoy" => convoy(fetches).await,
        "timeout" => timed_out(fetches).await,
        "panic" => panics(fetches).await,
        "deadlock" => deadlock(fetches).await,
        "blocked" => blocked(fetches).await,
        "many" => permits(20, fetches).await,
        _ => day(fetches).await,
    }
}

async fn in_turn<F: Future<Output = u64>>(fetches: Vec<F>) {
    for fetch in fetches {
        println!("fetched {}", fetch.await);
    }
}

async fn permits<F: Future<Output = u64> + Send + 'static>(limit: usize, fetches: Vec<F>) {
    let permits = Arc::new(Semaphore::new(limit));
    let mut tasks = Vec::new();
    for fetch in fetches {
        let permits = permits.clone();
        tasks.push(tokio::spawn(async move {
            let _permit = permits.acquire().await;
            fetch.await;
        }));
    }
    join_all(tasks).await;
}

async fn convoy<F: Future<Output = u64> + Send + 'static>(fetches: Vec<F>) {
    let sum = Arc::new(Mutex::new(0));
    let mut tasks = Vec::new();
    for fetch in fetches {
        let sum = sum.clone();
        tasks.push(tokio::spawn(async move {
            sleep(Duration::from_millis(10)).await;
            let mut sum = sum.lock().await;
            *sum += fetch.await;
        }));
    }
    join_all(tasks).await;
}

async fn timed_out<F: Future<Output = u64> + Send + 'static>(fetches: Vec<F>) {
    let all = fetches
        .into_iter()
        .map(|fetch| timeout(Duration::from_millis(100), fetch));
    join_all(all).await;
    let late = tokio::spawn(sleep(Duration::from_secs(5)));
    sleep(Duration::from_millis(20)).await;
    late.abort();
    let _ = late.await;
}

async fn panics<F: Future<Output = u64> + Send + 'static>(fetches: Vec<F>) {
    let mut tasks = Vec::new();
    for fetch in fetches {
        tasks.push(tokio::spawn(async move {
            let n = fetch.await;
            assert!(n != 2, "two is one too many");
        }));
    }
    join_all(tasks).await;
}

async fn deadlock<F: Future<Output = u64> + Send + 'static>(fetches: Vec<F>) {
    let (left, right) = (Arc::new(Mutex::new(())), Arc::new(Mutex::new(())));
    let mut tasks = Vec::new();
    for (fetch, first, second) in fetches
        .into_iter()
        .zip([(left.clone(), right.clone()), (right, left)])
        .map(|(fetch, (first, second))| (fetch, first, second))
    {
        tasks.push(tokio::spawn(async move {
            let _first = first.lock().await;
            fetch.await;
            let _second = second.lock().await;
        }));
    }
    join_all(tasks).await;
}

async fn blocked<F: Future<Output = u64> + Send + 'static>(fetches: Vec<F>) {
    let tasks: Vec<_> = fetches.into_iter().map(tokio::spawn).collect();
    sleep(Duration::from_millis(10)).await;
    std::thread::sleep(Duration::from_millis(100));
    join_all(tasks).await;
}

async fn day<F: Future<Output = u64> + Send + 'static>(fetches: Vec<F>) {
    for (number, fetch) in fetches.into_iter().enumerate() {
        if number > 0 {
            sleep(Duration::from_secs(12 * 60 * 60)).await;
        }
        fetch.await;
    }
}
