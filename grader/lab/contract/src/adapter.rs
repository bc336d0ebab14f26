//! The adapter: a file that is compiled beside the submission and puts its types behind the table.
//!
//! Each item of the contract stands on lines of its own, so that an error of rustc's in this file,
//! which no student has seen, can be told as what the student's crate lacks.
//!
//! The submission's code is named by absolute paths and called as `<Type>::method(…)`: a trait, a
//! macro or a `Deref` of the student's changes nothing here.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::carried::Carried;
use crate::contract::{
    Contract, Data, Field, Fields, Function, Object, Receiver, Shape, Trait, TraitKind,
};
use crate::convert::{Convert, Half, Step};
use crate::lines::{Adapter, AdapterItemKind, Lines};
use crate::signature;
use crate::spelling::spell;
use crate::table::{Row, TableTypes, field, method, poll_method};

/// Writes the adapter of a contract.
pub fn adapter(contract: &Contract) -> Adapter {
    let half = AdapterHalf {
        polled: contract
            .objects()
            .filter(|object| object.is_polled())
            .map(|object| object.name.clone())
            .collect(),
    };
    let mut lines = Lines::default();
    lines.plain(&quote!(
        extern crate kit;
    ));
    let data = contract.data().map(|data| &data.name);
    lines.plain(&quote!(use ::contract::{__names::* #(, #data)*};));
    write_types(contract, &mut lines);
    for data in contract.data() {
        half.write_data(contract, data, &mut lines);
    }
    for object in contract.objects() {
        half.write_object(contract, object, &mut lines);
    }
    for function in contract.functions() {
        let tokens = half.function(contract, function);
        lines.function(function, AdapterItemKind::Fn, &tokens);
    }
    lines.plain(&grade_api(contract));
    lines.adapter
}

/// The student's types, each on its line. Everything else names them by these aliases, so that
/// rustc tells of a type that is not there once, and here.
fn write_types(contract: &Contract, lines: &mut Lines) {
    let krate = &contract.krate;
    lines.raw("mod their {");
    for data in contract.data() {
        let name = &data.name;
        lines.data(data, &quote!(pub type #name = ::#krate::#name;));
    }
    for object in contract.objects() {
        let name = &object.name;
        lines.object(object, &quote!(pub type #name = ::#krate::#name;));
    }
    lines.raw("}");
}

/// The adapter's half holds each object of the student's in a struct of the object's own name.
struct AdapterHalf {
    /// Objects that are kept pinned.
    polled: BTreeSet<Ident>,
}

fn objects() -> TokenStream {
    quote!(::contract::__table::)
}

impl AdapterHalf {
    /// `&self.0` and its kin, for whatever `held` is.
    fn shared(&self, name: &Ident, held: &TokenStream) -> TokenStream {
        if self.polled.contains(name) {
            quote!(&*#held.0)
        } else {
            quote!(&#held.0)
        }
    }

    fn exclusive(&self, name: &Ident, held: &TokenStream) -> TokenStream {
        if self.polled.contains(name) {
            quote!(::std::pin::Pin::get_mut(#held.0.as_mut()))
        } else {
            quote!(&mut #held.0)
        }
    }

    fn owned(&self, name: &Ident, held: &TokenStream) -> TokenStream {
        if self.polled.contains(name) {
            quote!(*::std::pin::Pin::into_inner(#held.0))
        } else {
            quote!(#held.0)
        }
    }
}

impl Half for AdapterHalf {
    fn object(&self, name: &Ident, value: TokenStream, step: Step) -> TokenStream {
        if step == Step::Take {
            return self.owned(name, &quote!(::contract::__table::owned::<#name>(#value)));
        }
        let value = if self.polled.contains(name) {
            quote!(::std::boxed::Box::pin(#value))
        } else {
            value
        };
        quote!((::std::boxed::Box::new(#name(#value)) as ::std::boxed::Box<dyn ::contract::__table::#name>))
    }

    fn lent(&self, name: &Ident, exclusive: bool, value: TokenStream, _: Step) -> TokenStream {
        if exclusive {
            self.exclusive(
                name,
                &quote!(::contract::__table::lent_mut::<#name>(#value)),
            )
        } else {
            self.shared(name, &quote!(::contract::__table::lent::<#name>(#value)))
        }
    }

    fn data(&self, name: &Ident, value: TokenStream, step: Step) -> Option<TokenStream> {
        let convert = if step == Step::Take {
            format_ident!("take_{name}")
        } else {
            format_ident!("give_{name}")
        };
        Some(quote!(#convert(#value)))
    }
}

impl AdapterHalf {
    fn convert(&self, types: &TableTypes, step: Step) -> Convert<'_> {
        Convert {
            half: self,
            types: types.clone(),
            step,
        }
    }

    /// Out of the submission always, since that checks every field; into it where something needs it,
    /// since that forbids fields of the student's own.
    fn write_data(&self, contract: &Contract, data: &Data, lines: &mut Lines) {
        let name = &data.name;
        let (theirs, ours) = (quote!(their::#name), quote!(#name));
        let give = format_ident!("give_{name}");
        let body = self.rebuild(&data.shape, &theirs, &ours, Step::Give);
        lines.data(data, &quote!(fn #give(__from: #theirs) -> #ours { #body }));
        if taken(contract).contains(name) {
            let take = format_ident!("take_{name}");
            let body = self.rebuild(&data.shape, &ours, &theirs, Step::Take);
            lines.data(data, &quote!(fn #take(__from: #ours) -> #theirs { #body }));
        }
    }

    fn rebuild(
        &self,
        shape: &Shape,
        from: &TokenStream,
        to: &TokenStream,
        step: Step,
    ) -> TokenStream {
        match shape {
            Shape::Struct(fields) => {
                let (pattern, value) = self.fields(fields, step);
                quote!(let #from #pattern = __from; #to #value)
            }
            Shape::Enum(variants) => {
                let arms = variants.iter().map(|variant| {
                    let name = &variant.name;
                    let (pattern, value) = self.fields(&variant.fields, step);
                    // `Name {}` would match a variant of any fields.
                    if matches!(variant.fields, Fields::Unit) {
                        quote!(#from::#name => #to::#name)
                    } else {
                        quote!(#from::#name #pattern => #to::#name #value)
                    }
                });
                quote!(match __from { #(#arms,)* })
            }
        }
    }

    /// The braces of a pattern and of an expression; tuples have them too, since an alias of a type
    /// does not name its constructor.
    fn fields(&self, fields: &Fields, step: Step) -> (TokenStream, TokenStream) {
        let convert = self.convert(&TableTypes::owned(objects()), step);
        let (mut pattern, mut value) = (Vec::new(), Vec::new());
        for (n, Field { name, carried, .. }) in fields.all().iter().enumerate() {
            let member = match name {
                Some(name) => syn::Member::Named(name.clone()),
                None => syn::Member::from(n),
            };
            let local = format_ident!("__field{n}");
            let converted = convert.value(carried, quote!(#local));
            pattern.push(quote!(#member: #local));
            value.push(quote!(#member: #converted));
        }
        (quote!({ #(#pattern,)* .. }), quote!({ #(#value),* }))
    }

    fn write_object(&self, contract: &Contract, object: &Object, lines: &mut Lines) {
        let name = &object.name;
        if object.is_polled() && moves(contract, name) {
            let check =
                quote!(const _: fn() = || { fn __check<T: Unpin>() {} __check::<their::#name>() };);
            lines.implements(object, "Unpin", format!("{name}: Unpin"), &spell(&check));
        }
        let kept = if object.is_polled() {
            quote!(::std::pin::Pin<::std::boxed::Box<their::#name>>)
        } else {
            quote!(their::#name)
        };
        lines.object(object, &quote!(struct #name(#kept);));
        let head = format!("impl ::contract::__table::{name} for {name} {{");
        if object.send {
            lines.implements(object, "Send + Sync", format!("{name}: Send + Sync"), &head);
        } else {
            lines.raw(&head);
        }
        for (receiver, function) in object.methods() {
            let head = method(receiver, function, &objects());
            let body = self.body(contract, function);
            lines.function(function, AdapterItemKind::Method, &quote!(#head { #body }));
        }
        for implemented in &object.traits {
            let tokens = self.polls(object, implemented);
            let signature = signature::of_trait(object, implemented);
            lines.implements(object, implemented.kind.name(), signature, &spell(&tokens));
        }
        lines.raw("}");
        for function in object.constructors() {
            let tokens = self.function(contract, function);
            lines.function(function, AdapterItemKind::Method, &tokens);
        }
    }

    fn polls(&self, object: &Object, implemented: &Trait) -> TokenStream {
        let name = &object.name;
        let head = poll_method(implemented, &objects());
        let convert = self.convert(&TableTypes::owned(objects()), Step::Give);
        let each = convert.value(&implemented.carried, quote!(__each));
        let changes = convert.changes(&implemented.carried);
        let (polled, each) = match implemented.kind {
            TraitKind::Future => (
                quote!(<their::#name as ::std::future::Future>::poll(self.0.as_mut(), context)),
                quote!(|__each| #each),
            ),
            TraitKind::Stream => (
                quote!(<their::#name as ::lab::contract::Stream>::poll_next(self.0.as_mut(), context)),
                quote!(|__each| __each.map(|__each| #each)),
            ),
        };
        if changes {
            quote!(#head { #polled.map(#each) })
        } else {
            quote!(#head { #polled })
        }
    }

    fn function(&self, contract: &Contract, function: &Function) -> TokenStream {
        let Row {
            arguments, result, ..
        } = Row::of(function, &objects());
        let (name, generics) = (field(function), function.borrow.generics());
        let body = self.body(contract, function);
        quote!(fn #name #generics(#(#arguments),*) -> #result { #body })
    }

    /// The call of the student's function, between the conversions.
    fn body(&self, contract: &Contract, function: &Function) -> TokenStream {
        let take = self.convert(
            &TableTypes::of_arguments(objects(), &function.borrow),
            Step::Take,
        );
        let give = self.convert(
            &TableTypes::of_result(objects(), &function.borrow),
            Step::Give,
        );
        let arguments = function.arguments.iter().map(|argument| {
            let name = &argument.name;
            take.value(&argument.carried, quote!(#name))
        });
        let name = function.name();
        let krate = &contract.krate;
        let call = match (&function.owner, function.receiver) {
            (None, _) => quote!(::#krate::#name(#(#arguments),*)),
            (Some(owner), None) => quote!(<their::#owner>::#name(#(#arguments),*)),
            (Some(owner), Some(receiver)) => {
                let object = match receiver {
                    Receiver::Shared => self.shared(owner, &quote!(self)),
                    Receiver::Exclusive => self.exclusive(owner, &quote!(self)),
                    Receiver::Owned => self.owned(owner, &quote!(self)),
                };
                quote!(<their::#owner>::#name(#object #(, #arguments)*))
            }
        };
        if !function.is_async() {
            return give.value(&function.output, call);
        }
        let copies = function
            .arguments
            .iter()
            .any(|argument| matches!(argument.carried, Carried::View { .. }));
        if copies || give.changes(&function.output) {
            // The copies live as long as the call.
            let answer = give.value(&function.output, quote!(#call.await));
            quote!(::std::boxed::Box::pin(async move { #answer }))
        } else {
            quote!(::std::boxed::Box::pin(#call))
        }
    }
}

/// The data that the driver's half hands to the submission, with what that data is made of.
fn taken(contract: &Contract) -> BTreeSet<Ident> {
    let mut taken = BTreeSet::new();
    let methods = contract.objects().flat_map(|object| &object.functions);
    for function in contract.functions().chain(methods) {
        for argument in &function.arguments {
            note_taken(&argument.carried, true, &mut taken);
        }
        note_taken(&function.output, false, &mut taken);
    }
    loop {
        let before = taken.len();
        for data in contract
            .data()
            .filter(|data| taken.contains(&data.name))
            .collect::<Vec<_>>()
        {
            for field in data.shape.fields() {
                note_taken(&field.carried, true, &mut taken);
            }
        }
        if taken.len() == before {
            return taken;
        }
    }
}

fn note_taken(carried: &Carried, inward: bool, taken: &mut BTreeSet<Ident>) {
    match carried {
        Carried::Data(name) if inward => {
            taken.insert(name.clone());
        }
        Carried::Closure(closure) => {
            for input in &closure.inputs {
                note_taken(input, !inward, taken);
            }
            note_taken(&closure.output, inward, taken);
        }
        Carried::View { of, .. }
        | Carried::Array(of, _)
        | Carried::Future(of, _)
        | Carried::Stream(of, _)
        | Carried::Iterator { item: of, .. } => note_taken(of, inward, taken),
        Carried::Nest {
            arguments: parts, ..
        }
        | Carried::Tuple(parts) => {
            for part in parts {
                note_taken(part, inward, taken);
            }
        }
        _ => {}
    }
}

/// Whether something takes the object by value or by `&mut`, out of the pin that it is kept in.
fn moves(contract: &Contract, name: &Ident) -> bool {
    let methods = contract.objects().flat_map(|object| &object.functions);
    contract.functions().chain(methods).any(|function| {
        let own = function.owner.as_ref() == Some(name)
            && matches!(
                function.receiver,
                Some(Receiver::Exclusive | Receiver::Owned)
            );
        let argument = |carried: &Carried| match carried {
            Carried::Object(object) => object == name,
            Carried::Lent {
                object, exclusive, ..
            } => *exclusive && object == name,
            _ => false,
        };
        own || function
            .arguments
            .iter()
            .any(|each| each.carried.any(argument))
    })
}

fn grade_api(contract: &Contract) -> TokenStream {
    let constructors = contract.objects().flat_map(Object::constructors);
    let fields = constructors.chain(contract.functions()).map(field);
    quote! {
        #[unsafe(no_mangle)]
        pub fn grade_api() -> ::contract::__table::Api {
            ::contract::__table::Api { #(#fields),* }
        }
    }
}
