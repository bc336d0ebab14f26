//! The table that joins the two halves: its types, which both halves name alike.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::{GenericArgument, Lifetime, PathArguments, Type, TypePath, parse_quote};

use crate::borrow::{Borrow, joined, lifetime};
use crate::carried::{Bounds, Call, Carried, Closure};
use crate::contract::{Function, Receiver, Trait, TraitKind};

/// How a type of the table is written where it is needed.
#[derive(Debug, Clone)]
pub(crate) struct TableTypes {
    /// The path to the objects' traits, with its last `::`.
    pub objects: TokenStream,
    /// What every borrow is called, where the author's own words do not hold.
    pub borrows: Option<Lifetime>,
    /// The bound of an `impl` that is not `'static`.
    pub loose: Lifetime,
}

impl TableTypes {
    /// In the body of a function of the driver's half, where the compiler finds out the lifetimes.
    pub fn inferred(objects: TokenStream) -> Self {
        TableTypes {
            objects,
            borrows: None,
            loose: lifetime("'_"),
        }
    }

    pub fn of_arguments(objects: TokenStream, borrow: &Borrow) -> Self {
        TableTypes {
            objects,
            borrows: borrow.joined(),
            loose: borrow.arguments.clone(),
        }
    }

    pub fn of_result(objects: TokenStream, borrow: &Borrow) -> Self {
        TableTypes {
            objects,
            borrows: borrow.joined(),
            loose: borrow.result.clone(),
        }
    }

    /// Outside of functions nothing is borrowed.
    pub fn owned(objects: TokenStream) -> Self {
        TableTypes {
            objects,
            borrows: None,
            loose: lifetime("'static"),
        }
    }

    fn object(&self, name: &Ident) -> TokenStream {
        let objects = &self.objects;
        quote!(dyn #objects #name)
    }

    fn written(&self, ty: &Type) -> Type {
        match &self.borrows {
            Some(to) => joined(ty, to),
            None => ty.clone(),
        }
    }

    fn bound(&self, bounds: Bounds) -> Lifetime {
        if bounds.fixed {
            lifetime("'static")
        } else {
            self.loose.clone()
        }
    }

    pub fn of(&self, carried: &Carried) -> TokenStream {
        match carried {
            Carried::Same(ty) | Carried::View { written: ty, .. } => {
                let ty = self.written(ty);
                quote!(#ty)
            }
            Carried::Data(name) => quote!(#name),
            Carried::Object(name) => {
                let object = self.object(name);
                quote!(::std::boxed::Box<#object>)
            }
            Carried::Lent {
                object,
                lifetime,
                exclusive,
            } => {
                let object = self.object(object);
                let borrow = self.borrows.iter().chain(lifetime).take(1);
                let exclusive = exclusive.then(|| quote!(mut));
                quote!(&#(#borrow)* #exclusive #object)
            }
            Carried::Erased(_) => quote!(::lab::contract::Value),
            Carried::Nest {
                written, arguments, ..
            } => self.nest(written, arguments),
            Carried::Tuple(parts) => {
                let parts = parts.iter().map(|part| self.of(part));
                quote!((#(#parts,)*))
            }
            Carried::Array(of, length) => {
                let of = self.of(of);
                quote!([#of; #length])
            }
            Carried::Future(output, bounds) => self.boxed("BoxFuture", output, *bounds),
            Carried::Stream(item, bounds) => self.boxed("BoxStream", item, *bounds),
            Carried::Iterator { item, bounds, .. } => {
                let (item, bound) = (self.of(item), self.bound(*bounds));
                let send = bounds.send.then(|| quote!(+ ::std::marker::Send));
                quote!(::std::boxed::Box<dyn ::std::iter::Iterator<Item = #item> #send + #bound>)
            }
            Carried::Closure(closure) => self.closure(closure),
        }
    }

    fn nest(&self, written: &TypePath, arguments: &[Carried]) -> TokenStream {
        let mut path = written.clone();
        let last = path.path.segments.last_mut().expect("a path has a segment");
        if let PathArguments::AngleBracketed(written) = &mut last.arguments {
            let types = written
                .args
                .iter_mut()
                .filter_map(|argument| match argument {
                    GenericArgument::Type(ty) => Some(ty),
                    _ => None,
                });
            for (ty, carried) in types.zip(arguments) {
                let inner = self.of(carried);
                *ty = parse_quote!(#inner);
            }
        }
        quote!(#path)
    }

    fn boxed(&self, name: &str, inner: &Carried, bounds: Bounds) -> TokenStream {
        let name = if bounds.send {
            format_ident!("{name}")
        } else {
            format_ident!("Local{name}")
        };
        let (inner, bound) = (self.of(inner), self.bound(bounds));
        quote!(::lab::contract::#name<#bound, #inner>)
    }

    fn closure(&self, closure: &Closure) -> TokenStream {
        let (objects, alias) = (&self.objects, &closure.alias);
        let bound = (!closure.bounds.fixed).then(|| self.loose.clone());
        let bound = bound.iter();
        quote!(#objects #alias #(<#bound>)*)
    }
}

/// `type retry_closure0<'l> = Box<dyn FnMut() -> …>;`. Only behind a name of its own can its
/// lifetime be left to the compiler: within `Fn(…) -> …` a `'_` means something else.
pub(crate) fn closure_type(closure: &Closure) -> TokenStream {
    let bound = lifetime(if closure.bounds.fixed {
        "'static"
    } else {
        "'l"
    });
    let generics = (!closure.bounds.fixed).then(|| quote!(<#bound>));
    let alias = &closure.alias;
    let called = closure.kind.trait_name();
    let send = closure.bounds.send.then(|| quote!(+ ::std::marker::Send));
    let sync = closure.bounds.sync.then(|| quote!(+ ::std::marker::Sync));
    let call = lifetime("'call");
    let borrows = closure.lends().then(|| call.clone());
    // What a call is given and returns keeps the author's words, since each call borrows anew.
    let types = TableTypes {
        objects: quote!(),
        borrows,
        loose: bound.clone(),
    };
    let inputs = closure.inputs.iter().map(|input| types.of(input));
    let output = types.of(&closure.output);
    let called = if closure.lends() {
        // The last argument carries no value: it says that the closure outlives each call.
        quote! {
            for<#call> ::std::ops::#called(#(#inputs,)* ::std::marker::PhantomData<&#call &#bound ()>)
                -> ::lab::contract::LocalBoxFuture<#call, #output>
        }
    } else if closure.is_async {
        quote!(::std::ops::#called(#(#inputs),*) -> ::lab::contract::LocalBoxFuture<#bound, #output>)
    } else {
        quote!(::std::ops::#called(#(#inputs),*) -> #output)
    };
    quote!(pub type #alias #generics = ::std::boxed::Box<dyn #called #send #sync + #bound>)
}

impl Call {
    pub fn trait_name(self) -> Ident {
        match self {
            Call::Shared => format_ident!("Fn"),
            Call::Exclusive => format_ident!("FnMut"),
            Call::Once => format_ident!("FnOnce"),
        }
    }
}

/// The parts of one function's type in the table.
pub(crate) struct Row {
    /// `name: type`, without `self`.
    pub arguments: Vec<TokenStream>,
    pub types: Vec<TokenStream>,
    /// A future's box around it, where the function is async.
    pub result: TokenStream,
}

impl Row {
    pub fn of(function: &Function, objects: &TokenStream) -> Self {
        let borrow = &function.borrow;
        let of_arguments = TableTypes::of_arguments(objects.clone(), borrow);
        let types: Vec<_> = function
            .arguments
            .iter()
            .map(|argument| of_arguments.of(&argument.carried))
            .collect();
        let names = function.arguments.iter().map(|argument| &argument.name);
        let arguments = names
            .zip(&types)
            .map(|(name, ty)| quote!(#name: #ty))
            .collect();
        let mut result = TableTypes::of_result(objects.clone(), borrow).of(&function.output);
        if function.is_async() {
            let future = if function.send {
                format_ident!("BoxFuture")
            } else {
                format_ident!("LocalBoxFuture")
            };
            let bound = &borrow.result;
            result = quote!(::lab::contract::#future<#bound, #result>);
        }
        Row {
            arguments,
            types,
            result,
        }
    }
}

/// `fn acquire<'a>(&'a self, …) -> …`, as the object's trait and its implementation both write it.
pub(crate) fn method(
    receiver: Receiver,
    function: &Function,
    objects: &TokenStream,
) -> TokenStream {
    let Row {
        arguments, result, ..
    } = Row::of(function, objects);
    let name = function.name();
    let generics = function.borrow.generics();
    let borrow = function
        .borrow
        .joined()
        .filter(|_| !function.borrow.declared.is_empty());
    let named = borrow.or_else(|| receiver_lifetime(function));
    let named = named.iter();
    let receiver = match receiver {
        Receiver::Shared => quote!(&#(#named)* self),
        Receiver::Exclusive => quote!(&#(#named)* mut self),
        Receiver::Owned => quote!(self: ::std::boxed::Box<Self>),
    };
    quote!(fn #name #generics(#receiver #(, #arguments)*) -> #result)
}

/// The `'a` of a `&'a self` that the author wrote.
fn receiver_lifetime(function: &Function) -> Option<Lifetime> {
    match &function.signature.receiver()?.kind {
        syn::ReceiverKind::Reference(_, lifetime, _) => lifetime.clone(),
        _ => None,
    }
}

/// The field of the table that holds a constructor or a free function.
pub(crate) fn field(function: &Function) -> Ident {
    match &function.owner {
        Some(owner) => format_ident!("{owner}_{}", function.name()),
        None => function.name().clone(),
    }
}

/// `fn __poll_next(&mut self, …) -> …`, which a driver's object is polled through.
pub(crate) fn poll_method(implemented: &Trait, objects: &TokenStream) -> TokenStream {
    let given = TableTypes::owned(objects.clone()).of(&implemented.carried);
    let (name, given) = match implemented.kind {
        TraitKind::Future => (format_ident!("__poll"), given),
        TraitKind::Stream => (
            format_ident!("__poll_next"),
            quote!(::std::option::Option<#given>),
        ),
    };
    quote!(fn #name(&mut self, context: &mut ::std::task::Context<'_>) -> ::std::task::Poll<#given>)
}
