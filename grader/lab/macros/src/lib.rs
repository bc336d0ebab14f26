//! What the author of an exercise writes: [`contract!`], [`#[drive]`](macro@drive) and
//! [`#[judge]`](macro@judge).

mod arguments;
mod drive;
mod judge;

use proc_macro::TokenStream;

/// Declares the public API that an exercise asks for.
///
/// It becomes a crate with the names and signatures of the student's, over whatever submission is
/// loaded into it: data types are real types, every other type is an opaque object, and functions
/// call the submission's. What a contract can carry is a table in the documentation of `contract_code`.
///
/// ```text
/// contract! {
///     crate rate_limiter;
///     struct RateLimiter {
///         fn new(limit: u32, window: Duration) -> Self;
///         async fn acquire(&self);
///     }
/// }
/// ```
#[proc_macro]
pub fn contract(input: TokenStream) -> TokenStream {
    match syn::parse(input) {
        Ok(contract) => contract_code::driver(&contract).into(),
        Err(error) => error.into_compile_error().into(),
    }
}

/// Makes an `async fn name(lab: Lab)` the driver of the check `name`. A `fn name(lab: Lab)` is one that is
/// called on a thread outside every runtime, in lock-step: for programs that build their own.
///
/// `schedules = plain` drives it first in, first out and nothing else; `schedules = 8` under that
/// many seeds. `grace_ms` is how long the clock runs on after it returned, `virtual_limit_ms` when it
/// is stopped, both in virtual milliseconds.
///
/// ```text
/// #[drive(schedules = plain, grace_ms = 100)]
/// async fn a_burst_is_spread(lab: Lab) { … }
/// ```
#[proc_macro_attribute]
pub fn drive(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let item = item.into();
    keep(drive::expand(arguments.into(), &item), item)
}

/// Makes a `fn name(run: &Run) -> Findings` the judge of the check `name`.
///
/// ```text
/// #[judge(points = 25, title = "no window ever admits more than the limit",
///         hint = "remember when each of the last `limit` callers got in")]
/// fn a_burst_is_spread(run: &Run) -> Findings { … }
/// ```
///
/// Hints can be repeated, from a nudge to nearly the answer.
#[proc_macro_attribute]
pub fn judge(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let item = item.into();
    keep(judge::expand(arguments.into(), &item), item)
}

/// The item stays also where its attribute is wrong, so that nothing else seems to be missing.
fn keep(
    added: syn::Result<proc_macro2::TokenStream>,
    mut item: proc_macro2::TokenStream,
) -> TokenStream {
    item.extend(added.unwrap_or_else(syn::Error::into_compile_error));
    item.into()
}
