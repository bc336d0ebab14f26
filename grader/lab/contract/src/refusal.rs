//! How a contract is told that it cannot carry a type.

use quote::ToTokens;
use syn::Error;

use crate::spelling::spell;

/// The one form of refusal: what cannot be carried, and what to do about it.
pub(crate) fn refuse(what: &(impl ToTokens + ?Sized), why: &str) -> Error {
    let tokens = what.to_token_stream();
    let message = format!("a contract cannot carry `{}`: {why}", spell(&tokens));
    Error::new_spanned(tokens, message)
}

/// Why a type that mentions what the contract declares is no container.
pub(crate) fn not_a_container(name: &str) -> String {
    match name {
        "Arc" | "Rc" => format!(
            "the driver's `{name}` holds another type than the submission's: take `&`, or the value"
        ),
        "HashSet" | "BTreeSet" => "its keys would change their type: use a Vec".to_owned(),
        _ => format!(
            "`{name}` would have to be rebuilt around what it holds, which works for \
             Vec, VecDeque, Option, Result, Box, tuples, arrays and the values of BTreeMap and HashMap"
        ),
    }
}
