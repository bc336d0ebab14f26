//! What becomes of a function's type parameters.

use proc_macro2::Ident;
use syn::punctuated::Punctuated;
use syn::{GenericParam, Result, Token, Type, TypeParamBound, WherePredicate};

use crate::bounds::{Carrier, name};
use crate::contract::Generics;
use crate::refusal::refuse;

#[derive(Debug, Default)]
pub(crate) struct Parameters(Vec<(Ident, Parameter)>);

#[derive(Debug)]
pub(crate) enum Parameter {
    /// The submission passes its values on, boxed.
    Erased,
    /// `F: Future<Output = T>`: the same as an `impl`.
    Carrier(Box<Carrier>),
}

impl Parameters {
    /// # Errors
    /// At a bound or a parameter that a boxed value does not have.
    pub fn of(generics: &syn::Generics) -> Result<Self> {
        let mut bounds: Vec<(Ident, Punctuated<TypeParamBound, Token![+]>)> = Vec::new();
        for parameter in &generics.params {
            match parameter {
                GenericParam::Type(parameter) if parameter.default.is_none() => {
                    bounds.push((parameter.ident.clone(), parameter.bounds.clone()));
                }
                GenericParam::Lifetime(parameter) if parameter.bounds.is_empty() => {}
                GenericParam::Lifetime(_) => {
                    return Err(refuse(
                        parameter,
                        "the table of functions has no bounds between lifetimes",
                    ));
                }
                _ => return Err(refuse(parameter, "write the value that it is used with")),
            }
        }
        for predicate in generics
            .where_clause
            .iter()
            .flat_map(|clause| &clause.predicates)
        {
            let known = bounds
                .iter_mut()
                .find(|(name, _)| speaks_of(predicate, name));
            match (predicate, known) {
                (WherePredicate::Type(predicate), Some((_, bounds))) => {
                    bounds.extend(predicate.bounds.iter().cloned());
                }
                _ => {
                    return Err(refuse(
                        predicate,
                        "a `where` clause can only bound a type parameter",
                    ));
                }
            }
        }
        let parameters = bounds
            .into_iter()
            .map(|(name, bounds)| Ok((name.clone(), parameter(&name, &bounds)?)));
        parameters.collect::<Result<_>>().map(Parameters)
    }

    pub fn get(&self, name: &Ident) -> Option<&Parameter> {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, parameter)| parameter)
    }

    pub fn sorted(&self, generics: &syn::Generics) -> Generics {
        let lifetimes = generics
            .lifetimes()
            .map(|parameter| parameter.lifetime.clone())
            .collect();
        let mut sorted = Generics {
            lifetimes,
            ..Generics::default()
        };
        for (name, parameter) in &self.0 {
            match parameter {
                Parameter::Erased => sorted.erased.push(name.clone()),
                Parameter::Carrier(_) => sorted.carriers.push(name.clone()),
            }
        }
        sorted
    }
}

fn speaks_of(predicate: &WherePredicate, name: &Ident) -> bool {
    match predicate {
        WherePredicate::Type(predicate) if predicate.lifetimes.is_none() => {
            match &predicate.bounded_ty {
                Type::Path(path) => path.qself.is_none() && path.path.is_ident(name),
                _ => false,
            }
        }
        _ => false,
    }
}

fn parameter(name: &Ident, bounds: &Punctuated<TypeParamBound, Token![+]>) -> Result<Parameter> {
    if Carrier::is_led_by(bounds) {
        return Ok(Parameter::Carrier(Box::new(Carrier::of(bounds, name)?)));
    }
    for bound in bounds {
        let kept = match bound {
            TypeParamBound::Lifetime(lifetime) => lifetime.ident == "static",
            TypeParamBound::Trait(bound) => {
                matches!(self::name(bound).as_str(), "Send" | "Unpin" | "Sized")
            }
            _ => false,
        };
        if !kept {
            let why = format!(
                "a value of `{name}` crosses in a box, which keeps Send and 'static and nothing else"
            );
            return Err(refuse(bound, &why));
        }
    }
    Ok(Parameter::Erased)
}
