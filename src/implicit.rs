//! Derivatives of solutions through the equations that define them.

use core::error::Error;
use core::fmt;

use nalgebra::{DMatrix, DVector, RealField};

use crate::linalg::Inverse;
use crate::points::{Point, SquareMatrix};
use crate::real::Real;

/// The derivatives of a solution x of r(x, p) = 0 with respect to everything that the jets in `residual`
/// depend on: linear solves, roots, fixed points, eigenpairs, stationary points.
///
/// `solution` is x in plain floats, from any solver, at whatever is a [point](crate::points); `jacobian` is A = ∂r/∂x
/// there, in plain floats; `residual` is r as a function of x in jet arithmetic, with the parameters p as jets inside, in
/// the container of x. The result, in the same container, has the value of `solution`, bit for bit, and the derivatives
/// that the equation implies.
///
/// *Why it works.* The exact jet x satisfies r(x) = 0. If y agrees with x up to order k, then
/// r(y) = r'(x) (y - x) + ..., and as r' = A + (terms of order 1), the step y - A⁻¹ r(y) agrees with x
/// up to order k + 1. The solution itself is right to order 0, so one step for each order of the
/// jet is enough, with the same A⁻¹: one step for `Dual`, two for `HyperDual` and `Dual<Dual>`
/// (Griewank and Walther, Evaluating Derivatives, 2nd ed., section 15.2; for the first order it is the
/// implicit function theorem).
///
/// Iterative solvers need this: they stop when the value has converged, which the derivatives may not
/// have done, and decompositions skip work where a value is exactly zero.
///
/// The number type has to be named, as the plain arguments do not say it: `implicit::<Dual, _>(...)`.
///
/// # Errors
/// [`SingularJacobian`] if A has no inverse, or none beyond rounding: the solution is not a
/// differentiable function of p, or cannot be told from one that is not: the entries of one row, each
/// changed by n ε of itself or less, make A singular. The units of equations and unknowns (the scaling of
/// rows and columns) do not matter. Entries that are not finite are an error as well.
///
/// # Panics
/// If `jacobian` is not square of the length of `solution`, or `residual` returns another number of components.
///
/// ```
/// use gradual::{HyperDual, implicit};
/// use nalgebra::{matrix, vector};
///
/// // the cube root of p as the root of x³ - p, at p = 8 where x = 2
/// let p = HyperDual::<f64>::variable(8.0, 0);
/// let x = implicit::<HyperDual, _>(&vector![2.0], &matrix![12.0], |x| vector![x[0].powi(3) - p]);
/// let x = x.unwrap()[0];
/// let direct = p.cbrt();
/// assert_eq!((x.value, x.partial(0)), (2.0, direct.partial(0)));
/// assert!((x.second_partial(0, 0) - direct.second_partial(0, 0)).abs() < 1e-17);
/// ```
///
/// Arrays and slices do as well, with rows for the Jacobian:
///
/// ```
/// use gradual::{Dual, implicit};
///
/// // where the line y = p x meets the unit circle, at p = 3/4: the point (4/5, 3/5)
/// let p = Dual::<f64>::variable(0.75, 0);
/// let jacobian = [[1.6, 1.2], [-0.75, 1.0]];
/// let [x, y] = implicit::<Dual, _>([0.8, 0.6], &jacobian, |[x, y]| [x * x + y * y - 1.0, y - p * x]).unwrap();
/// assert!((x.partial(0) + 0.384).abs() < 1e-15 && (y.partial(0) - 0.512).abs() < 1e-15);
/// ```
#[track_caller]
pub fn implicit<J, P>(
    solution: P,
    jacobian: &impl SquareMatrix<Scalar = J::Scalar>,
    mut residual: impl FnMut(P::Argument<'_, J>) -> P::Of<J>,
) -> Result<P::Of<J>, SingularJacobian>
where
    J: Real<Scalar: RealField>,
    P: Point<Scalar = J::Scalar>,
{
    let (n, rows) = (solution.dimension(), jacobian.size());
    assert!(rows == n, "the Jacobian is {rows} × {rows} and the solution has {n} components");
    let jacobian = DMatrix::from_fn(n, n, |i, j| jacobian.at(i, j));
    let inverse = Inverse::new(&jacobian).ok_or(SingularJacobian)?;
    let mut x = solution.seeded(|_, x| J::lift(x));
    for _ in 0..J::ORDER {
        let mut r = residual(P::argument(&x));
        let r = P::coordinates(&mut r);
        assert!(r.len() == n, "the residual has {} components and the solution {n}", r.len());
        // The plain residual is rounding; the value stays the solver's.
        let step = inverse.times(&DVector::from_fn(n, |i, _| r[i] - r[i].primal()));
        for (x, step) in P::coordinates(&mut x).iter_mut().zip(&step) {
            *x -= *step;
        }
    }
    Ok(x)
}

/// The Jacobian of an implicit equation has no inverse, or none beyond rounding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SingularJacobian;

impl fmt::Display for SingularJacobian {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the Jacobian of the implicit equation is singular up to rounding")
    }
}

impl Error for SingularJacobian {}
