//! How a value of one type crosses between driver and submission.

use proc_macro2::Ident;
use syn::{Expr, Lifetime, Type, TypePath};

/// A type of a contract, by the way its values cross.
#[derive(Debug, Clone)]
pub(crate) enum Carried {
    /// It mentions nothing that the contract declares: it passes unchanged.
    Same(Type),
    /// Plain data that the submission declares.
    Data(Ident),
    /// An object of the submission, by value.
    Object(Ident),
    /// `&` or `&mut` of an object of the submission.
    Lent {
        object: Ident,
        lifetime: Option<Lifetime>,
        exclusive: bool,
    },
    /// `&` of plain data, or of a container or slice of it: the submission sees a copy.
    View {
        written: Type,
        of: Box<Carried>,
        slice: bool,
    },
    /// A type parameter that only the driver knows.
    Erased(Ident),
    /// A container from std; `arguments` are its last type arguments, in order.
    Nest {
        written: TypePath,
        kind: Nest,
        arguments: Vec<Carried>,
    },
    Tuple(Vec<Carried>),
    Array(Box<Carried>, Expr),
    Future(Box<Carried>, Bounds),
    Stream(Box<Carried>, Bounds),
    /// `impl Iterator`, or `impl IntoIterator` where `into` is set.
    Iterator {
        item: Box<Carried>,
        into: bool,
        bounds: Bounds,
    },
    Closure(Box<Closure>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nest {
    Vec,
    VecDeque,
    Option,
    Result,
    Box,
    /// Of maps only the values are looked into.
    BTreeMap,
    HashMap,
}

#[derive(Debug, Clone)]
pub(crate) struct Closure {
    pub kind: Call,
    /// `AsyncFn` and its kin.
    pub is_async: bool,
    pub inputs: Vec<Carried>,
    pub output: Carried,
    pub bounds: Bounds,
    /// What the table calls its type.
    pub alias: Ident,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Call {
    Shared,
    Exclusive,
    Once,
}

/// What is written behind the trait of an `impl`.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Bounds {
    pub send: bool,
    pub sync: bool,
    /// `'static`.
    pub fixed: bool,
}

impl Carried {
    /// Whether it is made of plain data and nothing else, so that the contract's half can be cloned.
    pub fn is_plain(&self) -> bool {
        match self {
            Carried::Same(_) | Carried::Data(_) => true,
            Carried::Nest { arguments, .. } => arguments.iter().all(Carried::is_plain),
            Carried::Tuple(parts) => parts.iter().all(Carried::is_plain),
            Carried::Array(of, _) => of.is_plain(),
            _ => false,
        }
    }

    /// Visits this type and every type inside it.
    pub fn walk(&self, visit: &mut dyn FnMut(&Carried)) {
        visit(self);
        match self {
            Carried::Same(_)
            | Carried::Data(_)
            | Carried::Object(_)
            | Carried::Lent { .. }
            | Carried::Erased(_) => {}
            Carried::View { of, .. }
            | Carried::Array(of, _)
            | Carried::Future(of, _)
            | Carried::Stream(of, _)
            | Carried::Iterator { item: of, .. } => of.walk(visit),
            Carried::Nest {
                arguments: parts, ..
            }
            | Carried::Tuple(parts) => {
                for part in parts {
                    part.walk(visit);
                }
            }
            Carried::Closure(closure) => {
                for input in &closure.inputs {
                    input.walk(visit);
                }
                closure.output.walk(visit);
            }
        }
    }

    /// Visits the closures of this type; a closure holds no other.
    pub fn closures_mut(&mut self, visit: &mut dyn FnMut(&mut Closure)) {
        match self {
            Carried::Closure(closure) => visit(closure),
            Carried::Array(of, _)
            | Carried::Future(of, _)
            | Carried::Stream(of, _)
            | Carried::Iterator { item: of, .. } => of.closures_mut(visit),
            Carried::Nest {
                arguments: parts, ..
            }
            | Carried::Tuple(parts) => {
                for part in parts {
                    part.closures_mut(visit);
                }
            }
            _ => {}
        }
    }

    pub fn any(&self, mut wanted: impl FnMut(&Carried) -> bool) -> bool {
        let mut found = false;
        self.walk(&mut |carried| found |= wanted(carried));
        found
    }

    /// What an `impl` type says beside its trait; None for every other type.
    pub fn bounds(&self) -> Option<Bounds> {
        match self {
            Carried::Future(_, bounds)
            | Carried::Stream(_, bounds)
            | Carried::Iterator { bounds, .. } => Some(*bounds),
            Carried::Closure(closure) => Some(closure.bounds),
            _ => None,
        }
    }

    /// Whether some `impl` in it may borrow.
    pub fn is_loose(&self) -> bool {
        self.any(|carried| carried.bounds().is_some_and(|bounds| !bounds.fixed))
    }
}

impl Closure {
    /// Whether what a call returns may borrow from what it was given: then the contract states how long.
    pub fn lends(&self) -> bool {
        self.is_async
            && self.inputs.iter().any(|input| match input {
                Carried::Same(written) => crate::borrow::borrows(written),
                _ => false,
            })
    }
}
