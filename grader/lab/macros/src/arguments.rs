//! The `key = value` arguments of an attribute.

use proc_macro2::{Ident, TokenStream};
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Error, Expr, Lit, Result, Token};

/// How near a word has to be to a key for the key to be suggested.
const NEAR: f64 = 0.7;

#[derive(Debug)]
pub(crate) struct Argument {
    pub key: Ident,
    pub value: Expr,
}

impl Parse for Argument {
    fn parse(input: ParseStream) -> Result<Self> {
        let key = input.parse()?;
        input.parse::<Token![=]>()?;
        Ok(Argument {
            key,
            value: input.parse()?,
        })
    }
}

/// What an attribute can be given; each key once, unless it is `repeatable`.
pub(crate) struct Keys {
    pub attribute: &'static str,
    pub once: &'static [&'static str],
    pub repeatable: &'static [&'static str],
}

impl Keys {
    /// # Errors
    /// At a key that is unknown or that stands there twice.
    pub fn parse(&self, arguments: TokenStream) -> Result<Vec<Argument>> {
        let arguments = Punctuated::<Argument, Token![,]>::parse_terminated.parse2(arguments)?;
        let mut seen: Vec<&Ident> = Vec::new();
        for Argument { key, .. } in &arguments {
            if self.repeatable.iter().any(|known| key == known) {
                continue;
            }
            if !self.once.iter().any(|known| key == known) {
                return Err(Error::new(key.span(), self.unknown(key)));
            }
            if seen.contains(&key) {
                return Err(Error::new(key.span(), format!("`{key}` is given twice")));
            }
            seen.push(key);
        }
        Ok(arguments.into_iter().collect())
    }

    fn unknown(&self, key: &Ident) -> String {
        let key = key.to_string();
        let known = || self.once.iter().chain(self.repeatable);
        let nearest = known().map(|known| (strsim::jaro_winkler(known, &key), known));
        let nearest = nearest
            .filter(|(near, _)| *near > NEAR)
            .max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((_, known)) = nearest {
            return format!(
                "`{}` has no `{key}`: did you mean `{known}`?",
                self.attribute
            );
        }
        let known: Vec<String> = known().map(|known| format!("`{known}`")).collect();
        format!(
            "`{}` has no `{key}`, it has {}",
            self.attribute,
            known.join(", ")
        )
    }
}

impl Argument {
    /// # Errors
    /// When the value is no integer of that type.
    pub fn integer<N: std::str::FromStr<Err: std::fmt::Display>>(&self) -> Result<N> {
        match &self.value {
            Expr::Lit(value) => match &value.lit {
                Lit::Int(integer) => integer.base10_parse(),
                _ => Err(self.wrong("an integer")),
            },
            _ => Err(self.wrong("an integer")),
        }
    }

    /// # Errors
    /// When the value is no string, or an empty one.
    pub fn text(&self) -> Result<String> {
        let text = match &self.value {
            Expr::Lit(value) => match &value.lit {
                Lit::Str(text) => text.value(),
                _ => return Err(self.wrong("a string")),
            },
            _ => return Err(self.wrong("a string")),
        };
        if text.trim().is_empty() {
            Err(self.wrong("a string with words in it"))
        } else {
            Ok(text)
        }
    }

    pub fn wrong(&self, wanted: &str) -> Error {
        Error::new_spanned(&self.value, format!("`{}` is {wanted}", self.key))
    }
}
