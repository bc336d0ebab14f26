//! What a contract cannot say: each mistake is a sentence at the words that are wrong.

use contract_code::{parse, parse_file};

/// The words that an error stands at, in one line, and what it says.
fn refusal(items: &str) -> Vec<(String, String)> {
    let source = format!(
        "crate c; struct Counter {{ fn new() -> Self; }} struct Stats {{ n: u32 }} {items}"
    );
    let errors = parse(&source).expect_err(items);
    let told = errors.into_iter().map(|error| {
        let (start, end) = (error.span().start(), error.span().end());
        assert_eq!((start.line, end.line), (1, 1));
        let words = source
            .chars()
            .skip(start.column)
            .take(end.column - start.column);
        (words.collect(), error.to_string())
    });
    told.collect()
}

fn assert_refused(cases: &[(&str, &str, &str)]) {
    for (items, words, message) in cases {
        let message = message.replace('\n', " ");
        assert_eq!(refusal(items), [((*words).to_owned(), message)], "{items}");
    }
}

#[test]
fn a_type_that_would_have_to_be_rebuilt_is_refused() {
    assert_refused(&[
        (
            "fn f(c: Arc<Counter>);",
            "Arc<Counter>",
            "a contract cannot carry `Arc<Counter>`: the driver's `Arc` holds another type than the submission's: \
             take `&`, or the value",
        ),
        (
            "fn f() -> Mutex<Stats>;",
            "Mutex<Stats>",
            "a contract cannot carry `Mutex<Stats>`: `Mutex` would have to be rebuilt around what it holds, which \
             works for Vec, VecDeque, Option, Result, Box, tuples, arrays and the values of BTreeMap and HashMap",
        ),
        (
            "fn f(all: HashSet<Stats>);",
            "HashSet<Stats>",
            "a contract cannot carry `HashSet<Stats>`: its keys would change their type: use a Vec",
        ),
        (
            "fn f(all: BTreeMap<Stats, u32>);",
            "Stats",
            "a contract cannot carry `Stats`: only the values of a map may mention what the contract declares",
        ),
        (
            "async fn f<T>(receiver: mpsc::Receiver<T>);",
            "mpsc::Receiver<T>",
            "a contract cannot carry `mpsc::Receiver<T>`: `Receiver` would have to be rebuilt around what it holds, \
             which works for Vec, VecDeque, Option, Result, Box, tuples, arrays and the values of BTreeMap and HashMap",
        ),
        (
            "fn f(call: fn(Stats) -> u32);",
            "fn(Stats) -> u32",
            "a contract cannot carry `fn(Stats) -> u32`: what it mentions of the contract can only be passed by \
             value, behind `&`, or in a container",
        ),
        (
            "fn f(all: Option<Stats, u32>);",
            "Option<Stats, u32>",
            "a contract cannot carry `Option<Stats, u32>`: this is not how std's container of that name is written",
        ),
        (
            "fn f(stats: Stats<u32>);",
            "Stats<u32>",
            "a contract cannot carry `Stats<u32>`: `Stats` is declared without type parameters",
        ),
        (
            "fn f(x: *const u8);",
            "*const u8",
            "a contract cannot carry `*const u8`: a submission has no `unsafe` to use a raw pointer with",
        ),
        (
            "fn f(x: Vec<_>) -> _;",
            "_",
            "a contract cannot carry `_`: a contract says every type",
        ),
        (
            "fn f() -> Self;",
            "Self",
            "a contract cannot carry `Self`: outside of an object there is no `Self`",
        ),
    ]);
}

#[test]
fn a_borrow_that_cannot_cross_is_refused() {
    assert_refused(&[
        (
            "fn f() -> &Stats;",
            "&Stats",
            "a contract cannot carry `&Stats`: plain data comes back as a copy: return it by value",
        ),
        (
            "fn f(x: &mut Stats);",
            "&mut Stats",
            "a contract cannot carry `&mut Stats`: plain data crosses as a copy: take it by value and return it",
        ),
        (
            "fn f(x: Vec<&Stats>);",
            "&Stats",
            "a contract cannot carry `&Stats`: plain data can be lent only as an argument of its own",
        ),
        (
            "struct Other { fn new() -> Self; fn inner(&self) -> &Counter; }",
            "&Counter",
            "a contract cannot carry `&Counter`: an object of the submission cannot be lent to the driver: \
             pass it by value, or a type of a handed crate",
        ),
        (
            "async fn f<T>(with: impl AsyncFnOnce(&mut Counter) -> T) -> T;",
            "&mut Counter",
            "a contract cannot carry `&mut Counter`: an object of the submission cannot be lent to the driver: \
             pass it by value, or a type of a handed crate",
        ),
        (
            "fn f(with: impl Fn() -> &Counter);",
            "&Counter",
            "a contract cannot carry `&Counter`: an object can only be lent to a function: give the object away by value",
        ),
        (
            "fn f(all: &[Counter]);",
            "&[Counter]",
            "a contract cannot carry `&[Counter]`: pass objects one by one, or in a Vec by value",
        ),
        (
            "fn f<T>(x: &T);",
            "&T",
            "a contract cannot carry `&T`: a value of `T` crosses in a box: take it by value",
        ),
        (
            "fn f(x: &mut impl Iterator<Item = u8>);",
            "impl Iterator<Item = u8>",
            IMPL_PLACE,
        ),
        (
            "async fn f(a: &str, b: &str) -> &str;",
            "-> &str",
            "a contract cannot carry a future or an `impl` result that borrows from more than one argument: \
             return an owned value, write `async fn`, add `+ 'static`, or give the borrows one named lifetime",
        ),
        (
            "struct Other { fn new() -> Self; fn get(&self, key: &str) -> impl Future<Output = u32>; }",
            "-> impl Future<Output = u32>",
            "a contract cannot carry a future or an `impl` result that borrows from more than one argument: \
             return an owned value, write `async fn`, add `+ 'static`, or give the borrows one named lifetime",
        ),
        (
            "fn f(all: &[Stats]) -> impl Iterator<Item = u32>;",
            "-> impl Iterator<Item = u32>",
            "a contract cannot carry a result that borrows while an argument is `&` of plain data, which crosses \
             as a copy: return an owned value, or add `+ 'static`",
        ),
    ]);
}

const IMPL_PLACE: &str = "a contract cannot carry `impl Iterator<Item = u8>`: `impl` can stand as an argument or a \
                          result, inside their containers, and as what a closure returns";

#[test]
fn an_impl_that_does_not_fit_in_a_box_is_refused() {
    assert_refused(&[
        (
            "fn f(x: impl AsRef<Path>);",
            "impl AsRef<Path>",
            "a contract cannot carry `impl AsRef<Path>`: of the `impl` types it carries Future, Stream, Iterator, \
             IntoIterator, Fn, FnMut, FnOnce and their async kin; for another trait write the type that the driver passes",
        ),
        (
            "fn f(x: impl Future + Send);",
            "Future",
            "a contract cannot carry `Future`: say what it gives, and only that: `Future<Output = …>`",
        ),
        (
            "fn f(x: impl Fn + Send);",
            "Fn",
            "a contract cannot carry `Fn`: say how it is called: `Fn(…) -> …`",
        ),
        (
            "fn f(x: impl Fn() + Clone);",
            "Clone",
            "a contract cannot carry `Clone`: a boxed type keeps Send and 'static, and Sync where it is called",
        ),
        (
            "fn f(x: impl Future<Output = u32> + Sync);",
            "Sync",
            "a contract cannot carry `Sync`: a boxed type keeps Send and 'static, and Sync where it is called",
        ),
        (
            "fn f(x: Box<impl Future<Output = impl Iterator<Item = u8>>>);",
            "impl Iterator<Item = u8>",
            IMPL_PLACE,
        ),
        (
            "fn f(x: impl FnMut() -> impl Future<Output = u8> + Send);",
            "impl Future<Output = u8>",
            "the bounds that follow could be the closure's or those of `impl Future<Output = u8>`: put it in parentheses",
        ),
        (
            "fn f(x: impl AsyncFnMut() + Send);",
            "impl AsyncFnMut() + Send",
            "a contract cannot carry `impl AsyncFnMut() + Send`: Rust has no way to ask for `Send` of an async \
             closure's future: write `impl FnMut() -> (impl Future<Output = …> + Send)`",
        ),
        (
            "fn f() -> impl AsyncFn();",
            "impl AsyncFn()",
            "a contract cannot carry `impl AsyncFn()`: a closure that the submission returns has to answer with a plain value",
        ),
        (
            "fn f<F: Fn() -> G, G: Fn() -> u8>(x: F);",
            "F",
            "a contract cannot carry `F`: a closure cannot return a closure",
        ),
        (
            "fn f() -> impl IntoIterator<Item = u8>;",
            "impl IntoIterator<Item = u8>",
            "a contract cannot carry `impl IntoIterator<Item = u8>`: return `impl Iterator`",
        ),
        (
            "fn f<F: Future<Output = u8>>() -> F;",
            "F",
            "a contract cannot carry `F`: `F` stands for what the driver passes, so it can only be an argument",
        ),
        (
            "fn f<F: Future<Output = u8>>(x: F) -> F::Output;",
            "F::Output",
            "a contract cannot carry `F::Output`: give `F`'s Output a type parameter of its own",
        ),
        (
            "fn f<F: Future<Output = F>>(x: F);",
            "F",
            "a contract cannot carry `F`: its bounds lead back to itself",
        ),
    ]);
}

#[test]
fn a_type_parameter_that_asks_for_more_than_a_box_has_is_refused() {
    assert_refused(&[
        (
            "fn f<T: Clone>(x: T);",
            "Clone",
            "a contract cannot carry `Clone`: a value of `T` crosses in a box, which keeps Send and 'static and nothing else",
        ),
        (
            "fn f<T>(x: T) where T: Send + Debug;",
            "Debug",
            "a contract cannot carry `Debug`: a value of `T` crosses in a box, which keeps Send and 'static and nothing else",
        ),
        (
            "fn f<T>(x: T) where Vec<T>: Send;",
            "Vec<T>: Send",
            "a contract cannot carry `Vec<T>: Send`: a `where` clause can only bound a type parameter",
        ),
        (
            "fn f<const N: usize>(x: [u8; N]);",
            "const N: usize",
            "a contract cannot carry `const N: usize`: write the value that it is used with",
        ),
        (
            "fn f<'a: 'b, 'b>(x: &'a str) -> &'b str;",
            "'a: 'b",
            "a contract cannot carry `'a: 'b`: the table of functions has no bounds between lifetimes",
        ),
        (
            "struct Pool<T> { fn new() -> Self; }",
            "<T>",
            "a contract cannot carry a generic type: write the type it is used with",
        ),
        (
            "struct Pair<T> { a: T }",
            "<T>",
            "a contract cannot carry a generic type: write the type it is used with",
        ),
    ]);
}

#[test]
fn a_function_that_is_none_of_the_students_is_refused() {
    assert_refused(&[
        (
            "struct Other { fn new() -> Self; fn limit() -> u32; }",
            "limit",
            "`Other::limit` takes no `self` and makes no `Other`: add `&self`, or declare it outside of `Other`",
        ),
        (
            "fn f(&self);",
            "&self",
            "a method stands in its object: `struct RateLimiter { fn … }`",
        ),
        (
            "struct Other { fn f(self: Arc<Self>); }",
            "self: Arc<Self>",
            "a contract cannot carry `self: Arc<Self>`: a method takes `self`, `&self` or `&mut self`",
        ),
        (
            "const fn f();",
            "const",
            "a contract declares plain and async functions only",
        ),
        (
            "unsafe fn f();",
            "unsafe",
            "a contract declares plain and async functions only",
        ),
        (
            "fn f((a, b): (u32, u32));",
            "(a, b)",
            "give the argument a name",
        ),
        (
            "fn f(mut a: u32);",
            "mut a",
            "give the argument a name and nothing else",
        ),
        (
            "fn f() {}",
            "{",
            "a contract declares functions without bodies: end `f` with `;`",
        ),
        (
            "#[send] fn f();",
            "f",
            "`#[send]` asks it of the future of an `async fn`; elsewhere write `+ Send`",
        ),
        (
            "#[inline] fn f();",
            "#[inline]",
            "only doc comments and `#[send]` can stand here",
        ),
        (
            "fn load();",
            "load",
            "`load` is a name that the contract itself needs: choose another",
        ),
        ("fn f(); fn f();", "f", "`f` is declared twice"),
        (
            "struct Other { fn new() -> Self; fn new() -> Self; }",
            "new",
            "`Other::new` is declared twice",
        ),
    ]);
}

#[test]
fn an_item_that_is_neither_data_nor_object_nor_function_is_refused() {
    let mixture = "a struct of a contract has either fields (plain data) or functions (an object): \
                   move this into a struct of its own, or write a free function";
    assert_refused(&[
        ("struct Mix { a: u32, fn f(&self); }", "fn", mixture),
        ("struct Mix { fn f(&self); a: u32 }", "a", mixture),
        (
            "struct Other { fn new() -> Self; impl Clone; }",
            "Clone",
            "a contract cannot carry `Clone`: of an object's traits it carries Future and Stream; declare the methods that the driver calls",
        ),
        (
            "struct Other { fn new() -> Self; const N: u32; }",
            "const",
            "an object has functions and `impl Trait;` lines, and nothing else",
        ),
        (
            "struct Holder { counter: Counter }",
            "Counter",
            "a contract cannot carry `Counter`: plain data cannot hold an object",
        ),
        (
            "struct Holder { next: impl Iterator<Item = u8> }",
            "impl Iterator<Item = u8>",
            IMPL_PLACE,
        ),
        (
            "enum Never {}",
            "Never",
            "an enum without variants has no value to carry",
        ),
        (
            "trait Handler { fn f(&self); }",
            "trait",
            "a contract declares structs, enums and functions, and nothing else",
        ),
        (
            "const N: u32 = 1;",
            "const",
            "a contract declares structs, enums and functions, and nothing else",
        ),
        (
            "pub(crate) fn f();",
            "pub(crate)",
            "everything in a contract is public",
        ),
        (
            "use crate::Other;",
            "crate::Other",
            "a contract imports from other crates only: start with a crate's name",
        ),
        (
            "struct Stats { n: u32 }",
            "Stats",
            "`Stats` is declared twice",
        ),
    ]);
}

#[test]
fn every_mistake_of_a_contract_is_told_at_once() {
    let told = refusal(
        "fn f(c: Arc<Counter>); struct Other { fn limit() -> u32; fn new() -> &Self; } fn g<T>(x: &T);",
    );
    let words: Vec<&str> = told.iter().map(|(words, _)| words.as_str()).collect();
    assert_eq!(words, ["Arc<Counter>", "limit", "&Self", "&T"]);
}

#[test]
fn a_contract_says_whose_it_is() {
    let message = |source| parse(source).unwrap_err().to_string();
    assert_eq!(
        message("fn f();"),
        "a contract starts with the student's crate: `crate rate_limiter;`"
    );
    assert_eq!(
        message("crate tokio; fn f();"),
        "a submission cannot be called `tokio`"
    );
}

#[test]
fn a_contract_is_found_in_its_file() {
    let text = "//! The API.\n\nuse lab::contract;\n\nlab::contract! {\n    crate c;\n    fn f(x: Rc<u8>, y: impl Send);\n}\n";
    let error = parse_file(text).unwrap_err();
    assert_eq!(
        (error.span().start().line, error.span().start().column),
        (7, 23)
    );
    let error = parse_file("fn main() {}").unwrap_err();
    assert_eq!(error.to_string(), "the file has no `contract! { … }`");
    let error = parse_file("contract! { crate a; } contract! { crate b; }").unwrap_err();
    assert_eq!(error.to_string(), "a file has one contract");
    assert_eq!(
        parse_file(&text.replace(", y: impl Send", ""))
            .unwrap()
            .krate,
        "c"
    );
}
