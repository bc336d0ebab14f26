//! Things to fetch, and promises to keep. No expected value is in here.

use std::convert::Infallible;
use std::time::Duration;

use contract::{answer, fetch_data, promise, refresh, show};
use lab::service::Service;
use lab::{Lab, drive};
use tokio::sync::oneshot;

lab::driver!(contract);

/// A key, how long its value takes in virtual milliseconds, and the value.
type Entry = (&'static str, u64, u32);

fn entry(lab: &Lab, keys: [&'static str; 3], plain: (u64, u32)) -> Entry {
    let key = keys[usize::try_from(lab.draw("key", 0, 0..=2)).expect("three keys")];
    let latency_ms = lab.draw("latency", plain.0, 50..=1500);
    let value = u32::try_from(lab.draw("value", plain.1.into(), 1..=999)).expect("a small number");
    (key, latency_ms, value)
}

fn entries(lab: &Lab) -> [Entry; 3] {
    let entries = [
        entry(lab, ["cats", "mail", "x"], (1000, 12)),
        entry(lab, ["dogs", "logs", "y"], (400, 7)),
        entry(lab, ["fish", "news", "z"], (600, 30)),
    ];
    lab.note("entries", entries);
    entries
}

/// What answers for each of these, as calls of the service.
fn gets(service: Service, entries: [Entry; 3]) -> impl Fn(&str) -> Get {
    move |key| {
        let (_, latency_ms, value) = entries
            .iter()
            .find(|(theirs, ..)| *theirs == key)
            .copied()
            .unwrap_or(("", 1, 0));
        let call = service.call(key, latency_ms, Ok::<_, Infallible>(value));
        Box::pin(async move {
            let Ok(value) = call.await;
            value
        })
    }
}

type Get = std::pin::Pin<Box<dyn Future<Output = u32>>>;

/// The lesson's one fetch and two more; and no key at all.
#[drive]
async fn shows_each_value_as_it_comes(lab: Lab) {
    let entries = entries(&lab);
    let get = gets(lab.service("get"), entries);
    show(&entries.map(|(key, ..)| key), &get).await;
    lab.note("returned", ());
    show(&[], get).await;
}

/// A call that is awaited later, and one that never is.
#[drive]
async fn does_nothing_until_it_is_awaited(lab: Lab) {
    let entries = entries(&lab);
    let pause_ms = lab.draw("pause", 500, 100..=900);
    let [(key, ..), (other, ..), _] = entries;

    let future = fetch_data(key, gets(lab.service("get"), entries));
    let never = fetch_data(other, gets(lab.service("get"), entries));
    lab.note("called", ());
    lab.sleep(pause_ms).await;
    lab.note("awaited", ());
    lab.note("value", future.await);
    drop(never);
    lab.sleep(pause_ms).await;
}

/// A heart beats while values are fetched.
#[drive]
async fn a_wait_leaves_the_thread_to_others(lab: Lab) {
    let entries = entries(&lab);
    let _heartbeat = lab.heartbeat(70);
    let get = gets(lab.service("get"), entries);
    show(&entries.map(|(key, ..)| key), get).await;
    lab.note("returned", ());
}

/// A value that is new, and one that is known.
#[drive]
async fn no_call_goes_unawaited(lab: Lab) {
    let entries = entries(&lab);
    let [(new, _, value), (known, _, same), _] = entries;
    let get = gets(lab.service("get"), entries);
    let puts = lab.service("put");
    let put_ms = lab.draw("put", 300, 50..=900);
    let put = |value: u32| {
        let call = puts.call(&value.to_string(), put_ms, Ok::<(), Infallible>(()));
        async move {
            let Ok(()) = call.await;
        }
    };
    lab.note("put takes", put_ms);
    lab.note("refreshed", refresh(new, value + 1, &get, put).await);
    lab.sleep(1000).await;
    lab.note("not refreshed", refresh(known, same, &get, put).await);
    lab.sleep(1000).await;
}

/// Promises that are looked at early, late and never, and some that others make.
#[drive]
async fn a_promise_is_kept_by_somebody_else(lab: Lab) {
    let value = u32::try_from(lab.draw("value", 42, 1..=999)).expect("a small number");
    let after_ms = lab.draw("after", 400, 50..=9000);
    let after = Duration::from_millis(after_ms);
    lab.note("promise", (value, after_ms));

    lab.note("early", answer(promise(value, after)).await);
    let late = promise(value, after);
    lab.sleep(2 * after_ms).await;
    lab.note("looked", ());
    lab.note("late", answer(late).await);
    drop(promise(value, after));
    lab.sleep(2 * after_ms).await;

    lab.note("theirs made", ());
    let (sender, receiver) = oneshot::channel();
    let keeps = lab.clone();
    let keeper = lab.spawn(async move {
        keeps.sleep(after_ms).await;
        sender.send(value).ok()
    });
    lab.note("theirs", answer(receiver).await);
    keeper.join().await;

    lab.note("broken made", ());
    let (sender, receiver) = oneshot::channel::<u32>();
    let breaks = lab.clone();
    let breaker = lab.spawn(async move {
        breaks.sleep(after_ms).await;
        drop(sender);
    });
    lab.note("broken", answer(receiver).await);
    breaker.join().await;
}
