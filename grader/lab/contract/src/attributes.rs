//! Which attributes can stand in a contract.

use syn::punctuated::Punctuated;
use syn::{Attribute, Error, Result, Token};

/// Doc comments, and then the attributes called `extra`; no others can stand here.
pub(crate) fn check_attributes(
    attributes: Vec<Attribute>,
    extra: &str,
) -> Result<(Vec<Attribute>, Vec<Attribute>)> {
    let (docs, others): (Vec<_>, Vec<_>) = attributes
        .into_iter()
        .partition(|attribute| attribute.path().is_ident("doc"));
    match others
        .iter()
        .find(|attribute| extra.is_empty() || !attribute.path().is_ident(extra))
    {
        None => Ok((docs, others)),
        Some(attribute) => {
            let message = match extra {
                "" => "only doc comments can stand here".to_owned(),
                extra => format!("only doc comments and `#[{extra}]` can stand here"),
            };
            Err(Error::new_spanned(attribute, message))
        }
    }
}

pub(crate) fn check_send(attributes: &[Attribute]) -> Result<bool> {
    for attribute in attributes {
        attribute.meta.require_path_only()?;
    }
    Ok(!attributes.is_empty())
}

/// What the driver's half derives in any case, by the last word of its path.
const DERIVED: [&str; 5] = ["Debug", "Clone", "PartialEq", "Serialize", "Deserialize"];

pub(crate) fn check_derives(attributes: &[Attribute]) -> Result<Vec<syn::Path>> {
    let mut derives = Vec::new();
    for attribute in attributes {
        derives.extend(
            attribute.parse_args_with(Punctuated::<syn::Path, Token![,]>::parse_terminated)?,
        );
    }
    let known = |path: &syn::Path| {
        path.segments
            .last()
            .is_some_and(|segment| DERIVED.iter().any(|name| segment.ident == name))
    };
    derives.retain(|path| !known(path));
    Ok(derives)
}
