//! The driver's half: the names and signatures of the student's crate, over the loaded table.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Attribute, ItemUse};

use crate::carried::Carried;
use crate::contract::{
    Contract, Data, Field, Fields, Function, Item, Object, Receiver, Shape, Trait, TraitKind,
};
use crate::convert::{Convert, Half, Step};
use crate::public::public_signature;
use crate::table::{Row, TableTypes, closure_type, field, method, poll_method};

/// What `contract!` becomes: a crate that a driver uses as it would use the student's.
pub fn driver(contract: &Contract) -> TokenStream {
    let names = names(contract);
    let table = table(contract);
    let items = contract.items.iter().map(|item| match item {
        Item::Data(item) => data(item),
        Item::Object(item) => object(item),
        Item::Function(item) => function(item),
    });
    quote! {
        // The author's words keep their spans, so that lints would take all this for written code.
        #[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
        mod __contract {
            use self::__names::*;

            #names
            #table

            /// Joins this crate to the submission. Nothing else in it may be called before.
            pub fn load(api: __table::Api) {
                __table::load(api);
            }

            #(#items)*
        }
        pub use self::__contract::*;
    }
}

/// What a contract may name without an import, and what its author imports. The adapter uses it too.
fn names(contract: &Contract) -> TokenStream {
    let uses = contract
        .uses
        .iter()
        .map(|ItemUse { tree, .. }| quote!(pub use ::#tree;));
    quote! {
        #[doc(hidden)]
        pub mod __names {
            pub use self::known::*;
            mod known {
                pub use ::std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
                pub use ::std::future::Future;
                pub use ::std::io;
                pub use ::std::path::{Path, PathBuf};
                pub use ::std::rc::Rc;
                pub use ::std::sync::Arc;
                pub use ::std::time::Duration;
                pub use ::lab::contract::Stream;
            }
            #(#uses)*
        }
    }
}

fn table(contract: &Contract) -> TokenStream {
    let traits = contract.objects().map(object_trait);
    let constructors = contract.objects().flat_map(Object::constructors);
    let fields = constructors.chain(contract.functions()).map(|function| {
        let name = field(function);
        let quantifier = function.borrow.quantifier();
        let Row { types, result, .. } = Row::of(function, &quote!());
        quote!(pub #name: #quantifier fn(#(#types),*) -> #result)
    });
    let mut closures = Vec::new();
    for function in contract
        .objects()
        .flat_map(|object| &object.functions)
        .chain(contract.functions())
    {
        let arguments = function.arguments.iter().map(|argument| &argument.carried);
        for carried in arguments.chain([&function.output]) {
            carried.walk(&mut |part| {
                if let Carried::Closure(closure) = part {
                    closures.push(closure_type(closure));
                }
            });
        }
    }
    quote! {
        /// Where the driver's half and the adapter meet.
        #[doc(hidden)]
        #[allow(non_camel_case_types, non_snake_case)]
        pub mod __table {
            use super::*;

            pub struct Api {
                #(#fields,)*
            }

            #(#traits)*
            #(#closures;)*

            static API: ::std::sync::OnceLock<Api> = ::std::sync::OnceLock::new();

            pub(super) fn load(api: Api) {
                assert!(API.set(api).is_ok(), "a submission is loaded once");
            }

            pub(super) fn api() -> &'static Api {
                API.get().expect("the submission is loaded before anything of it is called")
            }

            pub(super) fn value<T: 'static>(value: ::lab::contract::Value) -> T {
                *value.downcast().expect("the submission passes each value on as what it came in as")
            }

            pub fn lent<T: 'static>(object: &dyn ::std::any::Any) -> &T {
                object.downcast_ref().expect("objects come from the submission alone")
            }

            pub fn lent_mut<T: 'static>(object: &mut dyn ::std::any::Any) -> &mut T {
                object.downcast_mut().expect("objects come from the submission alone")
            }

            pub fn owned<T: 'static>(object: ::std::boxed::Box<dyn ::std::any::Any>) -> T {
                *object.downcast().expect("objects come from the submission alone")
            }

            /// A stream whose items cross the border one by one.
            pub struct __Map<S, F>(::std::pin::Pin<::std::boxed::Box<S>>, F);

            impl<S, F> __Map<S, F> {
                pub fn new(stream: S, each: F) -> Self {
                    Self(::std::boxed::Box::pin(stream), each)
                }
            }

            impl<S: Stream, T, F: ::std::ops::FnMut(S::Item) -> T + ::std::marker::Unpin> Stream for __Map<S, F> {
                type Item = T;

                fn poll_next(
                    mut self: ::std::pin::Pin<&mut Self>,
                    context: &mut ::std::task::Context<'_>,
                ) -> ::std::task::Poll<::std::option::Option<T>> {
                    let item = self.0.as_mut().poll_next(context);
                    item.map(|item| item.map(|item| (self.1)(item)))
                }
            }
        }
    }
}

fn object_trait(object: &Object) -> TokenStream {
    let name = &object.name;
    let send = object
        .send
        .then(|| quote!(+ ::std::marker::Send + ::std::marker::Sync));
    let methods = object
        .methods()
        .map(|(receiver, function)| method(receiver, function, &quote!()));
    let polls = object
        .traits
        .iter()
        .map(|implemented| poll_method(implemented, &quote!()));
    quote! {
        pub trait #name: ::std::any::Any #send {
            #(#methods;)*
            #(#polls;)*
        }
    }
}

/// The driver's half holds each object as the table's box.
struct DriverHalf;

impl Half for DriverHalf {
    fn object(&self, name: &Ident, value: TokenStream, step: Step) -> TokenStream {
        if step == Step::Lower {
            quote!(#value.0)
        } else {
            quote!(#name(#value))
        }
    }

    fn lent(&self, _: &Ident, exclusive: bool, value: TokenStream, _: Step) -> TokenStream {
        if exclusive {
            quote!(&mut *#value.0)
        } else {
            quote!(&*#value.0)
        }
    }

    fn data(&self, _: &Ident, _: TokenStream, _: Step) -> Option<TokenStream> {
        None
    }
}

fn convert(carried: &Carried, value: TokenStream, step: Step) -> TokenStream {
    let types = TableTypes::inferred(quote!(__table::));
    Convert {
        half: &DriverHalf,
        types,
        step,
    }
    .value(carried, value)
}

fn data(data: &Data) -> TokenStream {
    let Data {
        attributes,
        derives,
        name,
        shape,
    } = data;
    let body = match shape {
        Shape::Struct(fields) => {
            let end = (!matches!(fields, Fields::Named(_))).then(|| quote!(;));
            let fields = fields_of(fields, &quote!(pub));
            quote!(pub struct #name #fields #end)
        }
        Shape::Enum(variants) => {
            let variants = variants.iter().map(|variant| {
                let (attributes, name) = (&variant.attributes, &variant.name);
                let fields = fields_of(&variant.fields, &quote!());
                quote!(#(#attributes)* #name #fields)
            });
            quote!(pub enum #name { #(#variants,)* })
        }
    };
    quote! {
        #(#attributes)*
        #[derive(Debug, Clone, PartialEq, ::lab::serde::Serialize, ::lab::serde::Deserialize, #(#derives),*)]
        #[serde(crate = "::lab::serde")]
        #body
    }
}

fn fields_of(fields: &Fields, visibility: &TokenStream) -> TokenStream {
    let each = fields.all().iter().map(
        |Field {
             attributes,
             name,
             written,
             ..
         }| {
            let name = name.iter();
            quote!(#(#attributes)* #visibility #(#name:)* #written)
        },
    );
    match fields {
        Fields::Unit => quote!(),
        Fields::Tuple(_) => quote!((#(#each),*)),
        Fields::Named(_) => quote!({ #(#each,)* }),
    }
}

fn object(object: &Object) -> TokenStream {
    let Object {
        attributes, name, ..
    } = object;
    let functions = object.functions.iter().map(function);
    let traits = object
        .traits
        .iter()
        .map(|implemented| object_implements(object, implemented));
    let shown = name.to_string();
    quote! {
        #(#attributes)*
        pub struct #name(::std::boxed::Box<dyn __table::#name>);

        impl #name {
            #(#functions)*
        }

        #(#traits)*

        impl ::std::fmt::Debug for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(#shown)
            }
        }
    }
}

fn object_implements(object: &Object, implemented: &Trait) -> TokenStream {
    let name = &object.name;
    let Trait {
        kind,
        written,
        carried,
    } = implemented;
    let each = convert(carried, quote!(__each), Step::Raise);
    match kind {
        TraitKind::Future => quote! {
            impl ::std::future::Future for #name {
                type Output = #written;
                fn poll(
                    mut self: ::std::pin::Pin<&mut Self>,
                    context: &mut ::std::task::Context<'_>,
                ) -> ::std::task::Poll<#written> {
                    __table::#name::__poll(&mut *self.0, context).map(|__each| #each)
                }
            }
        },
        TraitKind::Stream => quote! {
            impl ::lab::contract::Stream for #name {
                type Item = #written;
                fn poll_next(
                    mut self: ::std::pin::Pin<&mut Self>,
                    context: &mut ::std::task::Context<'_>,
                ) -> ::std::task::Poll<::std::option::Option<#written>> {
                    __table::#name::__poll_next(&mut *self.0, context).map(|__each| __each.map(|__each| #each))
                }
            }
        },
    }
}

fn function(function: &Function) -> TokenStream {
    let attributes: &[Attribute] = &function.attributes;
    let signature = public_signature(function);
    let arguments = function.arguments.iter().map(|argument| {
        let name = &argument.name;
        convert(&argument.carried, quote!(#name), Step::Lower)
    });
    let call = if let (Some(receiver), Some(owner)) = (function.receiver, &function.owner) {
        let name = function.name();
        let object = match receiver {
            Receiver::Shared => quote!(&*self.0),
            Receiver::Exclusive => quote!(&mut *self.0),
            Receiver::Owned => quote!(self.0),
        };
        quote!(__table::#owner::#name(#object #(, #arguments)*))
    } else {
        let name = field(function);
        quote!((__table::api().#name)(#(#arguments),*))
    };
    let answer = if function.is_async() {
        quote!(#call.await)
    } else {
        call
    };
    let answer = convert(&function.output, answer, Step::Raise);
    quote! {
        #(#attributes)*
        pub #signature {
            #answer
        }
    }
}
