//! The grammar of a contract: what stands where, before any type is looked at.

use proc_macro2::Ident;
use syn::parse::discouraged::Speculative;
use syn::parse::{Parse, ParseStream};
use syn::{
    Attribute, Error, ItemEnum, ItemStruct, ItemUse, Path, Result, Signature, Token, UseTree,
    Visibility, braced, token,
};

/// A contract as written.
pub(crate) struct Draft {
    pub krate: Ident,
    pub uses: Vec<ItemUse>,
    pub items: Vec<DraftItem>,
}

pub(crate) enum DraftItem {
    Struct(ItemStruct),
    Enum(ItemEnum),
    Object(DraftObject),
    Function(DraftFunction),
}

pub(crate) struct DraftObject {
    pub attributes: Vec<Attribute>,
    pub name: Ident,
    pub functions: Vec<DraftFunction>,
    pub traits: Vec<Path>,
}

pub(crate) struct DraftFunction {
    pub attributes: Vec<Attribute>,
    pub signature: Signature,
}

impl Parse for Draft {
    fn parse(input: ParseStream) -> Result<Self> {
        if !input.peek(Token![crate]) {
            return Err(
                input.error("a contract starts with the student's crate: `crate rate_limiter;`")
            );
        }
        input.parse::<Token![crate]>()?;
        let krate = input.parse()?;
        input.parse::<Token![;]>()?;
        let mut uses = Vec::new();
        let mut items = Vec::new();
        while !input.is_empty() {
            if input.peek(Token![use]) {
                uses.push(parse_use(input)?);
            } else {
                items.push(input.parse()?);
            }
        }
        Ok(Draft { krate, uses, items })
    }
}

fn parse_use(input: ParseStream) -> Result<ItemUse> {
    let item: ItemUse = input.parse()?;
    if let UseTree::Path(path) = &item.tree
        && !["crate", "self", "super"]
            .iter()
            .any(|word| path.ident == word)
    {
        return Ok(item);
    }
    Err(Error::new_spanned(
        &item.tree,
        "a contract imports from other crates only: start with a crate's name",
    ))
}

impl Parse for DraftItem {
    fn parse(input: ParseStream) -> Result<Self> {
        let ahead = input.fork();
        ahead.call(Attribute::parse_outer)?;
        parse_visibility(&ahead)?;
        if ahead.peek(Token![enum]) {
            input.parse().map(DraftItem::Enum)
        } else if ahead.peek(Token![struct]) {
            if has_functions(&ahead)? {
                input.parse().map(DraftItem::Object)
            } else {
                parse_struct(input)
            }
        } else if starts_function(&ahead) {
            input.parse().map(DraftItem::Function)
        } else if ahead.is_empty() {
            Err(ahead.error("these attributes belong to no item"))
        } else {
            Err(ahead.error("a contract declares structs, enums and functions, and nothing else"))
        }
    }
}

/// An item of a contract is public; saying so is allowed.
fn parse_visibility(input: ParseStream) -> Result<()> {
    match input.parse()? {
        Visibility::Inherited | Visibility::Public(_) => Ok(()),
        other @ Visibility::Restricted(_) => Err(Error::new_spanned(
            other,
            "everything in a contract is public",
        )),
    }
}

fn starts_function(input: ParseStream) -> bool {
    input.peek(Token![fn])
        || input.peek(Token![async])
        || input.peek(Token![const]) && !input.peek2(syn::Ident)
        || input.peek(Token![unsafe])
        || input.peek(Token![extern])
}

/// Whether the struct ahead is an object: its braces hold functions, or nothing.
fn has_functions(ahead: ParseStream) -> Result<bool> {
    ahead.parse::<Token![struct]>()?;
    ahead.parse::<Ident>()?;
    ahead.parse::<syn::Generics>()?;
    if !ahead.peek(token::Brace) {
        return Ok(false);
    }
    let body;
    braced!(body in ahead);
    if body.is_empty() {
        return Ok(true);
    }
    body.call(Attribute::parse_outer)?;
    body.parse::<Visibility>()?;
    Ok(starts_member(&body))
}

fn starts_member(body: ParseStream) -> bool {
    starts_function(body) || body.peek(Token![impl])
}

fn parse_struct(input: ParseStream) -> Result<DraftItem> {
    let ahead = input.fork();
    if let Ok(item) = ahead.parse() {
        input.advance_to(&ahead);
        return Ok(DraftItem::Struct(item));
    }
    refuse_mixture(input)?;
    input.parse().map(DraftItem::Struct)
}

/// An error where a struct's first function follows its fields.
fn refuse_mixture(input: ParseStream) -> Result<()> {
    let ahead = input.fork();
    ahead.call(Attribute::parse_outer)?;
    parse_visibility(&ahead)?;
    ahead.parse::<Token![struct]>()?;
    ahead.parse::<Ident>()?;
    if !ahead.peek(token::Brace) {
        return Ok(());
    }
    let body;
    braced!(body in ahead);
    while !body.is_empty() {
        body.call(Attribute::parse_outer)?;
        if starts_member(&body) {
            return Err(body.error(MIXTURE));
        }
        body.call(syn::Field::parse_named)?;
        if starts_member(&body) {
            return Err(body.error(MIXTURE));
        }
        if !body.is_empty() {
            body.parse::<Token![,]>()?;
        }
    }
    Ok(())
}

const MIXTURE: &str = "a struct of a contract has either fields (plain data) or functions (an object): \
                       move this into a struct of its own, or write a free function";

impl Parse for DraftObject {
    fn parse(input: ParseStream) -> Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        parse_visibility(input)?;
        input.parse::<Token![struct]>()?;
        let name = input.parse()?;
        let generics: syn::Generics = input.parse()?;
        if !generics.params.is_empty() {
            return Err(Error::new_spanned(
                generics,
                "a contract cannot carry a generic type: write the type it is used with",
            ));
        }
        let body;
        braced!(body in input);
        let (mut functions, mut traits) = (Vec::new(), Vec::new());
        while !body.is_empty() {
            if body.peek(Token![impl]) {
                body.parse::<Token![impl]>()?;
                traits.push(body.parse()?);
                body.parse::<Token![;]>()?;
            } else {
                functions.push(parse_member(&body)?);
            }
        }
        Ok(DraftObject {
            attributes,
            name,
            functions,
            traits,
        })
    }
}

fn parse_member(body: ParseStream) -> Result<DraftFunction> {
    let ahead = body.fork();
    ahead.call(Attribute::parse_outer)?;
    parse_visibility(&ahead)?;
    if starts_function(&ahead) {
        return body.parse();
    }
    let is_field = ahead.peek(syn::Ident) && ahead.peek2(Token![:]);
    Err(ahead.error(if is_field {
        MIXTURE
    } else {
        "an object has functions and `impl Trait;` lines, and nothing else"
    }))
}

impl Parse for DraftFunction {
    fn parse(input: ParseStream) -> Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        parse_visibility(input)?;
        let signature: Signature = input.parse()?;
        if input.peek(token::Brace) {
            let message = format!(
                "a contract declares functions without bodies: end `{}` with `;`",
                signature.ident
            );
            return Err(input.error(message));
        }
        input.parse::<Token![;]>()?;
        Ok(DraftFunction {
            attributes,
            signature,
        })
    }
}
