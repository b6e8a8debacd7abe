//! What is wanted of a sum: the numbers that its terms are evaluated on, and what becomes of their
//! derivatives.

use super::project::project;
use super::shapes::Shape;
use super::source::Free;
use super::target::Target;
use crate::derivatives::{Along, BlockPartials, HessianSize, Size};
use crate::jet::{BlockDual, Dual, HyperDual};
use crate::real::{Real, Scalar};

/// What a [`Pass`](super::Pass) yields beside the value: nothing ([`Value`]), the gradient ([`Slope`]),
/// and the Hessian too ([`Curvature`], [`Projected`]), approximately ([`GaussNewton`]) or its product
/// with a vector ([`Product`]). Implemented for these only.
pub trait Wanted<T: Real>: Copy + 'static + sealed::Sealed {
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
        index: &S::Index,
        places: &[u32],
        starts: &[u32],
        target: &mut Target<'_, T>,
    ) where
        Size<K>: HessianSize;
}

/// What is wanted of a sum of squared residuals, which first derivatives suffice for: where second ones
/// are wanted, these are Gauss and Newton's ρ' JᵀJ. Implemented for [`Value`], [`Slope`], [`GaussNewton`],
/// [`Projected`] and [`Product`].
pub trait SumOfSquares<T: Real>: Wanted<T> {
    /// The number that the residuals of an element with K lanes are evaluated on.
    type Residual<const K: usize>: Real<Scalar = T::Scalar>;

    /// Lane number `a` of an element.
    #[doc(hidden)]
    fn residual_lane<const K: usize>(x: &[T; K], a: usize) -> Self::Residual<K>;

    /// The value of a residual.
    #[doc(hidden)]
    fn residual<const K: usize>(r: &Self::Residual<K>) -> T;

    /// Adds the derivatives of `weight` · ½|r|², with a constant weight.
    #[doc(hidden)]
    fn collect_squares<S: Shape<K>, const K: usize, const R: usize>(
        r: &[Self::Residual<K>; R],
        weight: T,
        index: &S::Index,
        places: &[u32],
        starts: &[u32],
        target: &mut Target<'_, T>,
    );
}

/// Results that can be [projected](super::Pass::projected).
pub trait Projectable: sealed::Sealed {}

impl Projectable for Curvature {}
impl Projectable for GaussNewton {}

mod sealed {
    pub trait Sealed {}
}

macro_rules! kinds_of_result {
    ($($(#[$meta:meta])* $name:ident;)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl sealed::Sealed for $name {}
    )*};
}

kinds_of_result! {
    /// The value alone.
    Value;
    /// The value and the gradient.
    Slope;
    /// The value, the gradient and the Hessian.
    Curvature;
    /// The value, the gradient, and the Hessian with every element's part made positive semidefinite.
    Projected;
    /// The value, the gradient, and the product of the Hessian with a direction.
    Product;
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
    fn collect<S: Shape<K>, const K: usize>(
        _: &T,
        _: &S::Index,
        _: &[u32],
        _: &[u32],
        _: &mut Target<'_, T>,
    ) where
        Size<K>: HessianSize,
    {
    }
}

impl<T: Real> Wanted<T> for Slope {
    type Number<const K: usize>
        = Dual<T, K>
    where
        Size<K>: HessianSize;

    type Seeds<const K: usize> = [T; K];

    #[inline(always)]
    fn seeds<S: Shape<K>, const K: usize>(x: &[T], index: &S::Index, _: &Target<'_, T>) -> [T; K] {
        S::gather(x, index)
    }

    #[inline(always)]
    fn lane<const K: usize>(x: &[T; K], a: usize) -> Dual<T, K>
    where
        Size<K>: HessianSize,
    {
        Dual::variable(x[a], a)
    }

    #[inline(always)]
    fn value<const K: usize>(y: &Dual<T, K>) -> T
    where
        Size<K>: HessianSize,
    {
        y.value
    }

    #[inline(always)]
    fn collect<S: Shape<K>, const K: usize>(
        y: &Dual<T, K>,
        index: &S::Index,
        _: &[u32],
        _: &[u32],
        target: &mut Target<'_, T>,
    ) where
        Size<K>: HessianSize,
    {
        S::spread(&y.gradient(), index, &mut target.gradient);
    }
}

/// Those that evaluate terms on [`HyperDual`] numbers; they differ in what becomes of the Hessian.
macro_rules! second_order {
    ($($order:ident for $bound:ident: $scatter:ident;)*) => {$(
        impl<T: $bound> Wanted<T> for $order {
            type Number<const K: usize>
                = HyperDual<T, K>
            where
                Size<K>: HessianSize;

            type Seeds<const K: usize> = [T; K];

            #[inline(always)]
            fn seeds<S: Shape<K>, const K: usize>(x: &[T], index: &S::Index, _: &Target<'_, T>) -> [T; K] {
                S::gather(x, index)
            }

            #[inline(always)]
            fn lane<const K: usize>(x: &[T; K], a: usize) -> HyperDual<T, K>
            where
                Size<K>: HessianSize,
            {
                HyperDual::variable(x[a], a)
            }

            #[inline(always)]
            fn value<const K: usize>(y: &HyperDual<T, K>) -> T
            where
                Size<K>: HessianSize,
            {
                y.value
            }

            #[inline(always)]
            fn collect<S: Shape<K>, const K: usize>(
                y: &HyperDual<T, K>,
                index: &S::Index,
                places: &[u32],
                starts: &[u32],
                target: &mut Target<'_, T>,
            ) where
                Size<K>: HessianSize,
            {
                S::spread(&y.gradient(), index, &mut target.gradient);
                $scatter::<S, T, K>(y, index, places, starts, target);
            }
        }
    )*};
}

second_order! {
    Curvature for Real: scatter;
    GaussNewton for Real: scatter;
    Projected for Scalar: scatter_projected;
}

/// Adds the Hessian of a term.
#[inline(always)]
fn scatter<S: Shape<K>, T: Real, const K: usize>(
    y: &HyperDual<T, K>,
    index: &S::Index,
    places: &[u32],
    starts: &[u32],
    target: &mut Target<'_, T>,
) where
    Size<K>: HessianSize,
{
    S::scatter(|a, b| y.second_partial(a, b), index, places, starts, &mut target.second);
}

/// Adds the projected Hessian of a term.
#[inline(always)]
fn scatter_projected<S: Shape<K>, T: Scalar, const K: usize>(
    y: &HyperDual<T, K>,
    index: &S::Index,
    places: &[u32],
    starts: &[u32],
    target: &mut Target<'_, T>,
) where
    Size<K>: HessianSize,
{
    let mut h = y.hessian();
    project(&mut h);
    S::scatter(|a, b| h[a][b], index, places, starts, &mut target.second);
}

impl<T: Real> Wanted<T> for Product {
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
        let direction = Free { vector: target.direction, held: target.held };
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
        index: &S::Index,
        _: &[u32],
        _: &[u32],
        target: &mut Target<'_, T>,
    ) where
        Size<K>: HessianSize,
    {
        S::spread(y.derivatives.rows(), index, &mut target.gradient);
        S::spread(&y.derivatives.mixed().map(|[product]| product), index, &mut target.second);
    }
}

impl<T: Real> SumOfSquares<T> for Value {
    type Residual<const K: usize> = T;

    #[inline(always)]
    fn residual_lane<const K: usize>(x: &[T; K], a: usize) -> T {
        x[a]
    }

    #[inline(always)]
    fn residual<const K: usize>(r: &T) -> T {
        *r
    }

    #[inline(always)]
    fn collect_squares<S: Shape<K>, const K: usize, const R: usize>(
        _: &[T; R],
        _: T,
        _: &S::Index,
        _: &[u32],
        _: &[u32],
        _: &mut Target<'_, T>,
    ) {
    }
}

impl<T: Real> SumOfSquares<T> for Slope {
    type Residual<const K: usize> = Dual<T, K>;

    #[inline(always)]
    fn residual_lane<const K: usize>(x: &[T; K], a: usize) -> Dual<T, K> {
        Dual::variable(x[a], a)
    }

    #[inline(always)]
    fn residual<const K: usize>(r: &Dual<T, K>) -> T {
        r.value
    }

    #[inline(always)]
    fn collect_squares<S: Shape<K>, const K: usize, const R: usize>(
        r: &[Dual<T, K>; R],
        weight: T,
        index: &S::Index,
        _: &[u32],
        _: &[u32],
        target: &mut Target<'_, T>,
    ) {
        let mut gradient = [T::zero(); K];
        for r in r {
            let (row, value) = (r.gradient(), weight * r.value);
            for a in 0..K {
                gradient[a] += row[a] * value;
            }
        }
        S::spread(&gradient, index, &mut target.gradient);
    }
}

/// Those that want the matrix; it is positive semidefinite as it is.
macro_rules! gauss_newton {
    ($($order:ident for $bound:ident;)*) => {$(
impl<T: $bound> SumOfSquares<T> for $order {
    type Residual<const K: usize> = Dual<T, K>;

    #[inline(always)]
    fn residual_lane<const K: usize>(x: &[T; K], a: usize) -> Dual<T, K> {
        Dual::variable(x[a], a)
    }

    #[inline(always)]
    fn residual<const K: usize>(r: &Dual<T, K>) -> T {
        r.value
    }

    #[inline(always)]
    fn collect_squares<S: Shape<K>, const K: usize, const R: usize>(
        r: &[Dual<T, K>; R],
        weight: T,
        index: &S::Index,
        places: &[u32],
        starts: &[u32],
        target: &mut Target<'_, T>,
    ) {
        Slope::collect_squares::<S, K, R>(r, weight, index, places, starts, target);
        // Entries are computed where they are added: a matrix in between would cost as much again.
        let (mut rows, mut weighted) = ([[T::zero(); K]; R], [[T::zero(); K]; R]);
        for k in 0..R {
            rows[k] = r[k].gradient();
            for a in 0..K {
                weighted[k][a] = weight * rows[k][a];
            }
        }
        let entry = |a: usize, b: usize| {
            let product = |k: usize| weighted[k][a] * rows[k][b];
            (1..R).fold(product(0), |sum, k| sum + product(k))
        };
        S::scatter(entry, index, places, starts, &mut target.second);
    }
}
    )*};
}

gauss_newton! {
    GaussNewton for Real;
    Projected for Scalar;
}

impl<T: Real> SumOfSquares<T> for Product {
    type Residual<const K: usize> = Dual<T, K>;

    #[inline(always)]
    fn residual_lane<const K: usize>(x: &[T; K], a: usize) -> Dual<T, K> {
        Dual::variable(x[a], a)
    }

    #[inline(always)]
    fn residual<const K: usize>(r: &Dual<T, K>) -> T {
        r.value
    }

    #[inline(always)]
    fn collect_squares<S: Shape<K>, const K: usize, const R: usize>(
        r: &[Dual<T, K>; R],
        weight: T,
        index: &S::Index,
        places: &[u32],
        starts: &[u32],
        target: &mut Target<'_, T>,
    ) {
        Slope::collect_squares::<S, K, R>(r, weight, index, places, starts, target);
        let v: [T; K] = S::gather(Free { vector: target.direction, held: target.held }, index);
        let mut product = [T::zero(); K];
        for r in r {
            let row = r.gradient();
            let along = (0..K).fold(T::zero(), |sum, a| sum + row[a] * v[a]) * weight;
            for a in 0..K {
                product[a] += row[a] * along;
            }
        }
        S::spread(&product, index, &mut target.second);
    }
}
