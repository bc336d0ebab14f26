use lab::contract;

// Every kind of type that a contract can carry, each in every place where it can stand.
contract! {
    crate wide;
    use handed::{Client, Session};
    use std::borrow::Cow;
    use std::fmt::Debug;

    // Plain data.
    #[derive(Eq, PartialOrd, Ord)]
    struct Stats { lines: usize, words: usize, bytes: u64 }
    struct Id(u32, String);
    struct Marker;
    enum Kind { Io, Cpu { cores: u32 }, Other(String) }
    struct Report {
        id: Id,
        stats: Vec<Stats>,
        kind: Option<Kind>,
        by_name: BTreeMap<String, Stats>,
        by_kind: HashMap<u32, Kind>,
        pair: (Stats, u32),
        three: [Stats; 3],
        inner: Box<Stats>,
        outcome: Result<Stats, Kind>,
        queue: VecDeque<Id>,
    }

    fn report(kind: Kind) -> Report;
    fn echo(report: Report) -> Report;
    async fn total(stats: &[Stats], id: &Id) -> u64;
    fn tell(kind: Option<Kind>, marker: Marker) -> io::Result<Kind>;

    // Objects.
    struct Counter {
        fn new(start: u32) -> Self;
        async fn later(start: u32) -> Self;
        fn checked(start: u32) -> Result<Self, String>;
        fn get(&self) -> u32;
        fn name(&self) -> &str;
        fn add(&mut self, n: u32);
        async fn wait(&self, name: &str) -> u32;
        async fn slow_add(&mut self, n: u32);
        async fn longer(&self, text: String) -> String;
        fn merge(&self, other: &Self) -> Self;
        fn stats(&self) -> Stats;
        async fn close(self) -> u32;
        fn into_inner(self) -> u32;
        fn count_up(&self, to: u32) -> impl Stream<Item = u32>;
        async fn map<T>(&self, value: T, with: impl FnOnce(u32) -> T) -> Vec<T>;
    }
    fn dropped() -> u32;
    fn make(n: u32) -> Counter;
    fn make_many(n: u32) -> Vec<Option<Counter>>;
    async fn try_make(n: u32) -> Result<Counter, Kind>;
    fn consume(counters: Vec<Counter>) -> u32;
    async fn bump(counter: &mut Counter, by: u32);
    fn pick<'a>(counter: &'a Counter, other: &str) -> &'a str;

    #[send]
    struct Shared {
        fn new() -> Self;
        #[send]
        async fn get(&self) -> u32;
    }

    // Objects that are polled.
    struct Ticks {
        fn new(upto: u32) -> Self;
        fn left(&self) -> u32;
        impl Stream<Item = Stats>;
    }
    struct Timer {
        fn new() -> Self;
        fn reset(&mut self);
        impl Future<Output = Counter>;
    }

    // Futures.
    async fn join_all<F, T>(jobs: Vec<F>) -> Vec<T> where F: Future<Output = T> + Send + 'static, T: Send + 'static;
    async fn either<T>(a: impl Future<Output = T>, b: Option<impl Future<Output = T> + Send>) -> T;
    async fn gather(jobs: Vec<impl Future<Output = Stats>>) -> Vec<Stats>;
    fn delayed(n: u32) -> impl Future<Output = Stats> + Send + 'static;
    fn both<'a>(text: &'a str) -> (impl Future<Output = usize>, u32);

    // Streams and iterators.
    fn numbers(start: u32, end: u32) -> impl Stream<Item = u32>;
    fn evens<T>(stream: impl Stream<Item = T>, keep: impl Fn(u32) -> bool + 'static) -> impl Stream<Item = T>;
    async fn collect<T>(stream: impl Stream<Item = T>) -> Vec<T>;
    fn each_kind(kinds: impl IntoIterator<Item = Kind>) -> impl Iterator<Item = Kind>;
    async fn subscribe() -> impl Stream<Item = Counter>;

    // Closures.
    async fn retry<T>(op: impl FnMut() -> impl Future<Output = Result<T, String>>, times: u32) -> Result<T, String>;
    async fn retry_named<Op, Fut, T, E>(op: Op, times: u32) -> Result<T, E>
    where Op: FnMut(u32) -> Fut, Fut: Future<Output = Result<T, E>>;
    async fn retry_async<T>(op: impl AsyncFnMut(u32) -> Result<T, String>, times: u32) -> Result<T, String>;
    async fn with_session<T>(f: impl AsyncFnOnce(&mut Session) -> T) -> T;
    async fn each_session(f: impl AsyncFn(&mut Session, Stats) -> u32) -> u32;
    fn apply(fs: Vec<impl Fn(&str, Stats) -> Kind + Send + Sync + 'static>) -> Vec<Kind>;
    async fn flat<T>(f: impl FnMut(u32) -> (impl Stream<Item = T> + 'static)) -> Vec<T>;
    fn adder(n: u32) -> impl Fn(u32) -> u32;
    fn judge(f: impl FnOnce(Counter) -> Stats) -> u64;

    // What passes unchanged.
    async fn session(client: &Client) -> Session;
    fn show(what: &dyn Debug, to: &mut String, with: fn(u32) -> u32, boxed: Box<dyn Fn(u32) -> u32>);
    fn fail() -> u32;

    // Corners.
    fn first(all: &Vec<Stats>) -> u64;
    async fn longest<'a>(a: &'a str, b: &'a str) -> &'a str;
    async fn name_later(counter: &Counter) -> &str;
    fn lend(pair: (&Counter, u32), other: Option<&mut Counter>) -> u32;
    async fn visit(each: Option<impl FnMut(Counter) -> u32>, boxed: Box<Counter>) -> VecDeque<u32>;
    fn cow(text: Cow<'_, str>) -> Cow<'_, str>;
    async fn made(make: impl AsyncFnOnce() -> Counter, stats: impl AsyncFn(u32) -> Vec<Stats>) -> u32;
    fn named(all: HashMap<String, Counter>) -> BTreeMap<String, Counter>;
    fn r#match(r#type: u32) -> u32;
    fn spaced<'a>(text: &'a str, by: impl Fn(u32) -> u32) -> impl Stream<Item = String>;
    fn doubled<S, T>(stream: S) -> impl Stream<Item = (T, T)> where S: Stream<Item = T> + Unpin, T: Unpin;
    fn maybe(n: u32) -> Option<impl Future<Output = Counter>>;
    fn both_ways<T, E>(pairs: Vec<(T, Result<E, T>)>, call: (impl Fn(T) -> E, impl FnMut(&mut u32))) -> Vec<E>;
    #[send]
    async fn sent<T>(job: impl Future<Output = T> + Send) -> T;
    async fn fill(buffer: &mut Vec<u8>, from: &mut (dyn io::Read + Send));
    fn filter(stats: Vec<Stats>, keep: &dyn Fn(u64) -> bool, seen: impl FnMut(Vec<Stats>)) -> impl Iterator<Item = Stats> + 'static;
    async fn unit();
    fn never(stop: bool) -> Option<std::convert::Infallible>;
}
