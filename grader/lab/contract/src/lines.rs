//! The lines of an adapter: which item of the contract each of them stands for.

use proc_macro2::TokenStream;

use crate::contract::{Data, Function, Object};
use crate::signature;
use crate::spelling::spell;

/// The adapter's source, and which item of the contract each of its lines stands for.
#[derive(Debug, Clone)]
pub struct Adapter {
    pub source: String,
    /// By line. An item can have several lines; the lines that name its type come first.
    pub items: Vec<AdapterItem>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdapterItem {
    /// From 1.
    pub line: u32,
    /// `RateLimiter::acquire`; `Ticks: Stream` for a trait.
    pub path: String,
    /// As the student would write it, in one line: `pub async fn acquire(&self)`.
    pub signature: String,
    /// The object that a method, a constructor or a trait belongs to.
    pub owner: Option<String>,
    pub kind: AdapterItemKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdapterItemKind {
    /// A free function.
    Fn,
    /// A method or a constructor.
    Method,
    Object,
    Data,
    Trait,
}

impl Adapter {
    /// What a line of the source stands for; `line` counts from 1.
    pub fn item_at(&self, line: u32) -> Option<&AdapterItem> {
        self.items.iter().find(|item| item.line == line)
    }
}

#[derive(Default)]
pub(crate) struct Lines {
    pub adapter: Adapter,
}

impl Default for Adapter {
    fn default() -> Self {
        Adapter {
            source: "#![allow(warnings)] ".to_owned(),
            items: Vec::new(),
        }
    }
}

impl Lines {
    pub fn plain(&mut self, tokens: &TokenStream) {
        self.raw(&spell(tokens));
    }

    pub fn raw(&mut self, line: &str) {
        self.adapter.source += line;
        self.adapter.source.push('\n');
    }

    fn item(&mut self, mut item: AdapterItem, line: &str) {
        let before = self.adapter.source.matches('\n').count();
        item.line = u32::try_from(before + 1).expect("an adapter has fewer lines");
        self.adapter.items.push(item);
        self.raw(line);
    }

    pub fn data(&mut self, data: &Data, tokens: &TokenStream) {
        let item = AdapterItem {
            line: 0,
            path: data.name.to_string(),
            signature: signature::of_data(data),
            owner: None,
            kind: AdapterItemKind::Data,
        };
        self.item(item, &spell(tokens));
    }

    pub fn object(&mut self, object: &Object, tokens: &TokenStream) {
        let item = AdapterItem {
            line: 0,
            path: object.name.to_string(),
            signature: format!("pub struct {}", object.name),
            owner: None,
            kind: AdapterItemKind::Object,
        };
        self.item(item, &spell(tokens));
    }

    pub fn function(&mut self, function: &Function, kind: AdapterItemKind, tokens: &TokenStream) {
        let item = AdapterItem {
            line: 0,
            path: function.path(),
            signature: signature::of_function(function),
            owner: function.owner.as_ref().map(ToString::to_string),
            kind,
        };
        self.item(item, &spell(tokens));
    }

    pub fn implements(&mut self, object: &Object, traits: &str, signature: String, line: &str) {
        let item = AdapterItem {
            line: 0,
            path: format!("{}: {traits}", object.name),
            signature,
            owner: Some(object.name.to_string()),
            kind: AdapterItemKind::Trait,
        };
        self.item(item, line);
    }
}
