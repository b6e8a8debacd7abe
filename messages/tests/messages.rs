//! Each program in `programs` fails to compile with the messages beside it. They are those of one compiler, the
//! one that CI pins; `TRYBUILD=overwrite cargo test -p gradual-messages` writes them anew.

#[test]
fn say_what_to_do() {
    trybuild::TestCases::new().compile_fail("tests/programs/*.rs");
}
