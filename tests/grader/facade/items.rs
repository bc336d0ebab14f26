//! The public items of a crate by path: `tokio::fs::File`, its functions as `tokio::fs::File::open`, its
//! traits as `tokio::fs::File: AsyncRead`. Modules are no items; what is in them is.

use std::collections::BTreeMap;

use serde_json::Value;

use super::rustdoc::{Documentation, kind, list, text};
use super::signature::Signatures;

/// A public item.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Equal where two items can stand for one another.
    pub shape: String,
    /// Not part of the documentation, whose reader does not miss it.
    pub hidden: bool,
}

/// What a crate has for its users.
#[derive(Debug, Default)]
pub struct Items(BTreeMap<String, Item>);

/// Traits that a compiler or a `Drop` gives: nobody names them, or nobody can tell.
const UNNAMED: [&str; 7] = [
    "Drop",
    "Freeze",
    "RefUnwindSafe",
    "StructuralPartialEq",
    "TrivialClone",
    "UnsafeUnpin",
    "UnwindSafe",
];

impl Items {
    /// The items below `root`. `known` are those of the crates that this one re-exports from, under the names
    /// that its sources use for them.
    pub fn of(documentation: &Documentation, root: &str, known: &[(&str, &Items)]) -> Self {
        let mut walk = Walk {
            documentation,
            known,
            items: BTreeMap::new(),
        };
        walk.module(documentation.root(), root, false);
        Self(walk.items)
    }

    /// What is at `path` and below it, by the rest of the path.
    fn below(&self, path: &str) -> impl Iterator<Item = (&str, &Item)> {
        let at = self.0.iter().filter(move |(at, _)| is_at(at, path));
        at.map(|(at, item)| (&at[path.len()..], item))
    }

    /// All of them, in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Item)> {
        self.0.iter().map(|(path, item)| (path.as_str(), item))
    }

    /// The shape of the item at `path`.
    pub fn shape(&self, path: &str) -> Option<&str> {
        Some(&self.0.get(path)?.shape)
    }

    /// Whether something is at `path` or below it.
    pub fn has(&self, path: &str) -> bool {
        self.below(path).next().is_some()
    }
}

impl<'t> FromIterator<(&'t str, &'t str)> for Items {
    fn from_iter<I: IntoIterator<Item = (&'t str, &'t str)>>(shapes: I) -> Self {
        let item = |(path, shape): (&str, &str)| {
            let shape = shape.to_owned();
            (
                path.to_owned(),
                Item {
                    shape,
                    hidden: false,
                },
            )
        };
        Self(shapes.into_iter().map(item).collect())
    }
}

/// Whether `path` is `above` or below it.
pub fn is_at(path: &str, above: &str) -> bool {
    let rest = path.strip_prefix(above);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
}

struct Walk<'d> {
    documentation: &'d Documentation,
    known: &'d [(&'d str, &'d Items)],
    items: BTreeMap<String, Item>,
}

impl<'d> Walk<'d> {
    fn module(&mut self, module: &'d Value, path: &str, hidden: bool) {
        for item in self.items_in(&kind(module).1["items"]) {
            self.item(item, path, item["name"].as_str(), hidden);
        }
    }

    /// Takes in an item of the module at `path`, under `name`.
    fn item(&mut self, item: &'d Value, path: &str, name: Option<&str>, hidden: bool) {
        let hidden = hidden || is_hidden(item);
        let (kind, inner) = kind(item);
        let at = format!("{path}::{}", name.unwrap_or_default());
        match kind {
            "use" => self.re_export(inner, path, hidden),
            "module" => self.module(item, &at, hidden),
            "impl" => {}
            "function" => {
                let shape = Signatures::new(self.documentation, None).function(inner, &Value::Null);
                self.put(at, shape, hidden);
            }
            "struct" | "enum" | "union" | "trait" => {
                self.members(item, &at, hidden);
                self.put(at, kind.to_owned(), hidden);
            }
            // Two macros of one name are told apart by what they do, which is not seen here.
            _ => self.put(at, kind.to_owned(), hidden),
        }
    }

    fn re_export(&mut self, re_export: &'d Value, path: &str, hidden: bool) {
        let (source, name) = (text(re_export, "source"), text(re_export, "name"));
        let is_glob = re_export["is_glob"] == true;
        if let Some(item) = self.documentation.item(&re_export["id"]) {
            return if is_glob {
                self.module(item, path, hidden);
            } else {
                self.item(item, path, Some(name), hidden);
            };
        }
        let at = if is_glob {
            path.to_owned()
        } else {
            format!("{path}::{name}")
        };
        let (krate, _) = source.split_once("::").unwrap_or((source, ""));
        let Some((_, known)) = self.known.iter().find(|(name, _)| *name == krate) else {
            return self.put(at, format!("use {source}"), hidden);
        };
        for (rest, item) in known.below(source) {
            self.put(
                format!("{at}{rest}"),
                item.shape.clone(),
                hidden || item.hidden,
            );
        }
    }

    /// The functions, variants and traits of a type; the functions of a trait.
    fn members(&mut self, item: &'d Value, at: &str, hidden: bool) {
        let (_, inner) = kind(item);
        for member in self
            .items_in(&inner["variants"])
            .chain(self.items_in(&inner["items"]))
        {
            self.member(member, item, &inner["generics"], at, hidden);
        }
        for found in self.items_in(&inner["impls"]) {
            let (_, implementation) = kind(found);
            let of_all = !implementation["blanket_impl"].is_null();
            if of_all || implementation["is_negative"] == true {
                continue;
            }
            if implementation["trait"].is_null() {
                for member in self.items_in(&implementation["items"]) {
                    self.member(member, item, &implementation["generics"], at, hidden);
                }
                continue;
            }
            let signatures = Signatures::new(self.documentation, Some(&item["id"]));
            let name = signatures.path(&implementation["trait"]);
            if !UNNAMED.contains(&name.as_str()) {
                let shape = format!("impl{}", signatures.bounds(&[&implementation["generics"]]));
                self.put(format!("{at}: {name}"), shape, hidden || is_hidden(found));
            }
        }
    }

    /// The items with these ids, as far as this crate has them.
    fn items_in(&self, ids: &'d Value) -> impl Iterator<Item = &'d Value> + use<'d> {
        let documentation = self.documentation;
        list(ids).filter_map(|id| documentation.item(id))
    }

    fn member(&mut self, member: &'d Value, of: &'d Value, outer: &Value, at: &str, hidden: bool) {
        let (kind, inner) = kind(member);
        let shape = match kind {
            "function" => {
                Signatures::new(self.documentation, Some(&of["id"])).function(inner, outer)
            }
            _ => kind.to_owned(),
        };
        let at = format!("{at}::{}", text(member, "name"));
        self.put(at, shape, hidden || is_hidden(member));
    }

    fn put(&mut self, at: String, shape: String, hidden: bool) {
        self.items.insert(at, Item { shape, hidden });
    }
}

fn is_hidden(item: &Value) -> bool {
    list(&item["attrs"]).any(|attribute| attribute["other"] == "#[doc(hidden)]")
}
