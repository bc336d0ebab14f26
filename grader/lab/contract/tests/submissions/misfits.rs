//! A submission that does not fit its contract: each of rustc's complaints about the adapter stands
//! on the line of the item that the student has to look at.

use crate::stage::{Depth, Stage};

const LIMITER: &str = "
    use std::{future::Future, time::Duration};
    pub struct RateLimiter;
    impl RateLimiter {
        pub fn new(limit: u32, window: Duration) -> Self { RateLimiter }
        pub async fn acquire(&self) {}
        pub fn try_acquire(&self) -> bool { true }
    }
    pub async fn rate_limited<F, T>(limiter: &RateLimiter, jobs: Vec<F>) -> Vec<T>
    where F: Future<Output = T> + Send + 'static, T: Send + 'static { todo!() }
";

const FILES: &str = "
    use std::{collections::BTreeMap, io, path::PathBuf};
    pub struct Stats { pub lines: usize, pub words: usize, pub bytes: u64 }
    pub async fn process_files(paths: &[PathBuf], max_open: usize) -> Vec<io::Result<Stats>> { todo!() }
    pub async fn word_totals(paths: &[PathBuf], max_open: usize) -> io::Result<BTreeMap<String, u64>> { todo!() }
";

const SHAPES: &str = "
    use std::{pin::Pin, task::{Context, Poll}};
    pub enum Kind { Io, Cpu { cores: u32 }, Other(String) }
    pub struct Id(pub u32);
    pub struct Ticks;
    impl Ticks {
        pub fn new(kind: Kind) -> Self { todo!() }
        pub fn kind(&self) -> Kind { Kind::Io }
        pub fn reset(&mut self) {}
        pub fn ids(&self) -> Vec<Id> { Vec::new() }
    }
    impl lab::contract::Stream for Ticks {
        type Item = u32;
        fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<u32>> { Poll::Ready(None) }
    }
    pub struct Shared;
    impl Shared {
        pub fn new() -> Self { todo!() }
        pub async fn get(&self) -> u32 { 1 }
    }
";

const SHAPES_CONTRACT: &str = "contract! {
    crate shapes;
    enum Kind { Io, Cpu { cores: u32 }, Other(String) }
    struct Id(u32);
    struct Ticks {
        fn new(kind: Kind) -> Self;
        fn kind(&self) -> Kind;
        fn reset(&mut self);
        fn ids(&self) -> Vec<Id>;
        impl Stream<Item = u32>;
    }
    #[send]
    struct Shared {
        fn new() -> Self;
        #[send]
        async fn get(&self) -> u32;
    }
}";

/// The paths of the items that rustc complains about, in the order of their lines, each once.
fn misfits(stage: &Stage, source: &str) -> Vec<String> {
    stage.submission(source).unwrap();
    let mut complaints = stage.adapter().err().unwrap_or_default();
    complaints.sort_by_key(|complaint| complaint.line);
    let mut paths = Vec::new();
    for complaint in complaints {
        let item = stage.adapter.item_at(complaint.line);
        let item = item.unwrap_or_else(|| {
            panic!(
                "{}, about no item of:\n{}",
                complaint.message, stage.adapter.source
            )
        });
        if !paths.contains(&item.path) {
            paths.push(item.path.clone());
        }
    }
    paths
}

/// Each case: what to replace in the submission that fits, with what, and the items then named.
fn assert_misfits(contract: &str, fitting: &str, cases: &[(&str, &str, &[&str])]) {
    let stage = Stage::new(contract, Depth::Check);
    assert_eq!(misfits(&stage, fitting), [""; 0], "what fits");
    for (from, to, expected) in cases {
        assert!(fitting.contains(from), "{from}");
        assert_eq!(
            misfits(&stage, &fitting.replace(from, to)),
            *expected,
            "{from} → {to}"
        );
    }
}

#[test]
fn a_function_that_does_not_fit_is_named() {
    assert_misfits(
        include_str!("../contracts/exercise-3.rs"),
        LIMITER,
        &[
            (
                "pub async fn acquire(&self) {}",
                "",
                &["RateLimiter::acquire"],
            ),
            (
                "pub async fn acquire",
                "async fn acquire",
                &["RateLimiter::acquire"],
            ),
            (
                "pub async fn acquire",
                "pub async fn aquire",
                &["RateLimiter::acquire"],
            ),
            (
                "pub async fn acquire",
                "pub fn acquire",
                &["RateLimiter::acquire"],
            ),
            (
                "acquire(&self) {}",
                "acquire(&mut self) {}",
                &["RateLimiter::acquire"],
            ),
            (
                "acquire(&self) {}",
                "acquire(self) {}",
                &["RateLimiter::acquire"],
            ),
            (
                "acquire(&self) {}",
                "acquire(&self) -> u32 { 1 }",
                &["RateLimiter::acquire"],
            ),
            (
                "acquire(&self) {}",
                "acquire(&self, n: u32) {}",
                &["RateLimiter::acquire"],
            ),
            (
                "pub fn try_acquire",
                "pub async fn try_acquire",
                &["RateLimiter::try_acquire"],
            ),
            (
                "limit: u32, window: Duration",
                "window: Duration, limit: u32",
                &["RateLimiter::new"],
            ),
            (
                "-> Self { RateLimiter }",
                "-> Option<Self> { None }",
                &["RateLimiter::new"],
            ),
            (
                "pub async fn rate_limited",
                "async fn rate_limited",
                &["rate_limited"],
            ),
            (
                "pub async fn rate_limited",
                "pub async fn ratelimited",
                &["rate_limited"],
            ),
            (
                "limiter: &RateLimiter",
                "limiter: std::sync::Arc<RateLimiter>",
                &["rate_limited"],
            ),
            ("T: Send", "T: Clone + Send", &["rate_limited"]),
            ("+ Send +", "+ Send + Sync +", &["rate_limited"]),
            (
                "-> Vec<T>",
                "-> std::collections::VecDeque<T>",
                &["rate_limited"],
            ),
        ],
    );
}

#[test]
fn a_type_that_is_not_there_is_named_once() {
    let stage = Stage::new(include_str!("../contracts/exercise-3.rs"), Depth::Check);
    assert_eq!(misfits(&stage, ""), ["RateLimiter", "rate_limited"]);
    let private = LIMITER.replace("pub struct", "struct");
    assert_eq!(misfits(&stage, &private), ["RateLimiter"]);
    let generic =
        "pub struct RateLimiter<T>(T); pub async fn rate_limited<T>(limiter: T, jobs: Vec<u32>) {}";
    assert_eq!(misfits(&stage, generic), ["RateLimiter", "rate_limited"]);
}

#[test]
fn all_that_is_missing_is_named_at_once() {
    let stage = Stage::new(include_str!("../contracts/exercise-3.rs"), Depth::Check);
    let names = [
        "RateLimiter::acquire",
        "RateLimiter::try_acquire",
        "RateLimiter::new",
        "rate_limited",
    ];
    assert_eq!(misfits(&stage, "pub struct RateLimiter;"), names);
}

#[test]
fn plain_data_of_another_shape_is_named() {
    assert_misfits(
        include_str!("../contracts/exercise-2.rs"),
        FILES,
        &[
            ("pub struct Stats", "struct Stats", &["Stats"]),
            ("Stats", "Statistics", &["Stats"]),
            ("pub words: usize, ", "", &["Stats"]),
            ("pub words", "words", &["Stats"]),
            ("pub words", "pub word", &["Stats"]),
            ("bytes: u64", "bytes: usize", &["Stats"]),
            (
                "{ pub lines: usize, pub words: usize, pub bytes: u64 }",
                "(pub usize, pub usize, pub u64);",
                &["Stats"],
            ),
            ("pub bytes: u64", "pub bytes: u64, extra: Vec<u8>", &[]),
            (
                "Vec<io::Result<Stats>>",
                "io::Result<Vec<Stats>>",
                &["process_files"],
            ),
            (
                "process_files(paths: &[PathBuf]",
                "process_files(paths: Vec<PathBuf>",
                &["process_files"],
            ),
            ("String, u64", "String, usize", &["word_totals"]),
        ],
    );
}

#[test]
fn variants_traits_and_markers_are_named() {
    assert_misfits(
        SHAPES_CONTRACT,
        SHAPES,
        &[
            (
                "Io, Cpu { cores: u32 }, Other(String) }",
                "Io, Cpu { cores: u32 } }",
                &["Kind"],
            ),
            ("Other(String) }", "Other(String), More }", &["Kind"]),
            ("Other(String) }", "Other { text: String } }", &["Kind"]),
            ("cores: u32", "cores: u64", &["Kind"]),
            ("pub struct Id(pub u32);", "pub struct Id(u32);", &["Id"]),
            (
                "pub struct Id(pub u32);",
                "pub struct Id { pub n: u32 }",
                &["Id"],
            ),
            (
                "pub struct Ticks;",
                "pub struct Ticks(std::marker::PhantomPinned);",
                &["Ticks: Unpin", "Ticks::reset"],
            ),
            (
                "impl lab::contract::Stream for Ticks",
                "struct Other; impl lab::contract::Stream for Other",
                &["Ticks: Stream"],
            ),
            (
                "u32 { 1 }",
                "u32 { let x = std::rc::Rc::new(1); std::future::ready(()).await; *x }",
                &["Shared::get"],
            ),
            (
                "pub struct Shared;",
                "pub struct Shared(std::cell::Cell<u32>);",
                &["Shared: Send + Sync", "Shared::get"],
            ),
        ],
    );
}
