//! How the macros say a mistake in a text once, and not once for each of its numbers.
//!
//! The copies of a text are type-checked side by side, so a mistake in it is one in each of them. Here the copies depend on
//! the first: it is a closure on `Dual<f64, 4>` whose result R is inferred, and the other closures are typed through R, by
//! [`Kin`]. Where R is in error, so are their types, and the compiler is silent on them. Then [`Returned`] asks whether R is
//! what the macro wants; as one type is, this also infers what `.sum()`, `.collect()` and `.into()` at the end of a text make.
//! What it returns is named through R once more, so that a wrong R is silent in all that follows.

use alloc::vec::Vec;
use core::marker::PhantomData;

use crate::jet::Dual;

/// The number of the first copy. Any jet would do.
type Number = Dual<f64, 4>;

/// What a text returns on [`Number`], and what it then takes and returns on the number N.
///
/// A type that is a mistake takes [`Number`] everywhere: what the compiler says of the copies is then the same, and it says
/// the same thing once. Of floats there are two, so that a literal alone does not say which it is.
#[doc(hidden)]
pub trait Kin {
    type Argument<N>;
    type Of<N>;
}

macro_rules! kin {
    ($([$($parameters:tt)*] $first:ty => $argument:ty, $other:ty;)*) => {$(
        impl<$($parameters)*> Kin for $first {
            type Argument<N> = $argument;
            type Of<N> = $other;
        }
    )*};
}

kin! {
    [] Number => N, N;
    [] Vec<Number> => N, Vec<N>;
    [E] Result<Number, E> => N, Result<N, E>;
    [E] Result<Vec<Number>, E> => N, Result<Vec<N>, E>;
    // mistakes
    [const M: usize] [Number; M] => Number, Self;
    [] Option<Number> => Number, Self;
    [] Option<Vec<Number>> => Number, Self;
    [] f64 => Number, Self;
    [] f32 => Number, Self;
    [] Vec<f64> => Number, Self;
    [] Vec<f32> => Number, Self;
    [const M: usize] [f64; M] => Number, Self;
    [const M: usize] [f32; M] => Number, Self;
    [] i32 => Number, Self;
    [] usize => Number, Self;
    [] bool => Number, Self;
    [] () => Number, Self;
}

/// Holds for the one type R that a text may return on [`Number`] if it is to return Y on `f64`. (Y is a parameter of [`First`]
/// and not named where the macros ask: if the compiler knew Y before R, it would take R for what it should be.)
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "the text of this function returns `{R}`, which is not what `{Y}` is on jets",
    label = "returns `{R}`",
    note = "`function!` takes a text that returns a number, `vector_function!` one that returns a `Vec` of numbers, by \
            `vec![...]` or `.collect()`, the `try_` forms a `Result` of these",
    note = "a constant that stands alone becomes a number by `.into()`: `0.0.into()`"
)]
pub trait Returned<Y, R> {
    type Right;
    fn returned(first: &First<Y, R>) -> Self::Right;
}

macro_rules! right {
    ($([$($parameters:tt)*] $y:ty, $r:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($parameters)*> Returned<$y, $r> for () {
            type Right = Right;
            #[inline]
            fn returned(_: &First<$y, $r>) -> Right {
                Right
            }
        }
    )*};
}

right! {
    [] f64, Number;
    [] Vec<f64>, Vec<Number>;
    [E] Result<f64, E>, Result<Number, E>;
    [E] Result<Vec<f64>, E>, Result<Vec<Number>, E>;
}

/// The result R of the first copy, in a function that is to return Y.
#[doc(hidden)]
pub struct First<Y, R>(PhantomData<fn() -> (Y, R)>);

/// Says that the first copy returns what is wanted.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Right;

impl Right {
    /// What it is given.
    #[inline]
    pub fn pass<T>(self, x: T) -> T {
        x
    }

    /// f(x)
    #[inline]
    pub fn call<N, Z>(self, f: impl Fn(&[N]) -> Z, x: &[N]) -> Z {
        f(x)
    }
}

/// The first copy of a text, which is never evaluated.
#[doc(hidden)]
#[inline]
pub fn first<Y, R, F: Fn(&[Number]) -> R>(_: F) -> First<Y, R> {
    First(PhantomData)
}

/// The copy for the number N.
#[doc(hidden)]
#[inline]
pub fn next<N, Y, R: Kin, F: Fn(&[R::Argument<N>]) -> R::Of<N>>(
    _: &First<Y, R>,
    _: PhantomData<N>,
    f: F,
) -> F {
    f
}
