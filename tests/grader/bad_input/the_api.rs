//! A submission that is not what the contract asks for.

use crate::bench::{Submission, reference};

/// The reference answer with one text in another's place.
fn with(wanted: &str, instead: &str) -> String {
    let text = reference().replace(wanted, instead);
    assert_ne!(
        text,
        reference(),
        "the reference has no {wanted:?} any more"
    );
    text
}

#[track_caller]
fn rejected(lib: &str) -> String {
    let stdout = Submission::new(lib).is_rejected().stdout;
    for ours in ["contract", "adapter", "__"] {
        assert!(!stdout.contains(ours), "{ours:?} in {stdout}");
    }
    stdout
}

#[test]
fn that_lacks_a_function_is_told_which() {
    let without = reference()
        .split("pub async fn answer")
        .next()
        .unwrap()
        .to_owned();
    insta::assert_snapshot!(rejected(&without), @"
    probe · Probe
      error: your crate has no `pub async fn answer() -> u32`
      help: write it in src/lib.rs

    not graded: no check ran
    ");
}

#[test]
fn that_lacks_a_method_is_told_where_it_belongs() {
    let text = rejected(&with("pub fn count", "pub fn tally"));
    insta::assert_snapshot!(text, @"
    probe · Probe
      error: your crate has no `pub fn count(&self) -> u32` on `Counter`
      help: write it in src/lib.rs, in `impl Counter { … }`

    not graded: no check ran
    ");
}

#[test]
fn that_misspells_a_function_is_asked_whether_it_is_that() {
    insta::assert_snapshot!(rejected(&with("fn answer", "fn anwser")), @"
    probe · Probe
      error: your crate has no `pub async fn answer() -> u32`
        at src/lib.rs:21
      help: there is `pub async fn anwser() -> u32`: is it that?

    not graded: no check ran
    ");
}

#[test]
fn that_misspells_a_type_is_asked_about_the_type_alone() {
    insta::assert_snapshot!(rejected(&reference().replace("Counter", "Conuter")), @"
    probe · Probe
      error: your crate has no `pub struct Counter`
        at src/lib.rs:6
      help: there is `pub struct Conuter`: is it that?

    not graded: no check ran
    ");
}

#[test]
fn that_is_private_is_told_to_be_pub() {
    insta::assert_snapshot!(rejected(&with("pub async fn answer", "async fn answer")), @"
    probe · Probe
      error: `answer` is private
        at src/lib.rs:21
      help: the exercise asks for `pub async fn answer() -> u32`: put `pub` before it

    not graded: no check ran
    ");
    let method = rejected(&with("pub fn count", "pub(crate) fn count"));
    assert!(
        method.contains("error: `count` is private on `Counter`\n    at src/lib.rs:15\n"),
        "{method}"
    );
}

#[test]
fn of_another_signature_is_shown_beside_the_one_that_is_asked_for() {
    let number = rejected(&with(
        "pub async fn answer() -> u32 {",
        "pub async fn answer() -> u64 {",
    ));
    assert!(number.contains("your crate has `pub async fn answer() -> u64`, and the exercise asks for `pub async fn answer() -> u32`\n    at src/lib.rs:21\n"), "{number}");
    assert!(number.contains("expected `u32`, found `u64`"), "{number}");

    let blocking = rejected(&with("pub async fn answer", "pub fn answer"));
    assert!(blocking.contains("your crate has `pub fn answer() -> u32`, and the exercise asks for `pub async fn answer() -> u32`"), "{blocking}");
    assert!(blocking.contains("`u32` is not a future"), "{blocking}");

    let exclusive = rejected(&with("pub fn count(&self)", "pub fn count(&mut self)"));
    assert!(exclusive.contains("your crate has `pub fn count(&mut self) -> u32` on `Counter`, and the exercise asks for `pub fn count(&self) -> u32`"), "{exclusive}");

    let more = rejected(&with("answer() -> u32", "answer(question: &str) -> u32"));
    assert!(more.contains("your crate has `pub async fn answer(question: &str) -> u32`, and the exercise asks for `pub async fn answer() -> u32`"), "{more}");
}

#[test]
fn may_come_from_another_file() {
    let submission =
        Submission::new("mod inner;\npub use inner::*;\n").with("src/inner.rs", reference());
    submission.graded().run().exits(0);
}
