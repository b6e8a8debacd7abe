//! Vector fields: divergence and curl.

use core::cell::Cell;
use core::convert::Infallible;

use num_traits::ConstZero;

use super::passes::{Variables, evaluate, infallible};
use crate::points::{FirstAt, FirstOf, Outputs, Point};

/// (F(x), div F(x)) of a vector field, div F = Σ ∂Fᵢ/∂xᵢ, at any [point](crate::points) but a matrix: the trace of the
/// Jacobian, which is not kept. The cost is that of [`jacobian`](crate::jacobian()), without its memory.
///
/// # Panics
/// If the field does not have a component for each coordinate.
///
/// ```
/// use gradual::divergence;
///
/// let (field, div) = divergence(|[x, y]| [x * x * y, y.sin()], [3.0, 0.0]);
/// assert_eq!((field, div), ([0.0, 0.0], 1.0)); // 2 x y + cos y
///
/// # #[cfg(feature = "alloc")] {
/// let (_, div) = divergence(|x| x.iter().map(|x| x * x).collect::<Vec<_>>(), &vec![1.0; 40]);
/// assert_eq!(div, 80.0);
/// # }
/// # #[cfg(feature = "nalgebra")]
/// assert_eq!(divergence(|v| v.map(|x| 2.0 * x), &nalgebra::vector![1.0, 2.0]).1, 4.0);
/// ```
#[must_use]
#[inline]
#[track_caller]
pub fn divergence<P: Point, Y: Outputs<P, FirstAt<P>>>(
    mut f: impl FnMut(P::Argument<'_, FirstAt<P>>) -> Y,
    x: P,
) -> (Y::Values, P::Scalar) {
    infallible(try_divergence::<P, Y, Infallible>(|x| Ok(f(x)), x))
}

/// [`divergence`] of a field that may fail.
///
/// # Errors
/// The first error that `f` returns.
///
/// # Panics
/// If the field does not have a component for each coordinate.
///
/// ```
/// use gradual::try_divergence;
/// let result = try_divergence(|[x, y]| if x > 0.0 { Ok([x.ln(), y]) } else { Err("left") }, [0.5, 1.0]);
/// assert_eq!(result.map(|(_, div)| div), Ok(3.0));
/// ```
#[inline]
#[track_caller]
pub fn try_divergence<P: Point, Y: Outputs<P, FirstAt<P>>, E>(
    f: impl FnMut(P::Argument<'_, FirstAt<P>>) -> Result<Y, E>,
    x: P,
) -> Result<(Y::Values, P::Scalar), E> {
    let n = x.dimension();
    let (mut values, sum) = (None, Cell::new(P::Scalar::ZERO));
    let mut components = n;
    evaluate(f, &x, &Variables::<FirstOf<P>>::SEEDS, |chunk, field: Y| {
        components = field.count();
        let next = Cell::new(0);
        values = Some(field.values(|component| {
            let i = next.replace(next.get() + 1);
            if chunk.variables.contains(&i) {
                sum.set(sum.get() + component.partial(i - chunk.variables.start));
            }
            component.value
        }));
    })?;
    assert!(components == n, "a field of {components} components in {n} dimensions");
    Ok((values.expect("there is at least one chunk"), sum.get()))
}

/// (F(x), rot F(x)) of a vector field in space, rot F = (∂F₃/∂y - ∂F₂/∂z, ∂F₁/∂z - ∂F₃/∂x, ∂F₂/∂x - ∂F₁/∂y), at any
/// [point](crate::points) of three coordinates but a matrix.
///
/// # Panics
/// If the point does not have three coordinates, or the field three components. Where the point's type says that it
/// does not have three, the call does not compile.
///
/// ```
/// use gradual::curl;
///
/// // a rigid rotation about the z axis
/// let (velocity, rot) = curl(|[x, y, z]| [-0.5 * y, 0.5 * x, 0.0 * z], [3.0, 4.0, 5.0]);
/// assert_eq!((velocity, rot), ([-2.0, 1.5, 0.0], [0.0, 0.0, 1.0]));
/// ```
#[must_use]
#[inline]
#[track_caller]
pub fn curl<P: Point, Y: Outputs<P, FirstAt<P>>>(
    f: impl FnOnce(P::Argument<'_, FirstAt<P>>) -> Y,
    x: P,
) -> (Y::Values, P::Gradient) {
    const { assert!(matches!(P::COORDINATES, None | Some(3)), "a curl is that of a field in space") };
    let n = x.dimension();
    assert!(n == 3, "the curl of a field in {n} dimensions, not in 3");
    let mut f = Some(f);
    let mut result = None;
    let next = Cell::new(0);
    let rows = [(); 3].map(|()| Cell::new([P::Scalar::ZERO; 3]));
    infallible(evaluate(
        // Three variables are one chunk at every point.
        |point| Ok(f.take().expect("one evaluation")(point)),
        &x,
        &Variables::<FirstOf<P>>::SEEDS,
        |_, field: Y| {
            let components = field.count();
            assert!(components == 3, "a field of {components} components in 3 dimensions");
            result = Some(field.values(|component| {
                let i = next.replace(next.get() + 1);
                rows[i].set([0, 1, 2].map(|j| component.partial(j)));
                component.value
            }));
        },
    ));
    let d = |i: usize, j: usize| rows[i].get()[j];
    let rot = [d(2, 1) - d(1, 2), d(0, 2) - d(2, 0), d(1, 0) - d(0, 1)];
    let rot = x.seeded(|i, _| rot[i]);
    (result.expect("one evaluation"), P::gradient(rot))
}
