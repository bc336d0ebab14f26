//! What an author gets wrong is told at the place where it is wrong.

#[test]
fn misuse_of_the_macros_is_told_where_it_is() {
    trybuild::TestCases::new().compile_fail("tests/refused/*.rs");
}
