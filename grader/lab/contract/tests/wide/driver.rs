//! Uses the whole of the contract `wide` as an ordinary test of the student's crate would.
extern crate kit;
use std::cell::Cell;
use std::collections::HashMap;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use contract::*;
use handed::{Client, Session};
use lab::contract::Stream;

fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return value;
        }
    }
}
async fn all<T>(stream: impl Stream<Item = T>) -> Vec<T> {
    let mut stream = pin!(stream);
    let mut all = Vec::new();
    while let Some(item) = std::future::poll_fn(|context| stream.as_mut().poll_next(context)).await { all.push(item) }
    all
}
fn stats(n: usize) -> Stats { Stats { lines: n, words: n, bytes: n as u64 } }
fn is_send<T: Send>(value: T) -> T { value }

fn main() {
    contract::load(adapter::grade_api());
    block_on(data());
    block_on(objects());
    block_on(polled());
    block_on(futures());
    block_on(streams());
    block_on(closures());
    block_on(corners());
    block_on(unchanged());
    println!("done");
}

async fn data() {
    let made = report(Kind::Other("text".into()));
    assert_eq!(made.kind, Some(Kind::Other("text".into())));
    assert_eq!(made.stats, [stats(1), stats(2)]);
    assert_eq!(made.by_name["a"], stats(3));
    assert_eq!(made.by_kind, HashMap::from([(4, Kind::Io)]));
    assert_eq!((&made.pair, &made.three), (&(stats(5), 5), &[stats(6), stats(7), stats(8)]));
    assert_eq!((&*made.inner, &made.outcome), (&stats(9), &Err(Kind::Cpu { cores: 10 })));
    assert_eq!(made.queue, [Id(11, "eleven".into())]);
    assert_eq!(echo(made.clone()), made);
    assert_eq!(total(&[stats(1), stats(2)], &made.id).await, 4);
    assert_eq!(tell(Some(Kind::Io), Marker).unwrap(), Kind::Io);
    assert_eq!(tell(None, Marker).unwrap_err().to_string(), "none");
    assert!(stats(1) < stats(2));
}

async fn objects() {
    let mut counter = Counter::new(1);
    counter.add(2);
    counter.slow_add(3).await;
    bump(&mut counter, 4).await;
    assert_eq!((counter.get(), counter.name()), (10, "counter 1"));
    assert_eq!(counter.wait("ab").await, 12);
    assert_eq!(counter.longer("a ".into()).await, "a counter 1");
    assert_eq!(counter.stats(), stats(10));
    assert_eq!(pick(&counter, "other"), "counter 1");
    let merged = counter.merge(&Counter::later(5).await);
    assert_eq!(merged.get(), 15);
    assert_eq!(all(merged.count_up(18)).await, [15, 16, 17]);
    let limit = String::from("borrowed");
    assert_eq!(merged.map(0, |n| n as usize + limit.len()).await, [0, 23]);
    assert_eq!((counter.close().await, merged.into_inner()), (10, 15));
    assert_eq!(Counter::checked(10).unwrap_err(), "too much");
    assert_eq!(Counter::checked(9).unwrap().get(), 9);
    assert_eq!(make(3).get(), 3);
    dropped();
    let kept = make(40);
    drop(make(2));
    assert_eq!(dropped(), 2);
    let waiting = kept.close();
    assert_eq!(dropped(), 0);
    drop(waiting);
    assert_eq!(dropped(), 40);
    let many: Vec<_> = make_many(5).into_iter().flatten().collect();
    assert_eq!(consume(many), 6);
    assert_eq!(try_make(11).await.unwrap_err(), Kind::Cpu { cores: 11 });
    assert_eq!(format!("{:?}", try_make(1).await), "Ok(Counter)");
    let shared = is_send(std::sync::Arc::new(Shared::new()));
    assert_eq!(is_send(shared.get()).await, 7);
}

async fn polled() {
    let mut ticks = Ticks::new(3);
    let first = std::future::poll_fn(|context| std::pin::Pin::new(&mut ticks).poll_next(context)).await;
    assert_eq!((first, ticks.left()), (Some(stats(0)), 2));
    assert_eq!(all(ticks).await, [stats(1), stats(2)]);
    let mut timer = Timer::new();
    timer.reset();
    assert_eq!(timer.await.get(), 3);
}

async fn futures() {
    let jobs: Vec<_> = (0..3).map(|n| async move { format!("job {n}") }).collect();
    assert_eq!(join_all(jobs).await, ["job 0", "job 1", "job 2"]);
    let local = Rc::new(Cell::new(1));
    let borrowed = &local;
    assert_eq!(either(async { borrowed.get() }, None::<std::future::Ready<i32>>).await, 1);
    assert_eq!(either(std::future::pending(), Some(async { 2 })).await, 2);
    assert_eq!(gather((0..2).map(|n| async move { stats(n) }).collect()).await, [stats(1), stats(0)]);
    assert_eq!(is_send(delayed(4)).await, stats(4));
    let text = String::from("four");
    let (future, two) = both(&text);
    assert_eq!((future.await, two), (4, 2));
}

async fn streams() {
    assert_eq!(all(numbers(1, 4)).await, [1, 2, 3]);
    assert_eq!(all(evens(numbers(0, 6), |n| n % 2 == 0)).await, [1, 3, 5]);
    let local = [String::from("a")];
    assert_eq!(collect(MapTo(numbers(0, 2), &local)).await, ["a 0", "a 1"]);
    let kinds = [Kind::Io, Kind::Cpu { cores: 1 }];
    assert_eq!(each_kind(kinds).collect::<Vec<_>>(), [Kind::Cpu { cores: 1 }]);
    let counts: Vec<u32> = all(subscribe().await).await.into_iter().map(Counter::into_inner).collect();
    assert_eq!(counts, [1, 2, 3]);
}

struct MapTo<'a, S>(S, &'a [String]);
impl<S: Stream<Item = u32> + Unpin> Stream for MapTo<'_, S> {
    type Item = String;
    fn poll_next(mut self: std::pin::Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<String>> {
        let next = std::pin::Pin::new(&mut self.0).poll_next(context);
        next.map(|next| next.map(|n| format!("{} {n}", self.1[0])))
    }
}

async fn closures() {
    let mut tries = 0;
    let tried = retry(|| { tries += 1; let n = tries; async move { if n < 3 { Err("no".to_owned()) } else { Ok(n) } } }, 5);
    assert_eq!(tried.await, Ok(3));
    assert_eq!(retry_named(|n| async move { if n < 2 { Err(n) } else { Ok("yes") } }, 1).await, Err(1));
    let mut log = Vec::new();
    let tried = retry_async(async |n| { log.push(n); if n < 3 { Err("no".to_owned()) } else { Ok(n) } }, 5);
    assert_eq!(tried.await, Ok(3));
    assert_eq!(log, [1, 2, 3]);
    let text = String::from("text");
    assert_eq!(with_session(async |session| { session.0 += 1; (session.0, text.len()) }).await, (6, 4));
    let seen = Cell::new(0);
    let last = each_session(async |session: &mut Session, stats| { session.0 += stats.lines as u32; seen.set(seen.get() + 1); session.0 });
    assert_eq!(last.await, 4);
    assert_eq!(seen.get(), 2);
    assert_eq!(apply(vec![|text: &str, stats: Stats| Kind::Other(format!("{text} {}", stats.words))]), [Kind::Other("text 3".into())]);
    assert_eq!(flat(|n| numbers(0, n)).await, [0, 0, 1]);
    assert_eq!(adder(2)(3), 5);
    assert_eq!(judge(|counter| stats(counter.get() as usize)), 8);
}

async fn corners() {
    assert_eq!(first(&vec![stats(4)]), 4);
    assert_eq!(longest("one", "three").await, "three");
    let (mut one, two) = (make(1), make(2));
    assert_eq!(name_later(&one).await, "counter 1");
    assert_eq!(lend((&two, 5), Some(&mut one)), 7);
    assert_eq!(one.get(), 6);
    let mut sum = 0;
    assert_eq!(visit(Some(|counter: Counter| { sum += counter.get(); sum }), Box::new(one)).await, [6, 7]);
    assert_eq!(visit(None::<fn(Counter) -> u32>, Box::new(two)).await, []);
    let text = String::from("text");
    assert_eq!(cow(text.as_str().into()), "text");
    assert_eq!(made(async || make(text.len() as u32), async |n| vec![stats(1); n as usize]).await, 7);
    let named = named([("b".to_owned(), make(2)), ("a".to_owned(), make(1))].into());
    assert_eq!(named.into_iter().map(|(name, counter)| (name, counter.get())).collect::<Vec<_>>(), [("a".to_owned(), 1), ("b".to_owned(), 2)]);
    assert_eq!(r#match(1), 2);
    assert_eq!(all(spaced(&text, |n| n + 1)).await, ["text 1", "text 2"]);
    assert_eq!(all(doubled(numbers(0, 5))).await, [(0, 1), (2, 3)]);
    assert_eq!(maybe(3).unwrap().await.get(), 3);
    assert!(maybe(0).is_none());
    let pairs = vec![(1_u8, Ok("a".to_owned())), (2, Err(3))];
    assert_eq!(both_ways(pairs, (|t: u8| t.to_string(), |n: &mut u32| *n += 1)), ["a", "3"]);
    assert_eq!(is_send(sent(async { text.len() })).await, 4);
    let mut buffer = vec![1];
    fill(&mut buffer, &mut &[2, 3][..]).await;
    assert_eq!(buffer, [1, 2, 3]);
    let mut seen = Vec::new();
    let kept: Vec<_> = filter(vec![stats(1), stats(9)], &|bytes| bytes > 5, |stats| seen.extend(stats)).collect();
    assert_eq!((kept, seen[0].bytes), (vec![stats(9)], 1));
    unit().await;
    assert!(never(true).is_none());
}

async fn unchanged() {
    assert_eq!(session(&Client(4)).await.0, 4);
    let mut shown = String::new();
    show(&Some(1), &mut shown, |n| n + 1, Box::new(|n| n + 2));
    assert_eq!(shown, "Some(1) 2 3");
    std::panic::set_hook(Box::new(|_| {}));
    let panic = std::panic::catch_unwind(fail).unwrap_err();
    assert_eq!(panic.downcast_ref::<&str>(), Some(&"the student's own words"));
}
