//! Decides how each type of a contract is carried, or says why it cannot be.

use std::collections::BTreeSet;

use proc_macro2::Ident;
use quote::{ToTokens, format_ident};
use syn::visit::{self, Visit};
use syn::{
    Error, GenericArgument, Path, PathArguments, Result, Type, TypeImplTrait, TypePath,
    TypeReference,
};

use crate::bounds::{Carrier, Leading};
use crate::carried::{Bounds, Carried, Closure, Nest};
use crate::generics::{Parameter, Parameters};
use crate::place::{Place, Position};
use crate::refusal::{not_a_container, refuse};
use crate::spelling::spell;

/// The names that a contract declares.
#[derive(Debug, Default)]
pub(crate) struct Declared {
    pub data: BTreeSet<Ident>,
    pub objects: BTreeSet<Ident>,
}

/// What a type's words mean where it stands.
pub(crate) struct Scope<'a> {
    pub declared: &'a Declared,
    /// What `Self` is.
    pub owner: Option<&'a Ident>,
    pub parameters: &'a Parameters,
}

impl Scope<'_> {
    /// # Errors
    /// A sentence at the part of the type that cannot be carried.
    pub fn carry(&self, ty: &Type, place: Place) -> Result<Carried> {
        match ty {
            Type::Paren(inner) => self.carry(&inner.elem, place),
            Type::Group(inner) => self.carry(&inner.elem, place),
            Type::Infer(_) => Err(refuse(ty, "a contract says every type")),
            Type::Macro(_) | Type::Verbatim(_) => Err(refuse(ty, "write the type out")),
            Type::Ptr(_) => Err(refuse(
                ty,
                "a submission has no `unsafe` to use a raw pointer with",
            )),
            _ if !self.mentions(ty) => Ok(Carried::Same(ty.clone())),
            Type::ImplTrait(implementation) => self.implementation(implementation, place),
            Type::Reference(reference) => self.reference(reference, place),
            Type::Path(path) => self.path(path, place),
            Type::Tuple(tuple) => {
                let place = place.inside_a_container();
                let parts = tuple.elems.iter().map(|part| self.carry(part, place));
                Ok(Carried::Tuple(parts.collect::<Result<_>>()?))
            }
            Type::Array(array) => {
                let of = self.carry(&array.elem, place.inside_a_container())?;
                Ok(Carried::Array(Box::new(of), array.len.clone()))
            }
            _ => Err(refuse(
                ty,
                "what it mentions of the contract can only be passed by value, behind `&`, or in a container",
            )),
        }
    }

    /// Whether a type has a part that does not pass as it is.
    fn mentions(&self, ty: &Type) -> bool {
        let mut search = Mentions {
            scope: self,
            found: false,
        };
        search.visit_type(ty);
        search.found
    }

    fn knows(&self, name: &Ident) -> bool {
        name == "Self"
            || self.declared.data.contains(name)
            || self.declared.objects.contains(name)
            || self.parameters.get(name).is_some()
    }

    fn path(&self, path: &TypePath, place: Place) -> Result<Carried> {
        if let Some(name) = sole_name(path) {
            if let Some(carried) = self.declared_type(name, path)? {
                return Ok(carried);
            }
            if let Some(parameter) = self.parameters.get(name) {
                return self.parameter(name, parameter, place);
            }
        }
        if let Some((parameter, output)) = self.projection(path) {
            return Err(refuse(
                path,
                &format!("give `{parameter}`'s {output} a type parameter of its own"),
            ));
        }
        self.nest(path, place)
    }

    fn declared_type(&self, name: &Ident, path: &TypePath) -> Result<Option<Carried>> {
        if name == "Self" {
            return match self.owner {
                Some(owner) => Ok(Some(Carried::Object(owner.clone()))),
                None => Err(refuse(path, "outside of an object there is no `Self`")),
            };
        }
        let carried = if self.declared.data.contains(name) {
            Carried::Data(name.clone())
        } else if self.declared.objects.contains(name) {
            Carried::Object(name.clone())
        } else {
            return Ok(None);
        };
        if path
            .path
            .segments
            .iter()
            .any(|segment| !segment.arguments.is_none())
        {
            return Err(refuse(
                path,
                &format!("`{name}` is declared without type parameters"),
            ));
        }
        Ok(Some(carried))
    }

    fn parameter(&self, name: &Ident, parameter: &Parameter, place: Place) -> Result<Carried> {
        match parameter {
            Parameter::Erased => Ok(Carried::Erased(name.clone())),
            Parameter::Carrier(carrier) => {
                if !place.inward {
                    let message = format!(
                        "`{name}` stands for what the driver passes, so it can only be an argument"
                    );
                    return Err(refuse(name, &message));
                }
                if place.is_deepest() {
                    return Err(refuse(name, "its bounds lead back to itself"));
                }
                self.carrier(carrier, name, place.deeper())
            }
        }
    }

    /// `F::Output`, where `F` stands for a future.
    fn projection<'p>(&self, path: &'p TypePath) -> Option<(&'p Ident, &'p Ident)> {
        let mut segments = path.path.segments.iter();
        let (first, second) = (segments.next()?, segments.next()?);
        self.parameters
            .get(&first.ident)
            .map(|_| (&first.ident, &second.ident))
    }

    fn nest(&self, path: &TypePath, place: Place) -> Result<Carried> {
        let segment = path.path.segments.last().expect("a path has a segment");
        let (kind, expected) = match segment.ident.to_string().as_str() {
            "Vec" => (Nest::Vec, 1..=1),
            "VecDeque" => (Nest::VecDeque, 1..=1),
            "Option" => (Nest::Option, 1..=1),
            "Box" => (Nest::Box, 1..=1),
            "Result" => (Nest::Result, 1..=2),
            "BTreeMap" => (Nest::BTreeMap, 2..=2),
            "HashMap" => (Nest::HashMap, 2..=2),
            other => return Err(refuse(path, &not_a_container(other))),
        };
        let types = type_arguments(&segment.arguments);
        if path.qself.is_some() || !expected.contains(&types.len()) {
            return Err(refuse(
                path,
                "this is not how std's container of that name is written",
            ));
        }
        let place = place.inside_a_container();
        if types.len() == 2 && kind != Nest::Result && self.mentions(types[0]) {
            return Err(refuse(
                types[0],
                "only the values of a map may mention what the contract declares",
            ));
        }
        let arguments = types
            .into_iter()
            .map(|ty| self.carry(ty, place))
            .collect::<Result<_>>()?;
        Ok(Carried::Nest {
            written: path.clone(),
            kind,
            arguments,
        })
    }

    fn reference(&self, reference: &TypeReference, place: Place) -> Result<Carried> {
        let exclusive = reference.mutability.is_some();
        let (elem, slice) = match &*reference.elem {
            Type::Slice(slice) => (&*slice.elem, true),
            elem => (elem, false),
        };
        let of = self.carry(elem, place.at(Position::Enclosed))?;
        match of {
            Carried::Object(object) if place.lends_objects() && !slice => Ok(Carried::Lent {
                object,
                lifetime: reference.lifetime.clone(),
                exclusive,
            }),
            Carried::Object(_) if slice => Err(refuse(
                reference,
                "pass objects one by one, or in a Vec by value",
            )),
            Carried::Object(_) if place.inward => Err(refuse(
                reference,
                "an object can only be lent to a function: give the object away by value",
            )),
            Carried::Object(_) => Err(refuse(
                reference,
                "an object of the submission cannot be lent to the driver: pass it by value, or a type of a handed crate",
            )),
            of if of.is_plain() && !place.inward => Err(refuse(
                reference,
                "plain data comes back as a copy: return it by value",
            )),
            of if of.is_plain() && exclusive => Err(refuse(
                reference,
                "plain data crosses as a copy: take it by value and return it",
            )),
            of if of.is_plain() && place.views_data() => Ok(Carried::View {
                written: Type::Reference(reference.clone()),
                of: Box::new(of),
                slice,
            }),
            of if of.is_plain() => Err(refuse(
                reference,
                "plain data can be lent only as an argument of its own",
            )),
            Carried::Erased(name) => Err(refuse(
                reference,
                &format!("a value of `{name}` crosses in a box: take it by value"),
            )),
            _ => Err(refuse(
                reference,
                "what crosses in a box cannot be lent: take it by value",
            )),
        }
    }

    fn implementation(&self, written: &TypeImplTrait, place: Place) -> Result<Carried> {
        if !place.takes_implementations() {
            return Err(refuse(
                written,
                "`impl` can stand as an argument or a result, inside their containers, and as what a closure returns",
            ));
        }
        let carrier = Carrier::of(&written.bounds, written)?;
        self.carrier(&carrier, written, place)
    }

    fn carrier(&self, carrier: &Carrier, written: &dyn ToTokens, place: Place) -> Result<Carried> {
        let bounds = carrier.bounds;
        let inside = place.at(Position::Enclosed);
        match &carrier.leading {
            Leading::Future(output) => Ok(Carried::Future(
                Box::new(self.carry(output, inside)?),
                bounds,
            )),
            Leading::Stream(item) => {
                Ok(Carried::Stream(Box::new(self.carry(item, inside)?), bounds))
            }
            Leading::Iterator { item, into } => {
                if *into && !place.inward {
                    return Err(refuse(written, "return `impl Iterator`"));
                }
                Ok(Carried::Iterator {
                    item: Box::new(self.carry(item, inside)?),
                    into: *into,
                    bounds,
                })
            }
            Leading::Call {
                kind,
                is_async,
                inputs,
                output,
            } => {
                let inputs = inputs.iter().map(|input| {
                    refuse_named_lifetimes(input)?;
                    self.carry(input, inside.back())
                });
                let inputs = inputs.collect::<Result<Vec<_>>>()?;
                let output = self.closure_output(output.as_ref(), carrier, place)?;
                // The function it belongs to gives it a name of its own.
                let alias = format_ident!("closure");
                let closure = Closure {
                    kind: *kind,
                    is_async: *is_async,
                    inputs,
                    output,
                    bounds,
                    alias,
                };
                check_closure(&closure, written, place)?;
                Ok(Carried::Closure(Box::new(closure)))
            }
        }
    }

    fn closure_output(
        &self,
        output: Option<&Type>,
        carrier: &Carrier,
        place: Place,
    ) -> Result<Carried> {
        let Some(output) = output else {
            return Ok(Carried::Same(syn::parse_quote!(())));
        };
        refuse_named_lifetimes(output)?;
        if matches!(output, Type::ImplTrait(_)) && carrier.bounds.any() {
            return Err(Error::new_spanned(
                output,
                format!(
                    "the bounds that follow could be the closure's or those of `{}`: put it in parentheses",
                    spell(output),
                ),
            ));
        }
        self.carry(output, place.at(Position::Answer))
    }
}

impl Bounds {
    fn any(self) -> bool {
        self.send || self.sync || self.fixed
    }
}

fn check_closure(closure: &Closure, written: &dyn ToTokens, place: Place) -> Result<()> {
    let returns = closure.output.bounds().is_some();
    if !returns && closure.output.any(|part| part.bounds().is_some()) {
        return Err(refuse(
            written,
            "a closure can return one future, stream or iterator, not a container of them",
        ));
    }
    if matches!(closure.output, Carried::Closure(_)) {
        return Err(refuse(written, "a closure cannot return a closure"));
    }
    if !place.inward && (returns || closure.is_async) {
        return Err(refuse(
            written,
            "a closure that the submission returns has to answer with a plain value",
        ));
    }
    if closure.is_async && returns {
        return Err(refuse(
            written,
            "an async closure answers with a value, not with another future or stream",
        ));
    }
    if closure.is_async && (closure.bounds.send || closure.bounds.sync) {
        return Err(refuse(
            written,
            "Rust has no way to ask for `Send` of an async closure's future: \
             write `impl FnMut() -> (impl Future<Output = …> + Send)`",
        ));
    }
    Ok(())
}

/// A path of one word.
fn sole_name(path: &TypePath) -> Option<&Ident> {
    let one =
        path.qself.is_none() && path.path.leading_colon.is_none() && path.path.segments.len() == 1;
    one.then(|| &path.path.segments[0].ident)
}

pub(crate) fn type_arguments(arguments: &PathArguments) -> Vec<&Type> {
    let PathArguments::AngleBracketed(arguments) = arguments else {
        return Vec::new();
    };
    let types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    types.collect()
}

fn refuse_named_lifetimes(ty: &Type) -> Result<()> {
    struct Named(Option<syn::Lifetime>);
    impl<'ast> Visit<'ast> for Named {
        fn visit_lifetime(&mut self, lifetime: &'ast syn::Lifetime) {
            if lifetime.ident != "static" && lifetime.ident != "_" {
                self.0 = Some(lifetime.clone());
            }
        }
    }
    let mut named = Named(None);
    named.visit_type(ty);
    match named.0 {
        Some(lifetime) => Err(refuse(
            &lifetime,
            "a closure borrows anew in each call: leave the lifetime out",
        )),
        None => Ok(()),
    }
}

struct Mentions<'a, 'b> {
    scope: &'a Scope<'b>,
    found: bool,
}

impl<'ast> Visit<'ast> for Mentions<'_, '_> {
    fn visit_path(&mut self, path: &'ast Path) {
        if path.leading_colon.is_none() {
            let first = &path.segments[0].ident;
            let one = path.segments.len() == 1;
            self.found |= one && self.scope.knows(first)
                || first == "Self"
                || self.scope.parameters.get(first).is_some();
        }
        visit::visit_path(self, path);
    }

    fn visit_type_impl_trait(&mut self, implementation: &'ast TypeImplTrait) {
        self.found = true;
        visit::visit_type_impl_trait(self, implementation);
    }
}
