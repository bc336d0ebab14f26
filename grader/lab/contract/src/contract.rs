//! What a contract says, once every type in it is known to be carried.

use proc_macro2::Ident;
use syn::{Attribute, ItemUse, Lifetime, Signature};

use crate::borrow::Borrow;
use crate::carried::Carried;

/// The public API that an exercise asks for.
#[derive(Debug, Clone)]
pub struct Contract {
    /// The crate that the student writes.
    pub krate: Ident,
    /// Handed and std types, as the author imports them.
    pub uses: Vec<ItemUse>,
    /// In the order they are written.
    pub items: Vec<Item>,
}

#[derive(Debug, Clone)]
pub enum Item {
    Data(Data),
    Object(Object),
    Function(Box<Function>),
}

/// A type whose fields or variants the contract states: it crosses by value.
#[derive(Debug, Clone)]
pub struct Data {
    /// Doc comments.
    pub attributes: Vec<Attribute>,
    /// What the driver's half derives beyond what every data type has.
    pub derives: Vec<syn::Path>,
    pub name: Ident,
    pub shape: Shape,
}

#[derive(Debug, Clone)]
pub enum Shape {
    Struct(Fields),
    Enum(Vec<Variant>),
}

#[derive(Debug, Clone)]
pub struct Variant {
    pub attributes: Vec<Attribute>,
    pub name: Ident,
    pub fields: Fields,
}

#[derive(Debug, Clone)]
pub enum Fields {
    Unit,
    Tuple(Vec<Field>),
    Named(Vec<Field>),
}

#[derive(Debug, Clone)]
pub struct Field {
    pub attributes: Vec<Attribute>,
    /// None in a tuple.
    pub name: Option<Ident>,
    /// As the author writes it.
    pub written: syn::Type,
    pub(crate) carried: Carried,
}

/// A type of which the contract states only what it does: it stays on the student's side.
#[derive(Debug, Clone)]
pub struct Object {
    /// Doc comments.
    pub attributes: Vec<Attribute>,
    pub name: Ident,
    /// `#[send]`: the student's type must be `Send + Sync`.
    pub send: bool,
    /// Constructors and methods, in the order they are written.
    pub functions: Vec<Function>,
    pub traits: Vec<Trait>,
}

/// A trait that an object implements.
#[derive(Debug, Clone)]
pub struct Trait {
    pub kind: TraitKind,
    /// The stream's item or the future's output, as the author writes it.
    pub written: syn::Type,
    pub(crate) carried: Carried,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TraitKind {
    Future,
    Stream,
}

/// A free function, a constructor or a method.
#[derive(Debug, Clone)]
pub struct Function {
    /// Doc comments.
    pub attributes: Vec<Attribute>,
    /// As the author writes it, without `pub`.
    pub signature: Signature,
    /// `#[send]`: the student's future must be `Send`.
    pub send: bool,
    /// The object that it belongs to.
    pub owner: Option<Ident>,
    /// None for a free function and for a constructor.
    pub receiver: Option<Receiver>,
    pub(crate) arguments: Vec<Argument>,
    pub(crate) output: Carried,
    pub(crate) generics: Generics,
    pub(crate) borrow: Borrow,
}

/// How a method takes its object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receiver {
    Shared,
    Exclusive,
    Owned,
}

#[derive(Debug, Clone)]
pub(crate) struct Argument {
    pub name: Ident,
    pub carried: Carried,
}

/// A function's type parameters, by what becomes of them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Generics {
    /// Those that only the driver knows.
    pub erased: Vec<Ident>,
    /// Those that stand for a future, a stream, an iterator or a closure.
    pub carriers: Vec<Ident>,
    pub lifetimes: Vec<Lifetime>,
}

impl Contract {
    pub fn data(&self) -> impl Iterator<Item = &Data> {
        self.items.iter().filter_map(|item| match item {
            Item::Data(data) => Some(data),
            _ => None,
        })
    }

    pub fn objects(&self) -> impl Iterator<Item = &Object> {
        self.items.iter().filter_map(|item| match item {
            Item::Object(object) => Some(object),
            _ => None,
        })
    }

    /// The free functions.
    pub fn functions(&self) -> impl Iterator<Item = &Function> {
        self.items.iter().filter_map(|item| match item {
            Item::Function(function) => Some(&**function),
            _ => None,
        })
    }
}

impl Object {
    /// Those of its functions that take no `self`.
    pub fn constructors(&self) -> impl Iterator<Item = &Function> {
        self.functions
            .iter()
            .filter(|function| function.receiver.is_none())
    }

    pub fn methods(&self) -> impl Iterator<Item = (Receiver, &Function)> {
        self.functions
            .iter()
            .filter_map(|function| Some((function.receiver?, function)))
    }

    /// Whether the student's type is kept pinned, since something polls it.
    pub(crate) fn is_polled(&self) -> bool {
        !self.traits.is_empty()
    }
}

impl Function {
    pub fn name(&self) -> &Ident {
        &self.signature.ident
    }

    pub fn is_async(&self) -> bool {
        self.signature.asyncness.is_some()
    }

    /// `RateLimiter::acquire`, or the bare name of a free function.
    pub fn path(&self) -> String {
        match &self.owner {
            Some(owner) => format!("{owner}::{}", self.name()),
            None => self.name().to_string(),
        }
    }
}

impl Shape {
    /// Every field, also those of variants.
    pub fn fields(&self) -> Vec<&Field> {
        match self {
            Shape::Struct(fields) => fields.all().iter().collect(),
            Shape::Enum(variants) => variants.iter().flat_map(|v| v.fields.all()).collect(),
        }
    }
}

impl Fields {
    pub fn all(&self) -> &[Field] {
        match self {
            Fields::Unit => &[],
            Fields::Tuple(fields) | Fields::Named(fields) => fields,
        }
    }
}

impl TraitKind {
    pub fn name(self) -> &'static str {
        match self {
            TraitKind::Future => "Future",
            TraitKind::Stream => "Stream",
        }
    }

    /// What the trait calls the type that it gives.
    pub fn gives(self) -> &'static str {
        match self {
            TraitKind::Future => "Output",
            TraitKind::Stream => "Item",
        }
    }
}
