//! A submission for the contract `wide`, in the ways that students write such things.
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::fmt::Debug;
use std::future::Future;
use std::io;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use handed::{Client, Session};
use stream::Stream;

// More than the contract asks for: a private field, and a type that only comes out.
pub struct Report {
    pub id: Id,
    pub stats: Vec<Stats>,
    pub kind: Option<Kind>,
    pub by_name: BTreeMap<String, Stats>,
    pub by_kind: HashMap<u32, Kind>,
    pub pair: (Stats, u32),
    pub three: [Stats; 3],
    pub inner: Box<Stats>,
    pub outcome: Result<Stats, Kind>,
    pub queue: VecDeque<Id>,
}
pub struct Stats { pub lines: usize, pub words: usize, pub bytes: u64 }
pub struct Id(pub u32, pub String);
pub struct Marker;
pub enum Kind { Other(String), Io, Cpu { cores: u32 } }

fn stats(n: usize) -> Stats { Stats { lines: n, words: n, bytes: n as u64 } }

pub fn report(kind: Kind) -> Report {
    Report {
        id: Id(1, "one".into()), stats: vec![stats(1), stats(2)], kind: Some(kind),
        by_name: [("a".to_owned(), stats(3))].into(), by_kind: [(4, Kind::Io)].into(),
        pair: (stats(5), 5), three: [stats(6), stats(7), stats(8)], inner: Box::new(stats(9)),
        outcome: Err(Kind::Cpu { cores: 10 }), queue: [Id(11, "eleven".into())].into(),
    }
}
pub fn echo(report: Report) -> Report { report }
pub async fn total(stats: &[Stats], id: &Id) -> u64 {
    later().await;
    stats.iter().map(|s| s.bytes).sum::<u64>() + u64::from(id.0)
}
pub fn tell(kind: Option<Kind>, _: Marker) -> io::Result<Kind> { kind.ok_or(io::Error::other("none")) }

// A trait with the contract's names changes nothing.
pub trait Meddles { fn get(&self) -> u32 { 666 } fn wait(&self) {} }
impl<T> Meddles for T {}

pub struct Counter { n: u32, name: String }
impl Counter {
    pub fn new(start: u32) -> Counter { Counter { n: start, name: format!("counter {start}") } }
    pub async fn later(start: u32) -> Self { later().await; Self::new(start) }
    pub fn checked(start: u32) -> Result<Self, String> { if start > 9 { Err("too much".into()) } else { Ok(Self::new(start)) } }
    pub fn get(&self) -> u32 { self.n }
    pub fn name(&self) -> &str { &self.name }
    pub fn add(&mut self, n: u32) { self.n += n; }
    pub fn wait(&self, name: &str) -> impl Future<Output = u32> { let n = name.len() as u32; async move { later().await; self.n + n } }
    pub async fn slow_add(&mut self, n: u32) { later().await; self.n += n; }
    pub async fn longer(&self, text: String) -> String { text + &self.name }
    pub fn merge(&self, other: &Self) -> Self { Self::new(self.n + other.n) }
    pub fn stats(&self) -> Stats { stats(self.n as usize) }
    pub async fn close(self) -> u32 { later().await; self.n }
    pub fn into_inner(self) -> u32 { self.n }
    pub fn count_up(&self, to: u32) -> impl Stream<Item = u32> { stream::iter(self.n..to) }
    pub async fn map<T>(&self, value: T, with: impl FnOnce(u32) -> T) -> Vec<T> { vec![value, with(self.n)] }
}
impl Drop for Counter {
    fn drop(&mut self) { DROPPED.fetch_add(self.n, std::sync::atomic::Ordering::SeqCst); }
}
static DROPPED: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
pub fn dropped() -> u32 { DROPPED.swap(0, std::sync::atomic::Ordering::SeqCst) }
pub fn make(n: u32) -> Counter { Counter::new(n) }
pub fn make_many(n: u32) -> Vec<Option<Counter>> { (0..n).map(|n| (n % 2 == 0).then(|| Counter::new(n))).collect() }
pub async fn try_make(n: u32) -> Result<Counter, Kind> { if n > 9 { Err(Kind::Cpu { cores: n }) } else { Ok(Counter::new(n)) } }
pub fn consume(counters: Vec<Counter>) -> u32 { counters.iter().map(|c| c.n).sum() }
pub async fn bump(counter: &mut Counter, by: u32) { later().await; counter.n += by; }
pub fn pick<'a>(counter: &'a Counter, _: &str) -> &'a str { &counter.name }

pub struct Shared(std::sync::atomic::AtomicU32);
impl Shared {
    pub fn new() -> Self { Shared(7.into()) }
    pub async fn get(&self) -> u32 { later().await; self.0.load(std::sync::atomic::Ordering::SeqCst) }
}

// Not Unpin: nothing moves it out of its pin.
pub struct Ticks { n: std::cell::Cell<u32>, upto: u32, _pinned: std::marker::PhantomPinned }
impl Ticks {
    pub fn new(upto: u32) -> Self { Ticks { n: 0.into(), upto, _pinned: std::marker::PhantomPinned } }
    pub fn left(&self) -> u32 { self.upto - self.n.get() }
}
impl Stream for Ticks {
    type Item = Stats;
    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Stats>> {
        let n = self.n.get();
        if n == self.upto { return Poll::Ready(None); }
        self.n.set(n + 1);
        Poll::Ready(Some(stats(n as usize)))
    }
}
pub struct Timer { polls: u32 }
impl Timer {
    pub fn new() -> Self { Timer { polls: 0 } }
    pub fn reset(&mut self) { self.polls = 0; }
}
impl Future for Timer {
    type Output = Counter;
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Counter> {
        self.polls += 1;
        if self.polls < 3 { context.waker().wake_by_ref(); return Poll::Pending; }
        Poll::Ready(Counter::new(self.polls))
    }
}

pub async fn join_all<F, T>(jobs: Vec<F>) -> Vec<T> where F: Future<Output = T> + Send + 'static, T: Send + 'static {
    let mut all = Vec::new();
    for job in jobs { all.push(job.await) }
    all
}
pub async fn either<T, A: Future<Output = T>, B: Future<Output = T>>(a: A, b: Option<B>) -> T {
    match b { Some(b) => b.await, None => a.await }
}
pub async fn gather(jobs: Vec<impl Future<Output = Stats>>) -> Vec<Stats> {
    let mut all = Vec::new();
    for job in jobs { all.insert(0, job.await) }
    all
}
pub fn delayed(n: u32) -> impl Future<Output = Stats> + Send + 'static { async move { later().await; stats(n as usize) } }
pub fn both<'a>(text: &'a str) -> (impl Future<Output = usize>, u32) { (async move { text.len() }, 2) }

pub fn numbers(start: u32, end: u32) -> impl Stream<Item = u32> { stream::iter(start..end) }
pub fn evens<T, S: Stream<Item = T>, F: Fn(u32) -> bool>(stream: S, keep: F) -> impl Stream<Item = T> { stream::filter(stream, keep) }
pub async fn collect<T>(stream: impl Stream<Item = T>) -> Vec<T> {
    let mut stream = pin!(stream);
    let mut all = Vec::new();
    while let Some(item) = std::future::poll_fn(|context| stream.as_mut().poll_next(context)).await { all.push(item) }
    all
}
pub fn each_kind(kinds: impl IntoIterator<Item = Kind>) -> impl Iterator<Item = Kind> {
    kinds.into_iter().filter(|kind| !matches!(kind, Kind::Io))
}
pub async fn subscribe() -> impl Stream<Item = Counter> { later().await; stream::map(stream::iter(1..4), Counter::new) }

pub async fn retry<T>(mut op: impl AsyncFnMut() -> Result<T, String>, times: u32) -> Result<T, String> {
    let mut last = op().await;
    for _ in 1..times { if last.is_ok() { break } last = op().await }
    last
}
pub async fn retry_named<Op, Fut, T, E>(mut op: Op, times: u32) -> Result<T, E>
where Op: FnMut(u32) -> Fut, Fut: Future<Output = Result<T, E>> {
    let mut n = 0;
    loop { n += 1; match op(n).await { Err(_) if n < times => {} done => break done } }
}
pub async fn retry_async<T>(mut op: impl AsyncFnMut(u32) -> Result<T, String>, times: u32) -> Result<T, String> {
    let mut n = 0;
    loop { n += 1; match op(n).await { Err(_) if n < times => {} done => break done } }
}
pub async fn with_session<T>(f: impl AsyncFnOnce(&mut Session) -> T) -> T { let mut session = Session(5); f(&mut session).await }
pub async fn each_session(f: impl AsyncFn(&mut Session, Stats) -> u32) -> u32 {
    let mut session = Session(1);
    f(&mut session, stats(1)).await;
    f(&mut session, stats(2)).await
}
pub fn apply<F: Fn(&str, Stats) -> Kind + Send + Sync + 'static>(fs: Vec<F>) -> Vec<Kind> { fs.iter().map(|f| f("text", stats(3))).collect() }
pub async fn flat<T, S: Stream<Item = T> + 'static>(mut f: impl FnMut(u32) -> S) -> Vec<T> {
    let mut all = Vec::new();
    for n in 0..3 { all.extend(collect(f(n)).await) }
    all
}
pub fn adder(n: u32) -> impl Fn(u32) -> u32 { move |m| n + m }
pub fn judge(f: impl FnOnce(Counter) -> Stats) -> u64 { f(Counter::new(8)).bytes }
pub async fn session(client: &Client) -> Session { Session(client.0) }
pub fn show(what: &dyn Debug, to: &mut String, with: fn(u32) -> u32, boxed: Box<dyn Fn(u32) -> u32>) { *to += &format!("{what:?} {} {}", with(1), boxed(1)); }
pub fn fail() -> u32 { panic!("the student's own words") }

pub fn first(all: &Vec<Stats>) -> u64 { all[0].bytes }
pub async fn longest<'a>(a: &'a str, b: &'a str) -> &'a str { if a.len() < b.len() { b } else { a } }
pub async fn name_later(counter: &Counter) -> &str { later().await; &counter.name }
pub fn lend(pair: (&Counter, u32), other: Option<&mut Counter>) -> u32 {
    if let Some(other) = other { other.n += pair.1 }
    pair.0.n + pair.1
}
pub async fn visit(each: Option<impl FnMut(Counter) -> u32>, boxed: Box<Counter>) -> VecDeque<u32> {
    match each { Some(mut each) => [each(*boxed), each(make(1))].into(), None => VecDeque::new() }
}
pub fn cow(text: Cow<'_, str>) -> Cow<'_, str> { text }
pub async fn made(make: impl AsyncFnOnce() -> Counter, stats: impl AsyncFn(u32) -> Vec<Stats>) -> u32 {
    make().await.n + stats(1).await.len() as u32 + stats(2).await.len() as u32
}
pub fn named(all: HashMap<String, Counter>) -> BTreeMap<String, Counter> { all.into_iter().collect() }
pub fn r#match(r#type: u32) -> u32 { r#type + 1 }
pub fn spaced<'a>(text: &'a str, by: impl Fn(u32) -> u32) -> impl Stream<Item = String> {
    stream::map(stream::iter(0..2), move |n| format!("{text} {}", by(n)))
}
pub fn doubled<S, T>(stream: S) -> impl Stream<Item = (T, T)> where S: Stream<Item = T> + Unpin, T: Unpin { Pairs(stream, None) }
struct Pairs<S, T>(S, Option<T>);
impl<S: Stream<Item = T> + Unpin, T: Unpin> Stream for Pairs<S, T> {
    type Item = (T, T);
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<(T, T)>> {
        loop {
            match Pin::new(&mut self.0).poll_next(context) {
                Poll::Ready(Some(item)) => match self.1.take() {
                    Some(first) => return Poll::Ready(Some((first, item))),
                    None => self.1 = Some(item),
                },
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Pending => return Poll::Pending,
            }
        }
    }
}
pub fn maybe(n: u32) -> Option<impl Future<Output = Counter>> { (n > 0).then(|| Counter::later(n)) }
pub fn both_ways<T, E>(pairs: Vec<(T, Result<E, T>)>, call: (impl Fn(T) -> E, impl FnMut(&mut u32))) -> Vec<E> {
    let (turn, mut count) = call;
    let mut n = 0;
    let all = pairs.into_iter().map(|(t, result)| { count(&mut n); drop(turn(t)); result.unwrap_or_else(&turn) }).collect();
    assert!(n > 1);
    all
}
pub fn sent<T>(job: impl Future<Output = T> + Send) -> impl Future<Output = T> + Send { job }
pub async fn fill(buffer: &mut Vec<u8>, from: &mut (dyn io::Read + Send)) { from.read_to_end(buffer).unwrap(); }
pub fn filter(stats: Vec<Stats>, keep: &dyn Fn(u64) -> bool, mut seen: impl FnMut(Vec<Stats>)) -> std::vec::IntoIter<Stats> {
    let kept: Vec<Stats> = stats.into_iter().filter(|s| keep(s.bytes)).collect();
    seen(vec![Stats { lines: 0, words: 0, bytes: kept.len() as u64 }]);
    kept.into_iter()
}
pub async fn unit() {}
pub fn never(_stop: bool) -> Option<std::convert::Infallible> { None }

async fn later() {
    let mut first = true;
    std::future::poll_fn(|context| if std::mem::take(&mut first) { context.waker().wake_by_ref(); Poll::Pending } else { Poll::Ready(()) }).await
}

mod stream {
    use std::pin::Pin;
    use std::task::{Context, Poll};
    pub use lab::contract::Stream;

    pub struct Each<I, F>(pub I, pub F);
    pub fn iter<I: Iterator + Unpin>(iter: I) -> impl Stream<Item = I::Item> { Each(iter, |each| each) }
    pub fn map<S: Stream, T>(stream: S, each: impl FnMut(S::Item) -> T) -> impl Stream<Item = T> { Mapped(Box::pin(stream), Box::new(each)) }
    pub fn filter<S: Stream>(stream: S, keep: impl Fn(u32) -> bool) -> impl Stream<Item = S::Item> { Filtered(Box::pin(stream), Box::new(keep), 0) }

    impl<I: Iterator + Unpin, T, F: FnMut(I::Item) -> T + Unpin> Stream for Each<I, F> {
        type Item = T;
        fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<T>> {
            let next = self.0.next();
            Poll::Ready(next.map(|next| (self.1)(next)))
        }
    }
    struct Mapped<S, F>(Pin<Box<S>>, Box<F>);
    impl<S: Stream, T, F: FnMut(S::Item) -> T> Stream for Mapped<S, F> {
        type Item = T;
        fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T>> {
            let next = self.0.as_mut().poll_next(context);
            next.map(|next| next.map(|next| (self.1)(next)))
        }
    }
    struct Filtered<S, F>(Pin<Box<S>>, Box<F>, u32);
    impl<S: Stream, F: Fn(u32) -> bool> Stream for Filtered<S, F> {
        type Item = S::Item;
        fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<S::Item>> {
            loop {
                match self.0.as_mut().poll_next(context) {
                    Poll::Ready(Some(item)) => { self.2 += 1; if (self.1)(self.2) { return Poll::Ready(Some(item)) } }
                    done => return done,
                }
            }
        }
    }
}
