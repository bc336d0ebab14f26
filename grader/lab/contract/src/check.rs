//! From a contract as written to one whose every type is known to be carried.

use std::collections::BTreeSet;

use proc_macro2::Ident;
use quote::format_ident;
use syn::parse::{Parse, ParseStream};
use syn::{Error, FnArg, ItemEnum, ItemStruct, Pat, ReceiverKind, Result, ReturnType, Safety};

use crate::attributes::{check_attributes, check_derives, check_send};
use crate::borrow::Borrow;
use crate::bounds::implemented;
use crate::carried::{Carried, Closure};
use crate::carry::{Declared, Scope};
use crate::contract::{
    Argument, Contract, Data, Field, Fields, Function, Item, Object, Receiver, Shape, Trait,
    Variant,
};
use crate::generics::Parameters;
use crate::place::Place;
use crate::refusal::refuse;
use crate::syntax::{Draft, DraftFunction, DraftItem, DraftObject};

/// Crates that stand beside the submission in an adapter.
const TAKEN_CRATES: [&str; 9] = [
    "contract", "kit", "lab", "std", "core", "alloc", "crate", "tokio", "judge",
];

impl Parse for Contract {
    fn parse(input: ParseStream) -> Result<Self> {
        let draft: Draft = input.parse()?;
        let krate = draft.krate.to_string();
        if TAKEN_CRATES.contains(&krate.as_str()) {
            return Err(Error::new_spanned(
                &draft.krate,
                format!("a submission cannot be called `{krate}`"),
            ));
        }
        let declared = declared(&draft.items)?;
        let mut items = Vec::new();
        let mut errors = Errors::default();
        for item in draft.items {
            items.extend(errors.keep(check_item(item, &declared)));
        }
        errors.none()?;
        Ok(Contract {
            krate: draft.krate,
            uses: draft.uses,
            items,
        })
    }
}

/// Every mistake of a contract, so that its author sees them all at once.
#[derive(Default)]
struct Errors(Option<Error>);

impl Errors {
    fn keep<T>(&mut self, result: Result<T>) -> Option<T> {
        match (result, &mut self.0) {
            (Ok(value), _) => return Some(value),
            (Err(error), Some(errors)) => errors.combine(error),
            (Err(error), none) => *none = Some(error),
        }
        None
    }

    fn none(self) -> Result<()> {
        self.0.map_or(Ok(()), Err)
    }
}

fn declared(items: &[DraftItem]) -> Result<Declared> {
    let mut declared = Declared::default();
    let mut functions = BTreeSet::new();
    for item in items {
        let (name, fresh) = match item {
            DraftItem::Struct(data) => (&data.ident, declared.data.insert(data.ident.clone())),
            DraftItem::Enum(data) => (&data.ident, declared.data.insert(data.ident.clone())),
            DraftItem::Object(object) => {
                (&object.name, declared.objects.insert(object.name.clone()))
            }
            DraftItem::Function(function) => {
                let name = &function.signature.ident;
                (name, functions.insert(name.clone()))
            }
        };
        if !fresh || declared.data.contains(name) && declared.objects.contains(name) {
            return Err(Error::new_spanned(
                name,
                format!("`{name}` is declared twice"),
            ));
        }
        let taken = match item {
            DraftItem::Function(_) => name == "load" || name == "grade_api",
            _ => name == "Api",
        };
        if taken || name.to_string().starts_with("__") {
            let message =
                format!("`{name}` is a name that the contract itself needs: choose another");
            return Err(Error::new_spanned(name, message));
        }
    }
    Ok(declared)
}

fn check_item(item: DraftItem, declared: &Declared) -> Result<Item> {
    match item {
        DraftItem::Struct(data) => check_struct(data, declared).map(Item::Data),
        DraftItem::Enum(data) => check_enum(data, declared).map(Item::Data),
        DraftItem::Object(object) => check_object(object, declared).map(Item::Object),
        DraftItem::Function(function) => check_function(function, declared, None)
            .map(|function| Item::Function(Box::new(function))),
    }
}

fn check_struct(data: ItemStruct, declared: &Declared) -> Result<Data> {
    refuse_generics(&data.generics)?;
    let (attributes, derives) = check_attributes(data.attrs, "derive")?;
    let derives = check_derives(&derives)?;
    let shape = Shape::Struct(check_fields(data.fields, declared)?);
    Ok(Data {
        attributes,
        derives,
        name: data.ident,
        shape,
    })
}

fn check_enum(data: ItemEnum, declared: &Declared) -> Result<Data> {
    refuse_generics(&data.generics)?;
    let (attributes, derives) = check_attributes(data.attrs, "derive")?;
    let derives = check_derives(&derives)?;
    if data.variants.is_empty() {
        return Err(Error::new_spanned(
            data.ident,
            "an enum without variants has no value to carry",
        ));
    }
    let mut variants = Vec::new();
    for variant in data.variants {
        let (attributes, _) = check_attributes(variant.attrs, "")?;
        let fields = check_fields(variant.fields, declared)?;
        variants.push(Variant {
            attributes,
            name: variant.ident,
            fields,
        });
    }
    Ok(Data {
        attributes,
        derives,
        name: data.ident,
        shape: Shape::Enum(variants),
    })
}

fn refuse_generics(generics: &syn::Generics) -> Result<()> {
    if generics.params.is_empty() {
        return Ok(());
    }
    Err(Error::new_spanned(
        generics,
        "a contract cannot carry a generic type: write the type it is used with",
    ))
}

fn check_fields(fields: syn::Fields, declared: &Declared) -> Result<Fields> {
    let parameters = Parameters::default();
    let scope = Scope {
        declared,
        owner: None,
        parameters: &parameters,
    };
    let check = |field: syn::Field| {
        let (attributes, _) = check_attributes(field.attrs, "")?;
        let carried = scope.carry(&field.ty, Place::FIELD)?;
        if carried.any(|part| matches!(part, Carried::Object(_))) {
            return Err(refuse(&field.ty, "plain data cannot hold an object"));
        }
        Ok(Field {
            attributes,
            name: field.ident,
            written: field.ty,
            carried,
        })
    };
    match fields {
        syn::Fields::Unit => Ok(Fields::Unit),
        syn::Fields::Unnamed(fields) => fields
            .unnamed
            .into_iter()
            .map(check)
            .collect::<Result<_>>()
            .map(Fields::Tuple),
        syn::Fields::Named(fields) => fields
            .named
            .into_iter()
            .map(check)
            .collect::<Result<_>>()
            .map(Fields::Named),
    }
}

fn check_object(draft: DraftObject, declared: &Declared) -> Result<Object> {
    let (attributes, send) = check_attributes(draft.attributes, "send")?;
    let send = check_send(&send)?;
    let mut errors = Errors::default();
    let mut functions: Vec<Function> = Vec::new();
    for function in draft.functions {
        let name = function.signature.ident.clone();
        if functions.iter().any(|known| *known.name() == name) {
            let message = format!("`{}::{name}` is declared twice", draft.name);
            errors.keep::<()>(Err(Error::new_spanned(name, message)));
        } else {
            functions.extend(errors.keep(check_function(function, declared, Some(&draft.name))));
        }
    }
    let mut traits: Vec<Trait> = Vec::new();
    for path in draft.traits {
        if let Some(implemented) = errors.keep(check_trait(&path, declared, &draft.name)) {
            if traits.iter().any(|known| known.kind == implemented.kind) {
                let message = format!("`{}` implements it twice", draft.name);
                errors.keep::<()>(Err(Error::new_spanned(path, message)));
            } else {
                traits.push(implemented);
            }
        }
    }
    errors.none()?;
    Ok(Object {
        attributes,
        name: draft.name,
        send,
        functions,
        traits,
    })
}

fn check_trait(path: &syn::Path, declared: &Declared, owner: &Ident) -> Result<Trait> {
    let parameters = Parameters::default();
    let (kind, written) = implemented(path)?;
    let scope = Scope {
        declared,
        owner: Some(owner),
        parameters: &parameters,
    };
    let carried = scope.carry(&written, Place::POLLED)?;
    Ok(Trait {
        kind,
        written,
        carried,
    })
}

fn check_function(
    draft: DraftFunction,
    declared: &Declared,
    owner: Option<&Ident>,
) -> Result<Function> {
    let signature = draft.signature;
    let (attributes, send) = check_attributes(draft.attributes, "send")?;
    let send = check_send(&send)?;
    check_modifiers(&signature)?;
    if send && signature.asyncness.is_none() {
        return Err(Error::new_spanned(
            &signature.ident,
            "`#[send]` asks it of the future of an `async fn`; elsewhere write `+ Send`",
        ));
    }
    let parameters = Parameters::of(&signature.generics)?;
    let scope = Scope {
        declared,
        owner,
        parameters: &parameters,
    };
    let receiver = signature
        .receiver()
        .map(|receiver| check_receiver(receiver, owner))
        .transpose()?;
    let mut arguments: Vec<Argument> = Vec::new();
    for input in &signature.inputs {
        if let FnArg::Typed(argument) = input {
            arguments.push(check_argument(argument, &scope)?);
        }
    }
    let mut output = match &signature.output {
        ReturnType::Default => Carried::Same(syn::parse_quote!(())),
        ReturnType::Type(_, ty) => scope.carry(ty, Place::RESULT)?,
    };
    name_closures(owner, &signature.ident, &mut arguments, &mut output);
    if let (None, Some(owner)) = (receiver, owner)
        && !output.any(|part| matches!(part, Carried::Object(name) if name == owner))
    {
        let name = &signature.ident;
        return Err(Error::new_spanned(
            name,
            format!(
                "`{owner}::{name}` takes no `self` and makes no `{owner}`: add `&self`, or declare it outside of `{owner}`"
            ),
        ));
    }
    let generics = parameters.sorted(&signature.generics);
    let borrow = Borrow::of(&signature, receiver, &arguments, &output, &generics)?;
    Ok(Function {
        attributes,
        signature,
        send,
        owner: owner.cloned(),
        receiver,
        arguments,
        output,
        generics,
        borrow,
    })
}

/// Gives the type of each closure a name in the table.
fn name_closures(
    owner: Option<&Ident>,
    name: &Ident,
    arguments: &mut [Argument],
    output: &mut Carried,
) {
    let owner = owner.map(|owner| format!("{owner}_")).unwrap_or_default();
    let mut count = 0;
    let mut number = |closure: &mut Closure| {
        closure.alias = format_ident!("{owner}{name}_closure{count}");
        count += 1;
    };
    for argument in arguments {
        argument.carried.closures_mut(&mut number);
    }
    output.closures_mut(&mut number);
}

fn check_modifiers(signature: &syn::Signature) -> Result<()> {
    let plain = "a contract declares plain and async functions only";
    if let Some(constness) = &signature.constness {
        return Err(Error::new_spanned(constness, plain));
    }
    if !matches!(signature.safety, Safety::Default) {
        return Err(Error::new_spanned(&signature.safety, plain));
    }
    if let Some(abi) = &signature.abi {
        return Err(Error::new_spanned(abi, plain));
    }
    if let Some(variadic) = &signature.variadic {
        return Err(Error::new_spanned(variadic, plain));
    }
    Ok(())
}

fn check_receiver(receiver: &syn::Receiver, owner: Option<&Ident>) -> Result<Receiver> {
    if owner.is_none() {
        return Err(Error::new_spanned(
            receiver,
            "a method stands in its object: `struct RateLimiter { fn … }`",
        ));
    }
    match &receiver.kind {
        ReceiverKind::Value => Ok(Receiver::Owned),
        ReceiverKind::Reference(_, _, None) => Ok(Receiver::Shared),
        ReceiverKind::Reference(_, _, Some(_)) => Ok(Receiver::Exclusive),
        _ => Err(refuse(
            receiver,
            "a method takes `self`, `&self` or `&mut self`",
        )),
    }
}

fn check_argument(argument: &syn::PatType, scope: &Scope) -> Result<Argument> {
    let Pat::Ident(pattern) = &*argument.pat else {
        return Err(Error::new_spanned(
            &argument.pat,
            "give the argument a name",
        ));
    };
    if pattern.by_ref.is_some() || pattern.mutability.is_some() || pattern.subpat.is_some() {
        return Err(Error::new_spanned(
            pattern,
            "give the argument a name and nothing else",
        ));
    }
    if pattern.ident.to_string().starts_with("__") {
        return Err(Error::new_spanned(
            pattern,
            "names that start with `__` are the contract's own",
        ));
    }
    Ok(Argument {
        name: pattern.ident.clone(),
        carried: scope.carry(&argument.ty, Place::ARGUMENT)?,
    })
}
