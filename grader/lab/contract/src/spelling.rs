//! Tokens as one line of source, spaced as rustfmt spaces them.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// `pub async fn acquire(&self) -> Vec<T>` rather than `pub async fn acquire (& self) -> Vec < T >`.
pub fn spell(what: &(impl ToTokens + ?Sized)) -> String {
    let mut line = Line::default();
    line.write(what.to_token_stream());
    line.text
}

#[derive(Default)]
struct Line {
    text: String,
    before: Before,
    /// Between the two bars of a closure.
    in_bars: bool,
}

/// What the last token was, as far as spacing cares.
#[derive(Default, Clone, Copy, PartialEq)]
enum Before {
    #[default]
    /// The start, an opening bracket, a prefix operator, `::` or `.`: nothing stands between it and what follows.
    Tight,
    Word,
    /// A lifetime too: a bracket that follows it opens a type of its own.
    Keyword,
    /// `)`, `]`, `>` and `?`.
    Closed,
    /// `}`, `,`, `;`, `:` and infix operators.
    Loose,
}

const KEYWORDS: [&str; 20] = [
    "as", "async", "const", "dyn", "else", "enum", "extern", "fn", "for", "if", "impl", "in",
    "let", "match", "move", "mut", "return", "struct", "use", "where",
];

impl Line {
    fn write(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Group(group) => self.group(group.delimiter(), group.stream()),
                TokenTree::Ident(ident) => self.word(&ident.to_string()),
                TokenTree::Literal(literal) => self.word(&literal.to_string()),
                TokenTree::Punct(punct) => {
                    let mut text = punct.as_char().to_string();
                    if punct.spacing() == Spacing::Joint {
                        match tokens.peek() {
                            Some(TokenTree::Ident(name)) if text == "'" => {
                                text += &name.to_string();
                            }
                            Some(TokenTree::Punct(next))
                                if is_pair(punct.as_char(), next.as_char()) =>
                            {
                                text.push(next.as_char());
                            }
                            _ => {}
                        }
                    }
                    if text.len() > 1 {
                        tokens.next();
                    }
                    self.punct(&text);
                }
            }
        }
    }

    fn put(&mut self, space: bool, text: &str, before: Before) {
        if space && self.before != Before::Tight {
            self.text.push(' ');
        }
        self.text += text;
        self.before = before;
    }

    fn word(&mut self, word: &str) {
        let before = if KEYWORDS.contains(&word) {
            Before::Keyword
        } else {
            Before::Word
        };
        self.put(true, word, before);
    }

    fn punct(&mut self, text: &str) {
        let after_word = matches!(self.before, Before::Word | Before::Closed);
        match text {
            "," | ";" | ":" => self.put(false, text, Before::Loose),
            "." => self.put(false, text, Before::Tight),
            "::" => self.put(!after_word, text, Before::Tight),
            "<" => self.put(
                !after_word && !self.ends_with_quantifier(),
                text,
                Before::Tight,
            ),
            ">" => self.put(false, text, Before::Closed),
            "!" if self.before == Before::Word => self.put(false, text, Before::Tight),
            "&" | "*" | "#" | "?" | "!" => self.put(true, text, Before::Tight),
            ".." => self.put(true, text, Before::Word),
            "|" => self.bar(),
            _ if text.starts_with('\'') => self.put(true, text, Before::Keyword),
            _ => self.put(true, text, Before::Loose),
        }
    }

    /// `impl<` and `for<`.
    fn ends_with_quantifier(&self) -> bool {
        self.text.ends_with("impl") || self.text.ends_with("for")
    }

    fn bar(&mut self) {
        self.in_bars = !self.in_bars;
        if self.in_bars {
            self.put(true, "|", Before::Tight);
        } else {
            self.put(false, "|", Before::Loose);
        }
    }

    fn group(&mut self, delimiter: Delimiter, inner: TokenStream) {
        let called = match self.before {
            Before::Word | Before::Closed => true,
            Before::Keyword => self.text.ends_with("fn"),
            Before::Tight | Before::Loose => false,
        };
        match delimiter {
            Delimiter::None => self.write(inner),
            Delimiter::Parenthesis => self.brackets(!called, "(", inner, ")"),
            Delimiter::Bracket => self.brackets(!called, "[", inner, "]"),
            // The braces of an import.
            Delimiter::Brace if self.text.ends_with("::") => self.brackets(false, "{", inner, "}"),
            Delimiter::Brace if inner.is_empty() => self.put(true, "{}", Before::Loose),
            Delimiter::Brace => {
                self.put(true, "{", Before::Loose);
                self.write(inner);
                self.put(true, "}", Before::Loose);
            }
        }
    }

    fn brackets(&mut self, space: bool, open: &str, inner: TokenStream, close: &str) {
        self.put(space, open, Before::Tight);
        let in_bars = std::mem::take(&mut self.in_bars);
        self.write(inner);
        self.in_bars = in_bars;
        self.put(false, close, Before::Closed);
    }
}

fn is_pair(first: char, second: char) -> bool {
    matches!(
        (first, second),
        (':', ':') | ('-' | '=', '>') | ('.', '.') | ('=', '=')
    )
}

#[cfg(test)]
mod tests {
    use super::spell;

    #[test]
    fn a_signature_is_spelled_as_rustfmt_would() {
        for line in [
            "pub async fn acquire(&self)",
            "pub fn new(limit: u32, window: Duration) -> Self",
            "pub async fn rate_limited<F, T>(limiter: &RateLimiter, jobs: Vec<F>) -> Vec<T> where F: Future<Output = T> + Send + 'static, T: Send + 'static",
            "pub fn pick<'a>(names: &'a [String], by: &mut dyn FnMut(&str) -> Option<u32>) -> Option<&'a str>",
            "pub async fn close(mut self) -> io::Result<[u8; 4]>",
            "fn f(x: (u32, Vec<Vec<u8>>), y: &mut [&'static str]) -> !",
            "fn f<T: ?Sized>(x: Box<dyn for<'x> Fn(&'x T) -> (u8, u8) + 'a>) -> <Vec<T> as IntoIterator>::Item",
        ] {
            assert_eq!(
                spell(&line.parse::<proc_macro2::TokenStream>().unwrap()),
                line
            );
        }
    }

    #[test]
    fn generated_code_is_spelled_in_one_readable_line() {
        for line in [
            "fn f(x: their::Stats) -> Stats { let their::Stats { lines, .. } = x; Stats { lines } }",
            "match x { Some(y) => Some(g(y)), None => None }",
            "::std::boxed::Box::pin(async move { g(::web::get(&self.0, a).await) })",
            "{ let mut call = f; move |a, b| call(&a, *b) }",
            "fn(Stats) -> u32",
            "const _: fn() = || unpin::<their::X>();",
            "#[unsafe(no_mangle)] pub fn grade_api() -> Api {}",
            "impl ::contract::__table::X for X { fn f(&self) {} }",
            "use ::contract::{__names::*, Stats};",
        ] {
            assert_eq!(
                spell(&line.parse::<proc_macro2::TokenStream>().unwrap()),
                line
            );
        }
    }
}
