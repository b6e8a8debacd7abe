//! [`Object`]: what the macros make of a closure's text.

use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;

use super::numbers::Numbers;
use super::output::{Output, ScalarOutput, VectorOutput};
use super::{Function, JacobianAt, Row, ValuesAt};
use crate::calculus::JacobianError;
use crate::points::{HessianPoint, Outputs, Point};

/// A function object: what [`function!`](crate::function!) and its sisters make. It returns `Y` on plain
/// floats. `C` holds the closures, whose types have no name; a function that returns an object says
/// `impl Function`.
///
/// Objects that borrow what they capture are `Copy`, those made with `move` are `Clone` where the captured
/// values are.
pub struct Object<Y, C> {
    pub(super) numbers: C,
    output: PhantomData<fn() -> Y>,
}

impl<Y: Output, C> Object<Y, C> {
    pub(super) fn new(numbers: C) -> Self {
        Self { numbers, output: PhantomData }
    }
}

impl<Y, C: Clone> Clone for Object<Y, C> {
    fn clone(&self) -> Self {
        Self { numbers: self.numbers.clone(), output: PhantomData }
    }
}

impl<Y, C: Copy> Copy for Object<Y, C> {}

impl<Y, C> fmt::Debug for Object<Y, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Object").finish_non_exhaustive()
    }
}

/// The methods of [`Function`], for objects without the trait in scope.
macro_rules! methods {
    ($(
        $(#[$attribute:meta])*
        $name:ident[$($generics:tt)*]($($argument:ident: $type:ty),*) -> $result:ty
        where [$($bounds:tt)*]
    )*) => {
        impl<Y: Output, C: Numbers<Y>> Object<Y, C> {$(
            #[doc = concat!("See [`Function::", stringify!($name), "`].")]
            #[allow(clippy::type_complexity)]
            #[inline]
            $(#[$attribute])*
            pub fn $name<$($generics)*>(&self, $($argument: $type),*) -> $result
            where
                $($bounds)*
            {
                Function::$name(self, $($argument),*)
            }
        )*}
    };
}

methods! {
    #[must_use]
    value[P](x: P) -> Y::Of<f64>
    where [P: Point<Scalar = f64>]

    #[must_use]
    gradient[P](x: P) -> Y::Outcome<(f64, P::Gradient)>
    where [Y: ScalarOutput, P: Point<Scalar = f64>]

    #[must_use]
    hessian[P](x: P) -> Y::Outcome<(f64, P::Gradient, P::Hessian)>
    where [Y: ScalarOutput, P: HessianPoint<Scalar = f64>]

    #[must_use]
    laplacian[P](x: P) -> Y::Outcome<(f64, P::Gradient, f64)>
    where [Y: ScalarOutput, P: Point<Scalar = f64>]

    #[must_use]
    #[track_caller]
    partial[P](x: P, i: usize) -> Y::Outcome<(f64, f64)>
    where [Y: ScalarOutput, P: Point<Scalar = f64>]

    #[must_use]
    #[track_caller]
    second_directional_derivative[P, V](x: P, v: V) -> Y::Outcome<(f64, f64, f64)>
    where [Y: ScalarOutput, P: Point<Scalar = f64>, V: Point<Scalar = f64, Gradient = P::Gradient>]

    #[must_use]
    #[track_caller]
    divergence[P](x: P) -> Y::Outcome<(ValuesAt<P>, f64)>
    where [Y: VectorOutput, P: Point<Scalar = f64>, Vec<Row>: Outputs<P, Row>]

    #[must_use]
    #[track_caller]
    hvp[P, V](x: P, v: V) -> Y::Outcome<(f64, P::Gradient, P::Gradient)>
    where [Y: ScalarOutput, P: Point<Scalar = f64>, V: Point<Scalar = f64, Gradient = P::Gradient>]

    #[must_use]
    #[track_caller]
    directional_derivative[P, V](x: P, v: V) -> Y::Outcome<(f64, f64)>
    where [Y: ScalarOutput, P: Point<Scalar = f64>, V: Point<Scalar = f64, Gradient = P::Gradient>]

    #[must_use]
    #[track_caller]
    jacobian[P](x: P) -> Y::Outcome<(ValuesAt<P>, JacobianAt<P>)>
    where [Y: VectorOutput, P: Point<Scalar = f64>, Vec<Row>: Outputs<P, Row>]

    try_jacobian[P](x: P) -> Result<(ValuesAt<P>, JacobianAt<P>), JacobianError<Y::Error>>
    where [Y: VectorOutput, P: Point<Scalar = f64>, Vec<Row>: Outputs<P, Row>]

    #[must_use]
    #[track_caller]
    jvp[P, V](x: P, v: V) -> Y::Outcome<(ValuesAt<P>, ValuesAt<P>)>
    where [Y: VectorOutput, P: Point<Scalar = f64>, V: Point<Scalar = f64, Gradient = P::Gradient>, Vec<Row>: Outputs<P, Row>]
}
