//! `#[judge]`: registers a judge.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{Error, ItemFn, Result, ReturnType};

use crate::arguments::Keys;

const KEYS: Keys = Keys {
    attribute: "#[judge]",
    once: &["points", "title"],
    repeatable: &["hint"],
};

/// What stands beside the function.
///
/// # Errors
/// Where the function cannot be a judge, or an argument is missing, wrong or none of the attribute's.
pub(crate) fn expand(arguments: TokenStream, item: &TokenStream) -> Result<TokenStream> {
    let function = parse_function(item)?;
    let (mut points, mut title, mut hints) = (None, None, Vec::new());
    for argument in KEYS.parse(arguments)? {
        match argument.key.to_string().as_str() {
            "points" => points = Some(argument.integer::<u32>()?),
            "title" => title = Some(argument.text()?),
            _ => hints.push(argument.text()?),
        }
    }
    let missing = |what| Error::new(Span::call_site(), format!("a judge has {what}"));
    let points = points.ok_or_else(|| missing("points: `points = 25`"))?;
    let title = title
        .ok_or_else(|| missing("a title, which is a sentence about behaviour: `title = \"…\"`"))?;
    let name = &function.sig.ident;
    let shown = name.to_string();
    Ok(quote! {
        ::judge::inventory::submit! {
            ::judge::Judge {
                name: #shown,
                line: ::std::line!(),
                points: #points,
                title: #title,
                hints: &[#(#hints),*],
                judge: #name,
            }
        }
    })
}

fn parse_function(item: &TokenStream) -> Result<ItemFn> {
    let wanted = "`#[judge]` stands before a `fn name(run: &Run) -> Findings`";
    let function: ItemFn =
        syn::parse2(item.clone()).map_err(|_| Error::new(Span::call_site(), wanted))?;
    let signature = &function.sig;
    if let Some(asyncness) = &signature.asyncness {
        return Err(Error::new_spanned(
            asyncness,
            "a judge looks at a trace and waits for nothing: it is a plain `fn`",
        ));
    }
    if !signature.generics.params.is_empty() {
        return Err(Error::new_spanned(
            &signature.generics,
            "a judge has no type parameters",
        ));
    }
    if signature.inputs.len() != 1 || signature.receiver().is_some() {
        return Err(Error::new_spanned(
            &signature.ident,
            "a judge takes one argument, `run: &Run`",
        ));
    }
    if matches!(signature.output, ReturnType::Default) {
        return Err(Error::new_spanned(
            &signature.ident,
            "a judge returns `Findings`",
        ));
    }
    Ok(function)
}

#[cfg(test)]
mod tests {
    use super::expand;

    const JUDGE: &str = "fn a_burst(run: &Run) -> Findings { todo!() }";

    fn expanded(arguments: &str, item: &str) -> Result<String, String> {
        let expanded = expand(arguments.parse().unwrap(), &item.parse().unwrap());
        expanded
            .map(|tokens| tokens.to_string())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn a_judge_is_registered_by_its_name() {
        let arguments = r#"points = 25, title = "it is spread", hint = "first", hint = "second""#;
        let expanded = expanded(arguments, JUDGE).unwrap().replace(' ', "");
        for part in [
            "::judge::inventory::submit!{::judge::Judge{name:\"a_burst\",line:::std::line!(),points:25u32,",
            "title:\"itisspread\",hints:&[\"first\",\"second\"],judge:a_burst,",
        ] {
            assert!(expanded.contains(part), "{expanded}");
        }
        assert!(
            self::expanded(r#"title = "t", points = 0"#, JUDGE)
                .unwrap()
                .contains("hints : & []")
        );
    }

    #[test]
    fn what_cannot_be_a_judge_is_told_why() {
        let given = r#"points = 1, title = "t""#;
        for (arguments, item, message) in [
            (
                given,
                "async fn f(run: &Run) -> Findings {}",
                "a judge looks at a trace and waits for nothing: it is a plain `fn`",
            ),
            (
                given,
                "fn f() -> Findings {}",
                "a judge takes one argument, `run: &Run`",
            ),
            (
                given,
                "fn f<T>(run: T) -> Findings {}",
                "a judge has no type parameters",
            ),
            (given, "fn f(run: &Run) {}", "a judge returns `Findings`"),
            (
                given,
                "const X: u32 = 1;",
                "`#[judge]` stands before a `fn name(run: &Run) -> Findings`",
            ),
            ("title = \"t\"", JUDGE, "a judge has points: `points = 25`"),
            (
                "points = 1",
                JUDGE,
                "a judge has a title, which is a sentence about behaviour: `title = \"…\"`",
            ),
            (
                "points = \"25\", title = \"t\"",
                JUDGE,
                "`points` is an integer",
            ),
            (
                "points = 2.5, title = \"t\"",
                JUDGE,
                "`points` is an integer",
            ),
            (
                "points = 5_000_000_000, title = \"t\"",
                JUDGE,
                "number too large to fit in target type",
            ),
            ("points = 1, title = 2", JUDGE, "`title` is a string"),
            (
                "points = 1, title = \" \"",
                JUDGE,
                "`title` is a string with words in it",
            ),
            (
                "points = 1, points = 2, title = \"t\"",
                JUDGE,
                "`points` is given twice",
            ),
            (
                "points = 1, tittle = \"t\"",
                JUDGE,
                "`#[judge]` has no `tittle`: did you mean `title`?",
            ),
            (
                "point = 1, title = \"t\"",
                JUDGE,
                "`#[judge]` has no `point`: did you mean `points`?",
            ),
            (
                "points = 1, title = \"t\", hints = \"h\"",
                JUDGE,
                "`#[judge]` has no `hints`: did you mean `hint`?",
            ),
            (
                "weight = 1",
                JUDGE,
                "`#[judge]` has no `weight`, it has `points`, `title`, `hint`",
            ),
        ] {
            assert_eq!(expanded(arguments, item).unwrap_err(), message);
        }
    }
}
