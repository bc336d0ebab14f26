//! What a drive needs of a driver's file. The rest is taken out: it is no business of the test, and may be of a check
//! that tells less.
//!
//! An item is needed when its name is mentioned by one that is. That is more than the language would need, and
//! never less, since a driver brings no names into being by macros.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::{File, Item, UseTree};

use super::edit::Edit;

/// Takes out what the drive `check` does not need.
pub fn without_the_rest(text: &str, file: &File, check: &str) -> Vec<Edit> {
    let mut own = BTreeSet::new();
    named(&file.items, &mut own);
    let kept = BTreeSet::from([check.to_owned()]);
    let mut names = Names { text, own, kept };
    loop {
        let before = names.kept.len();
        names.mentioned(&file.items);
        if names.kept.len() == before {
            break;
        }
    }
    let mut edits = Vec::new();
    names.take_out(&file.items, &mut edits);
    // What is said of the whole file is said of the rest too.
    let of_the_file = file
        .attrs
        .iter()
        .map(|a| (a.span().byte_range(), String::new()));
    edits.extend(of_the_file);
    edits
}

/// The name that an item brings into being.
fn name(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(ident.to_string())
}

fn named(items: &[Item], names: &mut BTreeSet<String>) {
    for item in items {
        names.extend(name(item));
        if let Item::Mod(module) = item {
            named(inner(module), names);
        }
    }
}

fn inner(module: &syn::ItemMod) -> &[Item] {
    module.content.as_ref().map_or(&[], |(_, items)| items)
}

/// The names in a piece of code.
fn words(tokens: TokenStream, found: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => drop(found.insert(ident.to_string())),
            TokenTree::Group(group) => words(group.stream(), found),
            _ => {}
        }
    }
}

struct Names<'a> {
    text: &'a str,
    /// Those that the driver's files bring into being.
    own: BTreeSet<String>,
    /// Those of them that are needed.
    kept: BTreeSet<String>,
}

impl Names<'_> {
    fn words(&self, of: &impl Spanned) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        if let Ok(tokens) = self.text[of.span().byte_range()].parse() {
            words(tokens, &mut found);
        }
        found
    }

    /// Adds the names that kept items mention.
    fn mentioned(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Use(_) => {}
                Item::Mod(module) => self.mentioned(inner(module)),
                _ if self.is_kept(item) => {
                    let words = self.words(item);
                    self.kept.extend(words.intersection(&self.own).cloned());
                }
                _ => {}
            }
        }
    }

    fn is_there(&self, name: &str) -> bool {
        !self.own.contains(name) || self.kept.contains(name)
    }

    /// An `impl` is kept when all that it is of and for is.
    fn is_kept(&self, item: &Item) -> bool {
        if let Item::Impl(of) = item {
            let mut about = self.words(&of.self_ty);
            if let Some((path, _)) = &of.trait_ {
                about.extend(self.words(path));
            }
            return about.iter().all(|word| self.is_there(word));
        }
        name(item).is_none_or(|name| self.is_there(&name))
    }

    fn take_out(&self, items: &[Item], edits: &mut Vec<Edit>) {
        for item in items {
            let with = match item {
                Item::Use(import) => match self.import(&import.tree) {
                    Some(tree) => format!(
                        "{}use {tree};",
                        match import.vis {
                            syn::Visibility::Inherited => String::new(),
                            _ => "pub ".to_owned(),
                        }
                    ),
                    None => String::new(),
                },
                Item::Mod(module) => {
                    self.take_out(inner(module), edits);
                    let of_it = module.attrs.iter().filter(|a| a.path().is_ident("doc"));
                    edits.extend(of_it.map(|a| (a.span().byte_range(), String::new())));
                    continue;
                }
                _ if self.is_kept(item) => continue,
                _ => String::new(),
            };
            edits.push((item.span().byte_range(), with));
        }
    }

    /// An import without the names that are taken out; none where nothing is left.
    fn import(&self, tree: &UseTree) -> Option<String> {
        match tree {
            UseTree::Path(path) => {
                let rest = self.import(&path.tree)?;
                Some(format!("{}::{rest}", path.ident))
            }
            UseTree::Name(name) => {
                let name = name.ident.to_string();
                self.is_there(&name).then_some(name)
            }
            UseTree::Rename(renamed) => {
                let (name, as_) = (renamed.ident.to_string(), &renamed.rename);
                self.is_there(&name).then(|| format!("{name} as {as_}"))
            }
            UseTree::Glob(_) => Some("*".to_owned()),
            UseTree::Group(group) => {
                let left: Vec<_> = group.items.iter().filter_map(|t| self.import(t)).collect();
                (!left.is_empty()).then(|| format!("{{{}}}", left.join(", ")))
            }
        }
    }
}
