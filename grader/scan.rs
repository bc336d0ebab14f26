//! What a submission may not say, looked for in its tokens, those in macros included. It informs: what it does
//! not see, the compiler's lints and the sandbox still stop.
//!
//! Brackets in brackets are bounded here: the compiler would only say that it crashed.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use trace::finding::At;

use crate::diagnostic::Diagnostic;
use crate::intake::Submission;

/// Brackets in brackets. What people write stays below 40.
const MAX_NESTING: usize = 128;
/// The most refusals that are told.
const MAX_TOLD: usize = 20;

/// Words that are refused wherever they stand.
const WORDS: &[(&str, &str)] = &[
    ("unsafe", "`unsafe` code is not graded"),
    ("global_asm", "assembly is not graded"),
    ("naked_asm", "assembly is not graded"),
    ("llvm_asm", "assembly is not graded"),
    ("no_mangle", NAMED),
    ("export_name", NAMED),
    ("link_section", NAMED),
    ("link_name", NAMED),
    ("link_ordinal", NAMED),
    ("include_str", FILES),
    ("include_bytes", FILES),
    ("option_env", ENVIRONMENT),
    ("recursion_limit", LIMITS),
    ("type_length_limit", LIMITS),
    ("proc_macro", PROC_MACRO),
    ("proc_macro_derive", PROC_MACRO),
    ("proc_macro_attribute", PROC_MACRO),
    ("global_allocator", "the allocator is the lab's"),
];
/// Words that are refused before a `!`.
const MACROS: &[(&str, &str)] = &[
    ("asm", "assembly is not graded"),
    ("include", FILES),
    ("env", ENVIRONMENT),
];
/// Words that are refused in an attribute.
const ATTRIBUTES: &[(&str, &str)] = &[
    ("naked", "assembly is not graded"),
    ("link", "a submission links nothing"),
    ("linkage", NAMED),
    ("used", NAMED),
    ("path", FILES),
    ("feature", "a submission is compiled by stable Rust"),
    ("no_std", ROOT),
    ("no_core", ROOT),
    ("no_main", ROOT),
    ("no_builtins", ROOT),
    ("crate_type", ROOT),
    ("crate_name", ROOT),
    ("panic_handler", ROOT),
    ("target_feature", "it is for one processor only"),
];

const NAMED: &str = "a submission gives no symbols of its own to the linker";
const FILES: &str =
    "a submission is its `.rs` files below `src/`, and reads no others while it is compiled";
const ENVIRONMENT: &str = "there is no environment while a submission is compiled";
const LIMITS: &str = "the compiler's limits are fixed";
const PROC_MACRO: &str = "code that runs in the compiler is not graded";
const ROOT: &str = "how the crate is built is fixed";

/// Everything that is refused, in the order of the source; nothing where it may be compiled. A file that is
/// no sequence of tokens is left to the compiler.
pub fn refusals(submission: &Submission) -> Vec<Diagnostic> {
    let mut scan = Scan::default();
    for (path, text) in &submission.files {
        if let Ok(tokens) = without_shebang(text).parse::<TokenStream>() {
            scan.tokens(path, tokens, Inside::default());
        }
    }
    scan.refused
}

/// The same text, as long as before, without the first line that Rust skips.
fn without_shebang(text: &str) -> String {
    let is_shebang = text.starts_with("#!") && !text.starts_with("#![");
    if is_shebang {
        format!("//{}", &text[2..])
    } else {
        text.to_owned()
    }
}

/// Where a token stands.
#[derive(Debug, Clone, Copy, Default)]
struct Inside {
    attribute: bool,
    nesting: usize,
}

#[derive(Debug, Default)]
struct Scan {
    refused: Vec<Diagnostic>,
}

impl Scan {
    fn refuse(&mut self, file: &str, line: usize, message: String) {
        if self.refused.len() < MAX_TOLD {
            let at = At {
                file: file.to_owned(),
                line: u32::try_from(line).unwrap_or(u32::MAX),
            };
            self.refused.push(Diagnostic::own(message, Some(at)));
        }
    }

    fn tokens(&mut self, file: &str, tokens: TokenStream, inside: Inside) {
        let trees: Vec<_> = tokens.into_iter().collect();
        for (at, tree) in trees.iter().enumerate() {
            match tree {
                TokenTree::Ident(ident) => {
                    let place = Place {
                        before: at.checked_sub(1).and_then(|at| trees.get(at)),
                        after: trees.get(at + 1),
                        inside,
                    };
                    if let Some(why) = place.refuses(ident) {
                        let line = ident.span().start().line;
                        self.refuse(file, line, format!("`{ident}` is refused: {why}"));
                    }
                }
                TokenTree::Group(group) => {
                    let opens =
                        |at: Option<usize>, sign| at.is_some_and(|at| is(trees.get(at), sign));
                    let is_attribute = group.delimiter() == Delimiter::Bracket
                        && (opens(at.checked_sub(1), '#')
                            || (opens(at.checked_sub(1), '!') && opens(at.checked_sub(2), '#')));
                    let inner = Inside {
                        attribute: inside.attribute || is_attribute,
                        nesting: inside.nesting + 1,
                    };
                    if inner.nesting > MAX_NESTING {
                        let line = group.span_open().start().line;
                        let why = format!("brackets are nested more than {MAX_NESTING} deep");
                        return self.refuse(file, line, why);
                    }
                    self.tokens(file, group.stream(), inner);
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }
}

fn is(tree: Option<&TokenTree>, sign: char) -> bool {
    matches!(tree, Some(TokenTree::Punct(punct)) if punct.as_char() == sign)
}

/// A word's neighbours.
struct Place<'a> {
    before: Option<&'a TokenTree>,
    after: Option<&'a TokenTree>,
    inside: Inside,
}

impl Place<'_> {
    /// Why this word is refused here, if it is.
    fn refuses(&self, ident: &Ident) -> Option<&'static str> {
        let word = ident.to_string();
        // `r#env!` is `env!`, but for keywords, which are names then.
        let is_keyword = |word: &&str| ["unsafe", "extern"].contains(word);
        let raw = word.strip_prefix("r#").filter(|word| !is_keyword(word));
        let word = raw.unwrap_or(&word);
        let find = |list: &[(&str, &'static str)]| {
            list.iter()
                .find(|(listed, _)| *listed == word)
                .map(|(_, why)| *why)
        };
        let is_macro = is(self.after, '!');
        let of_path = is(self.before, ':') || is(self.after, ':');
        if word == "extern" {
            let is_crate = matches!(self.after, Some(TokenTree::Ident(next)) if next == "crate");
            return (!is_crate).then_some("a submission calls nothing outside of Rust");
        }
        if word == "arch" && of_path {
            return Some("what is for one processor only is not graded");
        }
        find(WORDS)
            .or_else(|| find(MACROS).filter(|_| is_macro))
            .or_else(|| find(ATTRIBUTES).filter(|_| self.inside.attribute))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scanned(text: &str) -> Vec<String> {
        let submission = Submission {
            files: vec![("src/lib.rs".to_owned(), text.to_owned())],
            asks_for: Vec::new(),
            digest: String::new(),
        };
        refusals(&submission)
            .into_iter()
            .map(|refused| {
                let at = refused.at.expect("every refusal has a line");
                format!("{}: {}", at.line, refused.message)
            })
            .collect()
    }

    #[test]
    fn what_is_refused_is_refused_in_macros_and_attributes_too() {
        for (text, word) in [
            ("fn f() { unsafe { g() } }", "unsafe"),
            ("m! { { [ unsafe ] } }", "unsafe"),
            ("#[unsafe(no_mangle)] fn f() {}", "no_mangle"),
            ("#[cfg_attr(all(), path = \"/etc/passwd\")] mod x;", "path"),
            (
                "macro_rules! m { () => { extern \"C\" { fn f(); } } }",
                "extern",
            ),
            ("use std::include_str as i;", "include_str"),
            ("const S: &str = r#include_str!(\"x\");", "r#include_str"),
            ("const S: &str = r#env!(\"HOME\");", "r#env"),
            ("#[cfg_attr(all(), r#path = \"x\")] mod x;", "r#path"),
            ("const S: &str = include!(\"x\");", "include"),
            ("const S: &str = env!(\"HOME\");", "env"),
            ("use core::arch::asm as a;", "arch"),
            ("use std::{arch::{asm as b}};", "arch"),
            ("#![feature(x)]", "feature"),
            ("#![recursion_limit = \"9999\"]", "recursion_limit"),
            ("extern crate proc_macro;", "proc_macro"),
            ("#[link(name = \"c\")] extern {}", "link"),
            ("#!/bin/sh\nfn f() { unsafe {} }", "unsafe"),
        ] {
            let found = scanned(text);
            assert!(
                found.iter().any(|said| said.contains(&format!("`{word}`"))),
                "{text}: {found:?}"
            );
        }
    }

    #[test]
    fn what_only_looks_like_it_passes() {
        for text in [
            "//! unsafe extern include_str!\nfn f() { \"unsafe asm!\"; }",
            "extern crate tokio;",
            "use std::env; fn f() { env::args(); }",
            "fn path(link: u8, feature: u8) -> u8 { link + feature }",
            "use std::path::Path; fn include(env: u8) {}",
            "fn r#unsafe() { r#extern(r#env) }",
            "struct S { used: bool }",
        ] {
            assert_eq!(scanned(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_refusal_names_its_line() {
        let found = scanned("\n\nfn f() {\n    unsafe {}\n}\n");
        assert_eq!(
            found,
            ["4: `unsafe` is refused: `unsafe` code is not graded"]
        );
    }

    #[test]
    fn nesting_is_bounded_and_looked_at_without_a_stack() {
        let deep = format!(
            "fn f() {{ {}1{} }}",
            "(".repeat(500_000),
            ")".repeat(500_000)
        );
        assert_eq!(
            scanned(&deep),
            ["1: brackets are nested more than 128 deep"]
        );
        let fine = format!("fn f() {{ {}1{}; }}", "(".repeat(100), ")".repeat(100));
        assert_eq!(scanned(&fine), [""; 0]);
    }
}
