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
        (Rule::OffByOne, "(a..b).sum()", "(a..=b).sum()"),
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
    let left = made(Rule::DropStatement, "stream! { sleep(d).await; yield 1; }");
    assert_eq!(
        left,
        ["stream! {  yield 1; }", "stream! { sleep(d).await;  }"]
    );
    assert_eq!(
        made(Rule::OffByOne, "select! { _ = a => 1 }"),
        ["select! { _ = a => 2 }"]
    );
}

#[test]
fn types_patterns_and_claims_stay_as_they_are() {
    for body in ["let x: [u8; 4];", "match x { 4 => {} }", "assert!(1 < 2);"] {
        assert!(made(Rule::OffByOne, body).is_empty(), "{body}");
    }
    assert!(made(Rule::DropStatement, "assert!(a);").is_empty());
    assert!(made(Rule::Reword, "a.expect(\"b\")").is_empty());
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
