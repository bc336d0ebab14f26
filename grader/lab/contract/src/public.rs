//! The signature that a driver calls: the author's, with what Rust cannot write spelled out.

use proc_macro2::Ident;
use quote::format_ident;
use syn::visit_mut::{self, VisitMut};
use syn::{
    FnArg, GenericParam, ParenthesizedGenericArguments, Pat, ReturnType, Signature, Type,
    TypeImplTrait, TypeParamBound, WherePredicate, parse_quote,
};

use crate::contract::Function;

/// The author's signature, in which
/// - a closure's `-> impl Future` is a type parameter, since Rust has no such type yet;
/// - an erased type parameter is `Send + 'static`, since its values cross in a box;
/// - `impl` arguments are `'static` where the contract has to pin them.
pub(crate) fn public_signature(function: &Function) -> Signature {
    let mut signature = function.signature.clone();
    let mut lift = Lift {
        prefix: String::new(),
        lifted: Vec::new(),
        pinned: function.borrow.pinned,
    };
    for parameter in signature.generics.type_params_mut() {
        lift.prefix = parameter.ident.to_string();
        lift.visit_type_param_mut(parameter);
    }
    for predicate in signature
        .generics
        .where_clause
        .iter_mut()
        .flat_map(|clause| &mut clause.predicates)
    {
        if let WherePredicate::Type(predicate) = predicate {
            lift.prefix = quote::ToTokens::to_token_stream(&predicate.bounded_ty).to_string();
            lift.visit_predicate_type_mut(predicate);
        }
    }
    for input in &mut signature.inputs {
        if let FnArg::Typed(argument) = input {
            if let Pat::Ident(pattern) = &*argument.pat {
                lift.prefix = camel_case(&pattern.ident);
            }
            lift.visit_type_mut(&mut argument.ty);
        }
    }
    let Lift { lifted, pinned, .. } = lift;
    signature.generics.params.extend(lifted);
    let generics = &function.generics;
    let carriers = pinned.then_some(&generics.carriers).into_iter().flatten();
    let mut bounds: Vec<WherePredicate> = Vec::new();
    bounds.extend(
        generics
            .erased
            .iter()
            .map(|name| parse_quote!(#name: ::std::marker::Send + 'static)),
    );
    bounds.extend(carriers.map(|name| parse_quote!(#name: 'static)));
    if !bounds.is_empty() {
        signature
            .generics
            .make_where_clause()
            .predicates
            .extend(bounds);
    }
    signature
}

struct Lift {
    /// What a lifted type parameter is called after: the argument, or the closure's own parameter.
    prefix: String,
    lifted: Vec<GenericParam>,
    pinned: bool,
}

impl VisitMut for Lift {
    fn visit_parenthesized_generic_arguments_mut(
        &mut self,
        call: &mut ParenthesizedGenericArguments,
    ) {
        let ReturnType::Type(_, output) = &mut call.output else {
            return;
        };
        visit_mut::visit_type_mut(self, output);
        let implementation = match &**output {
            Type::ImplTrait(implementation) => implementation,
            Type::Paren(inner) => match &*inner.elem {
                Type::ImplTrait(implementation) => implementation,
                _ => return,
            },
            _ => return,
        };
        let name = format_ident!("{}Output", self.prefix);
        let bounds = &implementation.bounds;
        self.lifted.push(parse_quote!(#name: #bounds));
        **output = parse_quote!(#name);
    }

    fn visit_type_impl_trait_mut(&mut self, implementation: &mut TypeImplTrait) {
        visit_mut::visit_type_impl_trait_mut(self, implementation);
        if self.pinned
            && !implementation
                .bounds
                .iter()
                .any(|bound| matches!(bound, TypeParamBound::Lifetime(_)))
        {
            implementation.bounds.push(parse_quote!('static));
        }
    }
}

fn camel_case(name: &Ident) -> String {
    let mut camel = String::new();
    for word in name.to_string().trim_start_matches("r#").split('_') {
        let mut letters = word.chars();
        camel.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        camel.extend(letters);
    }
    camel
}
