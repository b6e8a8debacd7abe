//! Structs as points: what `#[derive(Point)]` builds upon.
//!
//! The coordinates of a struct stand one behind the other in a [`Flat`], where a pass seeds them; the struct
//! itself is built anew from them for each evaluation.

use alloc::vec;
use alloc::vec::Vec;
use core::array;
use core::slice;

use num_traits::ConstZero;

pub use super::slices::{long_row, write_rows};
use crate::real::Real;

/// Something with a fixed order of numbers: a number, an array, vector or matrix of such things, or a struct
/// that derives `Point`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a field of a point",
    note = "a point's fields are numbers of its type parameter, arrays, `Vec`s, nalgebra's vectors and matrices of them, and structs that derive `Point`"
)]
pub trait Fields {
    /// The type of the numbers.
    type Scalar: Real;

    /// The same with numbers of another type.
    type Of<J: Real>;

    /// How many numbers there are.
    fn count(&self) -> usize;

    /// Calls `visit` with each number, in order.
    fn each(&self, visit: &mut impl FnMut(Self::Scalar));

    /// Notes the lengths that are known at run time only, in order.
    fn lengths(&self, lengths: &mut Vec<usize>);

    /// Puts such a thing together.
    fn build<J: Real>(parts: &mut Parts<'_, J>) -> Self::Of<J>;
}

/// Lengths and numbers that wait to become the fields of a struct.
#[derive(Clone, Debug)]
pub struct Parts<'a, J> {
    lengths: slice::Iter<'a, usize>,
    numbers: slice::Iter<'a, J>,
}

impl<J: Real> Parts<'_, J> {
    fn length(&mut self) -> usize {
        *self.lengths.next().expect("every length is noted")
    }

    fn number(&mut self) -> J {
        *self.numbers.next().expect("every number is counted")
    }
}

/// The coordinates of a struct in their order, and the lengths of its vectors.
#[derive(Clone, Debug)]
pub struct Flat<J> {
    lengths: Vec<usize>,
    coordinates: Vec<J>,
}

impl<J: Real> Flat<J> {
    /// The coordinates of `fields`, number i with the value x replaced by `seed(i, x)`.
    pub fn of<S: Fields>(fields: &S, mut seed: impl FnMut(usize, S::Scalar) -> J) -> Self {
        let mut lengths = Vec::new();
        fields.lengths(&mut lengths);
        let mut coordinates = Vec::with_capacity(fields.count());
        fields.each(&mut |x| coordinates.push(seed(coordinates.len(), x)));
        Self { lengths, coordinates }
    }

    /// The struct with these coordinates.
    pub fn build<S: Fields>(&self) -> S::Of<J> {
        S::build(&mut Parts { lengths: self.lengths.iter(), numbers: self.coordinates.iter() })
    }

    /// The coordinates.
    pub fn coordinates(&mut self) -> &mut [J] {
        &mut self.coordinates
    }
}

/// Number `i` of the fields.
pub fn coordinate<S: Fields>(fields: &S, i: usize) -> S::Scalar {
    let (mut at, mut found) = (0, S::Scalar::ZERO);
    fields.each(&mut |x| {
        if at == i {
            found = x;
        }
        at += 1;
    });
    found
}

/// The square matrix of zeros with `n` rows.
pub fn zeros<T: Real>(n: usize) -> Vec<Vec<T>> {
    vec![vec![T::ZERO; n]; n]
}

impl<T: Real> Fields for T {
    type Scalar = T;
    type Of<J: Real> = J;

    fn count(&self) -> usize {
        1
    }

    fn each(&self, visit: &mut impl FnMut(T)) {
        visit(*self);
    }

    fn lengths(&self, _: &mut Vec<usize>) {}

    fn build<J: Real>(parts: &mut Parts<'_, J>) -> J {
        parts.number()
    }
}

impl<S: Fields, const N: usize> Fields for [S; N] {
    type Scalar = S::Scalar;
    type Of<J: Real> = [S::Of<J>; N];

    fn count(&self) -> usize {
        self.iter().map(S::count).sum()
    }

    fn each(&self, visit: &mut impl FnMut(S::Scalar)) {
        self.iter().for_each(|s| s.each(visit));
    }

    fn lengths(&self, lengths: &mut Vec<usize>) {
        self.iter().for_each(|s| s.lengths(lengths));
    }

    fn build<J: Real>(parts: &mut Parts<'_, J>) -> [S::Of<J>; N] {
        array::from_fn(|_| S::build(parts))
    }
}

impl<S: Fields> Fields for Vec<S> {
    type Scalar = S::Scalar;
    type Of<J: Real> = Vec<S::Of<J>>;

    fn count(&self) -> usize {
        self.iter().map(S::count).sum()
    }

    fn each(&self, visit: &mut impl FnMut(S::Scalar)) {
        self.iter().for_each(|s| s.each(visit));
    }

    fn lengths(&self, lengths: &mut Vec<usize>) {
        lengths.push(self.len());
        self.iter().for_each(|s| s.lengths(lengths));
    }

    fn build<J: Real>(parts: &mut Parts<'_, J>) -> Vec<S::Of<J>> {
        (0..parts.length()).map(|_| S::build(parts)).collect()
    }
}

/// Column by column.
#[cfg(feature = "nalgebra")]
impl<T, R, C> Fields for nalgebra::OMatrix<T, R, C>
where
    T: Real,
    R: nalgebra::Dim,
    C: nalgebra::Dim,
    nalgebra::DefaultAllocator: nalgebra::allocator::Allocator<R, C>,
{
    type Scalar = T;
    type Of<J: Real> = nalgebra::OMatrix<J, R, C>;

    fn count(&self) -> usize {
        self.len()
    }

    fn each(&self, visit: &mut impl FnMut(T)) {
        self.iter().copied().for_each(visit);
    }

    fn lengths(&self, lengths: &mut Vec<usize>) {
        lengths.extend([self.nrows(), self.ncols()]);
    }

    fn build<J: Real>(parts: &mut Parts<'_, J>) -> nalgebra::OMatrix<J, R, C> {
        let (rows, columns) = (R::from_usize(parts.length()), C::from_usize(parts.length()));
        nalgebra::OMatrix::from_fn_generic(rows, columns, |_, _| parts.number())
    }
}

/// The points of a struct with [`Fields`]: itself and a reference to it. The numbers of the passes are
/// those of the point `$model`.
#[doc(hidden)]
#[macro_export]
macro_rules! __points_of_fields {
    (
        [$($parameters:tt)*] [$($bounds:tt)*]
        $t:ident, $here:ty, $j:ident, $there:ty, $model:ty
    ) => {
        $crate::__points_of_fields! {
            @ [] $here; [$($parameters)*] [$($bounds)*] $t, $here, $j, $there, $model
        }
        $crate::__points_of_fields! {
            @ [*] &$here; [$($parameters)*] [$($bounds)*] $t, $here, $j, $there, $model
        }
    };
    (
        @ [$($deref:tt)?] $point:ty; [$($parameters:tt)*] [$($bounds:tt)*]
        $t:ident, $here:ty, $j:ident, $there:ty, $model:ty
    ) => {
        #[automatically_derived]
        impl<$($parameters)*> $crate::Point for $point
        where
            $($bounds)*
        {
            type Scalar = $t;
            type Of<$j: $crate::Real> = $crate::derive::Flat<$j>;
            type Argument<'a, $j: $crate::Real> = $there;
            type Numbers = <$model as $crate::Point>::Numbers;
            type Gradient = $here;

            fn dimension(&self) -> usize {
                $crate::derive::Fields::count($($deref)? self)
            }

            fn coordinate(&self, i: usize) -> $t {
                $crate::derive::coordinate($($deref)? self, i)
            }

            fn seeded<$j: $crate::Real>(
                &self,
                seed: impl ::core::ops::FnMut(usize, $t) -> $j,
            ) -> $crate::derive::Flat<$j> {
                $crate::derive::Flat::of($($deref)? self, seed)
            }

            fn argument<$j: $crate::Real>(seeded: &$crate::derive::Flat<$j>) -> $there {
                seeded.build::<$here>()
            }

            fn coordinates<$j: $crate::Real>(seeded: &mut $crate::derive::Flat<$j>) -> &mut [$j] {
                seeded.coordinates()
            }

            fn gradient(components: $crate::derive::Flat<$t>) -> $here {
                components.build::<$here>()
            }
        }

        #[automatically_derived]
        impl<$($parameters)*> $crate::HessianPoint for $point
        where
            $($bounds)*
        {
            type Hessian = $crate::__Vec<$crate::__Vec<$t>>;

            fn zero_hessian(&self) -> Self::Hessian {
                $crate::derive::zeros($crate::derive::Fields::count($($deref)? self))
            }

            fn entry(hessian: &mut Self::Hessian, i: usize, j: usize) -> &mut $t {
                &mut hessian[i][j]
            }
        }

        // A row of the Jacobian for each output, its entries in the order of the fields.
        #[automatically_derived]
        impl<$($parameters)*, __Y> $crate::Outputs<$point, __Y> for $crate::__Vec<__Y>
        where
            $($bounds)*
        {
            type Values = $crate::__Vec<$t>;
            type Jacobian = $crate::__Vec<$crate::__Vec<$t>>;

            fn count(&self) -> usize {
                self.len()
            }

            fn values(&self, part: impl ::core::ops::Fn(&__Y) -> $t) -> Self::Values {
                self.iter().map(part).collect()
            }

            fn jacobian(
                &self,
                x: &$point,
                partials: impl ::core::ops::Fn(&__Y) -> &[$t],
            ) -> Self::Jacobian {
                let n = $crate::Point::dimension(x);
                self.iter().map(|y| $crate::derive::long_row(partials(y), n)).collect()
            }

            fn write(
                &self,
                jacobian: &mut Self::Jacobian,
                columns: ::core::ops::Range<usize>,
                partials: impl ::core::ops::Fn(&__Y) -> &[$t],
            ) {
                $crate::derive::write_rows(jacobian, self, columns, partials);
            }
        }

        #[automatically_derived]
        impl<$($parameters)*, __Y, const __M: usize> $crate::Outputs<$point, __Y> for [__Y; __M]
        where
            $($bounds)*
        {
            type Values = [$t; __M];
            type Jacobian = [$crate::__Vec<$t>; __M];

            fn count(&self) -> usize {
                __M
            }

            fn values(&self, part: impl ::core::ops::Fn(&__Y) -> $t) -> Self::Values {
                self.each_ref().map(part)
            }

            fn jacobian(
                &self,
                x: &$point,
                partials: impl ::core::ops::Fn(&__Y) -> &[$t],
            ) -> Self::Jacobian {
                let n = $crate::Point::dimension(x);
                self.each_ref().map(|y| $crate::derive::long_row(partials(y), n))
            }

            fn write(
                &self,
                jacobian: &mut Self::Jacobian,
                columns: ::core::ops::Range<usize>,
                partials: impl ::core::ops::Fn(&__Y) -> &[$t],
            ) {
                $crate::derive::write_rows(jacobian, self, columns, partials);
            }
        }
    };
}
