//! Paths of a driver, as they are in a test: `lab::` and `crate::` are below its root, `contract::` is the student's
//! crate.

use proc_macro2::{TokenStream, TokenTree};

use super::edit::Edit;
use crate::error::{Error, Result};

/// # Errors
/// When the text is no sequence of tokens.
pub fn edits(text: &str, krate: &str) -> Result<Vec<Edit>> {
    let tokens: TokenStream = text
        .parse()
        .map_err(|e| Error::grader(format!("the driver cannot be read: {e}")))?;
    let mut edits = Vec::new();
    look(tokens, krate, &mut edits);
    Ok(edits)
}

fn look(tokens: TokenStream, krate: &str, edits: &mut Vec<Edit>) {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let is_colon =
        |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(p)) if p.as_char() == ':');
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => look(group.stream(), krate, edits),
            TokenTree::Ident(ident) => {
                let goes_on = at >= 2 && is_colon(at - 1) && is_colon(at - 2);
                let leads = is_colon(at + 1) && is_colon(at + 2);
                let stands_for = match ident.to_string().as_str() {
                    "lab" => "crate::lab",
                    "contract" => krate,
                    "crate" => "crate::driver",
                    _ => continue,
                };
                if leads && !goes_on {
                    edits.push((ident.span().byte_range(), stands_for.to_owned()));
                }
            }
            _ => {}
        }
    }
}
