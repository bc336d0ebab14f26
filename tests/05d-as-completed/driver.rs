//! Futures that are done in another order than that of their list. No expected value is in here.

use std::pin::Pin;

use contract::{as_completed, fastest, print_all};
use futures::stream::StreamExt;
use lab::{Lab, drive};

lab::driver!(contract);

/// Longer than any future here, in virtual milliseconds.
const GAP_MS: u64 = 5000;

type Running<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Futures that are done as the first, the second… in this order, as calls of a service of this name.
/// No two are done in one millisecond; where in the list each stands is drawn.
fn futures(lab: &Lab, scene: &str, ends: &[u64]) -> Vec<Running<u64>> {
    let future = |nth: &u64| {
        let takes_ms = lab.draw("takes", nth * 100, nth * 100 - 40..=nth * 100 + 40);
        // No two values are the same.
        (takes_ms, nth * 1000 + lab.draw("value", 7, 0..=999))
    };
    let mut list: Vec<(u64, u64)> = ends.iter().map(future).collect();
    if let Some(last) = list.len().checked_sub(1) {
        let turn = lab.draw("turn", 0, 0..=last as u64);
        list.rotate_left(usize::try_from(turn).expect("a place in the list"));
    }
    lab.note(scene, &list);
    let service = lab.service(&format!("{scene} future"));
    let futures = list.into_iter().map(|(takes_ms, value)| {
        let call = service.call::<u64, String>(&value.to_string(), takes_ms, Ok(value));
        Box::pin(async move { call.await.unwrap_or_default() }) as Running<u64>
    });
    futures.collect()
}

/// Takes all results, each for so long that `rest_ms` virtual milliseconds go by before the next.
async fn takes_all(lab: &Lab, scene: &str, ends: &[u64], rest_ms: u64) {
    let mut results = as_completed(futures(lab, scene, ends));
    lab.note(&format!("{scene} asked"), ());
    while let Some(value) = results.next().await {
        lab.note(&format!("{scene} came"), value);
        if rest_ms > 0 {
            lab.sleep(rest_ms).await;
            lab.note(&format!("{scene} asked"), ());
        }
    }
    lab.note(&format!("{scene} ended"), ());
}

/// The lesson's three, eight, one alone, and none.
#[drive]
async fn in_the_order_in_which_they_come(lab: Lab) {
    takes_all(&lab, "lesson", &[30, 10, 20], 0).await;
    takes_all(&lab, "eight", &[5, 2, 8, 1, 7, 4, 6, 3], 0).await;
    takes_all(&lab, "one", &[1], 0).await;
    takes_all(&lab, "none", &[], 0).await;
}

/// A caller that takes each at once, and one that has something else to do after each.
#[drive]
async fn each_comes_when_it_is_there(lab: Lab) {
    takes_all(&lab, "quick", &[3, 9, 1, 6, 4], 0).await;
    takes_all(&lab, "slow", &[3, 9, 1, 6, 4, 2], 250).await;
}

/// Thirty: more than any limit that one would think of.
#[drive]
async fn all_begin_at_once(lab: Lab) {
    let ends: Vec<u64> = (1..=30).map(|n| n * 7 % 31).collect();
    takes_all(&lab, "thirty", &ends, 0).await;
}

/// The lesson's three, and none.
#[drive]
async fn each_is_printed_as_it_comes(lab: Lab) {
    // What the same crate's stream does is held against nobody here.
    takes_all(&lab, "control", &[2, 1], 0).await;
    for (scene, ends) in [("lesson", &[30, 10, 20][..]), ("none", &[])] {
        let numbers = futures(&lab, scene, ends);
        let kind = ["data", "text", "page"]
            [usize::try_from(lab.draw("kind", 0, 0..=2)).expect("three kinds")];
        lab.note(&format!("{scene} kind"), kind);
        let fetches = numbers.into_iter().map(|number| async move {
            let number = number.await;
            format!("url{number} {kind}")
        });
        print_all(fetches.collect()).await;
        lab.note(&format!("{scene} returned"), ());
    }
}

/// The first two of five, more than there are, and none of three.
#[drive]
async fn enough_is_enough(lab: Lab) {
    for (scene, ends, number) in [
        ("two", &[5, 3, 1, 4, 2][..], 2),
        ("too many", &[2, 1, 3], 5),
        ("zero", &[2, 1, 3], 0),
    ] {
        let list = futures(&lab, scene, ends);
        lab.note(&format!("{scene} wanted"), number);
        let results = fastest(list, number).await;
        lab.note(&format!("{scene} returned"), results);
        lab.sleep(GAP_MS).await;
    }
}

/// The caller takes one result or two, and drops the stream; at once, or after a while.
#[drive]
async fn a_dropped_stream_drops_the_rest(lab: Lab) {
    for (scene, wanted, rest_ms) in [("one", 1, 0), ("two", 2, 0), ("later", 2, 50)] {
        let mut results = as_completed(futures(&lab, scene, &[5, 3, 1, 4, 2]));
        for _ in 0..wanted {
            let value = results.next().await;
            lab.note(&format!("{scene} came"), value);
        }
        lab.sleep(rest_ms).await;
        lab.note(&format!("{scene} dropped"), ());
        drop(results);
        lab.sleep(GAP_MS).await;
    }
}
