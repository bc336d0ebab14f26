//! The contract of an exercise: the public API that it asks for, declared once by its author.
//!
//! ```text
//! contract! {
//!     crate rate_limiter;
//!     struct RateLimiter {
//!         fn new(limit: u32, window: Duration) -> Self;
//!         async fn acquire(&self);
//!         fn try_acquire(&self) -> bool;
//!     }
//!     async fn rate_limited<F, T>(limiter: &RateLimiter, jobs: Vec<F>) -> Vec<T>
//!     where F: Future<Output = T> + Send + 'static, T: Send + 'static;
//! }
//! ```
//!
//! It becomes two things. [`driver`] is what the macro `contract!` writes: a crate with the names and
//! signatures of the student's, over a table of functions that is loaded at run time. [`adapter`] is a
//! file that is compiled beside a submission and puts its types behind that table.
//!
//! # What a contract can carry
//!
//! | in the contract | as argument | as result | how it crosses |
//! | --- | --- | --- | --- |
//! | a type that mentions nothing declared: `u32`, `&str`, `&[PathBuf]`, `&mut Vec<u8>`, `io::Error`, `fn(u32) -> u32`, a handed crate's `Client` or `&Client` | yes | yes | unchanged |
//! | `struct S { a: A }`, `struct S(A);`, `struct S;`, `enum E { … }`: plain data of the submission | yes | yes | rebuilt, field by field |
//! | `&S`, `&[S]`, `&Vec<S>` of plain data | yes | no | the submission sees a copy |
//! | `struct O { fn … }`: an object of the submission, `Self` in its functions | yes | yes | in a box |
//! | `&O`, `&mut O` | yes | no | as a borrow of the box |
//! | `T`, bounded by nothing or by `Send`, `'static`, `Unpin` | yes | yes | as `lab::contract::Value`; `T` is `Send + 'static` for the driver |
//! | `impl Future<Output = X>`, `impl Stream<Item = X>`, `impl Iterator<Item = X>`, with `Send`, `Unpin`, `'static` | yes | yes | in a box |
//! | `impl IntoIterator<Item = X>` | yes | no | as a boxed iterator |
//! | `impl Fn(X) -> Y`, `FnMut`, `FnOnce`, with `Send`, `Sync`, `'static` | yes | yes | in a box |
//! | … where `Y` is `impl Future`, `impl Stream` or `impl Iterator`, in parentheses if bounds follow | yes | no | in a box that returns boxes; the submission may ask for `AsyncFn` as well |
//! | `impl AsyncFn(X) -> Y`, `AsyncFnMut`, `AsyncFnOnce`, also called with borrows such as `&mut Session` | yes | no | in a box that returns a boxed future |
//! | `F` with `F: Future<Output = X>`, or with any of the other `impl` traits | yes | no | as the `impl` would |
//! | `Vec`, `VecDeque`, `Option`, `Result` (also `io::Result`), `Box`, tuples, arrays, values of `BTreeMap` and `HashMap` | yes | yes | rebuilt around what is in them, unless that is unchanged |
//! | `async fn` | | yes | a boxed future, `Send` only with `#[send]` before it |
//! | `impl Stream<Item = X>;`, `impl Future<Output = X>;` in an object | | | the driver's object is one too |
//!
//! `X` and `Y` are plain data, objects, `T`, unchanged types and containers of them.
//!
//! What is asked of the student is what is written, and no more: a future need not be `Send` where the
//! contract does not say so, an object is `Send + Sync` only with `#[send]` before its `struct`. What is
//! handed over is what is written too, but for three things that a box brings: it is `Unpin`; `T` is
//! `Debug`; and an `impl` argument is `'static` where the result borrows.
//!
//! An object that is polled is pinned for good, so that its type may be `!Unpin`, unless the contract
//! also takes it by value or by `&mut`: then the submission's type must be `Unpin`.
//!
//! What cannot be carried is refused with a sentence: objects behind `Arc` or in slices, objects lent
//! to a closure, `&mut` of plain data, `&T`, generic structs, `T: Clone` and other traits that a box does
//! not have, `impl AsRef<…>` and its kin (write the type that the driver passes; the student may be
//! more general), results that borrow from two arguments and are futures.
//!
//! Without an import a contract knows, beside the prelude: `Arc`, `BTreeMap`, `BTreeSet`, `Duration`,
//! `Future`, `HashMap`, `HashSet`, `Path`, `PathBuf`, `Rc`, `Stream`, `VecDeque`, `io`. Everything else it imports
//! itself, with `use` between its braces: the adapter sees those and no others.

mod adapter;
mod attributes;
mod borrow;
mod bounds;
mod carried;
mod carry;
mod check;
mod contract;
mod convert;
mod driver;
mod generics;
mod lines;
mod place;
mod public;
mod refusal;
mod signature;
mod spelling;
mod syntax;
mod table;

pub use adapter::adapter;
pub use contract::{
    Contract, Data, Field, Fields, Function, Item, Object, Receiver, Shape, Trait, TraitKind,
    Variant,
};
pub use driver::driver;
pub use lines::{Adapter, AdapterItem, AdapterItemKind};
pub use spelling::spell;

/// Parses what stands between the braces of `contract! { … }`.
///
/// # Errors
/// Every mistake of the contract, each a sentence at its span.
pub fn parse(source: &str) -> syn::Result<Contract> {
    syn::parse_str(source)
}

/// Finds the one `contract! { … }` in a file's text and parses it.
///
/// # Errors
/// As [`parse`], and when the file is no Rust or does not hold exactly one contract.
pub fn parse_file(text: &str) -> syn::Result<Contract> {
    let file = syn::parse_file(text)?;
    let mut contracts = file.items.iter().filter_map(|item| match item {
        syn::Item::Macro(item) if item.mac.path.segments.last()?.ident == "contract" => {
            Some(&item.mac)
        }
        _ => None,
    });
    let one = contracts.next().ok_or_else(|| {
        syn::Error::new(
            proc_macro2::Span::call_site(),
            "the file has no `contract! { … }`",
        )
    })?;
    match contracts.next() {
        None => one.parse_body(),
        Some(second) => Err(syn::Error::new_spanned(
            &second.path,
            "a file has one contract",
        )),
    }
}
