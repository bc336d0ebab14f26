//! How long what a call passes and returns may borrow, and what the table calls those lifetimes.
//!
//! A future that a function returns borrows all that the function was given, so the table joins
//! every borrow of such a function in one lifetime, `'a`. What a plain function returns follows the
//! rules of elision, so the table repeats what the author wrote.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::visit::Visit;
use syn::visit_mut::{self, VisitMut};
use syn::{
    BoundLifetimes, Error, Lifetime, ParenthesizedGenericArguments, Result, Signature, Type,
    TypeFnPtr, TypeReference,
};

use crate::carried::Carried;
use crate::contract::{Argument, Generics, Receiver};

/// The lifetimes of one function of the table.
#[derive(Debug, Clone)]
pub(crate) struct Borrow {
    /// What the function returns borrows what it was given.
    pub captures: bool,
    /// `impl` arguments are `'static` although the author did not ask for it: the result borrows
    /// from something, and could not say that it borrows from them too.
    pub pinned: bool,
    /// What the table declares: `'a`, or the author's own and `'carried`.
    pub declared: Vec<Lifetime>,
    /// The bound of `impl` arguments that are not `'static`.
    pub arguments: Lifetime,
    /// The bound of what is returned.
    pub result: Lifetime,
}

pub(crate) fn lifetime(name: &str) -> Lifetime {
    Lifetime::new(name, Span::call_site())
}

impl Borrow {
    /// # Errors
    /// When the result would have to borrow from more than one argument, or from a copy.
    pub fn of(
        signature: &Signature,
        receiver: Option<Receiver>,
        arguments: &[Argument],
        output: &Carried,
        generics: &Generics,
    ) -> Result<Self> {
        let borrowed = borrowed_arguments(signature);
        let loose_arguments = arguments.iter().any(|argument| argument.carried.is_loose());
        let loose_output = output.is_loose();
        let captures = signature.asyncness.is_some() || loose_output;
        let borrows = loose_output || output_borrows(signature);
        let viewed = arguments
            .iter()
            .any(|argument| argument.carried.any(|c| matches!(c, Carried::View { .. })));
        if borrows && viewed {
            return Err(Error::new_spanned(
                &signature.output,
                "a contract cannot carry a result that borrows while an argument is `&` of plain data, \
                 which crosses as a copy: return an owned value, or add `+ 'static`",
            ));
        }
        if borrows && captures && borrowed.len() > 1 {
            return Err(Error::new_spanned(
                &signature.output,
                "a contract cannot carry a future or an `impl` result that borrows from more than one \
                 argument: return an owned value, write `async fn`, add `+ 'static`, or give the borrows one \
                 named lifetime",
            ));
        }
        let pinned = borrows && loose_arguments;
        let joined = captures
            && (!borrowed.is_empty() || receiver_borrows(receiver) || loose_arguments && !pinned);
        let mut declared = Vec::new();
        if joined {
            declared.push(lifetime("'a"));
        } else if !captures {
            declared.extend(generics.lifetimes.iter().cloned());
            if loose_arguments && !pinned {
                declared.push(lifetime("'carried"));
            }
        }
        let bound = if joined { "'a" } else { "'static" };
        let of_arguments = match (pinned, captures) {
            (true, _) => "'static",
            (false, true) => bound,
            (false, false) => "'carried",
        };
        Ok(Borrow {
            captures,
            pinned,
            declared,
            arguments: lifetime(of_arguments),
            result: lifetime(bound),
        })
    }

    /// What every borrow of the signature is called in the table; None where it keeps the author's words.
    pub fn joined(&self) -> Option<Lifetime> {
        self.captures.then(|| lifetime("'a"))
    }

    /// `<'a>`, or nothing.
    pub fn generics(&self) -> TokenStream {
        let declared = &self.declared;
        if declared.is_empty() {
            quote!()
        } else {
            quote!(<#(#declared),*>)
        }
    }

    /// `for<'a>`, or nothing.
    pub fn quantifier(&self) -> TokenStream {
        let generics = self.generics();
        if self.declared.is_empty() {
            generics
        } else {
            quote!(for #generics)
        }
    }
}

fn receiver_borrows(receiver: Option<Receiver>) -> bool {
    matches!(receiver, Some(Receiver::Shared | Receiver::Exclusive))
}

/// The lifetimes that the arguments bring, the receiver's among them; each elided one counts.
fn borrowed_arguments(signature: &Signature) -> Vec<Lifetime> {
    let mut found = Borrows::default();
    for input in &signature.inputs {
        match input {
            syn::FnArg::Receiver(receiver) => {
                if let syn::ReceiverKind::Reference(_, lifetime, _) = &receiver.kind {
                    found.note(lifetime.as_ref());
                }
            }
            syn::FnArg::Typed(argument) => found.visit_type(&argument.ty),
        }
    }
    found.lifetimes
}

fn output_borrows(signature: &Signature) -> bool {
    match &signature.output {
        syn::ReturnType::Default => false,
        syn::ReturnType::Type(_, ty) => borrows(ty),
    }
}

/// Whether a type has a lifetime other than `'static`.
pub(crate) fn borrows(ty: &Type) -> bool {
    let mut found = Borrows::default();
    found.visit_type(ty);
    !found.lifetimes.is_empty()
}

#[derive(Default)]
struct Borrows {
    lifetimes: Vec<Lifetime>,
}

impl Borrows {
    fn note(&mut self, found: Option<&Lifetime>) {
        match found {
            None => self.lifetimes.push(lifetime("'_")),
            Some(found) if found.ident == "static" => {}
            Some(found) => {
                if found.ident == "_" || !self.lifetimes.contains(found) {
                    self.lifetimes.push(found.clone());
                }
            }
        }
    }
}

impl<'ast> Visit<'ast> for Borrows {
    fn visit_type_reference(&mut self, reference: &'ast TypeReference) {
        self.note(reference.lifetime.as_ref());
        self.visit_type(&reference.elem);
    }

    fn visit_lifetime(&mut self, lifetime: &'ast Lifetime) {
        self.note(Some(lifetime));
    }

    // What a closure is called with is borrowed anew in each call.
    fn visit_parenthesized_generic_arguments(&mut self, _: &'ast ParenthesizedGenericArguments) {}
    fn visit_type_fn_ptr(&mut self, _: &'ast TypeFnPtr) {}
    fn visit_bound_lifetimes(&mut self, _: &'ast BoundLifetimes) {}
}

/// The same type with every borrow of it called `to`.
pub(crate) fn joined(ty: &Type, to: &Lifetime) -> Type {
    let mut ty = ty.clone();
    Join(to).visit_type_mut(&mut ty);
    ty
}

struct Join<'a>(&'a Lifetime);

impl VisitMut for Join<'_> {
    fn visit_type_reference_mut(&mut self, reference: &mut TypeReference) {
        if reference.lifetime.is_none() {
            reference.lifetime = Some(self.0.clone());
        }
        visit_mut::visit_type_reference_mut(self, reference);
    }

    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if lifetime.ident != "static" {
            *lifetime = self.0.clone();
        }
    }

    fn visit_parenthesized_generic_arguments_mut(&mut self, _: &mut ParenthesizedGenericArguments) {
    }
    fn visit_type_fn_ptr_mut(&mut self, _: &mut TypeFnPtr) {}
    fn visit_bound_lifetimes_mut(&mut self, _: &mut BoundLifetimes) {}
}
