//! What the compiler says of wrong input to the macros.
//!
//! `TRYBUILD=overwrite cargo test -p aliya-macros` rewrites the expected messages. The inputs do
//! without the runtime, so that they compile fast: a wrong item expands to its errors alone.

#[test]
fn mistakes_are_reported_where_they_are() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
