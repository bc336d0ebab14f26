//! What an `impl` type or a bounded type parameter stands for.

use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{
    GenericArgument, PathArguments, Result, ReturnType, Token, TraitBound, Type, TypeParamBound,
};

use crate::carried::{Bounds, Call};
use crate::refusal::refuse;

/// A trait whose implementations are carried in a box, with the bounds that stand beside it.
#[derive(Debug, Clone)]
pub(crate) struct Carrier {
    pub leading: Leading,
    pub bounds: Bounds,
}

#[derive(Debug, Clone)]
pub(crate) enum Leading {
    Future(Type),
    Stream(Type),
    Iterator {
        item: Type,
        into: bool,
    },
    Call {
        kind: Call,
        is_async: bool,
        inputs: Vec<Type>,
        output: Option<Type>,
    },
}

impl Carrier {
    /// # Errors
    /// When there is no such trait among the bounds, or one that a box does not have.
    pub fn of(
        bounds: &Punctuated<TypeParamBound, Token![+]>,
        written: &dyn ToTokens,
    ) -> Result<Self> {
        let leading = bounds.iter().find_map(leading).ok_or_else(|| {
            refuse(
                written,
                "of the `impl` types it carries Future, Stream, Iterator, IntoIterator, Fn, FnMut, FnOnce \
                 and their async kin; for another trait write the type that the driver passes",
            )
        })?;
        let leading = leading?;
        let mut carrier = Carrier {
            leading,
            bounds: Bounds::default(),
        };
        let mut led = false;
        for bound in bounds {
            if !led && self::leading(bound).is_some() {
                led = true;
            } else {
                carrier.add(bound)?;
            }
        }
        Ok(carrier)
    }

    pub fn is_led_by(bounds: &Punctuated<TypeParamBound, Token![+]>) -> bool {
        bounds.iter().any(|bound| leading(bound).is_some())
    }

    fn add(&mut self, bound: &TypeParamBound) -> Result<()> {
        let call = matches!(self.leading, Leading::Call { .. });
        match bound {
            TypeParamBound::Lifetime(lifetime) => self.bounds.fixed |= lifetime.ident == "static",
            TypeParamBound::Trait(plain) => match name(plain).as_str() {
                "Send" => self.bounds.send = true,
                "Sync" if call => self.bounds.sync = true,
                // Each of them crosses in a pinned box, which is Unpin.
                "Unpin" if !call => {}
                _ => {
                    return Err(refuse(
                        bound,
                        "a boxed type keeps Send and 'static, and Sync where it is called",
                    ));
                }
            },
            _ => {
                return Err(refuse(
                    bound,
                    "what is returned may borrow all that was given; `+ 'static` says nothing is",
                ));
            }
        }
        Ok(())
    }
}

/// The last word of a bound's path, unless it is `?Sized` or `for<'a> …`.
pub(crate) fn name(bound: &TraitBound) -> String {
    if bound.maybe.is_some() || bound.lifetimes.is_some() {
        return String::new();
    }
    bound
        .path
        .segments
        .last()
        .map(|segment| segment.ident.to_string())
        .unwrap_or_default()
}

fn leading(bound: &TypeParamBound) -> Option<Result<Leading>> {
    let TypeParamBound::Trait(bound) = bound else {
        return None;
    };
    let gives = |what: &str| given(bound, what);
    let call = |kind, is_async| called(bound, kind, is_async);
    Some(match name(bound).as_str() {
        "Future" => gives("Output").map(Leading::Future),
        "Stream" => gives("Item").map(Leading::Stream),
        "Iterator" => gives("Item").map(|item| Leading::Iterator { item, into: false }),
        "IntoIterator" => gives("Item").map(|item| Leading::Iterator { item, into: true }),
        "Fn" => call(Call::Shared, false),
        "FnMut" => call(Call::Exclusive, false),
        "FnOnce" => call(Call::Once, false),
        "AsyncFn" => call(Call::Shared, true),
        "AsyncFnMut" => call(Call::Exclusive, true),
        "AsyncFnOnce" => call(Call::Once, true),
        _ => return None,
    })
}

/// The `T` of `Future<Output = T>`.
fn given(bound: &TraitBound, what: &str) -> Result<Type> {
    let segment = bound.path.segments.last().expect("a path has a segment");
    if let PathArguments::AngleBracketed(arguments) = &segment.arguments
        && arguments.args.len() == 1
        && let Some(GenericArgument::AssocType(given)) = arguments.args.first()
        && given.ident == what
    {
        return Ok(given.ty.clone());
    }
    Err(refuse(
        bound,
        &format!(
            "say what it gives, and only that: `{}<{what} = …>`",
            segment.ident
        ),
    ))
}

fn called(bound: &TraitBound, kind: Call, is_async: bool) -> Result<Leading> {
    let segment = bound.path.segments.last().expect("a path has a segment");
    let PathArguments::Parenthesized(arguments) = &segment.arguments else {
        return Err(refuse(
            bound,
            &format!("say how it is called: `{}(…) -> …`", segment.ident),
        ));
    };
    let inputs = arguments
        .inputs
        .iter()
        .map(|input| input.ty.clone())
        .collect();
    let output = match &arguments.output {
        ReturnType::Default => None,
        ReturnType::Type(_, ty) => Some((**ty).clone()),
    };
    Ok(Leading::Call {
        kind,
        is_async,
        inputs,
        output,
    })
}

/// The traits of an `impl Trait;` line of an object.
pub(crate) fn implemented(path: &syn::Path) -> Result<(crate::contract::TraitKind, Type)> {
    let bound = TypeParamBound::Trait(syn::parse_quote!(#path));
    match leading(&bound).transpose()? {
        Some(Leading::Future(output)) => Ok((crate::contract::TraitKind::Future, output)),
        Some(Leading::Stream(item)) => Ok((crate::contract::TraitKind::Stream, item)),
        _ => Err(refuse(
            path,
            "of an object's traits it carries Future and Stream; declare the methods that the driver calls",
        )),
    }
}
