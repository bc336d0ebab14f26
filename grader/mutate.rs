//! Mutants: a right answer with one small change that a student could have made.
//!
//! The rules are syntactic and the same for every answer. A mutant that the checks do not catch is a
//! shortfall of theirs, unless its author says why it is as right as what it was made from.

use std::collections::BTreeSet;
use std::ops::Range;

use proc_macro2::{Literal, TokenStream, TokenTree};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{BinOp, Block, Expr, ExprCall, ExprMethodCall, Lit, Stmt, Token};

/// A way to change an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// A call that stands for itself is left out: a cancel, a wake-up, an await.
    DropStatement,
    /// Two neighbouring statements, one of which waits or spawns, change places.
    SwapStatements,
    /// A `return` or `continue` is left out.
    DropJump,
    /// `tokio::time::sleep` becomes `std::thread::sleep`.
    BlockingSleep,
    /// What is spawned is awaited first.
    SpawnAfterAwait,
    /// What runs together runs in turn.
    OneByOne,
    /// Results come in another order: `buffered` for `buffer_unordered`, the back of a queue for its front.
    Reorder,
    /// A limit is one more.
    WidenLimit,
    /// A limit is as good as none.
    DropLimit,
    /// A limit is 1.
    NarrowLimit,
    /// A time is twice as long.
    DoubleTime,
    /// A timeout is a day.
    DropTimeout,
    /// A number is one more.
    OffByOne,
    /// `<` becomes `<=`, `==` becomes `!=`, and so on.
    Compare,
    /// `+` becomes `-`, and the other way round.
    Arithmetic,
    /// A condition is turned round; `&&` becomes `||`; `true` becomes `false`.
    Negate,
}

impl Rule {
    /// As a table shows it, and `equivalent.toml` names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::DropStatement => "drop-statement",
            Self::SwapStatements => "swap-statements",
            Self::DropJump => "drop-jump",
            Self::BlockingSleep => "blocking-sleep",
            Self::SpawnAfterAwait => "spawn-after-await",
            Self::OneByOne => "one-by-one",
            Self::Reorder => "reorder",
            Self::WidenLimit => "widen-limit",
            Self::DropLimit => "drop-limit",
            Self::NarrowLimit => "narrow-limit",
            Self::DoubleTime => "double-time",
            Self::DropTimeout => "drop-timeout",
            Self::OffByOne => "off-by-one",
            Self::Compare => "compare",
            Self::Arithmetic => "arithmetic",
            Self::Negate => "negate",
        }
    }
}

/// One changed place of a source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutant {
    pub rule: Rule,
    /// From 1.
    pub line: usize,
    /// What stood there.
    pub was: String,
    /// What stands there now.
    pub is: String,
    /// The whole file.
    pub source: String,
}

/// Every mutant of a file, in the order of the places. None where the file is no Rust.
pub fn mutants(source: &str) -> Vec<Mutant> {
    let Ok(file) = syn::parse_file(source) else {
        return Vec::new();
    };
    let mut finder = Finder {
        source,
        changes: Vec::new(),
    };
    finder.visit_file(&file);
    let mut changes = finder.changes;
    changes.sort_by_key(|change| (change.at.start, change.rule));
    let mut seen = BTreeSet::new();
    let mutants = changes.into_iter().map(|change| change.apply(source));
    mutants
        .filter(|mutant| seen.insert(mutant.source.clone()))
        .collect()
}

#[derive(Debug)]
struct Change {
    rule: Rule,
    at: Range<usize>,
    to: String,
}

impl Change {
    fn apply(self, source: &str) -> Mutant {
        let Self { rule, at, to } = self;
        Mutant {
            rule,
            line: source[..at.start].matches('\n').count() + 1,
            was: source[at.clone()].to_owned(),
            source: [&source[..at.start], &to, &source[at.end..]].concat(),
            is: to,
        }
    }
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

    fn literal(&mut self, literal: &Literal) {
        let Lit::Int(number) = Lit::new(literal.clone()) else {
            return;
        };
        let Ok(value) = number.base10_parse::<u64>() else {
            return;
        };
        let more = format!("{}{}", value.saturating_add(1), number.suffix());
        self.change(Rule::OffByOne, literal.span().byte_range(), more);
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
                self.call(&name, expr, args.first());
                if TOGETHER.iter().any(|together| name.ends_with(together))
                    && let Some(futures) = args.first()
                {
                    let (futures, tries) = (self.text(futures), name.contains("try"));
                    self.replace(Rule::OneByOne, expr, in_turn(futures, tries));
                }
            }
            Expr::MethodCall(ExprMethodCall { method, args, .. }) => {
                self.call(&method.to_string(), expr, args.first());
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
            Expr::If(branch) => self.condition(&branch.cond),
            Expr::While(looped) => self.condition(&looped.cond),
            Expr::Binary(binary) => self.operator(binary.op),
            Expr::Lit(literal) => match &literal.lit {
                Lit::Int(number) => self.literal(&number.token()),
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

#[cfg(test)]
mod tests {
    use super::{Rule, mutants};

    /// What `rule` makes of a function with this body.
    fn made(rule: Rule, body: &str) -> Vec<String> {
        let source = format!("async fn f() {{ {body} }}");
        let of_rule = mutants(&source)
            .into_iter()
            .filter(|mutant| mutant.rule == rule);
        let bodies = of_rule.map(|mutant| {
            let body = mutant.source.strip_prefix("async fn f() { ").unwrap();
            body.strip_suffix(" }").unwrap().to_owned()
        });
        bodies.collect()
    }

    #[test]
    fn each_rule_changes_what_it_is_about() {
        for (rule, body, to) in [
            (Rule::DropStatement, "task.abort(); 1", " 1"),
            (Rule::DropStatement, "wait().await?; 1", " 1"),
            (
                Rule::SwapStatements,
                "a().await; b(); 1",
                "b();\na().await; 1",
            ),
            (Rule::DropJump, "if a { return; } b()", "if a {  } b()"),
            (
                Rule::BlockingSleep,
                "sleep(d).await",
                "::std::thread::sleep(d)",
            ),
            (
                Rule::SpawnAfterAwait,
                "tokio::spawn(work())",
                "{ let done = (work()).await; tokio::spawn(async move { done }) }",
            ),
            (
                Rule::OneByOne,
                "tokio::join!(a, b())",
                "(a.await, b().await)",
            ),
            (Rule::Reorder, "queue.pop_front()", "queue.pop_back()"),
            (Rule::Reorder, "s.buffer_unordered(n)", "s.buffered(n)"),
            (
                Rule::WidenLimit,
                "Semaphore::new(n)",
                "Semaphore::new((n) + 1)",
            ),
            (
                Rule::DropLimit,
                "Semaphore::new(n)",
                "Semaphore::new(1_000)",
            ),
            (Rule::NarrowLimit, "s.buffered(n)", "s.buffered(1)"),
            (
                Rule::DoubleTime,
                "timeout(d, f).await",
                "timeout((d) * 2, f).await",
            ),
            (Rule::OffByOne, "g(41_u8)", "g(42u8)"),
            (Rule::Compare, "a < b", "a <= b"),
            (Rule::Arithmetic, "a += b", "a -= b"),
            (Rule::Negate, "while a { }", "while !(a) { }"),
            (Rule::Negate, "a && b", "a || b"),
        ] {
            assert!(
                made(rule, body).contains(&to.to_owned()),
                "{rule:?}: {:?}",
                made(rule, body)
            );
        }
    }

    #[test]
    fn the_body_of_a_generator_is_looked_into() {
        let made = made(Rule::DropStatement, "stream! { sleep(d).await; yield 1; }");
        assert_eq!(
            made,
            ["stream! {  yield 1; }", "stream! { sleep(d).await;  }"]
        );
        assert_eq!(
            super::tests::made(Rule::OffByOne, "select! { _ = a => 1 }"),
            ["select! { _ = a => 2 }"]
        );
    }

    #[test]
    fn types_patterns_and_claims_stay_as_they_are() {
        for body in ["let x: [u8; 4];", "match x { 4 => {} }", "assert!(1 < 2);"] {
            assert!(made(Rule::OffByOne, body).is_empty(), "{body}");
        }
        assert!(made(Rule::DropStatement, "assert!(a);").is_empty());
    }

    #[test]
    fn a_mutant_tells_its_line() {
        let source = "fn f() {\n    g();\n    h(1);\n}\n";
        let found = mutants(source);
        let told: Vec<_> = found
            .iter()
            .map(|m| (m.rule.name(), m.line, m.was.as_str(), m.is.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("drop-statement", 2, "g();", ""),
                ("drop-statement", 3, "h(1);", ""),
                ("off-by-one", 3, "1", "2")
            ]
        );
    }

    #[test]
    fn what_is_no_rust_has_no_mutants() {
        assert!(mutants("fn (").is_empty());
    }
}
