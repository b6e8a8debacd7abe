//! [`Series`]: the Taylor coefficients of a function at a point.

use core::fmt::Debug;
use core::ops::Index;

use crate::law::Law;
use crate::sealed::Sealed;

/// The Taylor coefficients c_1, c_2, ..., c_K of a function at a point, c_k = f⁽ᵏ⁾(x) / k!.
///
/// A kind of derivative says by its [`Derivatives::Series`](crate::derivatives::Derivatives::Series)
/// how many it wants: `[T; 1]` for first partials, `[T; 2]` for second ones, `[T; K]` in general.
pub trait Series<T>: Copy + Debug + Sealed + 'static {
    /// K, the number of coefficients.
    const ORDER: usize;

    /// Grows the series from its first coefficient: `next(k, known)` gives c_k from
    /// `known[0] = value`, `known[1]`, ..., `known[k - 1]`.
    fn grow(value: T, first: T, next: impl FnMut(usize, Known<'_, T>) -> T) -> Self;

    /// c_1, c_2, ..., c_K.
    fn coefficients(&self) -> &[T];
}

/// A function that knows its Taylor series at a point, to any order: a row of a table of functions.
pub trait Row<T>: Copy {
    /// The value and the Taylor coefficients at x.
    fn at<S: Series<T>>(self, x: T) -> (T, S);

    /// The differential equation that the function obeys near x.
    #[inline(always)]
    fn law(self, x: T) -> Law<T> {
        let _ = x;
        Law::Unknown
    }
}

/// Names functions of this module as rows of a table, a line each: the function, which gives the value and the
/// coefficients at x, and its [`Law`] there.
///
/// ```text
/// table! {
///     exp: |_| Law::Exponential { rate: lit(1.0), level: lit(0.0) };
///     erf: |_| Law::Unknown;
/// }
/// ```
///
/// makes `row::exp` and `row::erf`, of which `x.apply(row::exp)` is the exponential of the jet x.
macro_rules! table {
    ($($name:ident: |$x:pat_param| $law:expr;)*) => {
        /// The functions of the table as values.
        pub(crate) mod row {
            use super::*;

            $(
                #[allow(non_camel_case_types)]
                #[derive(Clone, Copy)]
                pub(crate) struct $name;

                impl<T: $crate::real::Scalar> $crate::series::Row<T> for $name {
                    #[inline]
                    fn at<S: $crate::series::Series<T>>(self, x: T) -> (T, S) {
                        super::$name(x)
                    }

                    #[inline(always)]
                    fn law(self, $x: T) -> $crate::law::Law<T> {
                        $law
                    }
                }
            )*
        }
    };
}
pub(crate) use table;

/// The coefficients that are known while a series grows, indexed by their order from 0.
pub struct Known<'a, T> {
    value: T,
    rest: &'a [T],
}

impl<T> Index<usize> for Known<'_, T> {
    type Output = T;

    #[inline]
    fn index(&self, k: usize) -> &T {
        if k == 0 { &self.value } else { &self.rest[k - 1] }
    }
}

impl<T, const K: usize> Sealed for [T; K] {}

impl<T: Copy + Debug + 'static, const K: usize> Series<T> for [T; K] {
    const ORDER: usize = K;

    #[inline]
    fn grow(value: T, first: T, mut next: impl FnMut(usize, Known<'_, T>) -> T) -> Self {
        let mut coefficients = [first; K];
        for k in 2..=K {
            let (rest, unknown) = coefficients.split_at_mut(k - 1);
            unknown[0] = next(k, Known { value, rest });
        }
        coefficients
    }

    #[inline]
    fn coefficients(&self) -> &[T] {
        self
    }
}
