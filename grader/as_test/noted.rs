//! Values that a driver notes: a test writes them as JSON without serde, so that it needs no crate for it.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::{Attribute, Fields, File, Generics, Ident, Item};

use super::edit::Edit;
use crate::error::{Error, Result};

/// How a test writes a value; the paths are changed with all others of the driver.
const JSON: &str = "lab::serde::Serialize::json";

/// Puts implementations in place of serde's derives, in all modules of the file.
///
/// # Errors
/// When there is one that only serde writes.
pub fn edits(file: &File) -> Result<Vec<Edit>> {
    let mut edits = Vec::new();
    look(&file.items, &mut edits)?;
    Ok(edits)
}

/// Implementations for a contract's plain data, which the student's crate defines. `text` is the contract's file.
pub fn of_contract(text: &str) -> String {
    let mut code = String::new();
    for item in plain_data(text) {
        let (name, json) = match &item {
            Item::Struct(data) => (&data.ident, of_struct(&data.fields)),
            Item::Enum(data) => (&data.ident, of_enum(data)),
            _ => continue,
        };
        if let Some(json) = json {
            code.push_str(&implementation(&format!("contract::{name}"), &json));
        }
    }
    code
}

/// The contract's structs and enums that have fields and no functions.
fn plain_data(text: &str) -> Vec<Item> {
    let tokens: TokenStream = text.parse().unwrap_or_default();
    let inside = tokens.into_iter().find_map(|token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group.stream()),
        _ => None,
    });
    let tokens: Vec<_> = inside.into_iter().flatten().collect();
    let begins = |token: &TokenTree| matches!(token, TokenTree::Ident(word) if word == "struct" || word == "enum");
    let starts = (0..tokens.len()).filter(|at| begins(&tokens[*at]));
    let items = starts.filter_map(|start| {
        let rest = &tokens[start..];
        let is_end = |token: &TokenTree| match token {
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
            TokenTree::Punct(sign) => sign.as_char() == ';',
            _ => false,
        };
        let end = rest.iter().position(is_end)?;
        // An object, with its functions, is no item of Rust's.
        syn::parse2(rest[..=end].iter().cloned().collect()).ok()
    });
    items.collect()
}

fn look(items: &[Item], edits: &mut Vec<Edit>) -> Result<()> {
    for item in items {
        match item {
            Item::Mod(module) => {
                if let Some((_, items)) = &module.content {
                    look(items, edits)?;
                }
            }
            Item::Struct(data) if is_noted(&data.attrs, edits) => {
                let json = of_struct(&data.fields);
                edits.push(written(item, &data.ident, &data.generics, json)?);
            }
            Item::Enum(data) if is_noted(&data.attrs, edits) => {
                edits.push(written(item, &data.ident, &data.generics, of_enum(data))?);
            }
            _ => {}
        }
    }
    Ok(())
}

/// Takes serde's derives away; whether there was one of `Serialize`.
fn is_noted(attributes: &[Attribute], edits: &mut Vec<Edit>) -> bool {
    let mut found = false;
    for attribute in attributes {
        if attribute.path().is_ident("serde") {
            edits.push((attribute.span().byte_range(), String::new()));
        }
        if !attribute.path().is_ident("derive") {
            continue;
        }
        let Ok(list) = attribute.meta.require_list() else {
            continue;
        };
        let words = list.tokens.to_string();
        let all = words
            .split(',')
            .map(str::trim)
            .filter(|word| !word.is_empty());
        let (serdes, kept): (Vec<_>, Vec<_>) = all.partition(|word| {
            let name = word.rsplit(':').next().unwrap_or_default().trim();
            found |= name == "Serialize";
            ["Serialize", "Deserialize"].contains(&name)
        });
        if !serdes.is_empty() {
            let kept = format!("#[derive({})]", kept.join(", "));
            edits.push((attribute.span().byte_range(), kept));
        }
    }
    found
}

/// What serde makes of a struct.
fn of_struct(fields: &Fields) -> Option<String> {
    match fields {
        Fields::Unit => Some(format!("{JSON}(&())")),
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => Some(format!("{JSON}(&self.0)")),
        Fields::Unnamed(_) => None,
        Fields::Named(fields) => {
            let field = |field: &syn::Field| {
                let name = field.ident.as_ref()?.to_string();
                let is_plain = field.attrs.iter().all(|a| a.path().is_ident("doc"));
                is_plain.then(|| format!("({name:?}, {JSON}(&self.{name}))"))
            };
            let fields: Option<Vec<_>> = fields.named.iter().map(field).collect();
            Some(format!("lab::serde::object(&[{}])", fields?.join(", ")))
        }
    }
}

/// What serde makes of an enum.
fn of_enum(data: &syn::ItemEnum) -> Option<String> {
    let arms: Option<Vec<_>> = data.variants.iter().map(arm).collect();
    Some(format!("match self {{ {} }}", arms?.join(" ")))
}

fn arm(variant: &syn::Variant) -> Option<String> {
    let name = variant.ident.to_string();
    if !variant.attrs.iter().all(|a| a.path().is_ident("doc")) {
        return None;
    }
    match &variant.fields {
        Fields::Unit => Some(format!("Self::{name} => {JSON}({name:?}),")),
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => Some(format!(
            "Self::{name}(value) => lab::serde::object(&[({name:?}, {JSON}(value))]),"
        )),
        Fields::Unnamed(_) => None,
        Fields::Named(fields) => {
            let names = fields.named.iter().filter_map(|f| f.ident.as_ref());
            let names: Vec<_> = names.map(ToString::to_string).collect();
            let parts = names
                .iter()
                .map(|field| format!("({field:?}, {JSON}({field}))"));
            let parts: Vec<_> = parts.collect();
            let fields = format!("lab::serde::object(&[{}])", parts.join(", "));
            let whole = format!("lab::serde::object(&[({name:?}, {fields})])");
            Some(format!(
                "Self::{name} {{ {} }} => {whole},",
                names.join(", ")
            ))
        }
    }
}

/// The implementation that stands for a derive, behind its item.
///
/// # Errors
/// When it is one that only serde writes.
fn written(item: &Item, name: &Ident, generics: &Generics, json: Option<String>) -> Result<Edit> {
    let json = json.filter(|_| generics.params.is_empty()).ok_or_else(|| {
        let sentence =
            format!("the driver notes values of `{name}`, whose form a test cannot write");
        Error::usage(sentence)
    })?;
    let end = item.span().byte_range().end;
    Ok((end..end, implementation(&name.to_string(), &json)))
}

fn implementation(name: &str, json: &str) -> String {
    format!(
        "\n\nimpl lab::serde::Serialize for {name} {{\n    fn json(&self) -> String {{\n        {json}\n    }}\n}}\n"
    )
}
