//! `#[drive]`: registers a driver's function.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Error, Expr, ItemFn, Result, ReturnType, Type};

use crate::arguments::{Argument, Keys};

const KEYS: Keys = Keys {
    attribute: "#[drive]",
    once: &["schedules", "grace_ms", "virtual_limit_ms"],
    repeatable: &[],
};

/// What stands beside the function.
///
/// # Errors
/// Where the function cannot be a driver, or an argument is none of the attribute's.
pub(crate) fn expand(arguments: TokenStream, item: &TokenStream) -> Result<TokenStream> {
    let function = parse_function(item)?;
    let mut schedules = quote!(::lab::Schedules::Default);
    let mut grace = quote!(::std::option::Option::None);
    let mut limit = quote!(::std::option::Option::None);
    for argument in KEYS.parse(arguments)? {
        match argument.key.to_string().as_str() {
            "schedules" => schedules = parse_schedules(&argument)?,
            "grace_ms" => grace = milliseconds(&argument)?,
            _ => limit = milliseconds(&argument)?,
        }
    }
    let name = &function.sig.ident;
    let shown = name.to_string();
    let run = if function.sig.asyncness.is_some() {
        quote!(|lab| ::std::boxed::Box::pin(#name(lab)))
    } else {
        quote! {
            |lab| ::std::boxed::Box::pin(async move {
                let thread = lab.clone();
                lab.outside(move || #name(thread)).await
            })
        }
    };
    Ok(quote! {
        ::lab::inventory::submit! {
            ::lab::Drive {
                name: #shown,
                line: ::std::line!(),
                schedules: #schedules,
                grace_ms: #grace,
                virtual_limit_ms: #limit,
                run: #run,
            }
        }
    })
}

fn parse_function(item: &TokenStream) -> Result<ItemFn> {
    let wanted = "`#[drive]` stands before an `async fn name(lab: Lab)`, or a `fn` of that form";
    let function: ItemFn = syn::parse2(item.clone())
        .map_err(|_| Error::new(proc_macro2::Span::call_site(), wanted))?;
    let signature = &function.sig;
    if !signature.generics.params.is_empty() {
        return Err(Error::new_spanned(
            &signature.generics,
            "a driver has no type parameters",
        ));
    }
    if signature.inputs.len() != 1 || signature.receiver().is_some() {
        return Err(Error::new_spanned(
            &signature.ident,
            "a driver takes one argument, `lab: Lab`",
        ));
    }
    match &signature.output {
        ReturnType::Default => Ok(function),
        ReturnType::Type(_, ty) if matches!(&**ty, Type::Tuple(tuple) if tuple.elems.is_empty()) => {
            Ok(function)
        }
        ReturnType::Type(_, ty) => Err(Error::new_spanned(
            ty,
            "a driver returns nothing: what happened stands in the trace",
        )),
    }
}

fn parse_schedules(argument: &Argument) -> Result<TokenStream> {
    let wanted = || argument.wrong("`plain`, `default` or a number of seeds");
    match &argument.value {
        Expr::Path(value) if value.path.is_ident("plain") => Ok(quote!(::lab::Schedules::Plain)),
        Expr::Path(value) if value.path.is_ident("default") => {
            Ok(quote!(::lab::Schedules::Default))
        }
        Expr::Lit(_) => match argument.integer::<u32>() {
            Ok(seeds) if seeds > 0 => Ok(quote!(::lab::Schedules::Seeded(#seeds))),
            _ => Err(wanted()),
        },
        _ => Err(wanted()),
    }
}

fn milliseconds(argument: &Argument) -> Result<TokenStream> {
    let ms = argument.integer::<u64>()?;
    Ok(quote!(::std::option::Option::Some(#ms)))
}

#[cfg(test)]
mod tests {
    use super::expand;

    const DRIVER: &str = "async fn a_burst(lab: Lab) {}";

    fn expanded(arguments: &str, item: &str) -> Result<String, String> {
        let expanded = expand(arguments.parse().unwrap(), &item.parse().unwrap());
        expanded
            .map(|tokens| tokens.to_string().replace(' ', ""))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn a_driver_is_registered_by_its_name() {
        let expanded = expanded("", DRIVER).unwrap();
        for part in [
            "::lab::inventory::submit!{::lab::Drive{name:\"a_burst\",line:::std::line!(),",
            "schedules:::lab::Schedules::Default,grace_ms:::std::option::Option::None,",
            "run:|lab|::std::boxed::Box::pin(a_burst(lab))",
        ] {
            assert!(expanded.contains(part), "{expanded}");
        }
    }

    #[test]
    fn a_plain_fn_is_driven_outside_a_runtime() {
        let expanded = expanded("", "fn a_program(lab: Lab) {}").unwrap();
        let run = "letthread=lab.clone();lab.outside(move||a_program(thread)).await";
        assert!(expanded.contains(run), "{expanded}");
    }

    #[test]
    fn schedules_and_limits_are_passed_on() {
        assert!(
            expanded("schedules = plain", DRIVER)
                .unwrap()
                .contains("Schedules::Plain")
        );
        assert!(
            expanded("schedules = default", DRIVER)
                .unwrap()
                .contains("Schedules::Default")
        );
        let expanded = expanded(
            "schedules = 8, grace_ms = 100, virtual_limit_ms = 5_000,",
            DRIVER,
        )
        .unwrap();
        for part in [
            "Schedules::Seeded(8u32)",
            "grace_ms:::std::option::Option::Some(100u64)",
            "Some(5000u64)",
        ] {
            assert!(expanded.contains(part), "{expanded}");
        }
    }

    #[test]
    fn what_cannot_be_a_driver_is_told_why() {
        for (arguments, item, message) in [
            ("", "fn f() {}", "a driver takes one argument, `lab: Lab`"),
            (
                "",
                "async fn f() {}",
                "a driver takes one argument, `lab: Lab`",
            ),
            (
                "",
                "async fn f(&self) {}",
                "a driver takes one argument, `lab: Lab`",
            ),
            (
                "",
                "async fn f<T>(lab: T) {}",
                "a driver has no type parameters",
            ),
            (
                "",
                "async fn f(lab: Lab) -> u32 { 1 }",
                "a driver returns nothing: what happened stands in the trace",
            ),
            (
                "",
                "struct X;",
                "`#[drive]` stands before an `async fn name(lab: Lab)`, or a `fn` of that form",
            ),
            (
                "schedule = plain",
                DRIVER,
                "`#[drive]` has no `schedule`: did you mean `schedules`?",
            ),
            (
                "points = 3",
                DRIVER,
                "`#[drive]` has no `points`, it has `schedules`, `grace_ms`, `virtual_limit_ms`",
            ),
            (
                "grace_ms = 1, grace_ms = 2",
                DRIVER,
                "`grace_ms` is given twice",
            ),
            ("grace_ms = \"1\"", DRIVER, "`grace_ms` is an integer"),
            ("grace_ms = -1", DRIVER, "`grace_ms` is an integer"),
            (
                "schedules = 0",
                DRIVER,
                "`schedules` is `plain`, `default` or a number of seeds",
            ),
            (
                "schedules = seeded",
                DRIVER,
                "`schedules` is `plain`, `default` or a number of seeds",
            ),
            ("plain", DRIVER, "expected `=`"),
        ] {
            assert_eq!(expanded(arguments, item).unwrap_err(), message);
        }
    }
}
