//! Finds the places of a file that the rules change.

use std::ops::Range;

use proc_macro2::{Literal, TokenStream, TokenTree};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{
    BinOp, Block, Expr, ExprCall, ExprMethodCall, File, Lit, LitStr, RangeLimits, Stmt, Token,
};

use super::{Change, Rule};

/// Every change of a file that a rule makes.
pub fn changes(source: &str, file: &File) -> Vec<Change> {
    let mut finder = Finder {
        source,
        changes: Vec::new(),
    };
    finder.visit_file(file);
    finder.changes
}

struct Finder<'a> {
    source: &'a str,
    changes: Vec<Change>,
}

/// Functions whose first argument is a limit.
const LIMITED: [&str; 6] = [
    "Semaphore::new",
    "buffered",
    "buffer_unordered",
    "try_buffer_unordered",
    "try_buffered",
    "for_each_concurrent",
];
/// Functions whose first argument is a time.
const TIMED: [&str; 4] = ["sleep", "timeout", "interval", "interval_at"];
/// Each is the other in another order.
const ORDERED: [(&str, &str); 7] = [
    ("buffered", "buffer_unordered"),
    ("try_buffered", "try_buffer_unordered"),
    ("push_back", "push_front"),
    ("pop_front", "pop_back"),
    ("first", "last"),
    ("max", "min"),
    ("all", "any"),
];
/// What runs futures together.
const TOGETHER: [&str; 2] = ["join_all", "try_join_all"];
/// Macros whose body is a block of statements.
const BLOCKS: [&str; 2] = ["stream", "try_stream"];
/// Macros that say what a program does not do.
const CLAIMS: [&str; 8] = [
    "assert",
    "assert_eq",
    "assert_ne",
    "debug_assert",
    "debug_assert_eq",
    "panic",
    "todo",
    "unreachable",
];

impl Finder<'_> {
    fn text(&self, node: &impl Spanned) -> &str {
        &self.source[node.span().byte_range()]
    }

    fn change(&mut self, rule: Rule, at: Range<usize>, to: impl Into<String>) {
        let to = to.into();
        self.changes.push(Change { rule, at, to });
    }

    fn replace(&mut self, rule: Rule, node: &impl Spanned, to: impl Into<String>) {
        self.change(rule, node.span().byte_range(), to);
    }

    fn statements(&mut self, statements: &[Stmt]) {
        for statement in statements {
            if stands_for_itself(statement) {
                self.replace(Rule::DropStatement, statement, "");
            }
            if is_jump(statement) {
                self.replace(Rule::DropJump, statement, "");
            }
        }
        for pair in statements.windows(2) {
            let [first, second] = pair else { continue };
            let (one, other) = (self.text(first).to_owned(), self.text(second).to_owned());
            let moves =
                |stmt: &Stmt| !matches!(stmt, Stmt::Item(_)) && !is_tail(stmt) && !is_jump(stmt);
            let waits = |text: &str| text.contains(".await") || text.contains("spawn");
            let acts = matches!(first, Stmt::Expr(..)) || matches!(second, Stmt::Expr(..));
            if moves(first) && moves(second) && acts && (waits(&one) || waits(&other)) {
                let at = first.span().byte_range().start..second.span().byte_range().end;
                self.change(Rule::SwapStatements, at, format!("{other}\n{one}"));
            }
        }
    }

    /// A call of a function, by the last parts of its path, or of a method.
    fn call(&mut self, name: &str, whole: &Expr, argument: Option<&Expr>) {
        let Some(argument) = argument else { return };
        let text = self.text(argument).to_owned();
        let last = name.rsplit("::").next().unwrap_or(name);
        if LIMITED.iter().any(|limited| name.ends_with(limited)) {
            self.replace(Rule::WidenLimit, argument, format!("({text}) + 1"));
            self.replace(Rule::DropLimit, argument, "1_000");
            self.replace(Rule::NarrowLimit, argument, "1");
        }
        if TIMED.contains(&last) {
            self.replace(Rule::DoubleTime, argument, format!("({text}) * 2"));
        }
        if last == "timeout" {
            self.replace(
                Rule::DropTimeout,
                argument,
                "::std::time::Duration::from_secs(86_400)",
            );
        }
        if last == "spawn" || last == "spawn_local" {
            let at = argument.span().byte_range();
            let around = whole.span().byte_range();
            let (before, after) = (
                &self.source[around.start..at.start],
                &self.source[at.end..around.end],
            );
            let moved =
                format!("{{ let done = ({text}).await; {before}async move {{ done }}{after} }}");
            self.replace(Rule::SpawnAfterAwait, whole, moved);
        }
    }

    fn tokens(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Literal(literal) => self.literal(&literal),
                TokenTree::Ident(word) if word == "true" => {
                    self.replace(Rule::Negate, &word, "false");
                }
                TokenTree::Ident(word) if word == "false" => {
                    self.replace(Rule::Negate, &word, "true");
                }
                TokenTree::Ident(_) | TokenTree::Punct(_) => {}
            }
        }
    }

    /// Two neighbours of a list of two.
    fn pair<'e>(&mut self, mut parts: impl ExactSizeIterator<Item = &'e Expr>) {
        if parts.len() == 2
            && let (Some(first), Some(second)) = (parts.next(), parts.next())
        {
            let (one, other) = (first.span().byte_range(), second.span().byte_range());
            let between = &self.source[one.end..other.start];
            let swapped = [
                &self.source[other.clone()],
                between,
                &self.source[one.clone()],
            ];
            self.change(Rule::SwapPair, one.start..other.end, swapped.concat());
        }
    }

    fn literal(&mut self, literal: &Literal) {
        let number = match Lit::new(literal.clone()) {
            Lit::Int(number) => number,
            Lit::Str(text) => return self.reword(&text),
            _ => return,
        };
        let Ok(value) = number.base10_parse::<u64>() else {
            return;
        };
        let more = format!("{}{}", value.saturating_add(1), number.suffix());
        self.change(Rule::OffByOne, literal.span().byte_range(), more);
    }

    fn reword(&mut self, text: &LitStr) {
        let at = text.span().byte_range();
        let written = &self.source[at.clone()];
        if let Some(open) = written.strip_suffix('"') {
            let more = format!("{open}s\"");
            self.change(Rule::Reword, at, more);
        }
    }

    /// `join!(a, b)` as `(a.await, b.await)`.
    fn join(&mut self, makro: &syn::Macro) {
        let parser = Punctuated::<Expr, Token![,]>::parse_terminated;
        let Ok(parts) = parser.parse2(makro.tokens.clone()) else {
            return;
        };
        let awaited: Vec<_> = parts
            .iter()
            .map(|part| format!("{}.await", self.text(part)))
            .collect();
        self.replace(Rule::OneByOne, makro, format!("({})", awaited.join(", ")));
        for part in &parts {
            self.visit_expr(part);
        }
    }
}

fn stands_for_itself(statement: &Stmt) -> bool {
    match statement {
        Stmt::Expr(expr, Some(_)) => is_call(expr),
        Stmt::Macro(makro) => {
            let name = last_of(&makro.mac.path);
            makro.semi_token.is_some() && !CLAIMS.contains(&name.as_str())
        }
        _ => false,
    }
}

fn is_call(expr: &Expr) -> bool {
    match expr {
        Expr::Call(_) | Expr::MethodCall(_) | Expr::Yield(_) => true,
        Expr::Await(awaited) => is_call(&awaited.base),
        Expr::Try(tried) => is_call(&tried.expr),
        Expr::Macro(makro) => !CLAIMS.contains(&last_of(&makro.mac.path).as_str()),
        _ => false,
    }
}

fn is_jump(statement: &Stmt) -> bool {
    matches!(
        statement,
        Stmt::Expr(Expr::Return(_) | Expr::Continue(_), Some(_))
    )
}

/// The value of its block.
fn is_tail(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Expr(_, None))
}

fn last_of(path: &syn::Path) -> String {
    path.segments
        .last()
        .map(|segment| segment.ident.to_string())
        .unwrap_or_default()
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if !module
            .attrs
            .iter()
            .any(|attribute| attribute.path().is_ident("cfg"))
        {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}

    fn visit_type(&mut self, _: &'ast syn::Type) {}

    fn visit_pat(&mut self, _: &'ast syn::Pat) {}

    fn visit_block(&mut self, block: &'ast Block) {
        self.statements(&block.stmts);
        visit::visit_block(self, block);
    }

    fn visit_macro(&mut self, makro: &'ast syn::Macro) {
        let name = last_of(&makro.path);
        if CLAIMS.contains(&name.as_str()) {
            return;
        }
        if name == "join" || name == "try_join" {
            self.join(makro);
        } else if BLOCKS.contains(&name.as_str())
            && let Ok(body) = Block::parse_within.parse2(makro.tokens.clone())
        {
            self.statements(&body);
            for statement in &body {
                self.visit_stmt(statement);
            }
        } else {
            self.tokens(makro.tokens.clone());
        }
    }

    fn visit_expr(&mut self, expr: &'ast Expr) {
        match expr {
            Expr::Call(ExprCall { func, args, .. }) => {
                let name: String = self.text(func).split_whitespace().collect();
                self.pair(args.iter());
                self.call(&name, expr, args.first());
                if TOGETHER.iter().any(|together| name.ends_with(together))
                    && let Some(futures) = args.first()
                {
                    let (futures, tries) = (self.text(futures), name.contains("try"));
                    self.replace(Rule::OneByOne, expr, in_turn(futures, tries));
                }
            }
            Expr::MethodCall(ExprMethodCall { method, args, .. }) => {
                if method == "expect" {
                    // Its text is for whoever finds the mistake.
                    return self.visit_expr(receiver_of(expr));
                }
                self.pair(args.iter());
                self.call(&method.to_string(), expr, args.first());
                if ["iter", "into_iter"].iter().any(|list| method == list) {
                    let end = expr.span().byte_range().end;
                    self.change(Rule::Reorder, end..end, ".rev()");
                    self.change(Rule::SkipFirst, end..end, ".skip(1)");
                }
                for (one, other) in ORDERED
                    .into_iter()
                    .chain(ORDERED.map(|(one, other)| (other, one)))
                {
                    if method == one {
                        self.replace(Rule::Reorder, method, other);
                    }
                }
            }
            Expr::Await(awaited) => {
                if let Expr::Call(ExprCall { func, args, .. }) = &*awaited.base
                    && self.text(func).ends_with("sleep")
                    && let Some(time) = args.first()
                {
                    let blocking = format!("::std::thread::sleep({})", self.text(time));
                    self.replace(Rule::BlockingSleep, expr, blocking);
                }
            }
            Expr::Tuple(tuple) => self.pair(tuple.elems.iter()),
            Expr::Range(range) if range.start.is_some() && range.end.is_some() => {
                let to = match range.limits {
                    RangeLimits::HalfOpen(_) => "..=",
                    RangeLimits::Closed(_) => "..",
                };
                self.replace(Rule::OffByOne, &range.limits, to);
            }
            Expr::If(branch) => self.condition(&branch.cond),
            Expr::While(looped) => self.condition(&looped.cond),
            Expr::Binary(binary) => self.operator(binary.op),
            Expr::Lit(literal) => match &literal.lit {
                Lit::Int(number) => self.literal(&number.token()),
                Lit::Str(text) => self.reword(text),
                Lit::Bool(value) => {
                    self.replace(Rule::Negate, value, (!value.value).to_string());
                }
                _ => {}
            },
            _ => {}
        }
        visit::visit_expr(self, expr);
    }
}

/// What a method is called on; the expression itself where it is no call of one.
fn receiver_of(expr: &Expr) -> &Expr {
    match expr {
        Expr::MethodCall(call) => &call.receiver,
        other => other,
    }
}

impl Finder<'_> {
    fn condition(&mut self, condition: &Expr) {
        if !self.text(condition).contains("let ") {
            let turned = format!("!({})", self.text(condition));
            self.replace(Rule::Negate, condition, turned);
        }
    }

    fn operator(&mut self, operator: BinOp) {
        let (rule, to) = match operator {
            BinOp::Lt(_) => (Rule::Compare, "<="),
            BinOp::Le(_) => (Rule::Compare, "<"),
            BinOp::Gt(_) => (Rule::Compare, ">="),
            BinOp::Ge(_) => (Rule::Compare, ">"),
            BinOp::Eq(_) => (Rule::Compare, "!="),
            BinOp::Ne(_) => (Rule::Compare, "=="),
            BinOp::Add(_) => (Rule::Arithmetic, "-"),
            BinOp::Sub(_) => (Rule::Arithmetic, "+"),
            BinOp::AddAssign(_) => (Rule::Arithmetic, "-="),
            BinOp::SubAssign(_) => (Rule::Arithmetic, "+="),
            BinOp::And(_) => (Rule::Negate, "||"),
            BinOp::Or(_) => (Rule::Negate, "&&"),
            _ => return,
        };
        self.replace(rule, &operator, to);
    }
}

/// What `join_all(futures)` would be if each future waited for the one before it.
fn in_turn(futures: &str, tries: bool) -> String {
    let push = if tries {
        "match future.await { Ok(one) => all.push(one), Err(error) => return Err(error) }"
    } else {
        "all.push(future.await)"
    };
    let end = if tries { "Ok(all)" } else { "all" };
    format!(
        "(async {{ let mut all = ::std::vec::Vec::new(); for future in {futures} {{ {push}; }} {end} }})"
    )
}
