//! What is wanted of squares of residuals, for which first derivatives suffice.

use super::evaluation::Site;
use super::results::{GaussNewton, Gradient, Hvp, ProjectedHessian, Value, Wanted};
use super::shapes::Shape;
use super::source::FreeCoordinates;
use super::target::Target;
use crate::jet::Dual;
use crate::real::{Real, Scalar};

/// What a pass may yield of squared residuals, for which first derivatives suffice: where second ones are
/// wanted, these are Gauss and Newton's ρ' JᵀJ. All [`results`](crate::structured::results) but
/// [`Hessian`](crate::structured::results::Hessian).
#[diagnostic::on_unimplemented(
    message = "no squares of residuals in a pass for `{Self}`",
    note = "a pass of `plan.hessian` has exact Hessians only; `plan.gauss_newton` approximates those of squares"
)]
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
        site: Site<'_, T, S::Index>,
        target: &mut Target<'_, T>,
    );
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
        _: Site<'_, T, S::Index>,
        _: &mut Target<'_, T>,
    ) {
    }
}

/// Those that evaluate residuals on numbers with first derivatives; they differ in what becomes of these.
macro_rules! with_first_derivatives {
    ($($order:ident for $bound:ident: $add:ident;)*) => {$(
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
                site: Site<'_, T, S::Index>,
                target: &mut Target<'_, T>,
            ) {
                $add::<S, T, K, R>(r, weight, &site, target);
            }
        }
    )*};
}

with_first_derivatives! {
    Gradient for Real: add_gradient;
    GaussNewton for Real: add_matrix;
    // which is positive semidefinite as it is
    ProjectedHessian for Scalar: add_matrix;
    Hvp for Real: add_product;
}

/// Adds Jᵀr.
#[inline(always)]
fn add_gradient<S: Shape<K>, T: Real, const K: usize, const R: usize>(
    r: &[Dual<T, K>; R],
    weight: T,
    site: &Site<'_, T, S::Index>,
    target: &mut Target<'_, T>,
) {
    let mut gradient = [T::zero(); K];
    for r in r {
        let (row, value) = (r.gradient(), weight * r.value);
        for a in 0..K {
            gradient[a] += row[a] * value;
        }
    }
    S::spread(&gradient, site.index, &mut target.gradient);
}

/// Adds Jᵀr and JᵀJ.
#[inline(always)]
fn add_matrix<S: Shape<K>, T: Real, const K: usize, const R: usize>(
    r: &[Dual<T, K>; R],
    weight: T,
    site: &Site<'_, T, S::Index>,
    target: &mut Target<'_, T>,
) {
    add_gradient::<S, T, K, R>(r, weight, site, target);
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
    S::scatter(entry, site.index, site.places, site.starts, &mut target.second);
}

/// Adds Jᵀr and JᵀJ v.
#[inline(always)]
fn add_product<S: Shape<K>, T: Real, const K: usize, const R: usize>(
    r: &[Dual<T, K>; R],
    weight: T,
    site: &Site<'_, T, S::Index>,
    target: &mut Target<'_, T>,
) {
    add_gradient::<S, T, K, R>(r, weight, site, target);
    let v: [T; K] =
        S::gather(FreeCoordinates { of: target.direction, held: target.held }, site.index);
    let mut product = [T::zero(); K];
    for r in r {
        let row = r.gradient();
        let along = (0..K).fold(T::zero(), |sum, a| sum + row[a] * v[a]) * weight;
        for a in 0..K {
            product[a] += row[a] * along;
        }
    }
    S::spread(&product, site.index, &mut target.second);
}
