//! What a submission's source declares, for messages: its items by name, as they stand.

use std::thread;

use contract_code::spell;
use syn::spanned::Spanned;
use syn::{ImplItem, ItemImpl, Visibility};
use trace::finding::At;

use crate::intake::Submission;

/// One item of the submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub name: String,
    /// The type whose method it is.
    pub owner: Option<String>,
    pub signature: String,
    pub public: bool,
    pub at: At,
}

/// The stack of the thread that reads a submission, in bytes; what is not used takes no memory.
const STACK: usize = 1 << 30;

/// Reads a submission's source: a tree can be as deep as its text is long, and this is where there is room for that.
/// None where the thread for it cannot be started.
pub fn with_room<R: Send>(read: impl FnOnce() -> R + Send) -> Option<R> {
    thread::scope(|scope| {
        let reader = thread::Builder::new().stack_size(STACK);
        let reader = reader.spawn_scoped(scope, read).ok()?;
        reader.join().ok()
    })
}

/// Every function, method and type that the source of a submission declares.
#[derive(Debug, Default)]
pub struct Api {
    found: Vec<Found>,
}

impl Api {
    /// Reads what parses; a file that does not is left out.
    pub fn read(submission: &Submission) -> Self {
        with_room(|| Self::read_here(submission)).unwrap_or_default()
    }

    fn read_here(submission: &Submission) -> Self {
        let mut api = Self::default();
        for (path, text) in &submission.files {
            if let Ok(file) = syn::parse_file(text) {
                api.items(path, &file.items);
            }
        }
        api
    }

    /// The item `name`, of `owner` if it is a method.
    pub fn find(&self, owner: Option<&str>, name: &str) -> Option<&Found> {
        self.found
            .iter()
            .find(|found| found.owner.as_deref() == owner && found.name == name)
    }

    /// The names there are beside it.
    pub fn names<'a>(&'a self, owner: Option<&'a str>) -> impl Iterator<Item = &'a str> {
        self.found
            .iter()
            .filter(move |found| found.owner.as_deref() == owner)
            .map(|found| found.name.as_str())
    }

    fn items(&mut self, path: &str, items: &[syn::Item]) {
        for item in items {
            match item {
                syn::Item::Fn(function) => {
                    let signature = signed(&function.vis, &function.sig);
                    self.add(
                        path,
                        None,
                        &function.sig.ident,
                        signature,
                        &function.vis,
                        function.sig.span(),
                    );
                }
                syn::Item::Struct(item) => {
                    let signature = format!("{}struct {}", visibility(&item.vis), item.ident);
                    self.add(
                        path,
                        None,
                        &item.ident,
                        signature,
                        &item.vis,
                        item.ident.span(),
                    );
                }
                syn::Item::Enum(item) => {
                    let signature = format!("{}enum {}", visibility(&item.vis), item.ident);
                    self.add(
                        path,
                        None,
                        &item.ident,
                        signature,
                        &item.vis,
                        item.ident.span(),
                    );
                }
                syn::Item::Type(item) => {
                    let signature = format!("{}type {}", visibility(&item.vis), item.ident);
                    self.add(
                        path,
                        None,
                        &item.ident,
                        signature,
                        &item.vis,
                        item.ident.span(),
                    );
                }
                syn::Item::Impl(block) if block.trait_.is_none() => self.methods(path, block),
                syn::Item::Mod(module) => {
                    if let Some((_, items)) = &module.content {
                        self.items(path, items);
                    }
                }
                _ => {}
            }
        }
    }

    fn methods(&mut self, path: &str, block: &ItemImpl) {
        let syn::Type::Path(owner) = &*block.self_ty else {
            return;
        };
        let Some(owner) = owner
            .path
            .segments
            .last()
            .map(|segment| segment.ident.to_string())
        else {
            return;
        };
        for item in &block.items {
            if let ImplItem::Fn(method) = item {
                let signature = signed(&method.vis, &method.sig);
                self.add(
                    path,
                    Some(&owner),
                    &method.sig.ident,
                    signature,
                    &method.vis,
                    method.sig.span(),
                );
            }
        }
    }

    fn add(
        &mut self,
        path: &str,
        owner: Option<&str>,
        name: &syn::Ident,
        signature: String,
        visibility: &Visibility,
        span: proc_macro2::Span,
    ) {
        let line = u32::try_from(span.start().line).unwrap_or(u32::MAX);
        self.found.push(Found {
            name: name.to_string(),
            owner: owner.map(str::to_owned),
            signature,
            public: matches!(visibility, Visibility::Public(_)),
            at: At {
                file: path.to_owned(),
                line,
            },
        });
    }
}

fn visibility(visibility: &Visibility) -> String {
    let text = spell(visibility);
    if text.is_empty() {
        text
    } else {
        format!("{text} ")
    }
}

fn signed(visible: &Visibility, signature: &syn::Signature) -> String {
    format!("{}{}", visibility(visible), spell(signature))
}
