//! What a pass yields beside the value: the numbers that its terms are evaluated on, and what becomes of
//! their derivatives.

use super::evaluation::Site;
use super::project::project;
use super::shapes::Shape;
use super::source::FreeCoordinates;
use super::target::Target;
use crate::derivatives::{Along, BlockPartials, HessianSize, Size};
use crate::jet::{BlockDual, Dual, HyperDual};
use crate::real::{Real, Scalar};
use crate::sealed::Sealed;

/// What a [`Pass`](super::Pass) yields beside the value: one of the types of [`results`](crate::structured::results).
#[diagnostic::on_unimplemented(message = "`{Self}` is not what a pass yields")]
pub trait Wanted<T: Real>: Copy + 'static + Sealed {
    /// The number that a term with K lanes is evaluated on.
    type Number<const K: usize>: Real<Scalar = T::Scalar>
    where
        Size<K>: HessianSize;

    /// The lanes' values, and their coordinates of the direction, if there is one.
    #[doc(hidden)]
    type Seeds<const K: usize>;

    #[doc(hidden)]
    fn seeds<S: Shape<K>, const K: usize>(
        x: &[T],
        index: &S::Index,
        target: &Target<'_, T>,
    ) -> Self::Seeds<K>;

    /// Lane number `a`.
    #[doc(hidden)]
    fn lane<const K: usize>(seeds: &Self::Seeds<K>, a: usize) -> Self::Number<K>
    where
        Size<K>: HessianSize;

    /// The value of a term.
    #[doc(hidden)]
    fn value<const K: usize>(y: &Self::Number<K>) -> T
    where
        Size<K>: HessianSize;

    /// Adds the derivatives of a term.
    #[doc(hidden)]
    fn collect<S: Shape<K>, const K: usize>(
        y: &Self::Number<K>,
        site: Site<'_, T, S::Index>,
        target: &mut Target<'_, T>,
    ) where
        Size<K>: HessianSize;
}

/// Results that can be [projected](super::Pass::projected): [`Hessian`] and [`GaussNewton`].
pub trait Projectable: Sealed {}

impl Projectable for Hessian {}
impl Projectable for GaussNewton {}

macro_rules! kinds_of_result {
    ($($(#[$meta:meta])* $name:ident;)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl Sealed for $name {}
    )*};
}

kinds_of_result! {
    /// The value alone.
    Value;
    /// The value and the gradient.
    Gradient;
    /// The value, the gradient and the Hessian.
    Hessian;
    /// The value, the gradient, and the Hessian with every element's part made positive semidefinite.
    ProjectedHessian;
    /// The value, the gradient, and the product of the Hessian with a direction.
    Hvp;
    /// The value, the gradient, and Gauss and Newton's approximation of the Hessian.
    GaussNewton;
}

impl<T: Real> Wanted<T> for Value {
    type Number<const K: usize>
        = T
    where
        Size<K>: HessianSize;

    type Seeds<const K: usize> = [T; K];

    #[inline(always)]
    fn seeds<S: Shape<K>, const K: usize>(x: &[T], index: &S::Index, _: &Target<'_, T>) -> [T; K] {
        S::gather(x, index)
    }

    #[inline(always)]
    fn lane<const K: usize>(x: &[T; K], a: usize) -> T
    where
        Size<K>: HessianSize,
    {
        x[a]
    }

    #[inline(always)]
    fn value<const K: usize>(y: &T) -> T
    where
        Size<K>: HessianSize,
    {
        *y
    }

    #[inline(always)]
    fn collect<S: Shape<K>, const K: usize>(_: &T, _: Site<'_, T, S::Index>, _: &mut Target<'_, T>)
    where
        Size<K>: HessianSize,
    {
    }
}

/// Those whose numbers have a unit in the lane of each variable; they differ in the number, and in what
/// becomes of its derivatives.
macro_rules! with_unit_lanes {
    ($($order:ident for $bound:ident: $number:ident, $add:ident;)*) => {$(
        impl<T: $bound> Wanted<T> for $order {
            type Number<const K: usize>
                = $number<T, K>
            where
                Size<K>: HessianSize;

            type Seeds<const K: usize> = [T; K];

            #[inline(always)]
            fn seeds<S: Shape<K>, const K: usize>(
                x: &[T],
                index: &S::Index,
                _: &Target<'_, T>,
            ) -> [T; K] {
                S::gather(x, index)
            }

            #[inline(always)]
            fn lane<const K: usize>(x: &[T; K], a: usize) -> $number<T, K>
            where
                Size<K>: HessianSize,
            {
                $number::variable(x[a], a)
            }

            #[inline(always)]
            fn value<const K: usize>(y: &$number<T, K>) -> T
            where
                Size<K>: HessianSize,
            {
                y.value
            }

            #[inline(always)]
            fn collect<S: Shape<K>, const K: usize>(
                y: &$number<T, K>,
                site: Site<'_, T, S::Index>,
                target: &mut Target<'_, T>,
            ) where
                Size<K>: HessianSize,
            {
                $add::<S, T, K>(y, site, target);
            }
        }
    )*};
}

with_unit_lanes! {
    Gradient for Real: Dual, add_gradient;
    Hessian for Real: HyperDual, add_hessian;
    GaussNewton for Real: HyperDual, add_hessian;
    ProjectedHessian for Scalar: HyperDual, add_projected;
}

/// Adds the gradient of a term.
#[inline(always)]
fn add_gradient<S: Shape<K>, T: Real, const K: usize>(
    y: &Dual<T, K>,
    site: Site<'_, T, S::Index>,
    target: &mut Target<'_, T>,
) {
    S::spread(&y.gradient(), site.index, &mut target.gradient);
}

/// Adds the gradient and the Hessian of a term.
#[inline(always)]
fn add_hessian<S: Shape<K>, T: Real, const K: usize>(
    y: &HyperDual<T, K>,
    site: Site<'_, T, S::Index>,
    target: &mut Target<'_, T>,
) where
    Size<K>: HessianSize,
{
    S::spread(&y.gradient(), site.index, &mut target.gradient);
    S::scatter(
        |a, b| y.second_partial(a, b),
        site.index,
        site.places,
        site.starts,
        &mut target.second,
    );
}

/// Adds the gradient and the projected Hessian of a term.
#[inline(always)]
fn add_projected<S: Shape<K>, T: Scalar, const K: usize>(
    y: &HyperDual<T, K>,
    site: Site<'_, T, S::Index>,
    target: &mut Target<'_, T>,
) where
    Size<K>: HessianSize,
{
    S::spread(&y.gradient(), site.index, &mut target.gradient);
    let mut h = y.hessian();
    project(&mut h);
    S::scatter(|a, b| h[a][b], site.index, site.places, site.starts, &mut target.second);
}

impl<T: Real> Wanted<T> for Hvp {
    type Number<const K: usize>
        = BlockDual<T, K, 1>
    where
        Size<K>: HessianSize;

    type Seeds<const K: usize> = ([T; K], [T; K]);

    #[inline(always)]
    fn seeds<S: Shape<K>, const K: usize>(
        x: &[T],
        index: &S::Index,
        target: &Target<'_, T>,
    ) -> ([T; K], [T; K]) {
        let direction = FreeCoordinates { of: target.direction, held: target.held };
        (S::gather(x, index), S::gather(direction, index))
    }

    #[inline(always)]
    fn lane<const K: usize>((x, v): &([T; K], [T; K]), a: usize) -> BlockDual<T, K, 1>
    where
        Size<K>: HessianSize,
    {
        BlockDual { value: x[a], derivatives: BlockPartials::seed_along(Some(a), v[a]) }
    }

    #[inline(always)]
    fn value<const K: usize>(y: &BlockDual<T, K, 1>) -> T
    where
        Size<K>: HessianSize,
    {
        y.value
    }

    #[inline(always)]
    fn collect<S: Shape<K>, const K: usize>(
        y: &BlockDual<T, K, 1>,
        site: Site<'_, T, S::Index>,
        target: &mut Target<'_, T>,
    ) where
        Size<K>: HessianSize,
    {
        S::spread(y.derivatives.rows(), site.index, &mut target.gradient);
        S::spread(&y.derivatives.mixed().map(|[product]| product), site.index, &mut target.second);
    }
}
