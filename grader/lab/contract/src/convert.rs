//! The code that takes a value over the border between a half of the contract and the table.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::carried::{Call, Carried, Closure, Nest};
use crate::table::TableTypes;

/// Which way a value crosses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// From the driver to the table.
    Lower,
    /// From the table to the driver.
    Raise,
    /// From the table to the submission.
    Take,
    /// From the submission to the table.
    Give,
}

impl Step {
    fn back(self) -> Step {
        match self {
            Step::Lower => Step::Raise,
            Step::Raise => Step::Lower,
            Step::Take => Step::Give,
            Step::Give => Step::Take,
        }
    }

    /// Towards the table, whose types are all named.
    fn boxes(self) -> bool {
        matches!(self, Step::Lower | Step::Give)
    }
}

/// How one half of the contract knows the submission's types.
pub(crate) trait Half {
    fn object(&self, name: &syn::Ident, value: TokenStream, step: Step) -> TokenStream;
    fn lent(
        &self,
        name: &syn::Ident,
        exclusive: bool,
        value: TokenStream,
        step: Step,
    ) -> TokenStream;
    /// None where both sides of the step have the same type.
    fn data(&self, name: &syn::Ident, value: TokenStream, step: Step) -> Option<TokenStream>;
}

pub(crate) struct Convert<'a> {
    pub half: &'a dyn Half,
    pub types: TableTypes,
    pub step: Step,
}

impl Convert<'_> {
    /// The expression that converts `value`, which may be `value` itself.
    pub fn value(&self, carried: &Carried, value: TokenStream) -> TokenStream {
        self.change(carried, value.clone()).unwrap_or(value)
    }

    pub fn changes(&self, carried: &Carried) -> bool {
        self.change(carried, quote!(x)).is_some()
    }

    /// None where the value passes as it is.
    fn change(&self, carried: &Carried, value: TokenStream) -> Option<TokenStream> {
        match carried {
            Carried::Same(_) => None,
            Carried::Data(name) => self.half.data(name, value, self.step),
            Carried::Object(name) => Some(self.half.object(name, value, self.step)),
            Carried::Lent {
                object, exclusive, ..
            } => Some(self.half.lent(object, *exclusive, value, self.step)),
            Carried::View { of, slice, .. } => self.view(of, *slice, &value),
            Carried::Erased(name) => match self.step {
                Step::Lower => {
                    Some(quote!((::std::boxed::Box::new(#value) as ::lab::contract::Value)))
                }
                Step::Raise => Some(quote!(__table::value::<#name>(#value))),
                Step::Take | Step::Give => None,
            },
            Carried::Nest {
                kind, arguments, ..
            } => self.nest(*kind, arguments, &value),
            Carried::Tuple(parts) => {
                self.any_changes(parts)?;
                let names: Vec<_> = (0..parts.len())
                    .map(|n| format_ident!("__part{n}"))
                    .collect();
                let values = parts
                    .iter()
                    .zip(&names)
                    .map(|(part, name)| self.value(part, quote!(#name)));
                Some(quote!({ let (#(#names,)*) = #value; (#(#values,)*) }))
            }
            Carried::Array(of, _) => {
                let each = self.change(of, quote!(__each))?;
                Some(quote!(#value.map(|__each| #each)))
            }
            Carried::Future(output, _) => self.future(carried, output, &value),
            Carried::Stream(item, _) => self.stream(carried, item, &value),
            Carried::Iterator { item, into, .. } => self.iterator(carried, item, *into, value),
            Carried::Closure(closure) => self.closure(carried, closure, &value),
        }
    }

    fn any_changes(&self, parts: &[Carried]) -> Option<()> {
        parts.iter().any(|part| self.changes(part)).then_some(())
    }

    fn view(&self, of: &Carried, slice: bool, value: &TokenStream) -> Option<TokenStream> {
        if slice {
            let each = self.change(of, quote!(__each))?;
            return Some(quote!(&{
                let mut __to = ::std::vec::Vec::with_capacity(#value.len());
                for __each in #value {
                    let __each = ::std::clone::Clone::clone(__each);
                    __to.push(#each);
                }
                __to
            }));
        }
        let copy = self.change(of, quote!(::std::clone::Clone::clone(#value)))?;
        Some(quote!(&#copy))
    }

    fn nest(&self, kind: Nest, arguments: &[Carried], value: &TokenStream) -> Option<TokenStream> {
        self.any_changes(arguments)?;
        let last = arguments.last().expect("a container holds something");
        let each = self.value(last, quote!(__each));
        Some(match kind {
            Nest::Vec => filled(value, &quote!(::std::vec::Vec), &quote!(push), &each),
            Nest::VecDeque => filled(
                value,
                &quote!(::std::collections::VecDeque),
                &quote!(push_back),
                &each,
            ),
            Nest::BTreeMap => mapped(value, &quote!(::std::collections::BTreeMap), &each),
            Nest::HashMap => mapped(value, &quote!(::std::collections::HashMap), &each),
            Nest::Option => quote!(match #value {
                ::std::option::Option::Some(__each) => ::std::option::Option::Some(#each),
                ::std::option::Option::None => ::std::option::Option::None,
            }),
            Nest::Result => {
                let each = self.value(&arguments[0], quote!(__each));
                let error = arguments
                    .get(1)
                    .map_or(quote!(__error), |error| self.value(error, quote!(__error)));
                quote!(match #value {
                    ::std::result::Result::Ok(__each) => ::std::result::Result::Ok(#each),
                    ::std::result::Result::Err(__error) => ::std::result::Result::Err(#error),
                })
            }
            Nest::Box => quote!({
                let __each = *#value;
                ::std::boxed::Box::new(#each)
            }),
        })
    }

    /// `boxed` as the table's type, so that the compiler need not guess it from where it goes.
    fn as_table(&self, carried: &Carried, boxed: &TokenStream) -> TokenStream {
        let ty = self.types.of(carried);
        quote!((#boxed as #ty))
    }

    fn future(
        &self,
        carried: &Carried,
        output: &Carried,
        value: &TokenStream,
    ) -> Option<TokenStream> {
        let converted = self.change(output, quote!(__future.await));
        if self.step.boxes() {
            let boxed = match converted {
                None => quote!(::std::boxed::Box::pin(#value)),
                Some(converted) => quote!({
                    let __future = #value;
                    ::std::boxed::Box::pin(async move { #converted })
                }),
            };
            return Some(self.as_table(carried, &boxed));
        }
        let converted = converted?;
        Some(quote!({
            let __future = #value;
            ::std::boxed::Box::pin(async move { #converted })
        }))
    }

    fn stream(
        &self,
        carried: &Carried,
        item: &Carried,
        value: &TokenStream,
    ) -> Option<TokenStream> {
        let converted = self.change(item, quote!(__each));
        let mapped = converted.map(|each| {
            let map = self.table_path(&quote!(__Map));
            quote!(::std::boxed::Box::pin(#map::new(#value, move |__each| #each)))
        });
        if !self.step.boxes() {
            return mapped;
        }
        let boxed = mapped.unwrap_or_else(|| quote!(::std::boxed::Box::pin(#value)));
        Some(self.as_table(carried, &boxed))
    }

    /// Something that the table's module holds beside the objects' traits.
    fn table_path(&self, name: &TokenStream) -> TokenStream {
        let table = &self.types.objects;
        quote!(#table #name)
    }

    fn iterator(
        &self,
        carried: &Carried,
        item: &Carried,
        into: bool,
        value: TokenStream,
    ) -> Option<TokenStream> {
        let value = if into && self.step.boxes() {
            quote!(::std::iter::IntoIterator::into_iter(#value))
        } else {
            value
        };
        let converted = self.change(item, quote!(__each));
        let mapped =
            converted.map(|each| quote!(::std::iter::Iterator::map(#value, move |__each| #each)));
        if !self.step.boxes() {
            return mapped;
        }
        let inner = mapped.unwrap_or(value);
        Some(self.as_table(carried, &quote!(::std::boxed::Box::new(#inner))))
    }

    fn closure(
        &self,
        carried: &Carried,
        closure: &Closure,
        value: &TokenStream,
    ) -> Option<TokenStream> {
        let names: Vec<_> = (0..closure.inputs.len())
            .map(|n| format_ident!("__input{n}"))
            .collect();
        let back = Convert {
            half: self.half,
            types: self.types.clone(),
            step: self.step.back(),
        };
        let inputs: Vec<_> = closure
            .inputs
            .iter()
            .zip(&names)
            .map(|(input, name)| back.value(input, quote!(#name)))
            .collect();
        if closure.is_async {
            return Some(self.async_closure(carried, closure, &names, &inputs, value));
        }
        let output = self.value(&closure.output, quote!(__call(#(#inputs),*)));
        let mutable = (closure.kind == Call::Exclusive).then(|| quote!(mut));
        if self.step.boxes() {
            let ty = self.types.of(carried);
            return Some(quote!({
                let #mutable __call = #value;
                let __boxed: #ty = ::std::boxed::Box::new(move |#(#names),*| #output);
                __boxed
            }));
        }
        // A boxed closure that returns a future is `FnMut`, but only a true closure is `AsyncFnMut` too.
        let answers_later = matches!(closure.output, Carried::Future(..));
        let changes =
            closure.inputs.iter().any(|input| back.changes(input)) || self.changes(&closure.output);
        let params = params(closure, &names);
        (answers_later || changes)
            .then(|| quote!({ let #mutable __call = #value; move |#(#params),*| #output }))
    }

    fn async_closure(
        &self,
        carried: &Carried,
        closure: &Closure,
        names: &[syn::Ident],
        inputs: &[TokenStream],
        value: &TokenStream,
    ) -> TokenStream {
        let mutable = (closure.kind == Call::Exclusive).then(|| quote!(mut));
        if self.step == Step::Take {
            let params = params(closure, names);
            // Only a future of the closure's own can borrow what the closure is called with.
            if closure.lends() {
                let output = self.value(
                    &closure.output,
                    quote!(__call(#(#inputs,)* ::std::marker::PhantomData).await),
                );
                return quote!({ let #mutable __call = #value; async move |#(#params),*| #output });
            }
            let output = match self.change(&closure.output, quote!(__future.await)) {
                None => quote!(__call(#(#inputs),*)),
                Some(output) => {
                    quote!({ let __future = __call(#(#inputs),*); async move { #output } })
                }
            };
            return quote!({ let #mutable __call = #value; move |#(#params),*| #output });
        }
        let witness = closure.lends().then(|| quote!(_));
        let params = quote!(#(#names,)* #witness);
        let (kept, body) = match closure.kind {
            Call::Once => {
                let output = self.value(&closure.output, quote!(__call(#(#inputs),*).await));
                (
                    quote!(#value),
                    quote!(::std::boxed::Box::pin(async move { #output })),
                )
            }
            // The closure's future borrows the closure, so each future brings a share of it along.
            Call::Shared => {
                let output = self.value(&closure.output, quote!((*__call)(#(#inputs),*).await));
                (quote!(::std::rc::Rc::new(#value)), shared(&output))
            }
            Call::Exclusive => {
                let output = self.value(
                    &closure.output,
                    quote!((*__call.borrow_mut())(#(#inputs),*).await),
                );
                (
                    quote!(::std::rc::Rc::new(::std::cell::RefCell::new(#value))),
                    shared(&output),
                )
            }
        };
        let ty = self.types.of(carried);
        quote!({ let __call = #kept; let __boxed: #ty = ::std::boxed::Box::new(move |#params| #body); __boxed })
    }
}

/// A closure that is called with borrows says so, or it would take those of one call only.
fn params(closure: &Closure, names: &[syn::Ident]) -> Vec<TokenStream> {
    let param = |(input, name): (&Carried, &syn::Ident)| match input {
        Carried::Same(ty) if crate::borrow::borrows(ty) => quote!(#name: #ty),
        _ => quote!(#name),
    };
    closure.inputs.iter().zip(names).map(param).collect()
}

fn filled(
    from: &TokenStream,
    list: &TokenStream,
    push: &TokenStream,
    each: &TokenStream,
) -> TokenStream {
    quote!({
        let __from = #from;
        let mut __to = #list::with_capacity(__from.len());
        for __each in __from {
            __to.#push(#each);
        }
        __to
    })
}

fn mapped(from: &TokenStream, map: &TokenStream, each: &TokenStream) -> TokenStream {
    quote!({
        let mut __to = #map::new();
        for (__key, __each) in #from {
            __to.insert(__key, #each);
        }
        __to
    })
}

fn shared(output: &TokenStream) -> TokenStream {
    quote!({
        let __call = ::std::rc::Rc::clone(&__call);
        ::std::boxed::Box::pin(async move { #output })
    })
}
