//! How many lanes the shapes of nodes have: arithmetic that types cannot do, so that the compiler finds
//! K by itself.

use super::{Among, Between, Relative};

/// The shape has K lanes: A D for A nodes of D coordinates, P + Q for two nodes of P and Q coordinates,
/// (A - 1) D for the differences of A nodes. There are at most 32.
#[diagnostic::on_unimplemented(
    message = "elements of the shape `{Self}` do not have {K} lanes",
    note = "elements of nodes have at most 32 lanes: A·D for `Among<A, D>`, P + Q for `Between<P, Q>` \
            (P and Q at most 16), (A - 1)·D for `Relative<A, _, D>`"
)]
pub trait Lanes<const K: usize> {}

macro_rules! of_one_family {
    ($($d:literal: $($a:literal)*;)*) => {$($(
        impl Lanes<{ $a * $d }> for Among<$a, $d> {}
        impl Lanes<{ $a * $d }> for Relative<{ $a + 1 }, $a, $d> {}
    )*)*};
}

of_one_family! {
    1: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32;
    2: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16;
    3: 1 2 3 4 5 6 7 8 9 10;
    4: 1 2 3 4 5 6 7 8;
    5: 1 2 3 4 5 6;
    6: 1 2 3 4 5;
    7: 1 2 3 4;
    8: 1 2 3 4;
    9: 1 2 3;
    10: 1 2 3;
    11: 1 2;
    12: 1 2;
    13: 1 2;
    14: 1 2;
    15: 1 2;
    16: 1 2;
}

macro_rules! of_two_families {
    ($($p:literal)*) => { of_two_families! { @ [$($p)*] $($p)* } };
    (@ $all:tt $($p:literal)*) => { $(of_two_families! { @@ $p $all })* };
    (@@ $p:literal [$($q:literal)*]) => { $(impl Lanes<{ $p + $q }> for Between<$p, $q> {})* };
}

of_two_families! { 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 }
