//! The reference answer is what these programs are compiled with.

#[test]
fn no_program_compiles_with_the_reference_and_every_twin_does() {
    let cases = trybuild::TestCases::new();
    cases.pass("*/twin.rs");
    cases.compile_fail("*/escapes.rs");
}
