//! Ratios of times within one run, for `cargo bench -p gradual-benches`: the calls against finite differences by
//! criterion, and function objects, linear algebra and sparse derivatives by turns.
